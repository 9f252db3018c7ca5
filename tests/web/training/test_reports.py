"""What a browser tells of the runs that it trains becomes the server's own, to Python's digits."""

import copy

import numpy as np
import pytest

from rnnviz import training
from rnnviz.training.comparison.comparison import Comparison
from rnnviz.web.payload import pack
from rnnviz.web.training import batches
from rnnviz.web.training.in_browser import held_out_bytes, spec_of
from rnnviz.web.training.reports import read_report
from tests.javascript import run

CHOSEN = {"hidden": 5, "batch": 4, "length": 6, "layers": 2, "dropout": 0.2, "updates": 60}
TURNED = {"learning_rate": 0.004, "clip_norm": 0.5}
TELL = """
import { batchAt } from "./maths/training/batches.js";
import { createComparison } from "./maths/training/comparison.js";
import { lookBack } from "./maths/training/past.js";
import { reportOf, written } from "./maths/training/report.js";
import { unpack } from "./maths/payload.js";

const judged = unpack(input.heldOut);
const comparison = createComparison(() => 0);
comparison.judgeOn(judged.header.parts.map((part) => batchAt(part, judged.arrays, 0)));
const { header, arrays } = unpack(input.run);
const ofRun = ({ name }) => !name.startsWith("optimizer.");
const spec = { ...header, arrays: header.arrays.filter(ofRun) };
const { id, update, evaluations, clipped, changes } = input;
comparison.take([{ letter: "A", id, update, spec, arrays, evaluations, clipped, changes }]);
for (const piece of input.batches) comparison.bring(unpack(piece));
comparison.rehearse();
const to = (goal) => {
  comparison.play(new Map([[id, goal]]), false);
  comparison.proceed(1);
};
to(input.turn);
comparison.turn("A", input.turned);
to(input.goal);
const [one] = comparison.members;
const back = input.back
  ? { letter: "A", update: input.back,
      standing: written(lookBack(one.run, one.past, one.changes, input.back, comparison.batchFor)) }
  : null;
output({ kind: "report", runs: [reportOf(one, update)], isPlaying: comparison.isPlaying, back });
"""


def told(comparison, goal, *, turn, back=0):
    """What a browser tells that took the run on to its goal, its knobs turned on the way."""
    one = comparison.members[0]
    knobs = one.run.knobs
    starts = range(0, comparison.planned, batches.count_in_a_piece(knobs))
    return run(
        TELL,
        {
            "run": pack(*spec_of(one.run)),
            "heldOut": held_out_bytes(knobs),
            "batches": [batches.piece(knobs, update) for update in starts],
            "id": one.id,
            "update": one.run.update,
            "evaluations": [each._asdict() for each in one.run.evaluations],
            "clipped": 0,
            "changes": [each._asdict() for each in one.run.changes],
            "turn": turn,
            "turned": TURNED,
            "goal": goal,
            "back": back,
        },
    )


def in_python(turn, goal, **knobs):
    turned = training.change(training.advance(training.start(**knobs), turn), **TURNED)
    return training.advance(turned, goal - turn)


def assert_same(run, ours):
    assert (run.update, run.changes, run.knobs) == (ours.update, ours.changes, ours.knobs)
    close = {"rtol": 1e-10, "atol": 1e-10}
    for kind in ("parameters", "optimizer_state", "history"):
        found, own = getattr(run, kind), getattr(ours, kind)
        assert set(found) == set(own)
        for name, array in own.items():
            assert found[name].dtype == array.dtype
            np.testing.assert_allclose(found[name], array, **close, err_msg=name)
    assert run.generators == ours.generators
    np.testing.assert_allclose(run.evaluations, ours.evaluations, **close)


@pytest.mark.parametrize("optimizer", ["momentum", "rmsprop", "adam"])
def test_a_run_goes_on_in_python_from_where_the_browser_came(optimizer):
    knobs = {**CHOSEN, "optimizer": optimizer}
    made = Comparison([knobs], ["a run"])
    report = read_report(made, told(made, 40, turn=13, back=27))
    made.receive(report.runs, goes_on=report.is_playing)
    ours = in_python(13, 40, **knobs)
    assert_same(made.members[0].run, ours)
    assert_same(training.advance(made.members[0].run, 7), training.advance(ours, 7))
    (kept,) = report.kept.values()
    back = in_python(13, 27, **knobs)
    assert kept.update == 27
    for name, array in back.parameters.items():
        np.testing.assert_allclose(kept.parameters[name], array, rtol=1e-10, atol=1e-10)
    assert kept.generators == back.generators


def test_a_second_report_goes_on_from_the_first_and_one_that_came_twice_is_left_out():
    made = Comparison([CHOSEN], ["a run"])
    first = told(made, 20, turn=5)
    made.receive(read_report(made, first).runs, goes_on=False)
    assert read_report(made, first).runs == {}
    once = made.members[0].run
    second = told(made, 50, turn=20)
    made.receive(read_report(made, second).runs, goes_on=False)
    assert_same(made.members[0].run, training.advance(once, 30))


@pytest.fixture(scope="module")
def honest():
    made = Comparison([CHOSEN], ["a run"])
    return made, told(made, 10, turn=5)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("runs",), None),
        (("runs", 0, "standing", "update"), 61),
        (("runs", 0, "standing", "update"), -1),
        (("runs", 0, "standing", "values"), ""),
        (("runs", 0, "standing", "values"), "%%%"),
        (("runs", 0, "standing", "dropout", "state"), "f" * 40),
        (("runs", 0, "standing", "remembered"), {"step": ""}),
        (("runs", 0, "history", "loss"), ""),
        (("runs", 0, "changes"), [{"update": 5, "knob": "hidden", "before": 5, "after": 9}]),
        (("runs", 0, "changes", 0, "after"), 1e9),
        (("runs", 0, "evaluations"), [[0, 1]]),
        (("back",), {"letter": "A", "standing": {}}),
    ],
)
def test_what_is_no_report_is_refused(honest, path, value):
    made, report = honest
    changed = copy.deepcopy(report)
    *way, last = path
    place = changed
    for key in way:
        place = place[key]
    place[last] = value
    with pytest.raises((KeyError, TypeError, ValueError)):
        read_report(made, changed)
