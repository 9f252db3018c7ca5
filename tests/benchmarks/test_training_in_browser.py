"""What an update costs in the browser, in Node: its batch is read, everything is recorded."""

import pytest

from rnnviz import training
from tests.javascript import run
from tests.training.in_browser import message

UPDATES = """
import { batchAt } from "./maths/training/batches.js";
import { createRun, learn } from "./maths/training/run.js";
import { unpack } from "./maths/payload.js";
const { header, arrays } = unpack(input.run);
const batches = unpack(input.batches);
const one = createRun(header, arrays, []);
const times = [];
for (let k = 0; k < batches.header.count; k++) {
  const start = process.cpuUsage().user;
  learn(one, batchAt(batches.header, batches.arrays, k));
  times.push(process.cpuUsage().user - start);
}
const late = times.slice(times.length / 4).sort((a, b) => a - b);
output(late[late.length >> 1] / 1000);
"""


@pytest.mark.parametrize(("hidden", "length", "speed"), [(16, 20, 150), (32, 30, 60)])
def test_an_update_of_an_lstm(figure, hidden, length, speed):
    start = training.start(cell="LSTM", hidden=hidden, length=length, batch=32)
    median = run(UPDATES, message(start, 200))
    what = f"an update in Node ({speed} a second), LSTM, H = {hidden}, T = {length}, batch 32"
    figure(what, median, 1000 / speed, "ms", case=f"{1000 / median:.0f} a second")
    assert median <= 1000 / speed
