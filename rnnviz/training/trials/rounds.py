"""How a search goes about it: which choices it tries, in rounds, each to so many updates."""

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Protocol

from rnnviz.texts import Sentence
from rnnviz.training.knobs.knobs import EVALUATED_EVERY
from rnnviz.training.trials.space import Choice, Space
from rnnviz.training.trials.suggestions import Suggestions
from rnnviz.training.trials.tried import Tried

TOGETHER = 4
"""How many choices a sampler suggests before it sees what came of them."""


class Round(NamedTuple):
    """Choices that are taken to the same update; those of the round before go on from theirs."""

    choices: Sequence[Choice]
    until: int


class Planned(NamedTuple):
    """What is known of a round before the search: how many choices it has, and the updates each
    makes in it."""

    choices: int
    updates: int


Rounds = Generator[Round, list[Tried], None]
"""Rounds; each is sent what came of the one before, in the order of its choices."""


class Way(Protocol):
    """A way to go about a search. goes_on: whether choices come again, further."""

    goes_on: ClassVar[bool]

    @property
    def planned(self) -> Sequence[Planned]: ...

    def rounds(self) -> Rounds: ...


@dataclass(frozen=True)
class EachToTheEnd:
    """All choices in one round."""

    choices: Sequence[Choice]
    updates: int
    goes_on: ClassVar[bool] = False

    @property
    def planned(self) -> Sequence[Planned]:
        return [Planned(len(self.choices), self.updates)]

    def rounds(self) -> Rounds:
        yield Round(self.choices, self.updates)


@dataclass(frozen=True)
class Halving:
    """Successive halving (Jamieson & Talwalkar 2016): all choices a little way, the best of them,
    one in `factor`, so many times as far, and so on until the end.

    The rounds wait for all their runs. Where a run goes on as soon as it is among the best so far
    (as in asynchronous halving), what is found depends on how fast each run happens to be.
    """

    choices: Sequence[Choice]
    updates: int
    factor: int = 3
    goes_on: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if self.factor < 2:
            raise ValueError(Sentence("halving keeps one of at least 2 choices"))

    @property
    def steps(self) -> list[tuple[int, int]]:
        """(choices, update to which they are taken) of each round; a round ends where the held-out
        sequences are read."""
        many = len(self.choices)
        rounds = 1 + min(_power(many, self.factor), _power(self._stretches, self.factor))
        found = []
        for place in range(rounds):
            share = self.factor ** (rounds - 1 - place)
            until = math.ceil(self._stretches / share) * EVALUATED_EVERY
            found.append((many, self.updates if share == 1 else until))
            many = math.ceil(many / self.factor)
        return found

    @property
    def _stretches(self) -> int:
        return self.updates // EVALUATED_EVERY

    @property
    def planned(self) -> Sequence[Planned]:
        before = [0, *(until for _, until in self.steps)]
        return [
            Planned(many, until - begun)
            for (many, until), begun in zip(self.steps, before, strict=False)
        ]

    def rounds(self) -> Rounds:
        choices = self.choices
        for many, until in self.steps:
            tried = yield Round(choices[:many], until)
            choices = [one.choice for one in sorted(tried, key=lambda one: one.rank)]


@dataclass(frozen=True)
class Suggested:
    """Choices that Optuna's tree-structured Parzen estimator suggests (Bergstra et al. 2011): a few
    at random, then where the better ones were.

    It suggests a few at a time, and is sent all their scores together: what is tried does not
    depend on how fast anything is. ValueError where Optuna is not installed (the extra "search").
    """

    space: Space
    many: int
    updates: int
    seed: int = 0
    goes_on: ClassVar[bool] = False

    @property
    def planned(self) -> Sequence[Planned]:
        full, rest = divmod(self.many, TOGETHER)
        return [Planned(many, self.updates) for many in [TOGETHER] * full + [rest] * bool(rest)]

    def rounds(self) -> Rounds:
        suggestions = Suggestions(self.space, self.seed)
        for many, _ in self.planned:
            choices = suggestions.ask(many)
            if not choices:
                return
            tried = yield Round(choices, self.updates)
            suggestions.tell([one.badness for one in tried])


def _power(number: int, factor: int) -> int:
    """The largest power of the factor that is not above a number."""
    found = 0
    while factor ** (found + 1) <= number:
        found += 1
    return found
