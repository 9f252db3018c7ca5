"""Runs as they are looked at: after their last update, or at an earlier one."""

from typing import NamedTuple

from rnnviz.texts import _
from rnnviz.training.comparison.comparison import Comparison
from rnnviz.training.runs.runs import Run


class Learnt(NamedTuple):
    """One of the runs. letter, says: which one, and what it chose. run: after the last update, or
    the last before the one looked at whose weights are kept. is_learning: more is to come."""

    letter: str
    says: str
    run: Run
    is_learning: bool = False


def looked_at(comparison: Comparison) -> list[Learnt]:
    """All runs that are shown, as they are looked at."""
    at = comparison.at
    return [
        Learnt(
            one.letter,
            _(one.says),
            one.run if at is None else one.live.past.before(at),
            comparison.is_busy,
        )
        for one in comparison.members
        if one.letter not in comparison.unseen
    ]
