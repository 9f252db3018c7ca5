"""A run that the browser's modules train in Node, beside the same one in Python."""

from rnnviz import training
from rnnviz.training.drawn import batches, held_out
from rnnviz.web.payload import pack
from rnnviz.web.training.batches import packed
from rnnviz.web.training.in_browser import spec_of
from tests.javascript import run

TRAIN = """
import { batchAt } from "./maths/training/batches.js";
import { createRun, evaluate, EVALUATED_EVERY, learn, snapshot } from "./maths/training/run.js";
import { unpack } from "./maths/payload.js";

const { header, arrays } = unpack(input.run);
const batches = unpack(input.batches),
  judged = unpack(input.heldOut);
const heldOut = judged.header.parts.map((part) => batchAt(part, judged.arrays, 0));
const one = createRun(header, arrays, heldOut);
const rows = [];
const evaluations = [evaluate(one)];
for (let k = 0; k < batches.header.count; k++) {
  const row = learn(one, batchAt(batches.header, batches.arrays, k));
  if (row === null) break;
  rows.push(row);
  if (one.update % EVALUATED_EVERY === 0) evaluations.push(evaluate(one));
}
const { values, remembered, dropout } = snapshot(one);
const { update, stopped } = one;
output({ update, stopped, rows, evaluations, values, remembered, dropout });
"""


def message(start, updates):
    """What Node gets of a run that has made no update, for so many."""
    header, arrays = spec_of(start)
    drawn = batches(start.knobs, start.generators["data"], updates).batches
    known = start.knobs
    parts = [
        packed([part], name=f"part {k}")
        for k, part in enumerate(held_out(known.about_task, known.length_in_force, known.seed))
    ]
    of_parts = {name: array for part in parts for name, array in part.arrays.items()}
    return {
        "run": pack(header, arrays),
        "batches": pack(*packed(drawn)),
        "heldOut": pack({"parts": [part.header for part in parts]}, of_parts),
    }


def both(updates, **knobs):
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
    """The run in Python with knobs turned at an update, and in Node: there, and twice from a snapshot."""
    start = training.start(**knobs)
    ours = training.change(training.advance(start, until), **turned)
    found = run(GO_BACK, message(start, updates) | {"until": until, "turned": turned})
    return training.advance(ours, updates - until), found
