"""What comes of a received sentence where it is measured: a verdict, and its figures."""

import math
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import wraps
from typing import NamedTuple

from rnnviz.tasks import Task
from rnnviz.texts import _
from rnnviz.training.tradeoffs.figures import Figures
from rnnviz.training.tradeoffs.sample import Difference, Sample


class Verdict(StrEnum):
    """What was measured against what is said."""

    AGREES = "agrees"
    DIFFERS = "differs"
    OPEN = "open"


class Judgement(NamedTuple):
    """The verdict, and a sentence with the figures it rests on. is_ready: whether they are there;
    False while they may still come."""

    verdict: Verdict
    why: str
    is_ready: bool = True


Judge = Callable[[Sequence[Figures], Task], Judgement]
"""Given the figures of all contenders, complete or not, and the task."""


def is_lstm(one: Figures) -> bool:
    return one.contender.cell.name == "LSTM"


def is_gru(one: Figures) -> bool:
    return one.contender.cell.name.startswith("GRU (")


def is_rnn(one: Figures) -> bool:
    return one.contender.cell.name.startswith("RNN (")


def of_lstm_and_gru(judge: Callable[[Figures, Figures, Task], Judgement]) -> Judge:
    """A judge of the first LSTM and the first GRU: where one is missing, nothing is judged."""

    @wraps(judge)
    def judged(found: Sequence[Figures], task: Task) -> Judgement:
        lstm, gru = (next(filter(kind, found), None) for kind in (is_lstm, is_gru))
        if lstm is None or gru is None:
            return missing(_("This takes an LSTM and a GRU."))
        return judge(lstm, gru, task)

    return judged


def with_margin(apart: Difference, written: Callable[[float], str]) -> str:
    """The difference and its margin; there is none where there were too few."""
    if apart.margin == math.inf:
        return _("{size}, too few to be told apart", size=written(abs(apart.size)))
    return f"{written(abs(apart.size))} ± {written(apart.margin)}"


def by_sign(sign: int) -> Verdict:
    return {1: Verdict.AGREES, -1: Verdict.DIFFERS, 0: Verdict.OPEN}[sign]


def missing(why: str) -> Judgement:
    return Judgement(Verdict.OPEN, why)


def unknown(*samples: Sample) -> Judgement:
    """Why there is no figure: not measured, or no run of one of them came to its end."""
    if any(one.values and not one for one in samples):
        return missing(_("Every run of one of them stopped at a number that was not finite."))
    return later()


def later() -> Judgement:
    return Judgement(Verdict.OPEN, _("Not measured."), is_ready=False)
