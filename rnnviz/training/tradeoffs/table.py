"""A study as a table: a line for each figure, of each contender, seed, round or length."""

import math
from collections.abc import Iterator

from rnnviz.training.tradeoffs.figures import Figures
from rnnviz.training.tradeoffs.study import Study
from rnnviz.writing import csv_of

COLUMNS = ("cell", "layers", "skip connections", "units", "figure", "of", "value")


def csv_of_study(study: Study) -> str:
    """Figure by figure; `of` says which seed, round or length, where there are several. What was
    not measured is left out, what was not finite is empty."""
    return csv_of([COLUMNS, *_lines(study)])


def _lines(study: Study) -> Iterator[tuple[object, ...]]:
    for one in study.figures:
        who = one.contender
        for figure, of, value in _rows(one):
            shown = value if math.isfinite(value) else ""
            yield (who.cell.title, who.layers, int(who.skip), who.hidden, figure, of, shown)


def _rows(one: Figures) -> Iterator[tuple[str, int | str, float]]:
    """(figure, of, value)"""
    yield "parameters", "", one.parameters
    yield "parameters of the layers", "", one.recurrent_parameters
    yield "multiply-adds of a time step", "", one.step.multiply_adds
    yield "other operations of a time step", "", one.step.elementwise
    yield "multiply-adds of an update", "", one.update_multiply_adds
    yield "bytes of values kept by an update", "", one.kept.values
    yield "bytes of gradients kept by an update", "", one.kept.gradients
    if one.asked is not None:
        yield "bytes asked for by an update", "", one.asked
    for figure, sample in (
        ("seconds of an update", one.updates),
        ("seconds of a time step", one.steps),
    ):
        yield from ((figure, number, value) for number, value in enumerate(sample.values, 1))
    for figure, sample in (
        ("score", one.scores),
        ("held-out loss less training loss", one.gaps),
        ("last steps that decide nine tenths of an answer", one.reaches),
        ("score of the shorter half", one.shorter),
        ("score of the longer half", one.longer),
    ):
        yield from ((figure, seed, v) for seed, v in zip(one.seeds, sample.values, strict=False))
    for length, sample in sorted(one.solved.items()):
        yield "seeds that solve a length", length, sum(sample.finite)
