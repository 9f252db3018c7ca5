"""What the Gradients page is at, as its address has it and its component reports it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from rnnviz.cells import OWN
from rnnviz.gradients.setup import KNOBS, Setup
from rnnviz.settings.kinds import choice
from rnnviz.settings.schema import Schema, Setting
from rnnviz.web.gradients.look import ASKED, LOOK, Look

PAGE = Schema(
    {
        **KNOBS,
        "scene": Setting(choice("hidden", "shown"), "hidden", "The Step page's network"),
        **{f"look_{name}": one for name, one in LOOK.items()},
        **{f"asked_{name}": one for name, one in ASKED.items()},
    }
)


class Knobs(NamedTuple):
    """The setup, whether the Step page's network is drawn beside it, and what is looked at.

    asked: what the visitor's guess is about; None before there is a guess.
    """

    setup: Setup
    with_scene: bool = False
    look: Look = Look()
    asked: Setup | None = None

    @staticmethod
    def read(query: Mapping[str, Any], own: str) -> "Knobs":
        """As they are asked for, clamped; never raises. own: equations of a cell, or nothing."""
        chosen = {**KNOBS.defaults, **KNOBS.read(query), "equations": own}
        if not own:
            others = tuple(name for name in chosen["cells"] if name != OWN)
            chosen["cells"] = others or KNOBS["cells"].default
        look = Look(**LOOK.read(query))
        asked = Setup(**ASKED.read(query)) if look.guess else None
        with_scene = PAGE["scene"].read(query.get("scene", "")) == "shown"
        return Knobs(Setup(**chosen), with_scene, look, asked)

    def write(self) -> dict[str, str]:
        """The query that `read` turns into these."""
        scene = {"scene": "shown"} if self.with_scene else {}
        asked = ASKED.write(vars(self.asked)) if self.asked else {}
        return {
            **KNOBS.write(vars(self.setup)),
            **scene,
            **LOOK.write(vars(self.look)),
            **asked,
        }
