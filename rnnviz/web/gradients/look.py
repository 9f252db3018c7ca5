"""What is looked at on the Gradients page besides the knobs: choices, places, the guess.

Steps and units are counted from 1, as the page counts them; None is where nobody chose.
"""

from dataclasses import dataclass, replace

from rnnviz.cells import OWN, OWN_TITLE
from rnnviz.gradients.setup import CELLS, KNOBS, LARGEST, LONGEST, PLAIN
from rnnviz.settings.kinds import Whole, choice
from rnnviz.settings.schema import Schema, setting

SCENE = "scene"
"""The key of the Step page's network among the cells."""
STEP, UNIT = Whole(1, LONGEST), Whole(1, LARGEST)
SHOWN = choice("hidden", "shown")


@dataclass(frozen=True)
class Look:
    """Choices of the charts, the cursor and the guess.

    first, last: the steps that the charts are zoomed to. matrix: whose Jacobian is shown.
    cut: backpropagation stops before it. unit: followed along the direct path.
    """

    cell: str | None = setting(
        None,
        choice(PLAIN, *CELLS, {OWN: OWN_TITLE, SCENE: "the Step page's network"}),
        "Cell looked at",
        optional=True,
    )
    state: str = setting("h", choice({"h": "hidden state", "long": "cell state"}), "State")
    local: str = setting("hidden", SHOWN, "Part that comes straight from the loss")
    bound: str = setting("hidden", SHOWN, "Upper bound")
    attention: str = setting("hidden", SHOWN, "With an attention above")
    at: int = setting(1, STEP, "Cursor")
    unit: int | None = setting(None, UNIT, "Unit followed", optional=True)
    cut: int | None = setting(None, STEP, "Cut before step", optional=True)
    spectrum: str = setting("norm", choice("norm", "all"), "Singular values")
    jacobians: str = setting("products", choice("products", "steps"), "Jacobians")
    matrix: int | None = setting(None, STEP, "Step of the matrix", optional=True)
    first: int | None = setting(None, STEP, "Zoom from step", optional=True, key="from")
    last: int | None = setting(None, STEP, "Zoom to step", optional=True, key="to")
    guess: str | None = setting(
        None,
        choice("grows", "same", "tenth", "thousandth", "millionth", "less", "show"),
        "Guess",
        optional=True,
    )


LOOK = Schema.of(Look)
ASKED = Schema(
    {
        name: replace(KNOBS[name], key="")
        for name in ("length", "scale", "activation", "input_scale", "hidden")
    },
    prefix="asked_",
)
"""The knobs that the guess is about: all that the plain RNN depends on, but for the seed."""
