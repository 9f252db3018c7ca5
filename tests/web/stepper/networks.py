"""Networks as the page gets them: a header and arrays, random numbers in any cells."""

from dataclasses import dataclass, field

import numpy as np

from rnnviz.equations import Cell
from rnnviz.operations import to_json
from rnnviz.web.payload import pack

RUN = """
import { runNetwork } from "./maths/network.js";
import { unpack } from "./maths/payload.js";

const told = ({ run, gradients, norms }) => ({ values: run.values, gradients: gradients.values,
  params: gradients.params, initial: gradients.initial, norms });

const { header, arrays } = unpack(input.payload);
const network = runNetwork(header, arrays, { item: input.item, holds: new Map(input.holds) });
output({
  layers: network.layers.map(told), output: network.output, loss: network.loss,
  shares: network.shares, prediction: network.prediction, probabilities: network.probabilities,
  readout: network.readout, dprediction: network.dprediction, dx: network.dx,
});
"""


@dataclass(frozen=True)
class Example:
    """A network of one cell, its data, and what is held: {index in layers: [hold]}."""

    cell: Cell
    header: dict
    arrays: dict
    holds: dict = field(default_factory=dict)
    item: int = 0

    @property
    def message(self):
        payload = pack(self.header, self.arrays)
        return {"payload": payload, "item": self.item, "holds": list(self.holds.items())}


def example(
    cell,
    *,
    layers=1,
    both=False,
    hidden=3,
    inputs=2,
    outputs=0,
    length=5,
    batch=2,
    item=0,
    loss="sum",
    steps=(-1,),
    holds=None,
    scale=0.5,
    seed=0,
):
    """A random network of one cell. The loss counts `steps`, from the end if negative."""
    rng = np.random.default_rng(seed)
    arrays = {"x": rng.normal(size=(length, batch, inputs))}
    specs = []
    for layer in range(layers):
        size = hidden * (1 + both) if layer else inputs
        for reverse in (False, True)[: 1 + both]:
            specs.append(spec(cell, layer=layer, reverse=reverse, hidden=hidden, inputs=size))
            arrays |= numbers(rng, specs[-1], len(specs) - 1, batch=batch, scale=scale)
    features = hidden * (1 + both)
    readout = {"kind": "softmax" if loss == "cross entropy" else "linear", "labels": []}
    if outputs:
        arrays["readout.W"] = rng.normal(size=(outputs, features))
        arrays["readout.b"] = rng.normal(size=outputs)
    targets = rng.normal(size=(length, batch, outputs or features))
    arrays["targets"] = np.eye(targets.shape[-1])[targets.argmax(-1)] if outputs > 1 else targets
    ways = 1 + both
    stages = [
        {"kind": "layer", "directions": [*range(k * ways, (k + 1) * ways)]} for k in range(layers)
    ]
    header = {
        "operations": to_json(),
        "sequence": {"alphabet": None},
        "weights": {"parameters": [], "torch": None, "typed": False},
        "layers": specs,
        "stages": [*stages, {"kind": "readout"}] if outputs else stages,
        "readout": readout if outputs else None,
        "loss": {"kind": loss, "steps": [int(np.arange(length)[t]) for t in steps]},
        "item": 0,
    }
    return Example(cell, header, arrays, holds or {}, item)


def spec(cell, *, layer=0, reverse=False, hidden, inputs):
    sizes = {"hidden": hidden, "inputs": inputs}
    return {"layer": layer, "reverse": reverse, "cell": cell.to_json(), "parts": {}, **sizes}


def numbers(rng, spec, index, *, batch, scale):
    """A layer's parameters and its initial states, one for each sequence."""
    shapes = {n: [spec[size] for size in s] for n, s in spec["cell"]["parameters"].items()}
    arrays = {f"{index}.{n}": scale * rng.normal(size=shape) for n, shape in shapes.items()}
    for state in spec["cell"]["states"]:
        arrays[f"{index}.initial.{state}"] = rng.normal(size=(batch, spec["hidden"]))
    return arrays
