"""What the writing place makes of a text, and what it sends and takes over, without a browser."""

import pytest

from rnnviz import operations
from rnnviz.equations import language
from tests.javascript import run

WRITTEN = """
import { positionOf, written } from "./writing/written.js";
const { problem } = written(input.text, input);
output(problem && { ...problem, position: positionOf(input.text, problem) });
"""
SENDING = """
import { sending } from "./writing/sending.js";
const sent = [];
let kept = null;
const keep = { read: () => kept, write: (value) => { kept = value; } };
let box = sending({ text: "a", turn: 0 }, (one) => sent.push(one), keep);
const pause = (time) => new Promise((done) => setTimeout(done, time));
const told = {};
box.type("b");
told.stale = box.isAnswered({ text: "a", turn: 0 });
told.beforePause = sent.length;
await pause(450);
told.sent = [...sent];
told.earlier = box.isAnswered({ text: "a", turn: 0 });
told.kept = { ...kept };
told.answered = box.isAnswered({ text: "b", turn: 1 });
told.free = kept;
box.type("c");
box.leave();
await pause(450);
told.left = sent.length;
box.stop();
box = sending({ text: "b", turn: 1 }, (one) => sent.push(one), keep);
told.again = box.unanswered();
box = sending({ text: "other", turn: 1 }, (one) => sent.push(one), keep);
told.elsewhere = box.unanswered();
output(told);
"""


@pytest.mark.parametrize(
    ("text", "message", "place", "position"),
    [
        ("h = h_prev", None, "", 0),
        ("h = q", "Line 1, column 5: `q` is unknown; give it a line of its own above.",
         "h = q\n    ^", 4),
        ("a = b\r\nh = tan(a)",
         "Line 2, column 5: `tan` is no function here; did you mean `tanh`?",
         "h = tan(a)\n    ^", 11),
        ("h =\th_prev\t+ q", "Line 1, column 14: `q` is unknown; give it a line of its own above.",
         "h =\th_prev\t+ q\n   \t      \t  ^", 13),
        ("h = ", "Line 1, column 4: this line does not read as `name = expression`.",
         "h = \n   ^", 3),
    ],
)  # fmt: skip
def test_a_mistake_is_shown_at_its_place(text, message, place, position):
    given = {"language": language.to_json(), "operations": operations.to_json(), "text": text}
    problem = run(WRITTEN, given)
    if message is None:
        assert problem is None
        return
    assert (problem["message"], problem["place"]) == (message, place)
    assert problem["position"] == position


def test_what_is_typed_is_sent_at_a_pause_and_safe_until_it_is_answered():
    told = run(SENDING)
    assert told["beforePause"] == 0
    assert told["sent"] == [{"text": "b", "turn": 1}]
    assert [told["stale"], told["earlier"], told["answered"]] == [False, False, True]
    assert told["kept"] == {"text": "b", "base": "a"}
    assert told["free"] is None
    assert told["left"] == 1  # who leaves may have pressed a link: not at once
    assert (told["again"], told["elsewhere"]) == ("c", None)
