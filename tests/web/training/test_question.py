"""What the charts ask: one question at a time, each put again until it is answered, done once."""

import pytest

from rnnviz.training.experiment import Experiment
from rnnviz.web.training.question import Command, Question, obey

KNOBS = {"task": "adding problem", "length": 5, "hidden": 4, "batch": 4, "updates": 30}


def question(number, *commands, asker="a page", **known):
    return {"asker": asker, "number": number, "known": known, "commands": list(commands)}


def play(number, updates):
    return {"number": number, "name": "play", "value": updates}


def test_a_question_is_read_as_it_was_written():
    read = Question.read(question(7, play(6, 10), {"number": 7, "name": "pause"}, run=12))
    assert read == Question("a page", 7, {"run": 12}, (Command(6, "play", 10), Command(7, "pause")))


@pytest.mark.parametrize(
    "told",
    [
        None, 3, "play", [], {}, {"asker": "a"}, question("three"), question(1, "play"),
        question(1, {"name": "play"}), question(1, {"number": 1, "name": "play", "by": "me"}),
        {**question(1), "known": {"run": None}}, {**question(1), "known": 4},
        {**question(1), "commands": None},
        question(1, {"number": "one", "name": "play"}), question(1, {"number": [], "name": "play"}),
        question(1, {"number": 1, "name": "play", "value": [10]}),
        question(1, play(1, "x")), question(1, play(1, 10**9)), question(1, play(1, -1)),
        question(1, {"number": 1, "name": "play", "value": True}), question(1, play(1, 1.5)),
        question(1, {"number": 1, "name": "look", "value": "x"}),
        question(1, {"number": 1, "name": "look", "value": -3}),
        question(1, {"number": 1, "name": "branch", "value": "AB"}),
        question(1, {"number": 1, "name": "open", "value": 0}),
        question(1, {"number": 1, "name": "__class__"}),
    ],
)  # fmt: skip
def test_what_is_no_question_asks_for_nothing(told):
    assert Question.read(told) == Question()


@pytest.mark.parametrize(
    ("before", "after", "done"),
    [
        (question(0), question(1, play(1, 1)), [1]),
        (question(1, play(1, 1)), question(2, play(1, 1)), []),
        (question(1, play(1, 1)), question(3, play(1, 1), play(3, 9)), [9]),
        (question(9, asker="the page before"), question(1, play(1, 2)), [2]),
    ],
)
def test_a_command_is_done_once_however_often_its_question_comes(before, after, done):
    fresh = Question.read(after).since(Question.read(before))
    assert [command.value for command in fresh] == done


def test_commands_are_done_in_order():
    experiment = Experiment([KNOBS], ["A"])
    obey(experiment, [Command(1, "play", 10), Command(2, "look", 0)])
    assert (experiment.is_playing, experiment.at) == (True, None)
    obey(experiment, [Command(3, "play"), Command(4, "pause")])
    assert not experiment.is_playing
    obey(experiment, [Command(5, "branch", "A"), Command(6, "open", "A")])
    assert (experiment.errand.kind, experiment.errand.letter) == ("branch", "A")
    obey(experiment, [Command(7, "leave"), Command(8, "open", "A")])
    assert experiment.errand.kind == "open"


CONVERSATION = """
import { asking } from "./training/asking.js";
const sent = [];
let isHeld = false;
const asks = asking(() => ({ run: 3 }), (one) => sent.push({ ...one, at: performance.now() }),
                    () => isHeld);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const until = async (count) => { while (sent.length < count) await wait(1); return sent.at(-1); };
asks.heard({ answers: ["somebody else", 9], more: true });
const first = await until(1);
asks.press("play", 10);
asks.press("pause");
await wait(60);
const early = sent.length;
asks.heard({ answers: [first.asker, 1], more: true });
const second = await until(2);
asks.heard({ answers: [first.asker, 1], more: true });
await wait(200);
const unanswered = sent.length;
const again = await until(3);
asks.heard({ answers: [first.asker, 3], more: true });
const next = await until(4);
asks.press("reset");
isHeld = true;
asks.heard({ answers: [first.asker, 4], more: false });
await wait(150);
const held = sent.length;
isHeld = false;
await until(5);
asks.heard({ answers: [first.asker, 5], more: false });
await wait(200);
output({ sent: sent.map(({ number, known, commands }) => ({ number, known, commands })),
         early, unanswered, held, rests: sent.length,
         times: Float64Array.from(sent, ({ at }) => at) });
asks.stop();
"""


def test_one_question_at_a_time_each_a_beat_after_the_last(javascript):
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
