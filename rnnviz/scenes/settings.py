"""What can be chosen on the Step page."""

from dataclasses import dataclass

from rnnviz.cells import MENU, OWN
from rnnviz.gradients.experiment import LOSSES
from rnnviz.scenes.examples import PRESETS
from rnnviz.settings.equations import equations
from rnnviz.settings.kinds import Number, Text, Whole, choice
from rnnviz.settings.schema import Schema, setting

OWN_CELL, OWN_NUMBERS, OWN_TEXT = OWN, "numbers", "text"
YOUR_FILE = "file"
LONGEST_LINK = 4000

SEQUENCES = choice(*PRESETS, {OWN_NUMBERS: "your own numbers", OWN_TEXT: "your own text"})
OWN_EQUATIONS = {OWN_CELL: "your own equations"}
CELLS = choice(*MENU, OWN_EQUATIONS)


@dataclass(frozen=True)
class StepSettings:
    """All choices of the Step page; with an uploaded file, they determine all that it shows."""

    sequence: str = setting("marked recall", SEQUENCES, "Sequence", "What the network reads.")
    numbers: str = setting(
        "0 0.5 1 0.5 0 -0.5 -1 -0.5 0 0.5 1 0.5",
        Text(LONGEST_LINK),
        "Your numbers",
        "Separated by commas, spaces or new lines; a table with one row per step gives several "
        "inputs.",
    )
    text: str = setting(
        "twinkle twinkle",
        Text(LONGEST_LINK),
        "Your text",
        "Each character is one input that is 1 while it is read.",
    )
    cell: str = setting("LSTM", CELLS, "Cell", "Which recurrent cell reads it.")
    z: str = setting(
        "keeps",
        choice({"keeps": "keeps the old", "takes": "takes the new"}),
        "Update gate z",
        "Two ways of writing the same cell: z and 1 − z change places, and the parameters of z "
        "change their sign.",
    )
    equations: str = equations()
    weights: str = setting(
        "trained",
        choice("trained", "fresh", {YOUR_FILE: "your file"}),
        "Weights",
        "Trained on this sequence's task and shipped; drawn afresh from a seed; or from a file of "
        "yours.",
    )
    kind: str = setting(
        "proven",
        choice({"proven": "what the file proves"}, *MENU),
        "Its cell",
        "Needed where arrays cannot tell: a tanh and a ReLU network look the same.",
    )
    layers: int = setting(1, Whole(1, 3), "Layers", "Cells that stand on one another.")
    direction: str = setting(
        "forward",
        choice("forward", "both"),
        "Direction",
        "With both, a second set of cells reads from the end.",
    )
    hidden: int = setting(16, Whole(1, 64), "Hidden size", "Units in each layer.")
    seed: int = setting(0, Whole(0, 9999), "Seed", "The same seed draws the same weights.")
    initial: str = setting(
        "uniform",
        choice("uniform", "orthogonal", {"scaled": "spectral radius"}, "identity"),
        "Recurrent matrices",
        "How they are drawn: as PyTorch does, orthogonal, Gaussian scaled to a spectral radius, or "
        "the identity.",
    )
    radius: float = setting(
        1.0, Number(0.0, 3.0, step=0.05), "Spectral radius", "Their largest |eigenvalue|."
    )
    memory: str = setting(
        "drawn",
        choice({"drawn": "as drawn", "number": "one number"}, "chrono"),
        "Bias of the gate that keeps",
        "As drawn; one number for all units; or chrono: spread over spans up to the sequence's "
        "length (Tallec & Ollivier 2018).",
    )
    bias: float = setting(1.0, Number(-5.0, 5.0, step=0.5), "Bias", "Larger keeps more.")
    loss: str = setting(
        "trained",
        choice({"trained": "as trained", **LOSSES.options}),
        "Loss at",
        "Where L is asked, and so where the gradient starts from.",
    )
    step: int = setting(1, Whole(1, 500), "Step of the loss", "From 1.")


SETTINGS = Schema.of(StepSettings)
