"""A run that the browser's modules train in Node, beside the same one in Python.

Its first update is rehearsed, as on the page: nothing may be left of that.
"""

from rnnviz import training
from rnnviz.training.runs.drawn import batches
from rnnviz.web.payload import pack
from rnnviz.web.training.batches import packed
from rnnviz.web.training.in_browser import held_out_bytes, spec_of
from tests.javascript import run

TRAIN = """
import { batchAt } from "./maths/training/batches.js";
import { createRun, evaluate, isDue, learn, rehearse, snapshot } from "./maths/training/run.js";
import { unpack } from "./maths/payload.js";

const { header, arrays } = unpack(input.run);
const batches = unpack(input.batches),
  judged = unpack(input.heldOut);
const heldOut = judged.header.parts.map((part) => batchAt(part, judged.arrays, 0));
const one = createRun(header, arrays, heldOut);
rehearse(one, batchAt(batches.header, batches.arrays, 0));
const rows = [];
const evaluations = [evaluate(one)];
for (let k = 0; k < batches.header.count; k++) {
  const row = learn(one, batchAt(batches.header, batches.arrays, k));
  if (row === null) break;
  rows.push(row);
  if (isDue(one)) evaluations.push(evaluate(one));
}
const { values, remembered, dropout } = snapshot(one);
const { update, stopped } = one;
output({ update, stopped, rows, evaluations, values, remembered, dropout });
"""


def message(start, updates):
    """What Node gets of a run that has made no update, for so many."""
    knobs = start.knobs
    task, length = knobs.about_task, knobs.length_in_force
    drawn = batches(task, length, knobs.batch, start.generators["data"], updates).batches
    return {
        "run": pack(*spec_of(start)),
        "batches": pack(*packed(drawn)),
        "heldOut": held_out_bytes(knobs),
    }


def both(updates, /, **knobs):
    """The run in Python, and what Node gives of the same."""
    start = training.start(**knobs)
    return training.advance(start, updates), run(TRAIN, message(start, updates))


GO_BACK = """
import { batchAt } from "./maths/training/batches.js";
import { createRun, learn, restore, snapshot, turn } from "./maths/training/run.js";
import { unpack } from "./maths/payload.js";

const { header, arrays } = unpack(input.run);
const batches = unpack(input.batches);
const one = createRun(header, arrays, []);
const batch = (k) => batchAt(batches.header, batches.arrays, k);
for (let k = 0; k < input.until; k++) learn(one, batch(k));
const kept = snapshot(one);
const goOn = () => {
  turn(one, input.turned);
  for (let k = input.until; k < batches.header.count; k++) learn(one, batch(k));
  const { values, remembered, dropout } = snapshot(one);
  return { values, remembered, dropout };
};
const first = goOn();
const others = [0, 1].map(() => {
  restore(one, kept);
  return goOn();
});
output({ first, others });
"""


def there_and_back(updates, until, turned, **knobs):
    """The run in Python with knobs turned at an update, and in Node: there, and again, twice."""
    start = training.start(**knobs)
    ours = training.change(training.advance(start, until), **turned)
    found = run(GO_BACK, message(start, updates) | {"until": until, "turned": turned})
    return training.advance(ours, updates - until), found
