"""Clipping: one choice, made of two knobs of which one is none."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from rnnviz.settings.kinds import choice
from rnnviz.settings.schema import Setting
from rnnviz.texts import N_

KNOB_OF: Mapping[str, str] = {"norm": "clip_norm", "value": "clip_value"}
CLIPPING = Setting(
    choice({"none": N_("none"), "norm": N_("by norm"), "value": N_("by value")}),
    "none",
    N_("Clipping"),
)
AT_FIRST = 1.0
"""The threshold where none was chosen yet."""


class Clipping(NamedTuple):
    """How gradients are clipped: a key of `CLIPPING`, and the threshold; None clips nothing."""

    kind: str = "none"
    threshold: float | None = None

    @property
    def knobs(self) -> dict[str, float | None]:
        """Both knobs as they have to be."""
        return {
            name: self.threshold if kind == self.kind else None for kind, name in KNOB_OF.items()
        }


def clipping_of(knobs: Mapping[str, Any]) -> Clipping:
    """How a run with these knobs clips its gradients."""
    found = ((kind, knobs.get(name)) for kind, name in KNOB_OF.items())
    return next((Clipping(kind, limit) for kind, limit in found if limit is not None), Clipping())
