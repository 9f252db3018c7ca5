"""Stepping: where a press leads, in both directions of reading and inside one step."""

import pytest

from rnnviz.cells import GALLERY
from tests.javascript import run
from tests.web.stepper.networks import example

START = """
import { createController } from "./stepper/controller.js";
import { createStore } from "./drawing/store.js";
import { UNTOUCHED } from "./stepper/changes/changes.js";
const cell = { names: ["f", "c", "h"] };
const layers = [false, true].map((reverse) => ({ reverse, hidden: 4, cell }));
const store = createStore({ step: 2, part: 3, level: "steps", layer: 0, unit: 0, playing: false,
  history: UNTOUCHED, reach: { units: "one", steps: "one" }, explained: null, name: null });
const controller = createController(store, { header: { layers }, T: 5 });
const { goTo, press, advance, setLevel, setLayer, play } = controller;
const { toMoment, playPasses, turnFigure } = controller;
const where = () => [store.state.step, store.state.part];
"""


@pytest.mark.parametrize(
    ("does", "where"),
    [
        ("press(1)", [3, 3]),
        ("press(-1)", [1, 3]),
        ("goTo(99)", [4, 3]),
        ("goTo(-1)", [0, 3]),
        ("goTo(4); press(1)", [4, 3]),
        ("setLayer(1); press(1)", [3, 3]),
        ("setLayer(1); advance(1)", [1, 3]),
        ('setLevel("inside")', [2, 1]),
        ('setLevel("inside"); press(1)', [2, 2]),
        ('setLevel("inside"); press(1); press(1); press(1)', [3, 1]),
        ('setLevel("inside"); press(-1)', [1, 3]),
        ('setLayer(1); setLevel("inside"); press(1); press(1); press(1)', [1, 1]),
        ("goTo(4); play(true)", [0, 3]),
        ("setLayer(1); goTo(0); play(true)", [4, 3]),
    ],
)
def test_where_it_leads(does, where):
    step, part = run(f"{START} {does}; output(where());")
    assert step == where[0]
    assert part == where[1]


@pytest.mark.parametrize(
    ("does", "step", "played", "playing"),
    [
        ("toMoment(0)", 0, "forward", False),
        ("toMoment(3); press(1)", 4, "forward", False),
        ("toMoment(4); advance(1)", 4, "backward", False),
        ("toMoment(4); advance(1); advance(1)", 3, "backward", False),
        ("toMoment(4); advance(1); press(-1)", 3, "backward", False),
        ("toMoment(6); press(1)", 4, "backward", False),
        ("toMoment(5); advance(-1)", 4, "forward", False),
        ("playPasses(); advance(1)", 1, "forward", True),
        ("toMoment(7); play(true); advance(1)", 1, "backward", True),
        ("toMoment(8); play(true); advance(1)", 0, None, False),
        ("setLayer(1); toMoment(0)", 4, "forward", False),
        ("setLayer(1); toMoment(4); advance(1); press(1)", 1, "backward", False),
        ('setLevel("inside"); toMoment(2); advance(1)', 3, "forward", False),
        ('toMoment(2); turnFigure("unrolled"); turnFigure("unrolled")', 2, None, False),
    ],
)
def test_the_passes_are_played_there_and_back(does, step, played, playing):
    source = f"store.set({{ figures: [] }}); {does}; output([store.state.step, "
    found = run(f"{START} {source} store.state.pass ?? null, store.state.playing]);")
    assert found == [step, played, playing]


def test_listeners_hear_only_what_is_new():
    source = """
    const heard = [];
    const stop = store.subscribe((changed) => heard.push([...changed]));
    store.set({ step: 2 });
    store.set({ step: 3, unit: 0 });
    stop();
    store.set({ step: 4 });
    output(heard);
    """
    assert run(START + source) == [["step"]]


MODEL = """
import { createModel } from "./stepper/model.js";
import { unpack } from "./maths/payload.js";
const model = createModel(unpack(input.payload), 0);
const flat = (network) => network.layers.map(({ run }) => [...run.values.get("h")]);
"""


def test_the_untouched_run_stays_and_comes_back():
    source = """
    const before = flat(model.ghost);
    model.run([{ kind: "hold", layer: 0, name: "f", unit: null, from: 1, to: 2, value: 0 }]);
    const during = flat(model.live), ghost = flat(model.ghost);
    model.run([]);
    output({ before, during, ghost, after: flat(model.live), same: model.live === model.ghost });
    """
    told = run(MODEL + source, example(GALLERY["LSTM"]).message)
    assert told["before"] == told["ghost"] == told["after"]
    assert told["during"] != told["before"]
    assert told["same"] is True


def test_a_gates_colours_span_zero_to_one_and_a_state_is_symmetric():
    source = 'output(["f", "g", "c", "c_prev"].map((name) => model.range(0, name)));'
    f, g, c, c_prev = run(MODEL + source, example(GALLERY["LSTM"]).message)
    assert f == {"low": 0, "high": 1, "isGate": True}
    assert g == {"low": -1, "high": 1, "isGate": False}
    assert c["low"] == -c["high"]
    assert c == c_prev


def test_typed_weights_are_of_the_network_before_any_change():
    source = """
    model.header.weights.typed = true;
    const values = Array.from(model.arrays.get("0.b_f"), (one) => one + 1);
    const weights = { kind: "parameter", array: "0.b_f", values };
    const hold = { kind: "hold", layer: 0, name: "f", unit: null, from: 1, to: 2, value: 0 };
    const first = flat(model.ghost);
    model.run([weights]);
    const typed = flat(model.ghost), isChanged = model.isChanged;
    model.run([weights, hold]);
    const held = [flat(model.ghost), flat(model.live)], isHeld = model.isChanged;
    model.run([]);
    output({ first, typed, isChanged, held, isHeld, after: flat(model.ghost) });
    """
    told = run(MODEL + source, example(GALLERY["LSTM"]).message)
    assert told["first"] != told["typed"]
    assert not told["isChanged"]
    assert told["held"][0] == told["typed"] != told["held"][1]
    assert told["isHeld"]
    assert told["after"] == told["first"]
