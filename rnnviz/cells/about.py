"""What is known of a cell besides its equations."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Part:
    """What a named value is called, and what it is for, in English.

    role: decides its colour everywhere. aliases: feed search. purpose: what it is for, in a phrase.
    does: the same in two or three words, for its box; none where it has no box.
    """

    title: str
    role: str
    aliases: tuple[str, ...] = ()
    purpose: str = ""
    does: str = ""


@dataclass(frozen=True)
class Counterpart:
    """The same network in another notation: `name` in the gallery, these parameters negated."""

    name: str
    negated: tuple[str, ...]
    switch: str


@dataclass(frozen=True)
class About:
    """What a cell is called, and where it is from.

    year: of its paper. changed: what it changed of the cells before it, and why, in a sentence.
    lanes: where the diagram puts its boxes. is_on_menu: False for the second notation of a cell,
    which is reached through its `counterpart`.
    """

    title: str
    equations: str
    paper: str
    year: int
    parts: Mapping[str, Part]
    changed: str = ""
    counterpart: Counterpart | None = None
    lanes: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    is_on_menu: bool = True
