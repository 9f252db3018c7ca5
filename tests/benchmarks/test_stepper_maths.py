"""What a drag costs before anything is painted: the whole network forward and backward, in Node."""

import pytest

from rnnviz.cells import GALLERY
from tests.javascript import run
from tests.web.stepper.networks import example

DRAG = """
import { runNetwork } from "./maths/network.js";
import { unpack } from "./maths/payload.js";
const { header, arrays } = unpack(input.payload);
const hold = (turn) => ({ name: "f", unit: 1, from: 3, to: 9, value: (turn % 100) / 100 });
const times = [];
for (let turn = 0, into = null; turn < 200; turn++) {
  const start = performance.now();
  into = runNetwork(header, arrays, { holds: new Map([[0, [hold(turn)]]]), into });
  times.push(performance.now() - start);
}
output(times.slice(50).sort((a, b) => a - b)[75]);
"""


@pytest.mark.parametrize(
    ("hidden", "inputs", "length", "budget"), [(16, 4, 50, 4), (32, 8, 50, 8), (64, 8, 200, 60)]
)
def test_a_drag_of_an_lstm_gate(figure, hidden, inputs, length, budget):
    sizes = {"hidden": hidden, "inputs": inputs, "length": length, "batch": 1}
    one = example(GALLERY["LSTM"], outputs=4, loss="cross entropy", scale=0.2, **sizes)
    median = run(DRAG, one.message)
    what = f"drag a gate → forward and backward in Node, LSTM, H = {hidden}, T = {length}"
    figure(what, median, budget, "ms")
    assert median <= budget
