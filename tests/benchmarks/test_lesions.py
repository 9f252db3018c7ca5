"""What the lesion table costs: every gate of every unit at 0 and at 1, forward only, in Node."""

from rnnviz.cells import GALLERY
from tests.javascript import run
from tests.web.stepper.networks import example

BUDGET = 500

ALL = """
import { lesioned } from "./maths/lesions.js";
import { unpack } from "./maths/payload.js";
const { header, arrays } = unpack(input.payload);
const times = [];
let runs = 0;
for (let turn = 0; turn < 5; turn++) {
  const start = performance.now();
  runs = [...lesioned(header, arrays, { item: 0, layer: 0, steps: [14] })].length;
  times.push(performance.now() - start);
}
output([runs, times.sort((a, b) => a - b)[2]]);
"""


def test_all_lesions_of_an_lstm(figure):
    sizes = {"hidden": 16, "inputs": 4, "length": 15, "batch": 1}
    one = example(GALLERY["LSTM"], outputs=4, loss="cross entropy", scale=0.2, **sizes)
    runs, median = run(ALL, one.message)
    assert runs == 3 * 2 * (16 + 1)  # each gate of each unit, and each gate whole
    figure("lesion table of an LSTM in Node, H = 16, T = 15", median, BUDGET, "ms")
    assert median <= BUDGET
