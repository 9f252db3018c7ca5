"""What can be chosen about a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import get_args

from rnnviz import tasks
from rnnviz.cells import GALLERY, NamedCell, named
from rnnviz.network.given import GivenWeights
from rnnviz.network.initial import Inputs, Recurrent
from rnnviz.network.pooling import Pooling
from rnnviz.settings.kinds import Choice, Number, Whole, choice
from rnnviz.settings.schema import setting
from rnnviz.tasks.task import LARGEST_BATCH, Task
from rnnviz.texts import N_
from rnnviz.training.knobs.kinds import CellOrEquations, Given, OwnText, TaskOrOwn

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "network": N_("Network"),
        "initial": N_("Initial values"),
        "optimizer": N_("Optimizer"),
        "regularization": N_("Dropout, second head, truncation"),
        "batch": N_("Batch and precision"),
    }
)
"""A group's key → what it is called. The first one, "essential", is called nothing."""

WRITTEN = {"written": N_("as written")}


@dataclass(frozen=True)
class RunSettings:
    """The choices of one run, in the order in which a page has them."""

    task: str | Task = setting(
        "marked recall",
        TaskOrOwn({task.name: str(task.title) for task in tasks.TASKS.values()}),
        N_("Task"),
        N_("What is to be learnt: a toy task, or a task that data of your own make."),
        group="essential",
    )
    length: int | None = setting(
        None,
        Whole(1, 1000),
        N_("Length"),
        N_("How long the sequences are, or how far back the answer lies. Empty: the task's own."),
        optional=True,
    )
    text: str | None = setting(
        None, OwnText(), N_("Text"), N_("What next character reads. Empty: two nursery rhymes.")
    )
    cell: NamedCell = setting(
        named("LSTM"),
        CellOrEquations({name: name for name in GALLERY}),
        N_("Cell"),
        N_("The recurrent cell: a name of the gallery, or a Cell of your own."),
    )
    hidden: int = setting(
        32, Whole(1, 256), N_("Hidden size"), N_("How many units each layer has.")
    )
    optimizer: str = setting(
        "adam",
        choice("sgd", "momentum", "rmsprop", "adam", "adamw"),
        N_("Optimizer"),
        N_("How a gradient becomes a step."),
    )
    learning_rate: float = setting(
        0.01,
        Number(1e-6, 10.0, step=0.001),
        N_("Learning rate"),
        N_("How large a step is."),
        live=True,
    )
    clip_norm: float | None = setting(
        None,
        Number(1e-6, 1e6),
        N_("Clip by norm"),
        N_(
            "The largest norm a gradient may have: a longer one is shortened, its direction kept. "
            "Empty: nothing is clipped."
        ),
        optional=True,
        live=True,
    )
    clip_value: float | None = setting(
        None,
        Number(1e-6, 1e6),
        N_("Clip by value"),
        N_(
            "The largest a gradient's entry may be: larger ones are cut. Empty: nothing is clipped."
        ),
        optional=True,
        live=True,
    )
    updates: int = setting(
        600,
        Whole(1, 100_000),
        N_("Updates"),
        N_("How many updates are planned: the schedule runs over these."),
    )
    seed: int = setting(
        0,
        Whole(0, 2**32 - 1),
        N_("Seed"),
        N_("Which weights, sequences and dropped units: the same seed gives the same run."),
    )
    layers: int = setting(
        1, Whole(1, 4), N_("Layers"), N_("How many cells stand on one another."), group="network"
    )
    direction: str = setting(
        "forward",
        choice("forward", "both"),
        N_("Direction"),
        N_(
            "Whether each layer reads the sequence forward, or a second set of cells reads it "
            "backward too: not where what comes next is to be predicted, for that it has read."
        ),
    )
    embedding: int = setting(
        64,
        Whole(1, 256),
        N_("Embedding"),
        N_(
            "How many numbers stand for each word or character that is read: they are learnt as "
            "all weights are."
        ),
    )
    readout: Pooling = setting(
        "last",
        choice(
            {
                "last": N_("last state"),
                "mean": N_("mean"),
                "maximum": N_("maximum"),
                "attention": N_("attention"),
            }
        ),
        N_("Readout"),
        N_(
            "What the answer is read from: the state at that step, or the mean, the maximum or an "
            "attention over all states so far, which is a mean with learnt weights."
        ),
    )
    skip: bool = setting(
        default=False,
        kind=Choice({False: N_("no"), True: N_("yes")}),
        label=N_("Skip connections"),
        help=N_("Each layer above the first hands up what it read, added to its state."),
    )
    gate_function: str = setting(
        "written",
        choice(WRITTEN, "sigmoid", {"hard_sigmoid": N_("hard sigmoid")}),
        N_("Gate function"),
        N_(
            "What squeezes a gate between 0 and 1; the hard sigmoid has straight sides, and no "
            "slope outside. The gallery's gates are written with the sigmoid: there the two are "
            "one."
        ),
    )
    candidate_function: str = setting(
        "written",
        choice(WRITTEN, "tanh", {"relu": "ReLU"}, "sigmoid", {"identity": N_("identity")}),
        N_("Candidate function"),
        N_(
            "What the candidate, or a plain RNN's state, goes through. Where it is written with "
            "tanh, tanh and “as written” are one."
        ),
    )
    weights: GivenWeights | None = setting(
        None,
        Given(),
        N_("Given weights"),
        N_(
            "The numbers the run begins at, whatever its seed: sequences and dropped units are "
            "still drawn from that, and so are weights that are not given. Empty: all are drawn."
        ),
        optional=True,
        group="initial",
    )
    recurrent_initial: Recurrent = setting(
        "uniform",
        choice(*get_args(Recurrent)),
        N_("Initial recurrent matrices"),
        N_(
            "Where the recurrent matrices start: PyTorch's uniform, orthogonal, Gaussian scaled "
            "to a spectral radius, or the identity. Each gate has one bias, which is trained: "
            "PyTorch's own modules train two that are added, so there the sum moves about twice "
            "as fast."
        ),
        group="initial",
    )
    spectral_radius: float | None = setting(
        None,
        Number(0.0, 5.0),
        N_("Spectral radius"),
        N_(
            "The size of a recurrent matrix' largest eigenvalue, where the matrices start scaled, "
            "orthogonal or as the identity. Empty: 1."
        ),
        optional=True,
    )
    input_initial: Inputs = setting(
        "uniform",
        choice(*get_args(Inputs)),
        N_("Initial input matrices"),
        N_("Where the input matrices start: PyTorch's uniform, or Glorot's."),
    )
    input_scale: float = setting(
        1.0, Number(0.0, 10.0), N_("Input scale"), N_("A factor on the initial input matrices.")
    )
    forget_bias: float | None = setting(
        None,
        Number(-10.0, 10.0),
        N_("Forget-gate bias"),
        N_("How far the gate that keeps the memory starts open. Empty: as drawn."),
        optional=True,
    )
    write_bias: float | None = setting(
        None,
        Number(-10.0, 10.0),
        N_("Input-gate bias"),
        N_("How far the gate that writes starts open, negative for closed. Empty: as drawn."),
        optional=True,
    )
    chrono: int | None = setting(
        None,
        Whole(3, 10_000),
        N_("Chrono biases"),
        N_(
            "Gates that start ready for lags of up to so many steps (Tallec & Ollivier 2018). "
            "Empty: not."
        ),
        optional=True,
    )
    schedule: str = setting(
        "constant",
        choice("constant", "linear", "cosine", "step"),
        N_("Schedule"),
        N_(
            "How the learning rate falls over the planned updates: linear and cosine to zero, "
            "step to a tenth after each third. Beyond them it stays where it has come to: at zero "
            "nothing is learnt any more."
        ),
        group="optimizer",
    )
    momentum: float = setting(
        0.9,
        Number(0.0, 0.999, step=0.05),
        N_("Momentum"),
        N_("The share of the last step that momentum keeps."),
    )
    rms_decay: float = setting(
        0.99,
        Number(0.0, 0.9999, step=0.05),
        N_("RMSProp's decay"),
        N_("How slowly RMSProp forgets the size of past gradients."),
    )
    beta_1: float = setting(
        0.9, Number(0.0, 0.9999, step=0.01), "β₁", N_("How slowly Adam forgets past gradients.")
    )
    beta_2: float = setting(
        0.999,
        Number(0.0, 0.99999, step=0.001),
        "β₂",
        N_("How slowly Adam forgets the size of past gradients."),
    )
    epsilon: float = setting(
        1e-8,
        Number(1e-12, 1.0, step=1e-8),
        "ε",
        N_("Added below the fraction by RMSProp and Adam, so that no step is infinite."),
    )
    weight_decay: float = setting(
        0.0,
        Number(0.0, 1.0, step=0.05),
        N_("Weight decay"),
        N_("How strongly weights are pulled to zero; in AdamW apart from the gradient."),
    )
    dropout: float = setting(
        0.0,
        Number(0.0, 0.9, step=0.05),
        N_("Dropout between layers"),
        N_(
            "The share of a layer's outputs set to zero on their way up, an embedding's too, drawn "
            "afresh at each step and update."
        ),
        live=True,
        group="regularization",
    )
    recurrent_dropout: float = setting(
        0.0,
        Number(0.0, 0.9, step=0.05),
        N_("Recurrent dropout"),
        N_(
            "The share of recurrent weights set to zero, drawn once an update for all steps "
            "(Merity, Keskar & Socher 2018)."
        ),
        live=True,
    )
    auxiliary: float = setting(
        0.0,
        Number(0.0, 10.0),
        N_("Auxiliary loss"),
        N_(
            "The weight of a second head that predicts the next input from each state (Trinh et "
            "al. 2018)."
        ),
    )
    truncate: int | None = setting(
        None,
        Whole(1, 1000),
        N_("Truncated BPTT"),
        N_(
            "Gradients flow back at most to the last multiple of so many steps. Empty: all the way."
        ),
        optional=True,
    )
    batch: int = setting(
        32,
        Whole(1, LARGEST_BATCH),
        N_("Batch size"),
        N_("How many sequences each update averages over."),
        group="batch",
    )
    precision: str = setting(
        "float64",
        choice("float64", "float32"),
        N_("Precision"),
        N_("The numbers everything is computed with."),
    )
