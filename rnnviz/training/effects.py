"""Which knobs do anything, given the others: what changes nothing is not offered."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from rnnviz.training.knobs import KNOBS

ADAMS = ("adam", "adamw")

_WHERE: Mapping[str, Callable[[Mapping[str, Any]], bool]] = MappingProxyType(
    {
        "text": lambda k: k["task"] == "next character",
        "momentum": lambda k: k["optimizer"] == "momentum",
        "rms_decay": lambda k: k["optimizer"] == "rmsprop",
        "beta_1": lambda k: k["optimizer"] in ADAMS,
        "beta_2": lambda k: k["optimizer"] in ADAMS,
        "epsilon": lambda k: k["optimizer"] in (*ADAMS, "rmsprop"),
        "dropout": lambda k: k["layers"] > 1,
    }
)


def has_effect(name: str, *chosen: Mapping[str, Any]) -> bool:
    """Whether a knob does anything in one of the runs with these knobs."""
    does = _WHERE.get(name)
    return does is None or any(does({**KNOBS.defaults, **knobs}) for knobs in chosen)
