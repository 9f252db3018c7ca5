"""What the visitor chose on the Train page ↔ the query of its address, typed and clamped."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from rnnviz import cells, tasks
from rnnviz.equations import EquationError, parse
from rnnviz.network import initial
from rnnviz.notation.writer import plain
from rnnviz.representation import Cell
from rnnviz.tasks import Task
from rnnviz.training.experiment import LETTERS
from rnnviz.training.knob import Knob
from rnnviz.training.knobs import KNOBS, SHORT_NAMES, TWIN_KNOBS, Knobs
from rnnviz.training.naming import differing, says
from rnnviz.training.recipes import RECIPES

VIEWS = ("train", "fair race", "the cliff")
FIRST_LESSON = "first symbol"
LONGEST_TEXT = 4000
"""Of a text, or of a cell's equations: the address carries it."""
DEFAULTS: Mapping[str, Any] = {name: knob.default for name, knob in KNOBS.items()}


@dataclass(frozen=True)
class Chosen:
    """The runs to be made. base: run A's knobs where they are not the default. twins: what B, C
    and D have instead. lesson: the recipe it is, or nothing."""

    base: Mapping[str, Any] = field(default_factory=dict)
    twins: tuple[Mapping[str, Any], ...] = ()
    lesson: str = ""
    view: str = VIEWS[0]

    @property
    def runs(self) -> list[dict[str, Any]]:
        """The knobs of each run, as `runs.start` takes them."""
        return [dict(self.base), *({**self.base, **twin} for twin in self.twins)]

    @property
    def says(self) -> list[str]:
        """What each chose, in words."""
        if self.lesson:
            return [twin.says for twin in RECIPES[self.lesson].twins]
        return says(self.runs)

    @property
    def differing(self) -> tuple[str, ...]:
        """The knobs in which the runs differ."""
        return differing(self.runs)

    @property
    def named(self) -> tuple[str, ...]:
        """The knobs that the twins have for themselves, alike or not."""
        return tuple(name for name in TWIN_KNOBS if any(name in twin for twin in self.twins))

    def value(self, name: str, letter: str = "A") -> Any:
        """A knob of one run; of run A where there is no such run."""
        twins = dict(zip(LETTERS[1:], self.twins, strict=False))
        return {**DEFAULTS, **self.base, **twins.get(letter, {})}[name]

    def makes_the_same(self, other: "Chosen") -> bool:
        """Whether the runs of both are alike, and called alike."""
        mine, others = ([{**DEFAULTS, **run} for run in one.runs] for one in (self, other))
        return mine == others and self.says == other.says

    def with_knob(self, name: str, value: Any, letter: str = "A") -> "Chosen":
        """The same with one knob of one run at another value.

        On another seed a lesson is still that lesson; with any other knob it is none. A widget
        may call late: a twin that is gone, or a knob no twin has any more, changes nothing.
        """
        letters = LETTERS[: 1 + len(self.twins)]
        if letter not in letters or (letter != "A" and name not in self.named):
            return self
        if value == self.value(name, letter):
            return self
        if letter == "A":
            lesson = self.lesson if name == "seed" else ""
            return replace(self, base={**self.base, name: value}, lesson=lesson)
        twins = list(self.twins)
        place = LETTERS.index(letter) - 1
        twins[place] = {**twins[place], name: value}
        return replace(self, twins=tuple(twins), lesson="")

    def with_twins(self, many: int, names: Sequence[str]) -> "Chosen":
        """So many runs, each with these knobs for itself: as it had them, or as run A has them."""
        twins = [*self.twins, *({} for _ in range(many))][: many - 1]
        own = tuple({n: twin.get(n, self.value(n)) for n in names} for twin in twins)
        return self if own == self.twins else replace(self, twins=own, lesson="")

    def fitting(self, before: "Chosen") -> "Chosen":
        """The same after a change of `before`: another task takes its own length and text.

        Another text takes its own length where it is too short for the one chosen.
        """
        if self.base.get("task") != before.base.get("task"):
            return self._without("length", "text")
        length, bounds = self.base.get("length"), task_of(self.base).length
        if length is None or bounds.shortest <= length <= bounds.longest:
            return self
        return self._without("length")

    def _without(self, *names: str) -> "Chosen":
        return replace(self, base={n: v for n, v in self.base.items() if n not in names})


def task_of(knobs: Mapping[str, Any]) -> Task:
    """The task chosen, with the text in force if that can be read."""
    name = str(knobs.get("task", KNOBS["task"].default))
    try:
        return tasks.find(name, knobs.get("text"))
    except ValueError:
        return tasks.find(name)


def own_text(typed: str) -> str | None:
    """What was typed to be read; None for the rhymes, or for nothing. ValueError if too long."""
    if not typed.strip() or typed.strip() == tasks.RHYMES.strip():
        return None
    if len(typed) > LONGEST_TEXT:
        raise ValueError(
            f"the text has {len(typed):,} characters, and up to {LONGEST_TEXT:,} can be taken here"
        )
    return typed


def of_recipe(name: str, seed: int | None = None) -> Chosen:
    """A lesson's runs."""
    first, *others = RECIPES[name].runs(seed)
    names = differing([first, *others])
    twins = tuple({n: {**DEFAULTS, **one}[n] for n in names} for one in others)
    return Chosen(first, twins, name)


def check(chosen: Chosen) -> None:
    """Raise a ValueError in words where a run cannot be made."""
    for letter, knobs in zip(LETTERS, chosen.runs, strict=False):
        try:
            made = Knobs(**knobs)
            # One unit's worth of initial values: a bias that the cell does not have is refused.
            initial.draw(made.named_cell, 1, 1, np.random.default_rng(0), made.initial)
        except ValueError as error:
            raise ValueError(f"Run {letter}: {error}" if chosen.twins else str(error)) from None


def read(query: Mapping[str, str]) -> tuple[Chosen, str]:
    """What an address asks for, clamped, and a sentence if it cannot be; never raises."""
    view = query.get("view", VIEWS[0])
    view = view if view in VIEWS else VIEWS[0]
    try:
        chosen = replace(_read(query), view=view)
        check(chosen)
    except ValueError as error:
        return replace(of_recipe(FIRST_LESSON), view=view), refused(error)
    return chosen, ""


def refused(error: ValueError) -> str:
    """What is said where an address cannot be followed."""
    return f"The address asks for what cannot be: {error}"


def write(chosen: Chosen) -> dict[str, str]:
    """The query that `read` turns into these choices."""
    query = {"view": chosen.view} if chosen.view != VIEWS[0] else {}
    if chosen.lesson:
        seed = chosen.base.get("seed", 0)
        return query | {"lesson": chosen.lesson} | ({"seed": str(seed)} if seed else {})
    for name, value in chosen.base.items():
        if value != KNOBS[name].default:
            query[name] = spelled(value)
    for letter, twin in zip(LETTERS[1:], chosen.twins, strict=False):
        query[letter.lower()] = ";".join(f"{name}:{spelled(v)}" for name, v in twin.items())
    return query


def spelled(value: Any) -> str:
    """A knob's value as it stands in an address."""
    if isinstance(value, Cell):
        return plain(value)
    return "none" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)


def _read(query: Mapping[str, str]) -> Chosen:
    lesson = query.get("lesson", "")
    base = {n: clamped(n, query[n]) for n in KNOBS if n in query}
    if lesson in RECIPES:
        return of_recipe(lesson, base.get("seed"))
    twins = []
    for letter in LETTERS[1:].lower():
        if letter in query:
            pairs = (part.partition(":") for part in query[letter].split(";"))
            twins.append({n: clamped(n, text) for n, _, text in pairs if n in TWIN_KNOBS})
    return Chosen(base, tuple(twins)) if base or twins else of_recipe(FIRST_LESSON)


def clamped(name: str, text: str) -> Any:
    """The nearest value a knob allows; its default for what is none at all."""
    knob = KNOBS[name]
    if name == "cell":
        return _cell(text[:LONGEST_TEXT], knob)
    if name == "text":
        return own_text(text[:LONGEST_TEXT])
    if knob.optional and text.strip().lower() in ("", "none"):
        return None
    if knob.options:
        same = (option for option in knob.options if option.lower() == text.strip().lower())
        return next(same, knob.default)
    return _number(text, knob)


def _cell(text: str, knob: Knob) -> str | Cell:
    for name in (*cells.GALLERY, *SHORT_NAMES):
        if name.lower() == text.strip().lower():
            return SHORT_NAMES.get(name, name)
    try:
        return parse(text)
    except EquationError:
        return str(knob.default)


def _number(text: str, knob: Knob) -> Any:
    try:
        number = float(text[:40]) if "_" not in text else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or knob.low is None or knob.high is None:
        return knob.default
    number = min(max(number, knob.low), knob.high)
    return round(number) if knob.whole else number
