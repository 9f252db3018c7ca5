"""Everything a learner can choose about a run: the table of knobs, and what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import cached_property
from types import MappingProxyType
from typing import Any, get_args

from rnnviz import cells, tasks
from rnnviz.network.initial import Initial, Inputs, Recurrent
from rnnviz.network.network import Network
from rnnviz.representation import Cell
from rnnviz.substitution import with_functions
from rnnviz.tasks.task import LARGEST_BATCH, Task
from rnnviz.training.knob import Knob

SHORT_NAMES = {"RNN": "RNN (tanh)", "GRU": "GRU (PyTorch)"}
OPTIMIZERS = ("sgd", "momentum", "rmsprop", "adam", "adamw")
LARGEST_RUN = 2**30
HELD_OUT, EVALUATED_AT_ONCE, EVALUATED_EVERY = 256, 64, 25
SCHEDULES = ("constant", "linear", "cosine", "step")


def _knob(default: Any, title: str, says: str, **range_: Any) -> Any:
    return field(default=default, metadata={"title": title, "says": says, **range_})


@dataclass(frozen=True)
class Knobs:
    """The choices of one run. A value out of its range raises a ValueError that states it."""

    task: str = _knob("marked recall", "Task", "What is to be learnt.", options=tuple(tasks.TASKS))
    length: int | None = _knob(
        None,
        "Length",
        "How long the sequences are, or how far back the answer lies; None takes the task's own.",
        low=1,
        high=1000,
        whole=True,
        optional=True,
    )
    text: str | None = _knob(
        None, "Text", "What next character reads; None takes two nursery rhymes.", optional=True
    )
    cell: str | Cell = _knob(
        "LSTM", "Cell", "The recurrent cell: a name of the gallery, or a Cell of your own."
    )
    direction: str = _knob(
        "forward",
        "Direction",
        "Whether each layer reads the sequence forward, or a second set of cells reads it "
        "backward too: not where what comes next is to be predicted, for that it has read.",
        options=("forward", "both"),
    )
    layers: int = _knob(
        1, "Layers", "How many cells stand on one another.", low=1, high=4, whole=True
    )
    hidden: int = _knob(
        32, "Hidden size", "How many units each layer has.", low=1, high=256, whole=True
    )
    gate_function: str = _knob(
        "as written",
        "Gate function",
        "What squeezes a gate between 0 and 1; the hard sigmoid has straight sides, and no slope "
        "outside.",
        options=("as written", "sigmoid", "hard_sigmoid"),
    )
    candidate_function: str = _knob(
        "as written",
        "Candidate function",
        "What the candidate, or a plain RNN's state, goes through.",
        options=("as written", "tanh", "relu", "sigmoid", "identity"),
    )
    batch: int = _knob(
        32,
        "Batch size",
        "How many sequences each update averages over.",
        low=1,
        high=LARGEST_BATCH,
        whole=True,
    )
    updates: int = _knob(
        600,
        "Updates",
        "How many updates are planned: the schedule runs over these.",
        low=1,
        high=100_000,
        whole=True,
    )
    optimizer: str = _knob(
        "adam", "Optimizer", "How a gradient becomes a step.", options=OPTIMIZERS
    )
    learning_rate: float = _knob(
        0.01, "Learning rate", "How large a step is.", low=1e-6, high=10.0, live=True
    )
    schedule: str = _knob(
        "constant",
        "Schedule",
        "How the learning rate falls over the planned updates: linear and cosine to zero, step to "
        "a tenth after each third. Beyond them it stays where it has come to: at zero nothing is "
        "learnt any more.",
        options=SCHEDULES,
    )
    momentum: float = _knob(
        0.9,
        "Momentum",
        "The share of the last step that momentum keeps; only that optimizer reads it.",
        low=0.0,
        high=0.999,
    )
    rms_decay: float = _knob(
        0.99,
        "RMSProp's decay",
        "How slowly RMSProp forgets the size of past gradients.",
        low=0.0,
        high=0.9999,
    )
    beta_1: float = _knob(
        0.9, "β₁", "How slowly Adam forgets past gradients.", low=0.0, high=0.9999
    )
    beta_2: float = _knob(
        0.999, "β₂", "How slowly Adam forgets the size of past gradients.", low=0.0, high=0.99999
    )
    epsilon: float = _knob(
        1e-8,
        "ε",
        "Added below the fraction by RMSProp and Adam, so that no step is infinite.",
        low=1e-12,
        high=1.0,
    )
    weight_decay: float = _knob(
        0.0,
        "Weight decay",
        "How strongly weights are pulled to zero; in AdamW apart from the gradient.",
        low=0.0,
        high=1.0,
    )
    clip_norm: float | None = _knob(
        None,
        "Clip by norm",
        "The longest a gradient may be: a longer one is shortened, its direction kept; None clips "
        "nothing.",
        low=1e-6,
        high=1e6,
        optional=True,
        live=True,
    )
    clip_value: float | None = _knob(
        None,
        "Clip by value",
        "The largest a gradient's entry may be: larger ones are cut, which turns it; None clips "
        "nothing.",
        low=1e-6,
        high=1e6,
        optional=True,
        live=True,
    )
    recurrent_initial: Recurrent = _knob(
        "uniform",
        "Initial recurrent matrices",
        "Where the recurrent matrices start: PyTorch's uniform, orthogonal, Gaussian scaled to a "
        "spectral radius, or the identity.",
        options=get_args(Recurrent),
    )
    input_initial: Inputs = _knob(
        "uniform",
        "Initial input matrices",
        "Where the input matrices start: PyTorch's uniform, or Glorot's.",
        options=get_args(Inputs),
    )
    spectral_radius: float | None = _knob(
        None,
        "Spectral radius",
        "The size of a recurrent matrix' largest eigenvalue; None leaves 1, and uniform takes "
        "none.",
        low=0.0,
        high=5.0,
        optional=True,
    )
    input_scale: float = _knob(
        1.0, "Input scale", "A factor on the initial input matrices.", low=0.0, high=10.0
    )
    forget_bias: float | None = _knob(
        None,
        "Forget-gate bias",
        "How far the gate that keeps the memory starts open; None leaves it as drawn.",
        low=-10.0,
        high=10.0,
        optional=True,
    )
    write_bias: float | None = _knob(
        None,
        "Input-gate bias",
        "How far the gate that writes starts open, negative for closed; None leaves it as drawn.",
        low=-10.0,
        high=10.0,
        optional=True,
    )
    chrono: int | None = _knob(
        None,
        "Chrono biases",
        "Gates that start ready for lags of up to so many steps (Tallec & Ollivier 2018); or None.",
        low=3,
        high=10_000,
        whole=True,
        optional=True,
    )
    dropout: float = _knob(
        0.0,
        "Dropout between layers",
        "The share of a layer's outputs set to zero on their way up, drawn afresh at each step "
        "and update.",
        low=0.0,
        high=0.9,
        live=True,
    )
    recurrent_dropout: float = _knob(
        0.0,
        "Recurrent dropout",
        "The share of recurrent weights set to zero, drawn once an update for all steps "
        "(Merity, Keskar & Socher 2018).",
        low=0.0,
        high=0.9,
        live=True,
    )
    auxiliary: float = _knob(
        0.0,
        "Auxiliary loss",
        "The weight of a second head that predicts the next input from each state (Trinh et al. "
        "2018).",
        low=0.0,
        high=10.0,
    )
    truncate: int | None = _knob(
        None,
        "Truncated BPTT",
        "Gradients flow back at most to the last multiple of so many steps; None for all the way.",
        low=1,
        high=1000,
        whole=True,
        optional=True,
    )
    precision: str = _knob(
        "float64",
        "Precision",
        "The numbers everything is computed with.",
        options=("float64", "float32"),
    )
    seed: int = _knob(
        0,
        "Seed",
        "Which weights, sequences and dropped units: the same seed gives the same run.",
        low=0,
        high=2**32 - 1,
        whole=True,
    )

    def __post_init__(self) -> None:
        if isinstance(self.cell, str):
            object.__setattr__(self, "cell", SHORT_NAMES.get(self.cell, self.cell))
        for name, knob in KNOBS.items():
            knob.check(getattr(self, name))
        _check_cell(self.cell)
        if not isinstance(self.text, str | None):
            raise ValueError(f"text must be a text, not {self.text!r}")
        if self.clip_norm is not None and self.clip_value is not None:
            raise ValueError(
                "a gradient is clipped by norm or by value, not both: set one of the two to none"
            )
        self._check_reads_no_answer()
        self.about_task.checked_length(self.length_in_force)
        if self.auxiliary and self.about_task.steps(self.length_in_force) < 2:
            raise ValueError("the auxiliary loss asks for the next input: one step has none")
        _ = self.initial  # raises where initial values contradict each other
        if self.arrays > LARGEST_RUN:
            raise ValueError(
                f"this run would take {self.arrays / 2**20:,.0f} MB for one update or evaluation, "
                f"more than the {LARGEST_RUN / 2**20:,.0f} MB there are: "
                "shorten it, or make the batch or the hidden size smaller"
            )

    def _check_reads_no_answer(self) -> None:
        """Whatever reads backward has seen the next input: it must not be asked for it."""
        if self.direction == "forward":
            return
        if self.about_task.foretells:
            raise ValueError(
                f"{self.task} asks at every step for what comes next, and cells that read the "
                "sequence backward have read that already: the answer would be copied, not "
                "predicted, so take the direction forward"
            )
        if self.auxiliary:
            raise ValueError(
                "the auxiliary loss asks for the next input, and cells that read the sequence "
                "backward have read that already: take the direction forward, or no auxiliary loss"
            )

    @cached_property
    def about_task(self) -> Task:
        return tasks.find(self.task, self.text)

    @property
    def length_in_force(self) -> int:
        """The length chosen, or the task's own."""
        return self.about_task.length.default if self.length is None else self.length

    @cached_property
    def named_cell(self) -> Cell:
        """The cell as it is written."""
        return cells.GALLERY[self.cell] if isinstance(self.cell, str) else self.cell

    @cached_property
    def cell_in_force(self) -> Cell:
        """The cell with the chosen functions in place of its own; the parameters stay the same."""
        return with_functions(self.named_cell, self.gate_function, self.candidate_function)

    @cached_property
    def initial(self) -> Initial:
        """The initial values as `Network.fresh` takes them."""
        return Initial(
            recurrent=self.recurrent_initial,
            inputs=self.input_initial,
            spectral_radius=self.spectral_radius,
            input_scale=self.input_scale,
            forget_bias=self.forget_bias,
            write_bias=self.write_bias,
            chrono=self.chrono,
        )

    @property
    def ways(self) -> int:
        """How many cells read a sequence: one a layer, or one a layer and direction."""
        return self.layers * (1 if self.direction == "forward" else 2)

    @property
    def parameters(self) -> int:
        """How many numbers are learnt, a second head left out."""
        return Network.count(
            self.cell_in_force,
            inputs=self.about_task.inputs,
            hidden=self.hidden,
            outputs=self.about_task.outputs,
            layers=self.layers,
            bidirectional=self.direction == "both",
        )

    @property
    def number_bytes(self) -> int:
        """Bytes of one number."""
        return 8 if self.precision == "float64" else 4

    @property
    def arrays(self) -> int:
        """About how many bytes a run takes where it is computed, within a factor of two.

        The batch of an update has values and gradients, the sequences of an evaluation values
        alone, a third of it; parameters are held about ten times, in optimizer and messages too.
        """
        sequences = self.batch + EVALUATED_AT_ONCE / 3
        values = self.about_task.steps(self.length_in_force) * self.hidden * sequences
        values *= len(self.cell_in_force.steps) * self.ways
        return round(self.number_bytes * (1.5 * values + 10 * self.parameters))


def _check_cell(cell: object) -> None:
    if not isinstance(cell, Cell) and cell not in cells.GALLERY:
        near = get_close_matches(str(cell), cells.GALLERY, n=1, cutoff=0.3)
        hint = f": did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"cell must be one of {', '.join(cells.GALLERY)}, not {cell!r}{hint}")
    if isinstance(cell, Cell) and not cell.parameters:
        raise ValueError(
            "nothing of this cell can be learnt: give it a matrix or a vector, "
            "as in h = tanh(W @ x + U @ h_prev + b)"
        )


KNOBS: Mapping[str, Knob] = MappingProxyType(
    {f.name: Knob(f.name, default=f.default, **f.metadata) for f in fields(Knobs)}
)
TWIN_KNOBS = tuple(
    name for name in KNOBS if name not in ("task", "length", "text", "seed", "updates", "batch")
)
"""What runs side by side may differ in; they share their data, their seed and how long they are."""
