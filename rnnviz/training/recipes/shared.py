"""Knobs that many lessons have."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any


def _kept(**knobs: Any) -> Mapping[str, Any]:
    return MappingProxyType(knobs)


QUICK = _kept(hidden=32, batch=32)
ON_SERVER = _kept(precision="float32")
"""Of lessons that the server trains: they are more than a browser takes (`in_browser.fit`)."""
ADAM = _kept(**QUICK, optimizer="adam", learning_rate=0.01, clip_norm=1.0)
SGD = _kept(**QUICK, optimizer="sgd", learning_rate=0.1)
SCALED = _kept(recurrent_initial="scaled", spectral_radius=1.2)
OPEN = _kept(cell="LSTM", forget_bias=1.0)
