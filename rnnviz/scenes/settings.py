"""What can be chosen on the Step page."""

from dataclasses import dataclass

from rnnviz.cells import MENU, OWN
from rnnviz.gradients.experiment import LOSSES as PLACES_OF_LOSS
from rnnviz.scenes.examples import PRESETS
from rnnviz.settings import Choice, Number, Option, Schema, Text, Whole, equations, options, setting

OWN_CELL, OWN_NUMBERS, OWN_TEXT = OWN, "numbers", "text"
YOUR_FILE = "file"
LONGEST_LINK = 4000

SEQUENCES = Choice(
    (
        *options(*PRESETS),
        Option(OWN_NUMBERS, "your own numbers", was=("your own numbers",)),
        Option(OWN_TEXT, "your own text", was=("your own text",)),
    )
)
OWN_EQUATIONS = Option(OWN_CELL, "your own equations", was=("your own equations",))
CELLS = Choice((*options(*MENU), OWN_EQUATIONS))
NOTATIONS = Choice(
    (
        Option("keeps", "keeps the old", was=("keeps the old",)),
        Option("takes", "takes the new", was=("takes the new",)),
    )
)
WEIGHTS = Choice((*options("trained", "fresh"), Option(YOUR_FILE, "your file", was=("your file",))))
KINDS = Choice(
    (Option("proven", "what the file proves", was=("what the file proves",)), *options(*MENU))
)
INITIAL = Choice(
    (
        *options("uniform", "orthogonal"),
        Option("scaled", "spectral radius", was=("spectral radius",)),
        *options("identity"),
    )
)
MEMORY = Choice(
    (
        Option("drawn", "as drawn", was=("as drawn",)),
        Option("number", "one number", was=("one number",)),
        *options("chrono"),
    )
)
LOSSES = Choice((Option("trained", "as trained", was=("as trained",)), *PLACES_OF_LOSS.options))


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
        NOTATIONS,
        "Update gate z",
        "Two ways of writing the same cell: z and 1 − z change places, and the parameters of z "
        "change their sign.",
    )
    equations: str = equations()
    weights: str = setting(
        "trained",
        WEIGHTS,
        "Weights",
        "Trained on this sequence's task and shipped; drawn afresh from a seed; or from a file of "
        "yours.",
    )
    kind: str = setting(
        "proven",
        KINDS,
        "Its cell",
        "Needed where arrays cannot tell: a tanh and a ReLU network look the same.",
    )
    layers: int = setting(1, Whole(1, 3), "Layers", "Cells that stand on one another.")
    direction: str = setting(
        "forward",
        Choice(options("forward", "both")),
        "Direction",
        "With both, a second set of cells reads from the end.",
    )
    hidden: int = setting(16, Whole(1, 64), "Hidden size", "Units in each layer.")
    seed: int = setting(0, Whole(0, 9999), "Seed", "The same seed draws the same weights.")
    initial: str = setting(
        "uniform",
        INITIAL,
        "Recurrent matrices",
        "How they are drawn: as PyTorch does, orthogonal, Gaussian scaled to a spectral radius, or "
        "the identity.",
    )
    radius: float = setting(
        1.0, Number(0.0, 3.0, step=0.05), "Spectral radius", "Their largest |eigenvalue|."
    )
    memory: str = setting(
        "drawn",
        MEMORY,
        "Bias of the gate that keeps",
        "As drawn; one number for all units; or chrono: spread over spans up to the sequence's "
        "length (Tallec & Ollivier 2018).",
    )
    bias: float = setting(1.0, Number(-5.0, 5.0, step=0.5), "Bias", "Larger keeps more.")
    loss: str = setting(
        "trained", LOSSES, "Loss at", "Where L is asked, and so where the gradient starts from."
    )
    step: int = setting(1, Whole(1, 500), "Step of the loss", "From 1.")


SETTINGS = Schema.of(StepSettings)
