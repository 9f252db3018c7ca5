"""The typedefs of the payloads' headers are true: TypeScript finds no fault with what is sent."""

import copy
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from rnnviz import Hold, data, trace
from rnnviz.cells import GALLERY
from rnnviz.challenges import CHALLENGES
from rnnviz.gradients.phase import PhaseDiagram
from rnnviz.gradients.setup import Setup
from rnnviz.network.network import Network
from rnnviz.scenes.by_hand import ByHandSettings
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import OWN_CELL, OWN_NUMBERS, OWN_TEXT, StepSettings
from rnnviz.shapes import Setup as CallSetup
from rnnviz.tasks import RHYMES
from rnnviz.training.cliff import PAPER
from rnnviz.training.comparison.comparison import Comparison
from rnnviz.training.loop.loop import advance
from rnnviz.training.runs import runs
from rnnviz.web.bundle import BROWSER
from rnnviz.web.by_hand.payload import by_hand_payload
from rnnviz.web.corner.corner_payload import corner_payload
from rnnviz.web.course.course_payload import course_payload
from rnnviz.web.data.learnt import Learnt
from rnnviz.web.data.series.forecasting import Cut, Look, forecasts_of
from rnnviz.web.data.series.payload import forecast_payload
from rnnviz.web.data.text.payload import sentence_payload
from rnnviz.web.gradients.payload import gradients_payload, phase_payload
from rnnviz.web.rooms.payload import bar_payload
from rnnviz.web.rooms.poll import Poll
from rnnviz.web.rooms.room import Asked, Room, digest
from rnnviz.web.shapes.more import more_payload
from rnnviz.web.shapes.payload import call_payload
from rnnviz.web.shapes.state import Place
from rnnviz.web.step.payload import step_payload
from rnnviz.web.step.recorded import recorded_payload
from rnnviz.web.step.writing_payload import writing_payload
from rnnviz.web.training.cliff_payload import start_payload
from rnnviz.web.training.payload import training_payload
from rnnviz.web.training.poll import Poll as TrainPoll
from tests.javascript import node

LINT = Path(__file__).parent.parent / "lint"
TSC = LINT / "node_modules" / "typescript" / "bin" / "tsc"
MISSING = "no TypeScript: `npm ci --prefix tests/lint` installs it"
pytestmark = pytest.mark.skipif(not TSC.exists() and "CI" not in os.environ, reason=MISSING)

MATHS, STEP, HAND, GRADIENTS, TRAIN, WRITE, SHAPES, SERIES, COLOURED, TOOLS, LED, IN_ROOM = (
    f'import("{(BROWSER / folder / "header.js").as_posix()}")'
    for folder in (
        *("maths", "stepper", "by_hand", "gradients", "training", "writing", "shapes"),
        *("forecast", "sentence", "corner", "course", "room"),
    )
)
RUN = f"{MATHS}.Packed<{STEP}.StepHeader>"
SET_BY_HAND = f"{MATHS}.Packed<{HAND}.ByHandHeader>"
SETUP = f"{MATHS}.Packed<{GRADIENTS}.SetupHeader>"
PHASE = f"{GRADIENTS}.PhaseHeader"
RUNS = f"{TRAIN}.TrainHeader"
TYPED = f"{WRITE}.WritingHeader"
START = f"{TRAIN}.StartHeader"
SENTENCE = f"{COLOURED}.SentenceHeader"
FORECAST = f"{SERIES}.ForecastHeader"
CORNER = f"{TOOLS}.CornerHeader"
COURSE = f"{LED}.CourseHeader"
ROOM = f"{IN_ROOM}.RoomHeader"
CALL, MORE = f"{SHAPES}.CallHeader", f"{SHAPES}.MoreHeader"

CALLS = [
    CallSetup(),
    CallSetup(kind="GRU", bidirectional=True, lengths=(5, 3, 2), vocabulary=9, outputs=2),
    CallSetup(kind="RNN", batch=0, bias=False, initial="given"),
    CallSetup(proj_size=3, num_layers=1, lengths=(1, 5, 2), packed=False),
]
DIVERGES = {"task": "noisy sine", "hidden": 8, "optimizer": "sgd", "learning_rate": 5.0}


def header(payload):
    length = int.from_bytes(payload[:4], "little")
    return json.loads(payload[4 : 4 + length])


def step(**choice):
    return header(step_payload(scene(StepSettings(**choice))))


def recorded():
    network = Network.fresh(GALLERY["LSTM"], inputs=2, hidden=3, bidirectional=True, layers=2)
    rec = trace(network, [[[0.5, 1.0]]] * 4, hold=Hold("h", 0.25, unit=1, layer=0))
    return header(recorded_payload(rec, title="held"))


def typed(text):
    """What the writing place gets, the first time."""
    return header(writing_payload(text, scene(StepSettings()).network))


def gradients(**choice):
    return header(gradients_payload(Setup(), 0, scene(StepSettings(**choice))))


def sentence(by, **sizes):
    """What is sent of a text that is looked into, before anything is learnt."""
    found = data.text(RHYMES * 3, by, window=4)
    run = runs.start(task=found, hidden=3, **sizes)
    return header(sentence_payload(found, run.network, "jack and ß", None))


def phase(*, computed):
    sizes = {"cells": ["LSTM"], "scales": [0.5, 1.0], "lengths": [3], "seeds": 1}
    grown = next(PhaseDiagram(Setup(hidden=2), **sizes).blocks()) if computed else None
    return header(phase_payload(grown, "at these knobs"))


def trained(*choices, updates=2, **turned):
    """What the Train page gets of runs with these knobs, some turned, and this many updates on."""
    short = {"task": "marked recall", "length": 20, "hidden": 2, "batch": 2, "updates": 5}
    train = Comparison([{**short, **choice} for choice in choices], ["of its own"] * len(choices))
    for member in train.members:
        run = runs.change(advance(member.run, 1), **turned)
        object.__setattr__(member.live, "run", advance(run, updates))
    return header(training_payload(train, TrainPoll()))


def forecast(*, fed, cells=("LSTM", "GRU")):
    """What the charts of forecasts get, of runs that have learnt nothing yet."""
    table = data.made_series("shop", rows=80)
    names = {"inputs": ["sales", "holiday"], "target": "sales"}
    cut = Cut(table, data.series(table, **names, window=5, horizon=2), 3)
    started = [runs.start(task=cut.series.task, cell=cell, hidden=2) for cell in cells]
    learnt = [Learnt(letter, "a run", run) for letter, run in zip("AB", started, strict=False)]
    look = Look(fed, 1, cut.split - 1)
    return header(forecast_payload(cut, look, forecasts_of(cut, look, learnt)))


def faults(headers, folder):
    """Pairs of a type and a header → for each, what TypeScript says against it."""
    lines = [
        f"/** @type {{{type_}}} */ export const h{k} = {json.dumps(one)};"
        for k, (type_, one) in enumerate(headers)
    ]
    (folder / "headers.js").write_text("\n".join(lines), encoding="utf-8")
    config = {"extends": str(LINT / "tsconfig.json"), "include": ["headers.js"]}
    (folder / "tsconfig.json").write_text(json.dumps(config))
    command = [node(), TSC, "--project", folder / "tsconfig.json", "--pretty", "false"]
    told = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    found = [[] for _ in headers]
    for line in told.stdout.splitlines():
        at = re.match(r"headers\.js\((\d+),\d+\): (.*)", line)
        if at:
            found[int(at[1]) - 1].append(at[2])
        elif not line.startswith(" "):
            raise AssertionError(line)
    return found


def bars():
    """What the bar of a room is sent: to its teacher, to a student, and where there is no room."""
    asked = Asked("k", "Which?", ("a", "b"), (1,), "It was b.")
    room = Room("frog", digest("t"), 0.0).hear("ann", 0.0)
    room = room.ask(asked, "/").vote("ann", 1, 1)
    teacher = Poll("x", 1, "t", "/", 0, "http://127.0.0.1/?room=frog")
    student = Poll("y", 2, "s", "/", 1)
    payloads = [
        bar_payload("frog", room, teacher, 0.0, offered=[asked]),
        bar_payload("frog", room.hear(digest("s"), 0.0), student, 0.0),
        bar_payload("frog", room.reveal().lead("/Train"), student, 0.0, offered=[]),
        bar_payload("frog", None, student, 0.0, is_full=True),
        bar_payload("frog", None, Poll(), 0.0),
    ]
    return [header(payload) for payload in payloads]


def test_what_every_page_sends_is_what_its_header_is_said_to_be(tmp_path):
    sent = [
        (RUN, step()),
        (RUN, step(sequence="noisy sine", layers=2, direction="both", loss="every")),
        (RUN, step(sequence=OWN_NUMBERS, numbers="1 2\n3 4", cell="Peephole LSTM")),
        (RUN, step(sequence=OWN_TEXT, text="Été", cell="GRU (PyTorch)")),
        (RUN, step(cell=OWN_CELL, equations="k = hard_sigmoid(W @ x)\nh = 2 * k - h_prev")),
        (RUN, recorded()),
        (SET_BY_HAND, header(by_hand_payload(ByHandSettings()))),
        (SET_BY_HAND, header(by_hand_payload(ByHandSettings(challenge=next(iter(CHALLENGES)))))),
        (SETUP, gradients()),
        (SETUP, gradients(cell="RNN (tanh)", weights="fresh", layers=2, loss="one")),
        (PHASE, phase(computed=True)),
        (PHASE, phase(computed=False)),
        (TYPED, typed("h = tanh(W @ x + U @ h_prev)")),
        (TYPED, typed("h = ")),
        (RUNS, trained({})),
        (RUNS, trained({"clip_norm": 0.5, "direction": "both", "layers": 2}, {"cell": "LSTM"})),
        (RUNS, trained({"task": "adding problem", "clip_value": 0.1}, learning_rate=0.002)),
        (RUNS, trained(DIVERGES, updates=500)),
        (START, header(start_payload(5.5, -3.5, PAPER))),
        (SENTENCE, sentence("characters", layers=2)),
        (SENTENCE, sentence("words", cell="GRU")),
        (FORECAST, forecast(fed=False)),
        (FORECAST, forecast(fed=True, cells=())),
        (CORNER, header(corner_payload({}))),
        (CORNER, header(corner_payload({"share": "http://127.0.0.1/"}))),
        (COURSE, header(course_payload(None))),
        (COURSE, header(course_payload("forget-keeps"))),
        (CORNER, header(corner_payload({"glossary": True}))),
        *((ROOM, bar) for bar in bars()),
        *((CALL, header(call_payload(Place(setup)))) for setup in CALLS),
        *((MORE, header(more_payload(setup))) for setup in CALLS),
    ]
    assert faults(sent, tmp_path) == [[]] * len(sent)


def test_a_header_that_is_otherwise_is_not(tmp_path):
    """What each change does to a header is found: the check above is not blind."""
    run, lab, train = step(), gradients(), trained({"clip_norm": 0.5})
    shop, link = forecast(fed=True), header(corner_payload({"share": "http://127.0.0.1/"}))
    words = header(corner_payload({"glossary": True}))
    call, more = header(call_payload(Place(CALLS[1]))), header(more_payload(CALLS[1]))
    course = header(course_payload(None))
    of_teacher = bars()[0]
    changes = [
        (ROOM, of_teacher, lambda h: h["room"].pop("present")),
        (ROOM, of_teacher, lambda h: h["room"]["asked"].update(counts="2")),
        (ROOM, of_teacher, lambda h: h["room"]["offered"][0].pop("options")),
        (ROOM, of_teacher, lambda h: h.pop("isFull")),
        (CORNER, link, lambda h: h["tools"].pop("share")),
        (COURSE, course, lambda h: h["units"][0]["acts"][0].pop("found")),
        (COURSE, course, lambda h: h["paths"].pop("step")),
        (CORNER, words, lambda h: h["tools"]["glossary"]["entries"][0].pop("key")),
        (CORNER, words, lambda h: h["tools"]["glossary"]["entries"][0]["meanings"][0].pop("paper")),
        (CORNER, link, lambda h: h["tools"]["room"].pop("word")),
        (CORNER, link, lambda h: h["tools"]["share"]["code"].pop("size")),
        (SENTENCE, sentence("words"), lambda h: h.update(by="letters")),
        (SENTENCE, sentence("words"), lambda h: h["values"][0].pop("isGate")),
        (SENTENCE, sentence("words"), lambda h: h.update(tokens=[1])),
        (CALL, call, lambda h: h["net"].pop("outputLength")),
        (CALL, call, lambda h: h["code"][0].append("text")),
        (CALL, call, lambda h: h["settings"]["kind"].update(options=None)),
        (CALL, call, lambda h: h["facts"][0].update(holds="yes")),
        (CALL, call, lambda h: h["example"].pop("items")),
        (MORE, more, lambda h: h["calls"]["ways"][0].update(way="kept")),
        (MORE, more, lambda h: h["padding"]["ways"][0].update(gradient=[1.0])),
        (MORE, more, lambda h: h["parameters"]["layers"][0]["matrices"][0].pop("gates")),
        (MORE, more, lambda h: h["mistakes"][0].pop("words")),
        (MORE, more, lambda h: h["tongues"][0].update(gates=[])),
        (FORECAST, shop, lambda h: h.pop("split")),
        (FORECAST, shop, lambda h: h.update(fed="yes")),
        (FORECAST, shop, lambda h: h["runs"][0].pop("says")),
        (FORECAST, shop, lambda h: h["leaning"].update(inputs="sales")),
        (TYPED, typed("h = h_prev"), lambda h: h["language"].pop("taken")),
        (TYPED, typed("h = h_prev"), lambda h: h.update(turn="1")),
        (RUN, run, lambda h: h.pop("badge")),
        (RUN, run, lambda h: h.update(subtitle="")),
        (RUN, run, lambda h: h.update(batch="4")),
        (RUN, run, lambda h: h["layers"][0].pop("hidden")),
        (RUN, run, lambda h: h["layers"][0]["cell"].update(leaves=[])),
        (RUN, run, lambda h: h["layers"][0]["cell"]["sizes"].update(h="outputs")),
        (RUN, run, lambda h: h["layers"][0]["diagram"]["edges"][0].pop("lane")),
        (RUN, run, lambda h: h["layers"][0]["parts"]["h"].update(role="memory")),
        (RUN, run, lambda h: h["operations"]["tanh"].pop("isDirect")),
        (RUN, run, lambda h: h["stages"][0].update(kind="dropout")),
        (RUN, run, lambda h: h["readout"].pop("labels")),
        (SETUP, lab, lambda h: h["start"].pop("scale")),
        (SETUP, lab, lambda h: h["knobs"]["loss"].pop("options")),
        (SETUP, lab, lambda h: h["layers"][0].pop("draws")),
        (SETUP, lab, lambda h: h["layers"][-1].pop("reverse")),
        (SETUP, lab, lambda h: h["scene"]["loss"].update(kind="hinge")),
        (RUNS, train, lambda h: h.pop("serial")),
        (RUNS, train, lambda h: h.update(paused=False)),
        (RUNS, train, lambda h: h.update(answers=["asker"])),
        (RUNS, train, lambda h: h["strides"].update(rows="2")),
        (RUNS, train, lambda h: h["task"].update(kind="ranking")),
        (RUNS, train, lambda h: h["task"]["baseline"].pop("says")),
        (RUNS, train, lambda h: h["runs"][0].pop("solvedAt")),
        (RUNS, train, lambda h: h["runs"][0]["clips"][0].update(kind="global norm")),
        (RUNS, train, lambda h: h["runs"][0]["gates"][0].update(role="memory")),
        (RUNS, train, lambda h: h["runs"][0]["ways"][0].pop("prefix")),
    ]
    changed = []
    for type_, one, change in changes:
        other = copy.deepcopy(one)
        change(other)
        changed.append((type_, other))
    silent = [k for k, found in enumerate(faults(changed, tmp_path)) if not found]
    assert not silent, f"nothing is said against the changes {silent}"
