"""A text to be gone on with: cut into tokens, split by place, learnt, judged and looked into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from rnnviz import language_model
from rnnviz.data.characters import Cut, cut, joined, named, width
from rnnviz.data.kept import Kept
from rnnviz.data.text_findings import Continuation, Influence
from rnnviz.language_model import Codes, Drawing, Exposure, Ngrams, Reading, Score, spread_places
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.summary import summary
from rnnviz.tasks.next_token import Part, next_token
from rnnviz.tasks.task import Task
from rnnviz.texts import Sentence

UNKNOWN = "�"
"""What is shown for a token that is not known."""
ORDERS = (1, 2, 3)
"""Of the n-grams that are counted."""
LARGEST_ONE_HOT = 128
"""Tokens that are read one-hot; of more, and of words, the numbers are read."""


@dataclass(frozen=True, eq=False)
class Text:
    """A text whose tokens are foretold. Its first part is learnt from; its last part is judged on.

    by: what a token is. window: tokens that are read before a network's states begin afresh, as it
        learns.
    tokens: those that are known, in order; token k is read as the number k. codes: (tokens of the
        text,) their numbers; `len(tokens)` stands for those that are not known.
    split: where the judged part begins.
    """

    by: Cut
    window: int
    tokens: tuple[str, ...]
    codes: Codes
    split: int

    __repr__ = summary

    @property
    def known(self) -> int:
        """How many tokens are known."""
        return len(self.tokens)

    @property
    def unknown(self) -> int:
        """How many tokens of the judged part are not known: they are read, and not judged."""
        return int((self.codes[self.split :] == self.known).sum())

    @property
    def is_numbered(self) -> bool:
        """Whether the numbers of tokens are read, by an embedding, or each is one-hot."""
        return self.by == "words" or self.known > LARGEST_ONE_HOT

    @cached_property
    def task(self) -> Task:
        """What `rnnviz.training.start` takes. Names of tokens go with it, long ones cut."""
        kept = Kept.of(codes=self.codes)
        learnt, judged = (
            Part(kept, first, end, known=self.known, numbered=self.is_numbered)
            for first, end in ((0, self.split), (self.split, len(self.codes)))
        )
        return next_token(
            learnt,
            judged,
            tokens=tuple(map(named, self.tokens)),
            unknown=UNKNOWN,
            window=self.window,
            by_frequency=(self.ngram_scores[1].cross_entropy, self._commonest),
        )

    @property
    def read(self) -> Reading:
        """Tokens' numbers, (…) → what a network reads, (…, inputs)."""
        return partial(language_model.read, known=self.known, numbered=self.is_numbered)

    def encode(self, text: str) -> Codes:
        """A text's tokens by number."""
        return self._numbers(cut(text, self.by))

    def decode(self, codes: Codes) -> tuple[str, ...]:
        """The tokens of these numbers."""
        shown = (*self.tokens, UNKNOWN)
        return tuple(shown[code] for code in codes)

    def ngrams(self, order: int) -> Ngrams:
        """What the part that is learnt from says of up to `order` tokens in a row."""
        return Ngrams(self.codes[: self.split], self.known, order)

    @cached_property
    def ngram_scores(self) -> Mapping[int, Score]:
        """Order, 1 to 3 → how well n-grams foretell the judged part, from the text before it."""
        return {order: self._ngram_score(order) for order in ORDERS}

    def judged_on(self, most: int) -> "Text":
        """The same, judged on at most so many tokens: the first that are held out."""
        return replace(self, codes=self.codes[: self.split + most])

    def score(self, network: Network) -> Score:
        """How well a network foretells the judged part: each token once, after it has read at least
        `window` tokens before it.

        Raises:
            ValueError: the network reads or foretells something else.
        """
        self._check(network)
        logarithms = language_model.foretold(
            network, self.read, self.codes, first=self.split, before=self.window
        )
        return self._scored(logarithms)

    def sample(
        self,
        network: Network,
        length: int,
        *,
        temperature: float = 1.0,
        top_k: int | None = None,
        seed: int = 0,
        start: str = "",
    ) -> Continuation:
        """Let a network go on with a text; the same seed gives the same.

        Args:
            length: tokens that it writes.
            temperature, top_k: how it draws them, see `language_model.Drawing`.
            start: what it goes on with; of nothing, the text's first token.

        Raises:
            ValueError: as `score`; a temperature, top_k or length out of its range.
        """
        self._check(network)
        begun = tuple(cut(start, self.by)) or self.decode(self.codes[:1])
        sample = language_model.sample(
            network,
            self.read,
            self._numbers(begun)[:, None],
            length,
            Drawing(temperature, top_k),
            np.random.default_rng(seed),
        )
        tokens, before = self.decode(sample.codes[:, 0]), joined(begun, self.by)
        written = joined((*begun, *tokens), self.by).removeprefix(before)
        return Continuation(before, written, tokens, np.exp(sample.logarithms[:, 0]))

    def exposure(
        self,
        network: Network,
        *,
        distance: int = 20,
        places: int = 64,
        temperature: float = 1.0,
        seed: int = 0,
    ) -> Exposure:
        """The judged part foretold from itself, and from what the network writes in its place, at
        up to so many places spread evenly over it (see `Exposure`).

        Raises:
            ValueError: as `sample`; a distance that is longer than the judged part.
        """
        self._check(network)
        return language_model.exposure(
            network,
            self.read,
            self.codes,
            before=self.window,
            distance=distance,
            places=spread_places(self.split, len(self.codes), distance=distance, most=places),
            drawing=Drawing(temperature),
            generator=np.random.default_rng(seed),
        )

    def influence(
        self, network: Network, text: str, *, asked: str | None = None, others: int | None = None
    ) -> Influence:
        """What the prediction after a text depends on.

        Args:
            asked: the token whose probability is looked at; None: the likeliest.
            others: how many tokens each is replaced by, those that the text has most often; None:
                all that are known.

        Raises:
            ValueError: as `score`; an empty text, or an unknown token asked for.
        """
        self._check(network)
        codes = self.encode(text)
        if not len(codes):
            raise ValueError(Sentence("There is nothing to read yet: type some"))
        if asked is not None and asked not in self.tokens:
            raise ValueError(Sentence("“{token}” does not occur in the text", token=asked))
        token = None if asked is None else self.tokens.index(asked)
        found = language_model.leaning(network, self.read, codes, token)
        replaced = np.sort(np.argsort(-self._counts, kind="stable")[:others])
        changes = language_model.replacements(network, self.read, codes, found.token, replaced)
        return Influence(
            self.decode(codes),
            self.tokens[found.token],
            found.value,
            found.norm,
            found.product,
            self.decode(replaced),
            changes,
        )

    def _numbers(self, tokens: Sequence[str]) -> Codes:
        numbers = {token: number for number, token in enumerate(self.tokens)}
        return np.array([numbers.get(token, self.known) for token in tokens], np.intp)

    def _check(self, network: Network) -> None:
        """ValueError where a network is not of this text."""
        language_model.check_is_of(network, known=self.known, numbered=self.is_numbered)

    def _ngram_score(self, order: int) -> Score:
        first = max(self.split - order + 1, 0)
        shares = self.ngrams(order).at(self.codes[first:])[self.split - first :]
        return self._scored(np.log(shares))

    def _scored(self, logarithms: Array) -> Score:
        """Of ln P of each token of the judged part."""
        known = self.codes[self.split :] < self.known
        return language_model.score(logarithms[known], self._widths[known])

    @property
    def _counts(self) -> Codes:
        """(known,): how often each token occurs in the part that is learnt from."""
        return np.bincount(self.codes[: self.split], minlength=self.known + 1)[: self.known]

    @property
    def _commonest(self) -> float:
        """The share of the judged part's known tokens that are the commonest one."""
        judged = self.codes[self.split :]
        known = judged[judged < self.known]
        return float((known == self._counts.argmax()).mean())

    @cached_property
    def _widths(self) -> Codes:
        """(judged tokens,): the characters that each is written with."""
        widths = np.array([width(token, self.by) for token in (*self.tokens, UNKNOWN)])
        found: Codes = widths[self.codes[self.split :]]
        return found
