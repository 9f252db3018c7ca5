"""A network: a list of stages, from what it reads to what it predicts (`trace` runs it)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rnnviz.cells import named
from rnnviz.network.architecture import Architecture
from rnnviz.network.arrays import Array, Params, check_shape, refuse_unknown
from rnnviz.network.body import body_of, named_stages, refuse_misfits
from rnnviz.network.first_values import first_values
from rnnviz.network.initial import Initial
from rnnviz.network.layer_run import WAYS
from rnnviz.network.layers import Layer
from rnnviz.network.pooling import Pooling
from rnnviz.network.readout import Readout, ReadoutKind
from rnnviz.network.stage import Stage
from rnnviz.representation import Cell
from rnnviz.summary import NamedValues, head_and_lines
from rnnviz.texts import Sentence

if TYPE_CHECKING:
    import torch

__all__ = ["Layer", "Network", "Readout"]


@dataclass(frozen=True, eq=False)
class Network:
    """Stages from the input up, and a readout of what the last one hands up.

    body: layers, and whatever stands between and above them (see `stage.Stage`).
    notes: sentences about what was left out when it was taken from elsewhere.
    initial: full name of a state, "layers.0.h" → (hidden,) before the first step, where nobody
        gives another; zeros where not given.

    Raises:
        ValueError: there is no layer, or sizes of neighbours or of states do not fit.
    """

    body: tuple[Stage, ...]
    readout: Readout | None = None
    notes: tuple[Sentence | str, ...] = ()
    initial: Mapping[str, Array] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "body", tuple(self.body))
        if not self.layers:
            raise ValueError("a network has at least one layer")
        refuse_misfits(named_stages(self.body))
        if self.readout:
            shape = (self.readout.outputs, self.features)
            check_shape("readout.W", self.readout.W, shape)
        states = {
            prefix + state: layer.size(state)
            for prefix, layer, _ in self.places()
            for state in layer.cell.states
        }
        refuse_unknown(self.initial, states, "initial state")
        for name, array in self.initial.items():
            check_shape(f"the initial {name}", array, (states[name],))

    def __repr__(self) -> str:
        stages = [
            f"{name}: {stage.inputs} → {stage.outputs}" for name, stage in self.stages.items()
        ]
        cells = ", ".join(dict.fromkeys(named(layer.cell).title for layer in self.layers))
        return head_and_lines(f"Network of {cells}", [*(f"note: {n}" for n in self.notes), *stages])

    def _repr_html_(self) -> str:
        """What a notebook shows: a table of its stages."""
        from rnnviz.web.notebook.networks import network_html

        return network_html(self)

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """The recurrent stages."""
        return tuple(stage for stage in self.body if isinstance(stage, Layer))

    @cached_property
    def stages(self) -> Mapping[str, Stage]:
        """Full name → stage, as they are executed: "layers.0", "layers.1", …, "readout"."""
        return named_stages(self.body if self.readout is None else (*self.body, self.readout))

    @staticmethod
    def fresh(
        cell: Cell,
        *,
        inputs: int,
        hidden: int,
        outputs: int = 0,
        layers: int = 1,
        bidirectional: bool = False,
        tokens: int = 0,
        embedding: int = 0,
        pooling: Pooling = "last",
        skip: bool = False,
        seed: int = 0,
        initial: Initial | None = None,
        kind: ReadoutKind = "linear",
    ) -> "Network":
        """A network with initial values (see `initial`, `first_values`), float64. `outputs=0`: no
        readout.

        Args:
            tokens, embedding: how many tokens an embedding knows, and the size of its vectors: it
                reads their numbers, one at each step. `tokens=0`: no embedding.
            pooling: what the readout reads (see `pooling`): "last", each step's own state, or the
                "mean", the "maximum" or by "attention" a mean with weights of those so far.
            skip: each layer above the first hands up what it read besides.
        """
        built = Architecture(
            inputs, hidden, outputs, layers, bidirectional, tokens, embedding, pooling, skip
        )
        return Network.assembled(cell, first_values(cell, built, seed, initial), built, kind)

    @staticmethod
    def assembled(
        cell: Cell, parameters: Params, built: Architecture, kind: ReadoutKind = "linear"
    ) -> "Network":
        """The network that `fresh` makes, with these arrays, by their full names.

        It has a readout if "readout.W" is among them, and an embedding if "embedding.W" is.

        Raises:
            ValueError: a parameter is missing, or of the wrong shape.
        """
        body = body_of(cell, parameters, built)
        if "readout.W" not in parameters:
            return Network(body)
        return Network(body, Readout(parameters["readout.W"], parameters["readout.b"], kind))

    @staticmethod
    def from_torch(
        model: "torch.nn.Module",
        readout: "torch.nn.Linear | None" = None,
        *,
        module: str | None = None,
    ) -> "Network":
        """A copy of a torch.nn.RNN, LSTM or GRU, or of the one that a model holds; `module` names
        it where there are several (see `interop.from_torch`)."""
        from rnnviz.interop.modules.conversion import from_torch

        return from_torch(model, readout, module=module)

    def to_torch(self) -> "torch.nn.Module":
        """The same network as a torch module (see `interop.to_torch`)."""
        from rnnviz.interop.modules.conversion import to_torch

        return to_torch(self)

    @property
    def inputs(self) -> int:
        """How many numbers it reads at each step."""
        return self.body[0].inputs

    @property
    def hidden(self) -> int:
        """Units of the last layer, in one direction."""
        return self.layers[-1].hidden

    @property
    def features(self) -> int:
        """Numbers of the output at each step, of a last layer hidden or 2 × hidden."""
        return self.body[-1].outputs

    @property
    def outputs(self) -> int:
        """How many numbers the readout predicts at each step; 0 without a readout."""
        return self.readout.outputs if self.readout else 0

    @property
    def dtype(self) -> np.dtype[np.floating]:
        """float32 if all parameters are, else float64."""
        single = all(array.dtype == np.float32 for array in self.parameters.values())
        return np.dtype(np.float32 if single and self.parameters else np.float64)

    @property
    def parameters(self) -> NamedValues[Array]:
        """Full name → array: "embedding.W", "layers.0.W_i", "layers.0.reverse.W_i", "readout.W"."""
        return NamedValues(
            {
                f"{called}.{name}": array
                for called, stage in self.stages.items()
                for name, array in stage.parameters.items()
            }
        )

    def places(self) -> Iterator[tuple[str, Layer, Params]]:
        """("layers.0.", layer, its parameters forward), ("layers.0.reverse.", …), … as executed."""
        for k, layer in enumerate(self.layers):
            for params, way in zip(layer.directions, WAYS, strict=False):
                yield f"layers.{k}.{way}", layer, params

    def replace(self, parameters: Params) -> "Network":
        """The network with other arrays for the full names given; the rest stays.

        Raises:
            ValueError: a name is unknown, or a shape is not what it was.
        """
        known = self.parameters
        refuse_unknown(parameters, known, "parameter")
        for name in parameters:
            check_shape(name, np.asarray(parameters[name]), known[name].shape)
        new = {**known, **parameters}
        body = tuple(
            stage.replaced({name: new[f"{called}.{name}"] for name in stage.parameters})
            for called, stage in named_stages(self.body).items()
        )
        readout = self.readout and self.readout.replaced(
            {name: new[f"readout.{name}"] for name in self.readout.parameters}
        )
        return replace(self, body=body, readout=readout)

    def with_layers(self, changed: Callable[[Layer], Layer]) -> "Network":
        """The network with each layer changed, and all other stages as they are."""
        body = (changed(stage) if isinstance(stage, Layer) else stage for stage in self.body)
        return replace(self, body=tuple(body))

    def layers_alone(self) -> tuple[Layer, ...]:
        """The layers, for what knows nothing else. ValueError where there is more to the network
        than layers and a readout."""
        for name, stage in self.stages.items():
            if not isinstance(stage, Layer | Readout):
                raise ValueError(f"there is no place for the stage {name} in it")
            if isinstance(stage, Layer) and stage.skip:
                raise ValueError("there is no place for skip connections in it")
        return self.layers
