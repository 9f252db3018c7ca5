"""What the visitor chose on the Train page ↔ the query of its address, typed and clamped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from rnnviz import tasks
from rnnviz.network import initial
from rnnviz.settings.kinds import BETWEEN, choice
from rnnviz.settings.schema import Schema, Setting, parts
from rnnviz.tasks import Task
from rnnviz.texts import N_, Sentence, _, sentence_of
from rnnviz.training.comparison.comparison import LETTERS
from rnnviz.training.knobs.kinds import BROUGHT, with_values
from rnnviz.training.knobs.knobs import KNOBS, VARIANT_KNOBS, Knobs
from rnnviz.training.knobs.naming import differing, says
from rnnviz.training.recipes import RECIPES

VIEWS = choice(
    {
        "train": N_("Train"),
        "race": N_("Fair race"),
        "cells": N_("Which cell?"),
        "sizes": N_("Sizes"),
        "cliff": N_("The cliff"),
        "own": N_("Your own loop"),
    }
)
LESSONS = choice({one.name: one.title for one in RECIPES.values()})
PAGE = Schema(
    {
        "view": Setting(VIEWS, "train", N_("What to look at")),
        "lesson": Setting(LESSONS, "", N_("Lessons")),
    }
)
FIRST_LESSON = "vanishing"
NONE: Mapping[str, Task] = MappingProxyType({})


class NotBroughtError(ValueError):
    """An address asks for a task that the visitor's own data make, and they are not there."""


@dataclass(frozen=True)
class Chosen:
    """The runs to be made. base: run A's knobs where they are not the default. variants: what B, C
    and D have instead. lesson: the recipe it is, or nothing."""

    base: Mapping[str, Any] = field(default_factory=dict)
    variants: tuple[Mapping[str, Any], ...] = ()
    lesson: str = ""
    view: str = PAGE["view"].default

    def __post_init__(self) -> None:
        object.__setattr__(self, "base", with_values(self.base))
        object.__setattr__(self, "variants", tuple(map(with_values, self.variants)))

    @property
    def runs(self) -> list[dict[str, Any]]:
        """The knobs of each run, as `runs.start` takes them."""
        return [dict(self.base), *({**self.base, **variant} for variant in self.variants)]

    @property
    def says(self) -> list[str]:
        """What each chose, in words."""
        if self.lesson:
            return [_(variant.says) for variant in RECIPES[self.lesson].variants]
        return says(self.runs)

    @property
    def differing(self) -> tuple[str, ...]:
        """The knobs in which the runs differ."""
        return differing(self.runs)

    @property
    def named(self) -> tuple[str, ...]:
        """The knobs that the variants have for themselves, alike or not."""
        return tuple(
            name for name in VARIANT_KNOBS if any(name in variant for variant in self.variants)
        )

    def value(self, name: str, letter: str = "A") -> Any:
        """A knob of one run; of run A where there is no such run."""
        variants = dict(zip(LETTERS[1:], self.variants, strict=False))
        return {**KNOBS.defaults, **self.base, **variants.get(letter, {})}[name]

    def makes_the_same(self, other: "Chosen") -> bool:
        """Whether the runs of both are alike, and of one lesson or none."""
        mine, others = ([{**KNOBS.defaults, **run} for run in one.runs] for one in (self, other))
        return mine == others and self.lesson == other.lesson

    def with_knob(self, name: str, value: Any, letter: str = "A") -> "Chosen":
        """The same with one knob of one run at another value.

        On another seed a lesson is still that lesson; with any other knob it is none. A widget
        may call late: a variant that is gone, or a knob no variant has any more, changes nothing.
        """
        letters, value = LETTERS[: 1 + len(self.variants)], with_values({name: value})[name]
        if letter not in letters or (letter != "A" and name not in self.named):
            return self
        if value == self.value(name, letter):
            return self
        if letter == "A":
            lesson = self.lesson if name == "seed" else ""
            return replace(self, base={**self.base, name: value}, lesson=lesson)
        variants = list(self.variants)
        place = LETTERS.index(letter) - 1
        variants[place] = {**variants[place], name: value}
        return replace(self, variants=tuple(variants), lesson="")

    def with_variants(self, many: int, names: Sequence[str]) -> "Chosen":
        """So many runs, each with these knobs for itself: as it had them, or as run A has them."""
        variants = [*self.variants, *({} for _ in range(many))][: many - 1]
        own = tuple({n: variant.get(n, self.value(n)) for n in names} for variant in variants)
        return self if own == self.variants else replace(self, variants=own, lesson="")

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
    task = knobs.get("task", KNOBS["task"].default)
    try:
        return tasks.find(task, knobs.get("text"))
    except ValueError:
        return tasks.find(task)


def of_recipe(name: str, seed: int | None = None) -> Chosen:
    """A lesson's runs."""
    first, *others = RECIPES[name].runs(seed)
    names = differing([first, *others])
    variants = tuple({n: {**KNOBS.defaults, **one}[n] for n in names} for one in others)
    return Chosen(first, variants, name)


def check(chosen: Chosen) -> None:
    """Raise a ValueError in words where a run cannot be made."""
    for letter, knobs in zip(LETTERS, chosen.runs, strict=False):
        try:
            made = Knobs(**knobs)
            # One unit's worth of initial values: a bias that the cell does not have is refused.
            initial.draw(made.cell.cell, 1, 1, np.random.default_rng(0), made.initial)
        except ValueError as error:
            if not chosen.variants:
                raise
            raise ValueError(
                Sentence("Run {letter}: {why}", letter=letter, why=sentence_of(error))
            ) from None


def read(query: Mapping[str, Any], own: Mapping[str, Task] = NONE) -> tuple[Chosen, str]:
    """What an address asks for, clamped, and a sentence if it cannot be; never raises.

    own: name → a task that the visitor's own data make, of which an address has the name alone.
    """
    asked = {**PAGE.defaults, **PAGE.read(query)}
    try:
        chosen = _read(query, asked["lesson"], own)
        check(chosen)
    except ValueError as error:
        note = str(error) if isinstance(error, NotBroughtError) else refused(error)
        return replace(of_recipe(FIRST_LESSON), view=asked["view"]), note
    return replace(chosen, view=asked["view"]), ""


def refused(error: ValueError) -> str:
    """What is said where an address cannot be followed."""
    return _("The address asks for what cannot be: {why}", why=sentence_of(error))


def write(chosen: Chosen) -> dict[str, str]:
    """The query that `read` turns into these choices. The task is always in it where there is no
    lesson: an address that chooses nothing is the first lesson's."""
    query = PAGE.write({"view": chosen.view, "lesson": chosen.lesson})
    if chosen.lesson:
        return query | KNOBS.write({"seed": chosen.base.get("seed", 0)})
    task = KNOBS["task"]
    query |= {task.key: task.write(chosen.value("task")), **KNOBS.write(chosen.base)}
    for letter, variant in zip(LETTERS[1:], chosen.variants, strict=False):
        pairs = (f"{name}:{KNOBS[name].write(value)}" for name, value in variant.items())
        query[letter.lower()] = BETWEEN.join(pairs)
    return query


def brought(query: Mapping[str, Any]) -> str:
    """The name of the task that an address asks for, if a visitor's own data make it."""
    said = parts(query.get(KNOBS["task"].key, ""))[-1].strip().casefold()
    return said if said in BROUGHT else ""


def _read(query: Mapping[str, Any], lesson: str, own: Mapping[str, Task]) -> Chosen:
    base = KNOBS.read(query)
    if lesson:
        return of_recipe(lesson, base.get("seed"))
    name = brought(query)
    if name:
        if name not in own:
            raise NotBroughtError(Sentence(BROUGHT[name]))
        base["task"] = own[name]
    variants = tuple(_variant(query[key]) for key in LETTERS[1:].lower() if key in query)
    return Chosen(base, variants) if base or variants else of_recipe(FIRST_LESSON)


def _variant(text: object) -> dict[str, Any]:
    """The knobs of one of the other runs, as an address has them: name:value;name:value."""
    pairs = (pair.partition(":") for pair in parts(text)[-1].split(BETWEEN))
    return {n: KNOBS[n].read(value) for n, _, value in pairs if n in VARIANT_KNOBS}
