"""What can be chosen on the Step page."""

from dataclasses import dataclass

from rnnviz.cells import ABOUT, MENU, OWN
from rnnviz.gradients.setup import LOSSES
from rnnviz.scenes.examples import PRESETS
from rnnviz.settings.equations import equations
from rnnviz.settings.kinds import Number, Text, Whole, choice
from rnnviz.settings.schema import Schema, seed_setting, setting
from rnnviz.texts import N_

OWN_CELL, OWN_NUMBERS, OWN_TEXT, RANDOM = OWN, "numbers", "text", "random"
YOUR_FILE, TYPED = "file", "typed"
TOKENS, VECTORS = "tokens", "vectors"
NOTHING, UNTOUCHED = "nothing", "untouched"
LONGEST_LINK = 4000

SEQUENCES = choice(
    {name: preset.name for name, preset in PRESETS.items()},
    {OWN_NUMBERS: N_("your own numbers"), OWN_TEXT: N_("your own text")},
    {RANDOM: N_("random numbers")},
)
OWN_EQUATIONS = {OWN_CELL: N_("your own equations")}
CELLS = choice({name: ABOUT[name].title for name in MENU}, OWN_EQUATIONS)


@dataclass(frozen=True)
class StepSettings:
    """All choices of the Step page; with an uploaded file, they determine all that it shows."""

    sequence: str = setting(
        "marked recall", SEQUENCES, N_("Sequence"), N_("What the network reads.")
    )
    numbers: str = setting(
        "0 0.5 1 0.5 0 -0.5 -1 -0.5 0 0.5 1 0.5",
        Text(LONGEST_LINK, is_bounded=False),
        N_("Your numbers"),
        N_(
            "Separated by commas, spaces or new lines; a table with one row per step gives several "
            "inputs."
        ),
    )
    text: str = setting(
        "twinkle twinkle",
        Text(LONGEST_LINK, is_bounded=False),
        N_("Your text"),
        N_("Each character is one input that is 1 while it is read."),
    )
    alphabet: str = setting(
        "",
        Text(LONGEST_LINK, is_bounded=False),
        N_("Its alphabet"),
        N_(
            "The letters that the file's network reads, all of them, in the order of its inputs, "
            "as in ACGT. Empty: those of your text, sorted."
        ),
    )
    cell: str = setting("LSTM", CELLS, N_("Cell"), N_("Which recurrent cell reads it."))
    z: str = setting(
        "keeps",
        choice({"keeps": N_("keeps the old"), "takes": N_("takes the new")}),
        N_("Update gate z"),
        N_(
            "Two ways of writing the same cell: z and 1 − z change places, and the parameters of z "
            "change their sign."
        ),
    )
    equations: str = equations()
    beside: str = setting(
        NOTHING,
        choice(
            {NOTHING: N_("nothing"), UNTOUCHED: N_("the untouched run")},
            {name: ABOUT[name].title for name in MENU},
        ),
        N_("Beside it"),
        N_("Reads the same sequence in step, its maps and gradients beside those of the cell."),
    )
    weights: str = setting(
        "trained",
        choice(
            {"trained": N_("trained"), "fresh": N_("fresh")},
            {TYPED: N_("typed"), YOUR_FILE: N_("your file")},
        ),
        N_("Weights"),
        N_(
            "Trained beforehand on this sequence's task; fresh, which is at random from a seed; "
            "typed by you, beginning with those on the screen; or from a file of yours."
        ),
    )
    kind: str = setting(
        "proven",
        choice({"proven": N_("detect from the file")}, {name: ABOUT[name].title for name in MENU}),
        N_("Cell type"),
        N_("Needed where arrays cannot tell: a tanh and a ReLU network look the same."),
    )
    network: str = setting(
        "", Text(200), N_("Network in the file"), N_("Asked where the file holds several.")
    )
    readout: str = setting(
        "",
        Text(200),
        N_("What reads h"),
        N_("Asked where the file does not tell which of its matrices gives the answer."),
    )
    reads: str = setting(
        TOKENS,
        choice({TOKENS: N_("tokens"), VECTORS: N_("vectors")}),
        N_("The file's network reads"),
        N_(
            "Numbers of tokens, of each of which its embedding has a vector; or such vectors "
            "themselves, of as many numbers as one has."
        ),
    )
    layers: int = setting(1, Whole(1, 3), N_("Layers"), N_("Each reads what the one below gives."))
    direction: str = setting(
        "forward",
        choice({"forward": N_("forward"), "both": N_("both")}),
        N_("Direction"),
        N_("With both, a second set of cells reads from the end."),
    )
    hidden: int = setting(16, Whole(1, 64), N_("Hidden size"), N_("Units in each layer."))
    outputs: int = setting(
        0,
        Whole(0, 8),
        N_("Outputs of a readout"),
        N_("How many numbers a readout predicts at each step; 0: there is none."),
    )
    seed: int = seed_setting(N_("The same seed draws the same weights."))
    initial: str = setting(
        "uniform",
        choice(
            {
                "uniform": N_("uniform"),
                "orthogonal": N_("orthogonal"),
                "scaled": N_("spectral radius"),
                "identity": N_("identity"),
            }
        ),
        N_("Recurrent matrices"),
        N_(
            "How they are drawn: as PyTorch does, orthogonal, Gaussian scaled to a spectral "
            "radius, or the identity."
        ),
    )
    radius: float = setting(
        1.0, Number(0.0, 3.0, step=0.05), N_("Spectral radius"), N_("Their largest |eigenvalue|.")
    )
    memory: str = setting(
        "drawn",
        choice({"drawn": N_("as drawn"), "number": N_("one number"), "chrono": "chrono"}),
        N_("Forget-gate bias (GRU: bias of z)"),
        N_(
            "As drawn; one number for all units; or chrono: spread over spans up to the sequence's "
            "length (Tallec & Ollivier 2018)."
        ),
    )
    bias: float = setting(1.0, Number(-5.0, 5.0, step=0.5), N_("Bias"), N_("Larger keeps more."))
    loss: str = setting(
        "trained",
        choice({"trained": N_("as trained"), **LOSSES.options}),
        N_("Loss at"),
        N_("Where L is asked, and so where the gradient starts from."),
    )
    step: int = setting(1, Whole(1, 10_000), N_("Step of the loss"), N_("From 1."))


SETTINGS = Schema.of(StepSettings)
