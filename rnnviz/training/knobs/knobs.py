"""The knobs of a run: what was chosen, checked, and what follows from it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rnnviz import tasks
from rnnviz.network.architecture import Architecture
from rnnviz.network.arrays import Array, check_shape, refuse_unknown
from rnnviz.network.given import BEFORE, GivenWeights, of_state
from rnnviz.network.initial import Initial
from rnnviz.network.network import Network
from rnnviz.representation import Cell
from rnnviz.settings.schema import Schema
from rnnviz.substitution import with_functions
from rnnviz.summary import brief, head_and_lines
from rnnviz.tasks.task import Task
from rnnviz.texts import Counted, Sentence, sentence_of
from rnnviz.training.knobs.kinds import with_values
from rnnviz.training.knobs.settings import RunSettings

LARGEST_RUN = 2**30
HELD_OUT, EVALUATED_AT_ONCE, EVALUATED_EVERY = 256, 64, 25


@dataclass(frozen=True)
class Knobs(RunSettings):
    """The choices of one run. A value out of its range raises a ValueError that states it.

    task: a toy task's name, or a `Task`, or what has a `task` (`rnnviz.data.Series`). cell: may be
    given by its name in the gallery, or as a `Cell`. weights: as a `Network`, or as arrays by their
    full names.
    """

    def __post_init__(self) -> None:
        for name, value in with_values({"cell": self.cell, "task": self.task}).items():
            object.__setattr__(self, name, value)
        weights: object = self.weights
        if isinstance(weights, Network | Mapping):
            object.__setattr__(self, "weights", GivenWeights.of(weights))
        KNOBS.check(vars(self))
        if not self.cell.cell.parameters:
            raise ValueError(
                Sentence(
                    "nothing of this cell can be learnt: give it a matrix or a vector, as in "
                    "{cell}",
                    cell="h = tanh(W @ x + U @ h_prev + b)",
                )
            )
        self._check_clipping()
        self._check_weights()
        self._check_reads_no_answer()
        self.about_task.checked_length(self.length_in_force)
        self._check_next_input()
        _ = self.initial  # raises where initial values contradict each other
        self._check_size()

    def _check_clipping(self) -> None:
        if self.clip_norm is not None and self.clip_value is not None:
            raise ValueError(
                Sentence(
                    "a gradient is clipped by norm or by value, not both: set one of the two to "
                    "none"
                )
            )

    def _check_next_input(self) -> None:
        """There is one, for the auxiliary loss to ask for."""
        if self.auxiliary and self.about_task.tokens:
            raise ValueError(
                Sentence(
                    "the auxiliary loss asks for the next input as numbers, and this task reads "
                    "words or characters: take no auxiliary loss"
                )
            )
        if self.auxiliary and self.about_task.steps(self.length_in_force) < 2:
            raise ValueError(
                Sentence("the auxiliary loss asks for the next input: one step has none")
            )

    def _check_size(self) -> None:
        if self.arrays > LARGEST_RUN:
            raise ValueError(
                Sentence(
                    "this run would take {size} MB for one update or evaluation, more than the "
                    "{most} MB there are: shorten it, or make the batch or the hidden size smaller",
                    size=f"{self.arrays / 2**20:,.0f}",
                    most=f"{LARGEST_RUN / 2**20:,.0f}",
                )
            )

    def _check_weights(self) -> None:
        """Given weights are of this network: whatever else a run chooses, no number is cut off."""
        if self.weights is None:
            return
        try:
            known = self.shapes | self.state_shapes
            refuse_unknown(self.weights.arrays, known, "parameter")
            for name, array in self.weights.arrays.items():
                check_shape(name, array, known[name])
        except ValueError as error:
            raise ValueError(
                Sentence(
                    "the given weights are not of the network that this run trains, which reads "
                    "{inputs}, has {hidden} units a layer and answers {outputs}: {why}",
                    inputs=Counted("{count} number", "{count} numbers", self.about_task.inputs),
                    hidden=self.hidden,
                    outputs=Counted("{count} number", "{count} numbers", self.about_task.outputs),
                    why=sentence_of(error),
                )
            ) from None

    def _check_reads_no_answer(self) -> None:
        """Whatever reads backward has seen the next input: it must not be asked for it."""
        if self.direction == "forward":
            return
        if self.about_task.foretells:
            raise ValueError(
                Sentence(
                    "{task} asks at every step for what comes next, and cells that read the "
                    "sequence backward have read that already: the answer would be copied, not "
                    "predicted, so take the direction forward",
                    task=self.about_task.name,
                )
            )
        if self.auxiliary:
            raise ValueError(
                Sentence(
                    "the auxiliary loss asks for the next input, and cells that read the sequence "
                    "backward have read that already: take the direction forward, or no auxiliary "
                    "loss"
                )
            )

    def __repr__(self) -> str:
        """What is chosen otherwise than by default."""
        chosen = {name: getattr(self, name) for name in KNOBS}
        usual = vars(Knobs())
        lines = [f"{name}: {brief(one)}" for name, one in chosen.items() if one != usual[name]]
        return head_and_lines(f"Knobs, {len(lines)} of {len(KNOBS)} not as by default", lines)

    @cached_property
    def about_task(self) -> Task:
        return tasks.find(self.task, self.text)

    @property
    def length_in_force(self) -> int:
        """The length chosen, or the task's own."""
        return self.about_task.length.default if self.length is None else self.length

    @cached_property
    def cell_in_force(self) -> Cell:
        """The cell with the chosen functions in place of its own; the parameters stay the same."""
        return with_functions(self.cell.cell, self.gate_function, self.candidate_function)

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

    @cached_property
    def architecture(self) -> Architecture:
        return Architecture(
            inputs=self.about_task.inputs,
            hidden=self.hidden,
            outputs=self.about_task.outputs,
            layers=self.layers,
            bidirectional=self.direction == "both",
            tokens=self.about_task.tokens,
            embedding=self.embedding,
            pooling=self.readout,
            skip=self.skip,
        )

    @cached_property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Full name → shape, of all that is learnt, a second head left out."""
        return self.architecture.shapes(self.cell.cell)

    @cached_property
    def state_shapes(self) -> dict[str, tuple[int, ...]]:
        """Full name → shape, of each state before the first step: "layers.0.initial.h"."""
        return {
            f"layers.{k}.{way}{BEFORE}{state}": (self.hidden,)
            for k in range(self.layers)
            for way in self.architecture.directions
            for state in self.cell.cell.states
        }

    @cached_property
    def begins(self) -> dict[str, Array]:
        """Full name of a state, "layers.0.h" → (hidden,) before the first step of every sequence,
        as it was given with the weights; it is not learnt."""
        given = self.weights.arrays if self.weights else {}
        return {of_state(n): a for n, a in given.items() if n in self.state_shapes}

    @property
    def parameters(self) -> int:
        """How many numbers are learnt, a second head left out."""
        return sum(map(math.prod, self.shapes.values()))

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


KNOBS = Schema.of(Knobs)
VARIANT_KNOBS = tuple(
    name
    for name in KNOBS
    if name not in ("task", "length", "text", "seed", "updates", "batch", "weights")
)
"""What runs side by side may differ in; they share their data, their seed, how long they
are, and weights that are given."""
