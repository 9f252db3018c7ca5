"""Texts with labels, numbered and split: what is learnt from, and what judges a network on it."""

from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from rnnviz.data.characters import named
from rnnviz.data.coding import Coding, Padding
from rnnviz.data.folded import tasks_of_folds
from rnnviz.data.judged import Judged
from rnnviz.data.kept import Kept
from rnnviz.data.labelled import Labelled, labelled, labels_of, rows_of, split
from rnnviz.data.progress import Passes, Progress
from rnnviz.data.read_sentence import ReadSentence, answers
from rnnviz.data.table import Table
from rnnviz.data.tokens import By, End, Integers, Vocabulary, has_tokens
from rnnviz.network.network import Network
from rnnviz.summary import summary
from rnnviz.tasks.baselines import always
from rnnviz.tasks.batch import Batch, Rng, answer_last
from rnnviz.tasks.task import Baseline, Length, Task
from rnnviz.texts import N_, Sentence

TOGETHER = 256  # texts in one pass


@dataclass(frozen=True, eq=False)
class Reviews:
    """Texts and their labels, in two parts: `train` is learnt from, `test` is judged on.

    text, label: names of the columns. labels: what is told apart. left_out: rows of the table, from
    0, without a word or a label.
    """

    text: str
    label: str
    labels: tuple[str, ...]
    coding: Coding
    train: Labelled
    test: Labelled
    left_out: tuple[int, ...] = ()

    __repr__ = summary

    @cached_property
    def task(self) -> Task:
        """What `training.start(task=…)` takes. Texts are drawn with replacement."""
        shares = np.bincount(self.train.classes, minlength=len(self.labels)) / len(self.train)
        there, length = shares[shares > 0], self.coding.length
        tokens = np.array([named(token) for token in self.coding.vocabulary.tokens], str)
        return Task(
            name="reviews",
            title=N_("Your reviews"),
            source=N_("a table of texts and labels"),
            story=N_("It reads a text word by word and must say at its end which label it has."),
            findings="",
            kind="classification",
            loss_at="last",
            input_names=(N_("token"),),
            output_names=self.labels,
            length=Length(length, length, length, N_("tokens of a text")),
            baseline=Baseline(
                N_("always the commonest label"),
                partial(always, float(-(there * np.log(there)).sum())),
                partial(always, float(shares.max())),
            ),
            solved=0.95,
            draw=partial(drawn, kept=_kept(self.train), labels=len(self.labels)),
            draw_held_out=partial(first, kept=_kept(self.test), labels=len(self.labels)),
            tokens=len(self.coding.vocabulary),
            is_held_out_fixed=True,
            words=partial(words_of, kept=Kept.of(tokens=tokens)),
            cut=partial(tasks_of_folds, self),
        )

    def folds(self, many: int) -> "tuple[Reviews, ...]":
        """What is learnt from in parts, each held out once with its share of every label.

        Raises:
            ValueError: a label has fewer texts than there are parts.
        """
        from rnnviz.data import folds

        return folds.stratified(self, many)

    def updates(self, epochs: float, batch: int) -> int:
        """How many updates read as many texts as so many epochs have."""
        return max(round(epochs * len(self.train) / batch), 1)

    def judge(
        self,
        network: Network,
        on: Table | Labelled | None = None,
        *,
        progress: Progress | None = None,
    ) -> Judged:
        """What a network makes of texts, `TOGETHER` at a time, and how often it is right.

        Args:
            on: other texts than those held out: `train`, or a table with the same columns.
            progress: see `Progress`.

        Raises:
            ValueError: a table without these columns, or with labels that are not learnt.
        """
        part = self.part_of(on) if isinstance(on, Table) else on or self.test
        found = np.empty((len(part), len(self.labels)))
        order = np.argsort(part.lengths, kind="stable")  # a pass is as long as its longest text
        for start in range(0, len(order), TOGETHER):
            chosen = order[start : start + TOGETHER]
            lengths = part.lengths[chosen]
            found[chosen] = answers(network, part.codes[: lengths.max(), chosen], lengths)
            if progress:
                progress((start + len(chosen)) / len(order))
        return Judged(self.labels, part.texts, part.rows, part.classes, found)

    def read(self, network: Network, text: str) -> ReadSentence:
        """A text word by word, as a network reads it.

        Raises:
            ValueError: nothing in it is read.
        """
        if not has_tokens(text):
            raise ValueError(Sentence("There is no word in it to be read"))
        codes, lengths = self.coding.encoded([text])
        return ReadSentence(network, self.labels, self.coding.words(text), codes[: lengths[0], 0])

    def part_of(self, table: Table) -> Labelled:
        """Another table's texts with the numbers and labels of this one; rows without a word or a
        label are left out.

        Raises:
            ValueError: a table without these columns, with nothing in them, or with labels that are
                not learnt.
        """
        return labelled(rows_of(table, self.text, self.label), self.coding, self.labels)


def reviews(
    table: Table,
    *,
    text: str = "text",
    label: str = "label",
    vocabulary: int | None = 10_000,
    by: By | None = None,
    length: int = 100,
    padding: Padding = "masked",
    cut: End = "post",
    held_out: float | Table = 0.2,
    seed: int = 0,
    progress: Progress | None = None,
) -> Reviews:
    """Number a table's texts and split its rows.

    Rows without a word or without a label are left out (`Reviews.left_out`).

    Args:
        text, label: names of columns. Labels may be numbers; two to ten different ones.
        vocabulary: how many numbers of tokens at most, padding and the unknown counted: the most
            frequent of what is learnt from; None: all.
        by: what a token is; None: characters where most letters are Chinese, else words.
        length: how many tokens are read of a text, at most. Masked, steps that no text has are not
            kept.
        padding, cut: see `Coding`.
        held_out: the share of each label's rows that nothing is learnt from; or a table that is
            judged on, where all of the first is learnt from.
        seed: chooses which rows these are.
        progress: see `Progress`.

    Raises:
        ValueError: a name that is no such column, too few or too many labels, a label of one row,
            sizes out of their ranges.
    """
    rows = rows_of(table, text, label)
    labels = labels_of(rows.labels, label)
    if isinstance(held_out, Table):
        other = rows_of(held_out, text, label)
        mixed = np.random.default_rng(seed).permutation(len(other.texts)).tolist()
        parts = rows, other.chosen(mixed)
    else:
        parts = split(rows, labels, held_out, seed)
    if progress:
        learnt_from, judged_on = parts
        passes = Passes(2 * len(learnt_from.texts) + len(judged_on.texts), progress)
        parts = learnt_from.counted(passes), judged_on.counted(passes)
    known = Vocabulary.of(parts[0].texts, most=vocabulary, by=by)
    coding = Coding(known, length, padding, cut)
    learnt, judged = (labelled(part, coding, labels) for part in parts)
    if padding == "masked":
        longest = max(int(part.lengths.max()) for part in (learnt, judged))
        coding = replace(coding, length=longest)
        learnt, judged = (replace(part, codes=part.codes[:longest]) for part in (learnt, judged))
    return Reviews(text, label, labels, coding, learnt, judged, rows.left_out)


def _kept(part: Labelled) -> Kept:
    return Kept.of(codes=part.codes, lengths=part.lengths, classes=part.classes)


def drawn(rng: Rng, length: int, batch: int, *, kept: Kept, labels: int) -> Batch:
    """Texts drawn with replacement, each asked at its end for its label."""
    return _batch(kept, labels, rng.integers(len(kept["classes"]), size=batch))


def first(rng: Rng, length: int, batch: int, *, kept: Kept, labels: int) -> Batch:
    """So many texts from the first, or all there are."""
    return _batch(kept, labels, np.arange(min(batch, len(kept["classes"]))))


def _batch(kept: Kept, labels: int, chosen: Integers) -> Batch:
    codes, lengths = kept["codes"][:, chosen], kept["lengths"]
    own = None if (lengths == len(codes)).all() else lengths[chosen]
    return answer_last(
        codes[:, :, None].astype(float), np.eye(labels)[kept["classes"][chosen]], own
    )


def words_of(x: np.ndarray, *, kept: Kept) -> tuple[str, ...]:
    """The tokens of a sequence x (time, 1) of their numbers; "" for padding, "?" for unknown."""
    known = ("", "?", *kept["tokens"].tolist())
    return tuple(known[int(number)] for number in x[:, 0])
