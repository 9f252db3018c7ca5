"""What the Gradients page is at, as its address has it and its component tells it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from rnnviz.cells import OWN
from rnnviz.gradients.experiment import KNOBS, Experiment
from rnnviz.settings.kinds import choice
from rnnviz.settings.schema import Schema, Setting

PAGE = Schema(
    {
        **KNOBS,
        "scene": Setting(choice("hidden", "shown"), "hidden", "The Step page's network"),
    }
)


class Knobs(NamedTuple):
    """The experiment, and whether the Step page's network is drawn beside it."""

    experiment: Experiment
    with_scene: bool

    @staticmethod
    def read(query: Mapping[str, Any], own: str) -> "Knobs":
        """As they are asked for, clamped; never raises. own: equations of a cell, or nothing."""
        chosen = {**PAGE.defaults, **PAGE.read(query), "equations": own}
        if not own:
            others = tuple(name for name in chosen["cells"] if name != OWN)
            chosen["cells"] = others or KNOBS["cells"].default
        with_scene = chosen.pop("scene") == "shown"
        return Knobs(Experiment(**chosen), with_scene)

    def write(self) -> dict[str, str]:
        """The query that `read` turns into these."""
        scene = "shown" if self.with_scene else "hidden"
        return PAGE.write({**vars(self.experiment), "scene": scene})
