"""What is learnt from, cut into parts that are held out in turn. What is judged on in the end is in
none of them: whoever chooses by these parts has not seen it."""

from dataclasses import replace

import numpy as np

from rnnviz.data.reviews import Reviews
from rnnviz.data.windows import Scale, Series, Windows
from rnnviz.texts import Counted, Sentence

FEWEST = 2


def by_time(series: Series, many: int) -> tuple[Series, ...]:
    """Each part is forecast from all that is before it, and nothing after it: the expanding windows
    of scikit-learn's TimeSeriesSplit, without those whose answers reach into the part.

    Each is standardised with the figures of what it learns from.

    Raises:
        ValueError: the windows are too few.
    """
    _check(many)
    ends, horizon = series.train.ends, len(series.train.y)
    size = len(ends) // (many + 1)
    starts = [len(ends) - size * left for left in range(many, 0, -1)]
    found = []
    for start in starts:
        judged = ends[start : start + size]
        learnt = ends[:start]
        learnt = learnt[learnt + horizon <= judged[0]] if size else learnt[:0]
        if len(learnt) < FEWEST:
            raise ValueError(
                Counted(
                    "{count} window is too few for {many} folds",
                    "{count} windows are too few for {many} folds",
                    len(ends),
                    many=many,
                )
            )
        found.append(_from(series, learnt, judged))
    return tuple(found)


def stratified(reviews: Reviews, many: int) -> tuple[Reviews, ...]:
    """Each part has its share of every label, as scikit-learn's StratifiedKFold cuts; the
    vocabulary is that of all that is learnt from.

    Raises:
        ValueError: a label has fewer texts than there are parts.
    """
    _check(many)
    classes = reviews.train.classes
    for place, label in enumerate(reviews.labels):
        there = int((classes == place).sum())
        if there < many:
            raise ValueError(
                Counted(
                    "“{label}” is the label of {count} text that is learnt from: too few for "
                    "{many} folds",
                    "“{label}” is the label of {count} texts that are learnt from: too few for "
                    "{many} folds",
                    there,
                    label=label,
                    many=many,
                )
            )
    order = np.argsort(classes, kind="stable")
    part = np.empty(len(order), int)
    part[order] = np.arange(len(order)) % many
    return tuple(
        replace(
            reviews,
            train=reviews.train.chosen(part != fold),
            test=reviews.train.chosen(part == fold),
        )
        for fold in range(many)
    )


def _check(many: int) -> None:
    if many < FEWEST:
        raise ValueError(Sentence("Two folds are the fewest: one to learn from, one held out"))


def _from(series: Series, learnt: np.ndarray, judged: np.ndarray) -> Series:
    """The series as it was known when the last of the judged windows was."""
    window, horizon = len(series.train.x), len(series.train.y)
    known = int(judged[-1]) + horizon + 1
    rows, goal, split = series.rows[:known], series.goal[:known], int(judged[0]) + 1
    train, test = (
        Windows.at(ends, window=window, horizon=horizon, rows=rows, goal=goal)
        for ends in (learnt, judged)
    )
    return replace(
        series,
        train=train,
        test=test,
        scale=Scale.of(rows[:split]),
        target_scale=Scale.of(goal[:split]),
        rows=rows,
        goal=goal,
    )
