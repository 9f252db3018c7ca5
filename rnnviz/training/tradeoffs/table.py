"""A study as a table: a line for each figure, of each contender, seed, round or length."""

import csv
import io
from collections.abc import Iterator

from rnnviz.training.tradeoffs.figures import Figures
from rnnviz.training.tradeoffs.study import Study

COLUMNS = ("cell", "layers", "skip connections", "units", "figure", "of", "value")


def csv_of(study: Study) -> str:
    """Figure by figure; `of` says which seed, round or length, where there are several. What was
    not measured is left out, what was not finite is empty."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    for one in study.figures:
        entered = one.contender
        who = (entered.cell.title, entered.layers, int(entered.skip), entered.hidden)
        for figure, of, value in _rows(one):
            lines.writerow([*who, figure, of, "" if value != value else value])
    return text.getvalue()


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
    for figure, sample in (("score", one.scores), ("held-out loss less training loss", one.gaps)):
        yield from ((figure, seed, v) for seed, v in zip(one.seeds, sample.values, strict=False))
    for length, sample in sorted(one.solved.items()):
        yield "seeds that solve a length", length, sum(sample.finite)
