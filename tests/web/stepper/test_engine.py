"""The engine's tables, its reuse of arrays, and its agreement with torch's own layers."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from rnnviz.cells import GALLERY
from rnnviz.equations import parse
from tests.javascript import JavaScriptError, run
from tests.web.stepper.agreement import assert_same
from tests.web.stepper.networks import RUN, example

KINKS = """
import { RULES } from "./maths/rules.js";
const one = (value) => (
  { data: Float64Array.of(value), gradient: new Float64Array(1), size: 1, stride: 1 });
output(input.points.map((point) => {
  const a = one(point), node = { y: one(0), a, b: a };
  RULES.get(input.op).forward(node, 0, 0, 1);
  node.y.gradient[0] = 1;
  RULES.get(input.op).backward(node, 0, 0, 1);
  return [node.y.data[0], node.a.gradient[0]];
}));
"""


@pytest.mark.parametrize(
    ("op", "points", "values", "slopes"),
    [
        ("relu", [-1, 0, 2], [0, 0, 2], [0, 0, 1]),
        ("hard_sigmoid", [-4, -3, 0, 3, 4], [0, 0, 0.5, 1, 1], [0, 0, 1 / 6, 0, 0]),
        ("sigmoid", [-800, 0, 800], [0, 0.5, 1], [0, 0.25, 0]),
        ("softplus", [-800, 0, 800], [0, np.log(2), 800], [0, 0.5, 1]),
        ("tanh", [-30, 0, 30], [-1, 0, 1], [0, 1, 0]),
        ("exp", [0], [1], [1]),
    ],
)
def test_values_and_slopes_at_kinks_and_far_out(op, points, values, slopes):
    given = np.array(run(KINKS, {"op": op, "points": points}), dtype=float)
    np.testing.assert_allclose(given[:, 0], values, atol=1e-300, rtol=1e-15)
    np.testing.assert_allclose(given[:, 1], slopes, atol=1e-300, rtol=1e-15)


def test_two_layers_of_both_directions_are_torch_s():
    """torch.nn.LSTM itself, its gates cut from the stacked weights."""
    one = example(GALLERY["LSTM"], layers=2, both=True, hidden=4, inputs=3, batch=1, length=6)
    module = torch.nn.LSTM(3, 4, num_layers=2, bidirectional=True, dtype=torch.float64)
    first = {name: np.zeros_like(a) for name, a in one.arrays.items() if ".initial." in name}
    weights = {}
    for index, suffix in enumerate(["l0", "l0_reverse", "l1", "l1_reverse"]):
        summed = getattr(module, f"bias_ih_{suffix}") + getattr(module, f"bias_hh_{suffix}")
        stacked = {part: getattr(module, f"weight_{part}h_{suffix}") for part in "ih"}
        for gate, rows in enumerate(np.arange(16).reshape(4, 4)):
            weights[f"{index}.W_{'ifgo'[gate]}"] = stacked["i"].detach().numpy()[rows]
            weights[f"{index}.U_{'ifgo'[gate]}"] = stacked["h"].detach().numpy()[rows]
            weights[f"{index}.b_{'ifgo'[gate]}"] = summed.detach().numpy()[rows]
    ours = run(RUN, replace(one, arrays=one.arrays | first | weights).message)
    x = torch.tensor(one.arrays["x"], requires_grad=True)
    theirs, _ = module(x)
    theirs[-1].sum().backward()
    assert_same(ours["output"], theirs.detach(), "output")
    assert_same(ours["dx"], x.grad, "gradient of x")
    gates = module.weight_hh_l1_reverse.grad.numpy().reshape(4, 4, 4)
    for gate, gradient in zip("ifgo", gates, strict=True):
        assert_same(ours["layers"][3]["params"][f"U_{gate}"], gradient, f"gradient of U_{gate}")


AGAIN = """
import { runNetwork } from "./maths/network.js";
import { unpack } from "./maths/payload.js";
const { header, arrays } = unpack(input.payload);
const holding = (unit) => new Map([[0, [{ name: "h", unit, from: 1, to: 3, value: 0.5 }]]]);
const edited = new Map(arrays).set("0.U", arrays.get("0.U").map((u) => u + 1));
const told = ({ output, dx, loss, shares, readout, layers: [{ gradients }] }) => [output, dx, loss,
  shares, readout.W, readout.b, gradients.params.get("U"), gradients.initial.get("h")];
const copy = (value) => structuredClone(told(value));
const first = runNetwork(header, arrays);
const before = copy(first);
const x = first.x.map((value) => value + 1);
runNetwork(header, arrays, { holds: holding(0), into: first });
const holds = holding(1);
const changed = copy(runNetwork(header, edited, { x, holds, item: 1, into: first }));
const fresh = copy(runNetwork(header, edited, { x, holds, item: 1 }));
const buffer = first.output.buffer;
const back = runNetwork(header, arrays, { into: first });
output({ before, changed, fresh, after: copy(back), reused: back.output.buffer === buffer });
"""


def test_writing_over_an_earlier_run_leaves_nothing_of_it():
    """A drag writes into the same arrays: holds, inputs, weights and the sequence come and go."""
    cell = parse("a = 2 * (U @ h_prev)\nh = relu(W @ x + a) + 0.5 * h_prev")
    told = run(AGAIN, example(cell, outputs=2, loss="squared error", layers=2).message)
    assert told["reused"]
    for one, other in [("changed", "fresh"), ("after", "before")]:
        for mine, theirs in zip(told[one], told[other], strict=True):
            assert np.array_equal(mine, theirs)
    assert not np.array_equal(told["before"][0], told["changed"][0])


@pytest.mark.parametrize(
    ("name", "array", "says"),
    [("0.U_f", np.zeros(4), "U_f has 4 numbers, not 9"), ("0.U_f", None, "U_f has no values")],
)
def test_a_parameter_that_does_not_fit_is_refused(name, array, says):
    one = example(GALLERY["LSTM"])
    arrays = {n: a for n, a in one.arrays.items() if n != name}
    if array is not None:
        arrays[name] = array
    with pytest.raises(JavaScriptError, match=says):
        run(RUN, replace(one, arrays=arrays).message)
