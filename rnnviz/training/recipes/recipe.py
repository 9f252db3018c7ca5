"""What a lesson is: runs that differ in one choice, a question, and what may come out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rnnviz.texts import _
from rnnviz.training.runs.runs import Run

Runs = Mapping[str, Run]
"""A lesson's runs, by the keys of its variants."""
Finding = frozenset[str]
"""What came of runs: the variants of which something holds, or what happened to one of them."""


@dataclass(frozen=True)
class Variant:
    """One of the runs: its key in the lesson, and what it chose, in words and as knobs."""

    key: str
    says: str
    knobs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Option:
    """A whole sentence: an answer before the runs, and after them what came out.

    finding: what is then found of the runs (see `Recipe.find`). is_offered: whether it can be
    guessed; others can only come out.
    """

    text: str
    finding: Finding
    is_offered: bool = True


class Figures(NamedTuple):
    """A sentence with holes, and what fills them for runs; where that is nothing it is left out."""

    text: str
    of: Callable[[Runs], Mapping[str, str]]

    def sentence(self, runs: Runs) -> str:
        """The sentence with the numbers of these runs."""
        found = self.of(runs)
        return _(self.text, **found) if found else ""


@dataclass(frozen=True)
class Look:
    """Where on the charts it is seen.

    update: the update at which it is seen best, from 1; None is the last.
    pauses: whether the runs pause there first, before they go on to their end; what comes out is
    known by then.
    updates: the first and last update that the charts have in view; None is all.
    """

    text: str
    update: int | None = None
    pauses: bool = False
    updates: tuple[int, int] | None = None


@dataclass(frozen=True)
class Recipe:
    """A lesson. shared: the knobs of all its runs.

    heading: the key of `HEADINGS` under which it stands.
    find: what came of the runs; the option with this finding is what came out.
    figures: sentences with the numbers of the runs themselves.
    why: the explanation, true of every seed that was measured. told: the usual tale that the usual
    outcome contradicts, or nothing.
    single: why it is of runs in float32 and would be another in float64, or nothing.
    """

    name: str
    title: str
    heading: str
    question: str
    options: tuple[Option, ...]
    find: Callable[[Runs], Finding]
    figures: tuple[Figures, ...]
    why: str
    look: Look
    shared: Mapping[str, Any]
    variants: tuple[Variant, ...]
    told: str = ""
    single: str = ""

    def runs(self, seed: int | None = None) -> tuple[dict[str, Any], ...]:
        """The knobs of each variant, as `runs.start` takes them."""
        own = {} if seed is None else {"seed": seed}
        return tuple({**self.shared, **variant.knobs, **own} for variant in self.variants)

    @property
    def offered(self) -> tuple[Option, ...]:
        """The options that can be guessed."""
        return tuple(option for option in self.options if option.is_offered)

    def option(self, finding: Finding) -> Option | None:
        """The option that says so; None where none does."""
        return next((one for one in self.options if one.finding == finding), None)
