"""What a unit of the course is: one question on one page, answered first and then shown."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rnnviz.course.announcements import ANNOUNCEMENTS
from rnnviz.course.beliefs.belief import Belief

Page = Literal["step", "gradients", "train", "by hand", "shapes", "cells"]
Exact = str | float | bool


@dataclass(frozen=True)
class Between:
    """A number that is at least the one and at most the other."""

    least: float = -math.inf
    most: float = math.inf


@dataclass(frozen=True)
class Seen:
    """What an act waits for: something that the page announces.

    what: a word of `ANNOUNCEMENTS`. values: of those it carries, what some must be: exactly this,
    one of these, or a number within bounds; the others may be anything. times: how many of them,
    that differ from one another in their values.

    Raises:
        ValueError: there is no such word, or it carries no such value.
    """

    what: str
    values: Mapping[str, Exact | tuple[Exact, ...] | Between] = field(default_factory=dict)
    times: int = 1

    def __post_init__(self) -> None:
        if self.what not in ANNOUNCEMENTS:
            raise ValueError(f"no page announces {self.what!r}")
        unknown = set(self.values) - set(ANNOUNCEMENTS[self.what].values)
        if unknown:
            raise ValueError(f"{self.what!r} carries no {', '.join(sorted(unknown))}")


@dataclass(frozen=True)
class Act:
    """One thing that the learner does; the next one follows when it was done.

    text: what to do, as a sentence. seen: when it was done. found: what is to be seen then, true of
    the unit's page whichever way it was done. link: the page as it is then, where "just show me"
    leads: "" where it stays as it is. It is written as the unit's.
    """

    text: str
    seen: Seen
    found: str
    link: str = ""


@dataclass(frozen=True)
class Guess:
    """What the learner guesses before anything is shown.

    options: what can be guessed. answer: the place of what came out. outcome: what came out, as
    sentences, with what was measured. A test measures it anew.
    """

    question: str
    options: tuple[str, ...]
    answer: int
    outcome: str

    def __post_init__(self) -> None:
        if not 0 <= self.answer < len(self.options):
            raise ValueError(f"no option has the place {self.answer}")


@dataclass(frozen=True)
class Unit:
    """One question, on one page, set up by a link.

    key: stands in links and in what is kept of a learner's progress: it never changes. title: a
    word or two. page: where it takes place. link: what follows the page in an address, `?…#view=…`,
    without a unit. revealed: the same once the guess is made, where the page hides something until
    then; "" where it does not. acts: in order, each one thing. seconds: how long it takes. belief:
    what many believe, and the unit shows to be otherwise.

    Raises:
        ValueError: an act waits for what its page does not announce.
    """

    key: str
    title: str
    page: Page
    link: str
    guess: Guess
    acts: tuple[Act, ...]
    seconds: int
    belief: Belief | None = None
    revealed: str = ""

    def __post_init__(self) -> None:
        for act in self.acts:
            if self.page not in ANNOUNCEMENTS[act.seen.what].pages:
                raise ValueError(f"{self.key}: {self.page} never announces {act.seen.what!r}")


def wanted(seen: Seen) -> dict[str, object]:
    """The same as JSON, as the browser judges it: a list is one of these, an object has bounds."""
    plain = {name: _plain(value) for name, value in seen.values.items()}
    return {"what": seen.what, "values": plain, "times": seen.times}


def _plain(value: Exact | tuple[Exact, ...] | Between) -> object:
    if isinstance(value, Between):
        bounds = {"least": value.least, "most": value.most}
        return {name: bound for name, bound in bounds.items() if math.isfinite(bound)}
    return list(value) if isinstance(value, tuple) else value
