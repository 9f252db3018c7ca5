"""What the charts ask: one poll at a time, each put again until it is answered, done once."""

import pytest

from rnnviz.training.comparison.comparison import Comparison
from rnnviz.web.training.poll import Command, Poll, carry_out

KNOBS = {"task": "adding problem", "length": 5, "hidden": 4, "batch": 4, "updates": 30}


def poll(number, *commands, asker="a page", **known):
    return {"asker": asker, "number": number, "known": known, "commands": list(commands)}


def play(number, updates):
    return {"number": number, "name": "play", "value": updates}


def test_a_question_is_read_as_it_was_written():
    read = Poll.read(poll(7, play(6, 10), {"number": 7, "name": "pause"}, run=12))
    assert read == Poll("a page", 7, {"run": 12}, (Command(6, "play", 10), Command(7, "pause")))


@pytest.mark.parametrize(
    "written",
    [
        None, 3, "play", [], {}, {"asker": "a"}, poll("three"), poll(1, "play"),
        poll(1, {"name": "play"}), poll(1, {"number": 1, "name": "play", "by": "me"}),
        {**poll(1), "known": {"run": None}}, {**poll(1), "known": 4},
        {**poll(1), "commands": None},
        poll(1, {"number": "one", "name": "play"}), poll(1, {"number": [], "name": "play"}),
        poll(1, {"number": 1, "name": "play", "value": [10]}),
        poll(1, play(1, "x")), poll(1, play(1, 10**9)), poll(1, play(1, -1)),
        poll(1, {"number": 1, "name": "play", "value": True}), poll(1, play(1, 1.5)),
        poll(1, {"number": 1, "name": "look", "value": "x"}),
        poll(1, {"number": 1, "name": "look", "value": -3}),
        poll(1, {"number": 1, "name": "branch", "value": "AB"}),
        poll(1, {"number": 1, "name": "open", "value": 0}),
        poll(1, {"number": 1, "name": "__class__"}),
        poll(1, {"number": 1, "name": "zoom", "value": [3]}),
        poll(1, {"number": 1, "name": "zoom", "value": [9, 3]}),
        poll(1, {"number": 1, "name": "zoom", "value": [0, float("nan")]}),
        poll(1, {"number": 1, "name": "hide", "value": "AX"}),
        poll(1, {"number": 1, "name": "pace", "value": "warp"}),
        poll(1, {"number": 1, "name": "turn", "value": {"letters": "A", "knobs": {"seed": 1}}}),
        poll(1, {"number": 1, "name": "turn", "value": {"letters": "A", "knobs": {"dropout": 7}}}),
        poll(1, {"number": 1, "name": "turn", "value": {"letters": "Z", "knobs": {}}}),
        poll(1, {"number": 1, "name": "turn", "value": {"letters": "A"}}),
        poll(1, {"number": 1, "name": "turn", "value": None}),
    ],
)  # fmt: skip
def test_what_is_no_question_asks_for_nothing(written):
    assert Poll.read(written) == Poll()


@pytest.mark.parametrize(
    ("before", "after", "done"),
    [
        (poll(0), poll(1, play(1, 1)), [1]),
        (poll(1, play(1, 1)), poll(2, play(1, 1)), []),
        (poll(1, play(1, 1)), poll(3, play(1, 1), play(3, 9)), [9]),
        (poll(9, asker="the page before"), poll(1, play(1, 2)), [2]),
    ],
)
def test_a_command_is_done_once_however_often_its_question_comes(before, after, done):
    fresh = Poll.read(after).since(Poll.read(before))
    assert [command.value for command in fresh] == done


def test_commands_are_done_in_order():
    comparison = Comparison([KNOBS], ["A"])
    carry_out(comparison, [Command(1, "play", 10), Command(2, "look", 0)])
    assert (comparison.is_playing, comparison.at) == (True, None)
    carry_out(comparison, [Command(3, "play"), Command(4, "pause")])
    assert not comparison.is_playing
    carry_out(comparison, [Command(5, "branch", "A"), Command(6, "open", "A")])
    assert (comparison.look_back.kind, comparison.look_back.letter) == ("branch", "A")
    turn = {"letters": "A", "knobs": {"learning_rate": 0.5, "clip_norm": None}}
    carry_out(comparison, [Command(6, "turn", turn), Command(6, "zoom", [3, 9])])
    assert comparison.members[0].run.knobs.learning_rate == 0.5
    carry_out(comparison, [Command(6, "hide", "A"), Command(6, "pace", "slow")])
    assert (comparison.zoom, comparison.unseen, comparison.is_slow) == ((3, 9), "A", True)
    carry_out(comparison, [Command(7, "leave"), Command(8, "open", "A")])
    assert comparison.look_back.kind == "open"


CONVERSATION = """
import { polling } from "./training/polling.js";
const sent = [];
let isHeld = false;
const polls = polling(() => ({ run: 3 }), (one) => sent.push({ ...one, at: performance.now() }),
                    () => isHeld);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const until = async (count) => { while (sent.length < count) await wait(1); return sent.at(-1); };
polls.heard({ answers: ["somebody else", 9], more: true });
const first = await until(1);
polls.press("play", 10);
polls.press("pause");
await wait(60);
const early = sent.length;
polls.heard({ answers: [first.asker, 1], more: true });
const second = await until(2);
polls.heard({ answers: [first.asker, 1], more: true });
await wait(200);
const unanswered = sent.length;
const again = await until(3);
polls.heard({ answers: [first.asker, 3], more: true });
const next = await until(4);
polls.press("reset");
isHeld = true;
polls.heard({ answers: [first.asker, 4], more: false });
await wait(150);
const held = sent.length;
isHeld = false;
await until(5);
polls.heard({ answers: [first.asker, 5], more: false });
await wait(200);
output({ sent: sent.map(({ number, known, commands }) => ({ number, known, commands })),
         early, unanswered, held, rests: sent.length,
         times: Float64Array.from(sent, ({ at }) => at) });
polls.stop();
"""


def test_one_question_at_a_time_each_a_little_after_the_last(javascript):
    found = javascript(CONVERSATION)
    assert (found["early"], found["unanswered"], found["held"], found["rests"]) == (1, 2, 4, 5)
    pressed = [
        {"number": 2, "name": "play", "value": 10},
        {"number": 2, "name": "pause", "value": None},
    ]
    reset = [{"number": 5, "name": "reset", "value": None}]
    assert [one["number"] for one in found["sent"]] == [1, 2, 3, 4, 5]
    assert [one["commands"] for one in found["sent"]] == [[], pressed, pressed, [], reset]
    assert all(one["known"] == {"run": 3} for one in found["sent"])
    _, second, third, fourth, _ = found["times"]
    assert third - second > 1000
    assert fourth - third > 100
