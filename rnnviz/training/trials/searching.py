"""`training.search`: a search to its end, from a notebook or a script."""

import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from typing import Any, Literal

from rnnviz.texts import Sentence
from rnnviz.training.comparison.costs import spoken
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.trials.folds import folds_of
from rnnviz.training.trials.rounds import EachToTheEnd, Halving, Suggested, Way
from rnnviz.training.trials.search import Search
from rnnviz.training.trials.space import Between, Space
from rnnviz.training.workers.places import places
from rnnviz.training.workers.workers import Workers

Sampler = Literal["random", "tpe"]
EACH = 0.2
"""Seconds between two looks at what has ended."""


def search(
    *,
    grid: Mapping[str, Sequence[Any]] | None = None,
    between: Mapping[str, tuple[float, float]] | None = None,
    draws: int | None = None,
    sampler: Sampler = "random",
    halving: int | None = None,
    seeds: int | Sequence[int] = 3,
    folds: int = 1,
    draw_seed: int = 0,
    executor: Executor | None = None,
    report: Callable[[Search], None] | None = None,
    **shared: Any,
) -> Search:
    """Try choices of knobs with several seeds, and return the search when all runs have ended.

    Who interrupts it (Ctrl-C, a notebook's stop button) gets what had ended by then.

        found = training.search(task="recall", grid={"hidden": [4, 8, 16]}, updates=300)
        found.best, found.ranked, found.to_csv()

    Args:
        grid: knob → the values to try, in every combination.
        between: knob → (low, high), to draw any number from.
        draws: how many choices to draw; None tries the whole grid.
        sampler: how: at random, or ("tpe", by Optuna) where those before were better.
        halving: keep one choice in so many, after a third of the way and so on (see `Halving`);
            None takes each to its end.
        seeds: how many, from 0 on, or which.
        folds: how many parts the data is cut into, each held out once; 1 does not cut it.
        draw_seed: of what is drawn.
        executor: who does the work; None takes a process for each core, or the cluster that
            the environment names (see `rnnviz.training.workers.places`), until it is done.
        report: called with the search now and then; None prints a line of progress.
        shared: the other knobs, the same in all runs (see `training.start`).

    Raises:
        ValueError: a choice that cannot be, in one sentence.
    """
    if not (seeds if isinstance(seeds, int) else len(seeds)):
        raise ValueError(Sentence("choose at least one seed"))
    made = Search(
        way_of(
            Space(grid or {}, {name: Between(*ends) for name, ends in (between or {}).items()}),
            updates=shared.get("updates", KNOBS["updates"].default),
            draws=draws,
            sampler=sampler,
            halving=halving,
            seed=draw_seed,
        ),
        seeds=range(seeds) if isinstance(seeds, int) else seeds,
        parts=folds_of(shared.get("task", KNOBS["task"].default), folds),
        shared=shared,
    )
    with ExitStack() as stack:
        if executor is None:
            workers = stack.enter_context(Workers(places()))
            executor = stack.enter_context(workers.session())
        processes: int = getattr(executor, "processes", 1)
        _to_the_end(made, executor, report or _printer(processes))
    return made


def way_of(
    space: Space,
    *,
    updates: int,
    draws: int | None = None,
    sampler: Sampler = "random",
    halving: int | None = None,
    seed: int = 0,
) -> Way:
    """How a search goes about it; the arguments are those of `search`. ValueError where they
    contradict each other."""
    if draws is not None and draws < 1:
        raise ValueError(Sentence("draw at least one choice"))
    if sampler == "tpe":
        if draws is None or halving is not None:
            raise ValueError(
                Sentence("a search that is guided by scores draws its choices, each to its end")
            )
        return Suggested(space, draws, updates, seed)
    choices = space.grid() if draws is None else space.drawn(draws, seed)
    return EachToTheEnd(choices, updates) if halving is None else Halving(choices, updates, halving)


def _to_the_end(made: Search, executor: Executor, report: Callable[[Search], None]) -> None:
    try:
        while not made.is_over:
            made.proceed(executor)
            report(made)
            made.wait(EACH)
    except KeyboardInterrupt:
        pass
    finally:
        made.cancel()
    report(made)
    if made.error:
        raise made.error


def _printer(processes: int) -> Callable[[Search], None]:
    """Prints one line, which is written over as the search goes on."""
    before = ""

    def report(made: Search) -> None:
        nonlocal before
        line = f"{made.done:.0%} of {made.runs} runs"
        if made.was_cancelled:
            line += ", interrupted"
        elif not made.is_over:
            line += f", about {spoken(made.seconds_left / processes)} left"
        if line != before:
            end = "\n" if made.is_over else ""
            print(f"\r{line:<60}", end=end, file=sys.stderr, flush=True)
        before = line

    return report
