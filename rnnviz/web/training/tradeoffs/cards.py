"""The figures of a study as cards: one for each figure, in it a row for each contender."""

import math
from collections.abc import Callable, Sequence

from rnnviz.tasks import Task
from rnnviz.texts import _, ngettext
from rnnviz.training.knobs.knobs import HELD_OUT
from rnnviz.training.numerals import numeral
from rnnviz.training.tradeoffs import Figures, Study
from rnnviz.training.tradeoffs.ending import is_own
from rnnviz.training.tradeoffs.judging_costs import duration
from rnnviz.training.tradeoffs.sample import Sample, best_of
from rnnviz.web.training.tradeoffs.card import Card, Dot, Mark, Row

BEYOND = 4.0
"""Errors of so many times the baseline are drawn at the edge."""


def cards(study: Study) -> tuple[Card, ...]:
    """All of them; what is not measured says so."""
    found, over = study.figures, study.is_over
    later = _("not measured") if over else _("not measured yet")
    return (
        _scores(study, found, later),
        _sampled(found, "update", _("Time of an update"), _("measured: processor time, one thread"),
                 lambda one: one.updates, duration, later),
        _counted(found, "parameters", _("Parameters"), _("counted: all that is learnt"),
                 lambda one: one.parameters),
        _counted(found, "multiply-adds", _("Multiply-adds of a time step"),
                 _("counted from the cell's steps, with the readout"),
                 lambda one: one.step.multiply_adds),
        _sampled(found, "step", _("Time of a time step"),
                 _("measured: processor time, one sequence, forward"),
                 lambda one: one.steps, duration, later),
        _memory(found, later),
        _counted(found, "update-multiply-adds", _("Multiply-adds of an update"),
                 _("counted, forward and back"), lambda one: one.update_multiply_adds),
        _longest(study, found, later),
        *([_reaches(study, found, later)] if is_own(study.task) else []),
        *([_halves(study, found, later)] if study.shorter_half else []),
    )  # fmt: skip


def _scores(study: Study, found: Sequence[Figures], later: str) -> Card:
    task = study.task
    axis = _axis(study, found)
    best = best_of([one.scores for one in found], upward=_is_accuracy(task))
    rows = tuple(
        Row(
            one.contender.says,
            _mean(one.scores, lambda value: numeral(value, 3)) if one.scores else later,
            _seeds(one.scores, study.seeds),
            dots=tuple(
                Dot(axis(value), _("{score}, seed {seed}", score=numeral(value, 3), seed=seed))
                for value, seed in zip(one.scores.values, one.seeds, strict=True)
                if math.isfinite(value)
            ),
            mean=axis(one.scores.mean) if one.scores else None,
            is_best=place == best,
        )
        for place, one in enumerate(found)
    )
    base = task.baseline
    marks = (
        Mark(
            axis(base.metric(study.length)),
            _("baseline: {says}", says=_(base.says)),
            is_dashed=True,
        ),
        Mark(axis(task.solved), _("solved"), is_dashed=False),
    )
    ends = "0", numeral(_top(study, found), 3)
    return Card("score", _("Score"), _judged_on(study), rows, marks, ends)


def _judged_on(study: Study) -> str:
    """What a score is, and of how many sequences."""
    many = study.task.held_out_count(study.length, HELD_OUT)
    if _is_accuracy(study.task):
        return ngettext(
            "accuracy on {count} held-out sequence, higher is better",
            "accuracy on {count} held-out sequences, higher is better",
            many,
        )
    return ngettext(
        "mean squared error on {count} held-out sequence, lower is better",
        "mean squared error on {count} held-out sequences, lower is better",
        many,
    )


def _axis(study: Study, found: Sequence[Figures]) -> Callable[[float], float]:
    """From a metric to its place on the axis."""
    top = _top(study, found)
    return lambda value: min(max(value / top, 0.0), 1.0)


def _top(study: Study, found: Sequence[Figures]) -> float:
    """Where the axis of the scores ends: at 1, or for errors at the largest, but not much beyond
    the baseline."""
    if _is_accuracy(study.task):
        return 1.0
    base = max(study.task.baseline.metric(study.length), study.task.solved)
    largest = max((one.scores.highest for one in found if one.scores), default=base)
    return min(max(largest, base), BEYOND * base) or 1.0


def _is_accuracy(task: Task) -> bool:
    return task.kind == "classification"


def _sampled(
    found: Sequence[Figures],
    key: str,
    title: str,
    how: str,
    sample: Callable[[Figures], Sample],
    written: Callable[[float], str],
    later: str,
) -> Card:
    """Something that is timed in rounds: less is better. The axis begins at zero."""
    samples = [sample(one) for one in found]
    top = max((one.highest for one in samples if one), default=1.0) or 1.0
    best = best_of(samples, upward=False)
    rows = tuple(
        Row(
            one.contender.says,
            written(each.mean) if each else later,
            _range(each, written) if each else "",
            dots=tuple(Dot(v / top, _("{time}, one round", time=written(v))) for v in each.finite),
            bar=each.mean / top if each else None,
            mean=each.mean / top if each else None,
            is_best=place == best,
        )
        for place, (one, each) in enumerate(zip(found, samples, strict=True))
    )
    return Card(key, title, how, rows)


def _counted(
    found: Sequence[Figures], key: str, title: str, how: str, count: Callable[[Figures], int]
) -> Card:
    """Something that is counted: less is better."""
    counts = [count(one) for one in found]
    least = _least(counts)
    rows = tuple(
        Row(one.contender.says, f"{n:,}", bar=n / max(counts), is_best=n == least)
        for one, n in zip(found, counts, strict=True)
    )
    return Card(key, title, how, rows)


def _memory(found: Sequence[Figures], later: str) -> Card:
    counts = [one.kept.total for one in found]
    least = _least(counts)
    rows = tuple(
        Row(
            one.contender.says,
            megabytes(kept),
            _("{size} asked for, measured", size=megabytes(one.asked)) if one.asked else later,
            bar=kept / max(counts),
            is_best=kept == least,
        )
        for one, kept in zip(found, counts, strict=True)
    )
    how = _("values and gradients of the cells, all steps and sequences, counted")
    return Card("memory", _("Memory of an update"), how, rows)


def _longest(study: Study, found: Sequence[Figures], later: str) -> Card:
    lengths = [one.longest or 0 for one in found]
    best = max(lengths, default=0)
    top = max((study.length, *study.lengths))
    alone = lengths.count(best) == 1 and len(found) > 1
    rows = tuple(
        Row(
            one.contender.says,
            f"{n}" if n else _("none") if one.solved else later,
            _solved(one),
            bar=n / top,
            is_best=bool(n) and alone and n == best,
        )
        for one, n in zip(found, lengths, strict=True)
    )
    return Card("longest", _("Longest solved"), _solving(study.task), rows)


def _reaches(study: Study, found: Sequence[Figures], later: str) -> Card:
    """How far back each remembers. More is not better: an answer may need few."""
    rows = tuple(
        Row(
            one.contender.says,
            _mean(one.reaches, lambda value: numeral(value, 3)) if one.reaches else later,
            _seeds(one.reaches, study.seeds),
            dots=tuple(
                Dot(
                    value / study.length,
                    _("{steps} of {length} steps, seed {seed}", steps=numeral(value, 3),
                      length=study.length, seed=seed),
                )
                for value, seed in zip(one.reaches.values, one.seeds, strict=False)
                if math.isfinite(value)
            ),
            mean=one.reaches.mean / study.length if one.reaches else None,
        )
        for one in found
    )  # fmt: skip
    how = _(
        "how many of the last steps decide nine tenths of an answer: swapping all before them for "
        "another sequence's changes it by a tenth of what swapping all does"
    )
    return Card("reach", _("Remembers"), how, rows, ends=("0", f"{study.length}"))


def _halves(study: Study, found: Sequence[Figures], later: str) -> Card:
    best = best_of([one.shorter for one in found], upward=True)
    rows = tuple(
        Row(
            one.contender.says,
            _mean(one.shorter, lambda value: numeral(value, 3)) if one.shorter else later,
            _("after more: {score}", score=_mean(one.longer, lambda value: numeral(value, 3)))
            if one.longer
            else "",
            bar=one.shorter.mean if one.shorter else None,
            is_best=place == best,
        )
        for place, one in enumerate(found)
    )
    how = ngettext(
        "accuracy of the answers after at most {count} step",
        "accuracy of the answers after at most {count} steps",
        study.shorter_half or 0,
    )
    return Card("halves", _("Score of the shorter half"), how, rows)


def _solving(task: Task) -> str:
    """What it is to solve a length."""
    line = numeral(task.solved, 3)
    if _is_accuracy(task):
        return _(
            "the longest length at which most seeds reach an accuracy of {accuracy}", accuracy=line
        )
    return _("the longest length at which most seeds reach an error of {error}", error=line)


def megabytes(size: int) -> str:
    """Bytes as megabytes, three digits."""
    return f"{numeral(size / 1e6, 3)} MB"


def _solved(one: Figures) -> str:
    """Length by length, how many seeds solved it."""
    each = sorted(one.solved.items())
    return ", ".join(
        _("{length}: {count} of {seeds}", length=n, count=round(sum(s.finite)), seeds=len(s.values))
        for n, s in each
    )


def _least(counts: Sequence[int]) -> int | None:
    """The smallest, if there is one smallest among several."""
    least = min(counts, default=0)
    return least if len(counts) > 1 and counts.count(least) == 1 else None


def _mean(sample: Sample, written: Callable[[float], str]) -> str:
    """The mean, and twice its standard error."""
    if len(sample.finite) < 2:
        return written(sample.mean)
    return f"{written(sample.mean)} ± {numeral(2 * sample.squared_error**0.5)}"


def _range(sample: Sample, written: Callable[[float], str]) -> str:
    return _("{low} to {high}", low=written(sample.lowest), high=written(sample.highest))


def _seeds(sample: Sample, seeds: int) -> str:
    """How many of the seeds are there, and how many of these stopped."""
    here = ngettext("{done} of {count} seed", "{done} of {count} seeds", seeds,
                    done=len(sample.values))  # fmt: skip
    if not sample.lost:
        return here
    lost = _("{count} stopped at a number that was not finite", count=sample.lost)
    return f"{here}, {lost}"
