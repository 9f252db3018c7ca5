"""The page and the engine say the same: JavaScript equals NumPy to 1e-12, forward and backward."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rnnviz.cells import GALLERY
from rnnviz.engine.cell_run import Hold
from rnnviz.network.layers import Layer
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from rnnviz.network.propagation import Direction, propagate
from rnnviz.network.readout import Readout
from tests.javascript import run
from tests.strategies import cells, cells_with
from tests.web.stepper.agreement import assert_all_same, assert_same, scale_of
from tests.web.stepper.networks import RUN, example


def network_of(example):
    """The example as the engine's network."""
    arrays, specs = example.arrays, example.header["layers"]
    layers: dict[int, list] = {}
    for index, spec in enumerate(specs):
        params = {n: arrays[f"{index}.{n}"] for n in spec["cell"]["parameters"]}
        layers.setdefault(spec["layer"], []).append(params)
    built = []
    for number, (params, *reverse) in layers.items():
        spec = next(spec for spec in specs if spec["layer"] == number)
        sizes = spec["inputs"], spec["hidden"]
        built.append(Layer(example.cell, params, next(iter(reverse), None), *sizes))
    readout = example.header["readout"]
    weights = readout and Readout(arrays["readout.W"], arrays["readout.b"], readout["kind"])
    return Network(tuple(built), weights)


class Numpy:
    """The engine's run of an example, forward and backward, of its one sequence."""

    def __init__(self, example):
        self.example, self.item = example, slice(example.item, example.item + 1)
        arrays, loss = example.arrays, example.header["loss"]
        places = [Direction(s["layer"], s["reverse"]) for s in example.header["layers"]]
        initial = {
            f"{direction.prefix}{state}": arrays[f"{index}.initial.{state}"][self.item]
            for index, direction in enumerate(places)
            for state in example.cell.states
        }
        x = arrays["x"][:, self.item]
        self.done = propagate(network_of(example), x, initial=initial, holds=holds_of(example))
        targets = None if loss["kind"] == "sum" else arrays["targets"][:, self.item]
        judged = Loss(loss["kind"], loss["steps"], targets)
        self.loss = judged.judge(self.done.output, self.done.prediction)
        self.gradients = self.done.backward(**{f"d{self.loss.of}": self.loss.gradient})
        self.places = places

    def layer(self, index):
        """Values, gradients, parameter gradients and initial gradients as the page names them."""
        direction = self.places[index]
        ran, pulled = self.done.runs[direction], self.gradients.cells[direction]
        names = [n for n in ran.cell.sizes if n not in ran.cell.parameters]
        way = slice(None, None, -1 if direction.reverse else 1)
        return {
            "values": {n: ran.value(n)[way, 0] for n in names},
            "gradients": {n: pulled.value(n)[way, 0] for n in names},
            "params": pulled.params,
            "initial": {state: array[0] for state, array in pulled.initial.items()},
        }

    def largest(self):
        """The largest number on the way, at least 1: what the others are rounded against."""
        layers = map(self.layer, range(len(self.places)))
        every = [a for layer in layers for kind in layer.values() for a in kind.values()]
        return np.max([1.0, *(np.abs(array).max() for array in every)])


def holds_of(example):
    layers, length = example.header["layers"], len(example.arrays["x"])
    for index, holds in example.holds.items():
        where = {key: layers[index][key] for key in ("layer", "reverse")}
        for one in holds:
            steps = range(max(one["from"], 0), min(one["to"], length))
            if steps:
                yield Hold(one["name"], one["value"], steps=steps, unit=one["unit"], **where)


def compare(example, theirs=None, *, at_least=0.0):
    theirs = theirs or Numpy(example)
    ours = run(RUN, example.message)
    for index, mine in enumerate(ours["layers"]):
        for kind, arrays in theirs.layer(index).items():
            mine_here = {name: mine[kind][name] for name in arrays}
            assert_all_same(mine_here, arrays, f"layer {index} {kind}", at_least=at_least)
    assert_same(ours["output"], theirs.done.output, "output", at_least=at_least)
    assert_same(ours["loss"], theirs.loss.value, "L", at_least=at_least)
    assert_same(ours["dx"], theirs.gradients.x, "gradient of x", at_least=at_least)
    if theirs.done.prediction is not None:
        assert_same(ours["prediction"], theirs.done.prediction, "prediction")
    for name, gradient in theirs.gradients.readout.items():
        assert_same(ours["readout"][name.removeprefix("readout.")], gradient, name)


@pytest.mark.parametrize("name", GALLERY)
def test_every_cell_of_the_gallery(name):
    one = example(GALLERY[name], hidden=17, inputs=3, length=50, steps=(-1, 20), item=1)
    compare(one, at_least=scale_of(name))


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("loss", ["sum", "squared error", "cross entropy"])
@pytest.mark.parametrize("name", GALLERY)
def test_layers_directions_and_losses(name, loss, both):
    compare(
        example(
            GALLERY[name],
            layers=2,
            both=both,
            hidden=4,
            outputs=3 if loss != "sum" else 0,
            loss=loss,
            steps=(1, -1),
        ),
        at_least=scale_of(name),
    )


@st.composite
def cells_and_holds(draw):
    """A random cell; for each direction what is held, as the page says it."""
    cell = draw(cells())
    one = st.fixed_dictionaries(
        {
            "name": st.sampled_from(cell.names),
            "unit": st.sampled_from([None, 0, 1]),
            "from": st.integers(-1, 3),
            "to": st.integers(0, 5),
            "value": st.sampled_from([0.0, 1.0, -0.5]),
        }
    )
    return cell, {index: draw(st.lists(one, max_size=2)) for index in (0, 1)}


@settings(max_examples=60)
@given(cells_and_holds(), st.integers(0, 2**32 - 1))
def test_random_cells_with_holds(held, seed):
    cell, holds = held
    assume(cell.parameters)
    one = example(cell, both=True, holds=holds, seed=seed, length=4, scale=0.3)
    with np.errstate(all="ignore"):
        theirs = Numpy(one)
        largest = theirs.largest()
    assume(largest < 1e3)  # neither overflowing nor chaotic: rounding grows as gradients do
    compare(one, theirs, at_least=largest)


ADDED = (
    "div", "max", "min", "abs", "sqrt", "log", "softsign", "sin", "cos", "hard_tanh",
    "hard_sigmoid_02",
)  # fmt: skip
EACH = 40
"""Random cells with each; more than 400 with all."""


@pytest.mark.parametrize("operation", ADDED)
@settings(max_examples=EACH)
@given(st.data())
def test_random_cells_with_today_s_operations(operation, data):
    cell = data.draw(cells_with(operation))
    assert operation in {one.op for one in cell.steps}
    assume(cell.parameters)
    one = example(cell, seed=data.draw(st.integers(0, 2**32 - 1)), length=4, scale=0.3)
    with np.errstate(all="ignore"):
        theirs = Numpy(one)
        largest = theirs.largest()
    assume(largest < 1e3)
    compare(one, theirs, at_least=largest)
