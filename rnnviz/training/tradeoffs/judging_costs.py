"""Judges of what is said of speed, parameters, overfitting and depth."""

from collections.abc import Sequence
from fractions import Fraction

from rnnviz.cells import NamedCell
from rnnviz.tasks import Task
from rnnviz.texts import _
from rnnviz.training.numerals import numeral
from rnnviz.training.tradeoffs.ending import can_learn_by_heart
from rnnviz.training.tradeoffs.figures import Figures
from rnnviz.training.tradeoffs.judgement import (
    Judgement,
    Verdict,
    by_sign,
    missing,
    of_lstm_and_gru,
    unknown,
    with_margin,
)
from rnnviz.training.tradeoffs.sample import difference

QUARTER, NEAR = Fraction(1, 4), Fraction(1, 100)
"""A quarter, and how near to it a share counts as one."""


@of_lstm_and_gru
def faster(lstm: Figures, gru: Figures, task: Task) -> Judgement:
    """A GRU's update takes less time than an LSTM's."""
    if not (gru.updates and lstm.updates):
        return unknown(gru.updates, lstm.updates)
    apart = difference(lstm.updates, gru.updates)
    return Judgement(
        by_sign(-apart.sign),
        _(
            "An update takes {gru_time} with {gru} and {lstm_time} with {lstm}: a difference of "
            "{difference}.",
            gru=gru.contender.says,
            lstm=lstm.contender.says,
            gru_time=duration(gru.updates.mean),
            lstm_time=duration(lstm.updates.mean),
            difference=with_margin(apart, duration),
        ),
    )


@of_lstm_and_gru
def a_quarter_fewer(lstm: Figures, gru: Figures, task: Task) -> Judgement:
    """A GRU has a quarter fewer parameters than an LSTM of as many units."""
    share = 1 - Fraction(gru.recurrent_parameters, lstm.recurrent_parameters)
    return Judgement(
        Verdict.AGREES if abs(share - QUARTER) <= NEAR else Verdict.DIFFERS,
        _(
            "The layers of {gru} have {few} parameters, those of {lstm} {many}: {share} fewer. "
            "Of the whole networks it is {whole}.",
            gru=gru.contender.says,
            lstm=lstm.contender.says,
            few=f"{gru.recurrent_parameters:,}",
            many=f"{lstm.recurrent_parameters:,}",
            share=f"{float(100 * share):.4g}%",
            whole=f"{100 * (1 - gru.parameters / lstm.parameters):.4g}%",
        ),
    )


@of_lstm_and_gru
def overfits_less(lstm: Figures, gru: Figures, task: Task) -> Judgement:
    """A GRU's held-out loss lies less above its training loss than an LSTM's."""
    if not can_learn_by_heart(task):
        return missing(
            _(
                "Here nothing can be learnt by heart: every update draws new sequences. A task "
                "with a training set of its own would tell."
            )
        )
    if not (gru.gaps and lstm.gaps):
        return unknown(gru.gaps, lstm.gaps)
    apart = difference(lstm.gaps, gru.gaps)
    return Judgement(
        by_sign(-apart.sign),
        _(
            "Held-out loss less training loss, at the end: {gru_gap} with {gru}, {lstm_gap} with "
            "{lstm}; a difference of {difference}.",
            gru=gru.contender.says,
            lstm=lstm.contender.says,
            gru_gap=numeral(gru.gaps.mean),
            lstm_gap=numeral(lstm.gaps.mean),
            difference=with_margin(apart, numeral),
        ),
    )


def deeper(found: Sequence[Figures], task: Task) -> Judgement:
    """More layers score better than one, or than few."""
    pairs = _by_depth(found)
    if not pairs:
        return missing(_("This takes one cell in several numbers of layers."))
    scores = [one.scores for pair in pairs for one in pair]
    if not all(scores):
        return unknown(*scores)
    upward = 1 if task.kind == "classification" else -1
    apart = [difference(few.scores, many.scores) for few, many in pairs]
    signs = {upward * one.sign for one in apart}
    verdict = Verdict.OPEN
    if signs == {1}:
        verdict = Verdict.AGREES
    elif -1 in signs and 1 not in signs:
        verdict = Verdict.DIFFERS
    changes = "; ".join(
        f"{few.contender.says} {numeral(few.scores.mean)} → {many.contender.says} "
        f"{numeral(many.scores.mean)} ({with_margin(one, numeral)})"
        for (few, many), one in zip(pairs, apart, strict=True)
    )
    return Judgement(verdict, _("Mean scores: {changes}.", changes=changes))


def duration(seconds: float) -> str:
    """Seconds, three digits, in the unit that suits: s, ms or µs."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{numeral(seconds / size, 3)} {unit}"
    return f"{numeral(seconds * 1e6, 3)} µs"


def _by_depth(found: Sequence[Figures]) -> list[tuple[Figures, Figures]]:
    """Of each cell its fewest layers, and its most: with skip connections, and without."""
    by_cell: dict[NamedCell, list[Figures]] = {}
    for one in found:
        by_cell.setdefault(one.contender.cell, []).append(one)
    pairs = []
    for each in by_cell.values():
        few = min(each, key=lambda one: one.contender.layers)
        most = max(one.contender.layers for one in each)
        deepest = (one for one in each if one.contender.layers == most > few.contender.layers)
        pairs += [(few, many) for many in deepest]
    return pairs
