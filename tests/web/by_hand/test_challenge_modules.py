"""What a challenge keeps in the browser, where it draws its band, and how a training is polled."""

import pytest

from tests.javascript import run

PROGRESS = """
import { createProgress } from "./by_hand/progress.js";
const kept = new Map(input.kept ? [["rnnviz challenges solved", input.kept]] : []);
const storage = { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v),
  removeItem: (k) => kept.delete(k) };
const refuse = () => { throw new Error("refused"); };
const progress = createProgress(input.refused ? refuse : () => storage);
const before = ["count", "latch"].map(progress.has);
const isNew = [progress.add("latch"), progress.add("latch")];
const after = ["count", "latch"].map(progress.has);
const written = kept.get("rnnviz challenges solved") ?? null;
progress.clear();
output({ before, isNew, after, written, cleared: progress.has("latch"), left: kept.size });
"""


@pytest.mark.parametrize("kept", [None, '["count"]', '["count", 3]', "{", '{"a": 1}', "7"])
def test_what_was_solved_is_kept_and_cleared(kept):
    found = run(PROGRESS, {"kept": kept})
    knew = kept is not None and kept.startswith('["count"')
    assert found["before"] == [knew, False]
    assert found["isNew"] == [True, False]
    assert found["after"] == [knew, True]
    assert "latch" in found["written"]
    assert (found["cleared"], found["left"]) == (False, 0)


def test_a_browser_that_keeps_nothing_still_knows_while_the_page_is_open():
    found = run(PROGRESS, {"refused": True})
    assert found["after"] == [False, True]
    assert found["written"] is None
    assert found["cleared"] is False


BANDS = 'import { bandOf } from "./by_hand/band.js"; output(bandOf(input, 0));'


def test_steps_in_a_row_that_want_the_same_are_one_band():
    spec = {
        "wanted": [[0, 0, 1, 1, 1, 0]],
        "counts": [[True, True, True, False, True, True]],
        "tolerance": 0.25,
    }
    found = [(band["from"], band["to"], band["low"]) for band in run(BANDS, spec)]
    assert found == [(0, 2, -0.25), (2, 3, 0.75), (4, 5, 0.75), (5, 6, -0.25)]


POLLS = """
import { trainingPoll } from "./by_hand/training_poll.js";
const { setTimeout: later, clearTimeout: never } = globalThis;
const timers = new Map();
let next = 1;
globalThis.setTimeout = (act, wait) => (timers.set(next, { act, wait }), next++);
globalThis.clearTimeout = (id) => timers.delete(id);
const sent = [];
const poll = trainingPoll((one) => sent.push(one));
const waits = () => [...timers.values()].map(({ wait }) => wait);
const run = () => { const [[id, { act }]] = timers; timers.delete(id); act(); };
poll.start({ id: "a", updates: 20, weights: {} });
const patience = waits();
const others = [poll.hear({ id: "b", answers: 1 }), poll.hear({ id: "a", answers: 0 })];
run(); // no answer came: it is put again
const isHeard = poll.hear({ id: "a", answers: 2 });
const pause = waits();
run();
poll.stop();
Object.assign(globalThis, { setTimeout: later, clearTimeout: never });
output({ patience, others, isHeard, pause, numbers: sent.map(({ number }) => number),
  last: sent.at(-1).wanted, left: timers.size });
"""


def test_one_poll_at_a_time_again_without_an_answer_and_none_after_the_end():
    assert run(POLLS) == {
        "patience": [1500],
        "others": [False, False],
        "isHeard": True,
        "pause": [180],
        "numbers": [1, 2, 3, 4],
        "last": None,
        "left": 0,
    }
