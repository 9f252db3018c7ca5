"""Which knobs do anything, given the others: what changes nothing is not offered."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from rnnviz import tasks
from rnnviz.network.architecture import Architecture
from rnnviz.tasks import Task
from rnnviz.training.knobs.kinds import with_values
from rnnviz.training.knobs.knobs import KNOBS

ADAMS = ("adam", "adamw")

INITIAL = tuple(name for name in KNOBS.group("initial") if name != "weights")


def _are_drawn(knobs: Mapping[str, Any]) -> bool:
    """Whether any layer's parameter begins as it is drawn."""
    if knobs["weights"] is None:
        return True
    both = knobs["direction"] == "both"
    cell, layers = with_values(knobs)["cell"].cell, knobs["layers"]
    names = Architecture(1, 1, layers=layers, bidirectional=both).shapes(cell)
    return not names.keys() <= knobs["weights"].arrays.keys()


def _task(knobs: Mapping[str, Any]) -> Task:
    return tasks.find(with_values(knobs)["task"])


def _reads_tokens(knobs: Mapping[str, Any]) -> bool:
    return _task(knobs).tokens > 0


def _has_lengths(knobs: Mapping[str, Any]) -> bool:
    return _task(knobs).length.shortest < _task(knobs).length.longest


_WHERE: Mapping[str, Callable[[Mapping[str, Any]], bool]] = MappingProxyType(
    {
        "length": _has_lengths,
        "text": lambda k: k["task"] == "next character",
        "weights": lambda k: k["weights"] is not None,
        "momentum": lambda k: k["optimizer"] == "momentum",
        "rms_decay": lambda k: k["optimizer"] == "rmsprop",
        "beta_1": lambda k: k["optimizer"] in ADAMS,
        "beta_2": lambda k: k["optimizer"] in ADAMS,
        "epsilon": lambda k: k["optimizer"] in (*ADAMS, "rmsprop"),
        "embedding": _reads_tokens,
        "skip": lambda k: k["layers"] > 1,
        "dropout": lambda k: k["layers"] > 1 or _reads_tokens(k),
        **dict.fromkeys(INITIAL, _are_drawn),
    }
)


def has_effect(name: str, *chosen: Mapping[str, Any]) -> bool:
    """Whether a knob does anything in one of the runs with these knobs."""
    does = _WHERE.get(name)
    return does is None or any(does({**KNOBS.defaults, **knobs}) for knobs in chosen)
