"""What is chosen on the Shapes page: a recurrent module of PyTorch, and what it is called with.

Names are those of PyTorch's arguments. `Setup` is always one that PyTorch builds and runs;
`Setup.nearest` makes one of whatever a link or a panel says.
"""

from dataclasses import dataclass
from typing import Any

from rnnviz.settings.kinds import Choice, Number, Whole, choice
from rnnviz.settings.schema import Schema, seed_setting, setting
from rnnviz.shapes.lengths import Lengths, falling
from rnnviz.texts import N_, Sentence

LONGEST, WIDEST = 100, 2048
"""Steps and units that there can be."""
KINDS = ("RNN", "LSTM", "GRU")
FLAG = Choice({False: "False", True: "True"})
"""Written as Python writes it: it stands in a line of code."""


@dataclass(frozen=True)
class Setup:
    """A module, what stands before and after it, and what it is called with.

    kind, nonlinearity, input_size, …, proj_size: the arguments of torch.nn.RNN, LSTM and GRU.
    length: as many steps as the input has, T. batch: as many sequences, B; 0 is one sequence
        without a batch axis.
    lengths: of each sequence, padded up to `length`; () where all are whole.
    packed: whether such a batch is packed (`pack_padded_sequence`) or read with its padding.
    initial: whether h_0 (and c_0) are "given", or "zeros".
    vocabulary: tokens of an Embedding before it, whose vectors have `input_size` numbers; 0: none.
    outputs: of a Linear after it; 0: none.

    Raises:
        ValueError: a value is out of its range, or PyTorch would not build or call this.
    """

    kind: str = setting("LSTM", choice(*KINDS), N_("Module"), N_("Which recurrent module it is."))
    nonlinearity: str = setting(
        "tanh",
        choice("tanh", {"relu": "ReLU"}),
        N_("Function of the RNN"),
        N_("What a plain RNN applies to its sum; the LSTM and the GRU have no such choice."),
    )
    input_size: int = setting(
        10, Whole(1, 4096), N_("Input size"), N_("How many numbers are read at each step.")
    )
    hidden_size: int = setting(20, Whole(1, WIDEST), N_("Hidden size"), N_("Units in each layer."))
    num_layers: int = setting(
        2, Whole(1, 6), N_("Layers"), N_("Each reads what the one below gives.")
    )
    bidirectional: bool = setting(
        default=False,
        kind=FLAG,
        label=N_("Both directions"),
        help=N_("A second set of units reads each sequence from its end."),
    )
    batch_first: bool = setting(
        default=False,
        kind=FLAG,
        label=N_("Batch first"),
        help=N_("Input and output are (batch, time, …) in place of (time, batch, …)."),
    )
    bias: bool = setting(
        default=True,
        kind=FLAG,
        label=N_("Biases"),
        help=N_("Two vectors in each layer and direction."),
    )
    dropout: float = setting(
        0.0,
        Number(0.0, 1.0, step=0.05),
        N_("Dropout"),
        N_("Between layers, while training: with one layer it does nothing."),
    )
    proj_size: int = setting(
        0,
        Whole(0, WIDEST - 1),
        N_("Projection size"),
        N_("LSTM only: a matrix brings h down to so many numbers; 0: there is none."),
    )
    length: int = setting(5, Whole(1, LONGEST), N_("Sequence length"), N_("Time steps."))
    batch: int = setting(
        3,
        Whole(0, 64),
        N_("Batch size"),
        N_("Sequences that are read side by side; 0: one sequence and no batch axis."),
    )
    lengths: tuple[int, ...] = setting(
        (), Lengths(), N_("Lengths"), N_("Of each sequence; none: all are whole.")
    )
    packed: bool = setting(
        default=True,
        kind=FLAG,
        label=N_("Packed"),
        help=N_("Whether the module is handed the lengths, or reads the padding as well."),
    )
    initial: str = setting(
        "zeros",
        choice({"zeros": N_("zeros"), "given": N_("given")}),
        N_("Initial state"),
        N_("What stands before the first step."),
    )
    vocabulary: int = setting(
        0,
        Whole(0, 100_000),
        N_("Embedding: vocabulary"),
        N_("How many tokens an Embedding before it knows; 0: there is none."),
    )
    outputs: int = setting(
        0,
        Whole(0, 100_000),
        N_("Linear: outputs"),
        N_("How many numbers a Linear after it gives; 0: there is none."),
    )
    seed: int = seed_setting(N_("The same seed draws the same numbers."))

    def __post_init__(self) -> None:
        SETTINGS.check(vars(self))
        if self.proj_size and self.kind != "LSTM":
            raise ValueError(Sentence("only an LSTM has a projection: leave proj_size at 0"))
        if self.proj_size >= self.hidden_size:
            raise ValueError(
                Sentence(
                    "proj_size must be smaller than hidden_size, {hidden}", hidden=self.hidden_size
                )
            )
        if self.lengths and len(self.lengths) != self.batch:
            raise ValueError(
                Sentence(
                    "there are {lengths} lengths for {batch} sequences",
                    lengths=len(self.lengths),
                    batch=self.batch,
                )
            )
        if max(self.lengths, default=0) > self.length:
            raise ValueError(
                Sentence("no sequence is longer than the input, {length} steps", length=self.length)
            )

    @staticmethod
    def nearest(**values: Any) -> "Setup":
        """The setup nearest to these values, each allowed by itself: what makes no sense together
        gives way to the module's kind, the hidden size, the length and the batch."""
        said = {**SETTINGS.defaults, **values}
        batch, length, lengths = said["batch"], said["length"], said["lengths"]
        if lengths:
            filled = (*lengths, *falling(length, batch)[len(lengths) :])[:batch]
            said["lengths"] = tuple(min(one, length) for one in filled)
        if not said["lengths"]:
            said["packed"] = SETTINGS["packed"].default
        if said["kind"] != "RNN":
            said["nonlinearity"] = SETTINGS["nonlinearity"].default
        smaller = said["hidden_size"] - 1 if said["kind"] == "LSTM" else 0
        said["proj_size"] = min(said["proj_size"], smaller)
        return Setup(**said)

    @property
    def states(self) -> tuple[str, ...]:
        """What is carried from step to step: "h", and "c" in an LSTM."""
        return ("h", "c") if self.kind == "LSTM" else ("h",)

    @property
    def directions(self) -> int:
        """D: 2 where it is bidirectional."""
        return 1 + self.bidirectional

    @property
    def h_out(self) -> int:
        """H_out: how many numbers h has; fewer than c where there is a projection."""
        return self.proj_size or self.hidden_size

    @property
    def features(self) -> int:
        """D·H_out: numbers of the output at each step."""
        return self.directions * self.h_out

    @property
    def sequences(self) -> int:
        """How many sequences are read, with a batch axis or without."""
        return max(self.batch, 1)

    @property
    def steps(self) -> tuple[int, ...]:
        """(sequences,): the length of each without its padding."""
        return self.lengths or (self.length,) * self.sequences

    @property
    def is_padded(self) -> bool:
        """Whether some sequence is shorter than the input."""
        return min(self.steps) < self.length

    @property
    def is_packed(self) -> bool:
        """Whether the module is handed a PackedSequence."""
        return bool(self.lengths) and self.packed

    @property
    def read_steps(self) -> tuple[int, ...]:
        """(sequences,): how many steps of each the module reads: the padding too, unless packed."""
        return self.steps if self.is_packed else (self.length,) * self.sequences

    @property
    def output_length(self) -> int:
        """Steps of the output: of a packed batch `pad_packed_sequence` gives the longest's."""
        return max(self.read_steps)

    def below(self, layer: int) -> int:
        """How many numbers a layer (from 0) reads at each step."""
        return self.features if layer else self.input_size


SETTINGS = Schema.of(Setup)
