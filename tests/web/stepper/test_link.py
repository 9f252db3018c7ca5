"""What a link says is what was looked at; one that is cut short or says rubbish does no harm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.web.step.payload import step_payload
from tests.javascript import run

CODE = 'import { read, write } from "./stepper/link/link.js";'
LINK = (
    f"{CODE}"
    """
const sizes = new Map([["f", 3], ["h_prev", 3], ["c.1", 3], ["x", 2], ["constructor", 3]]);
const layer = { hidden: 3, parts: 6, sizes, inTurn: ["f", "i"] };
const ranking = { of: "units", name: "", at: "both", by: "answer", isUp: false };
const others = new Map([["prediction", 4], ["readout.loss", 1]]);
const room = { T: 12, others, items: 4, layers: [layer, layer], inputs: 2, symbols: 2,
  arrays: new Map([["0.W_f", 6], ["readout.b", 4]]) };
const first = { step: 0, from: 0, unit: 1, layer: 0, item: 0, level: "steps", part: 6, speed: 2,
  shown: "values", name: null, explained: null, weights: null, figures: [], ranking, pass: null,
  history: { past: [], present: [], future: [] } };
"""
)
STEPS, NUMBERS, WEIGHTS = st.integers(0, 11), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)
ITEMS = st.integers(0, 3)
HOLD = st.builds(
    lambda layer, name, unit, span, value: {
        "kind": "hold",
        "layer": layer,
        "name": name,
        "unit": unit,
        "from": min(span),
        "to": max(span) + 1,
        "value": value,
    },
    st.integers(0, 1),
    st.sampled_from(["f", "h_prev", "c.1", "constructor"]),
    st.none() | st.integers(0, 2) | st.sampled_from([[0, 1], [0, 2], [1, 2]]),
    st.tuples(STEPS, STEPS),
    NUMBERS,
)
INPUT = st.fixed_dictionaries(
    {"kind": st.just("input"), "item": ITEMS, "step": STEPS, "input": st.integers(0, 1)}
    | {"value": NUMBERS}
)
SYMBOL = st.fixed_dictionaries(
    {"kind": st.just("symbol"), "item": ITEMS, "step": STEPS, "value": st.integers(0, 1)}
)
WEIGHT = st.one_of(
    st.fixed_dictionaries(
        {"kind": st.just("weight"), "array": st.just(array), "index": st.integers(0, size - 1)}
        | {"value": WEIGHTS}
    )
    for array, size in [("0.W_f", 6), ("readout.b", 4)]
)
PARAMETER = st.one_of(
    st.fixed_dictionaries(
        {"kind": st.just("parameter"), "array": st.just(array)}
        | {"values": st.lists(WEIGHTS, min_size=size, max_size=size)}
    )
    for array, size in [("0.W_f", 6), ("readout.b", 4)]
)
RANKING = st.fixed_dictionaries(
    {
        "of": st.sampled_from(["units", "whole"]),
        "name": st.sampled_from(["", "f", "i"]),
        "at": st.sampled_from(["both", "0", "1"]),
        "by": st.sampled_from(["held", "answer", "loss"]),
        "isUp": st.booleans(),
    }
)
CHANGES = st.lists(HOLD | INPUT | SYMBOL | WEIGHT | PARAMETER, max_size=6)


@st.composite
def sights(draw):
    level = draw(st.sampled_from(["steps", "inside"]))
    step = draw(STEPS)
    figures = draw(
        st.sampled_from([[], ["unrolled"], ["answer", "gates"], ["answer", "unrolled", "lesions"]])
    )
    name, last = draw(st.sampled_from([("c.1", 2), ("prediction", 3), ("readout.loss", 0)]))
    explained = {"name": name, "unit": draw(st.integers(0, last)), "step": step}
    return {
        "step": step,
        "from": draw(STEPS),
        "unit": draw(st.integers(0, 2)),
        "layer": draw(st.integers(0, 1)),
        "item": draw(ITEMS),
        "level": level,
        "part": 6 if level == "steps" else draw(st.integers(1, 6)),
        "speed": draw(st.sampled_from([0.5, 1, 2, 20])),
        "shown": draw(st.sampled_from(["values", "difference"])),
        "explained": draw(st.none() | st.just(explained)),
        "weights": draw(st.sampled_from([None, "all", "0.W_f"])),
        "name": draw(st.sampled_from([None, "f", "c.1"])),
        "figures": figures,
        "ranking": draw(RANKING),
        "pass": draw(st.sampled_from([None, "forward", "backward"]))
        if "unrolled" in figures
        else None,
        "history": {"past": [], "present": draw(CHANGES), "future": []},
    }


@settings(max_examples=60)
@given(sights())
def test_what_is_written_is_read(sight):
    source = """
    const text = write(input, first);
    const { view, isCut, misfits, refused } = read(text || "end", room);
    const { changes, ...sight } = view;
    output({ ...first, ...sight, history: { ...first.history, present: changes }, isCut, misfits,
      refused });
    """
    faultless = {"isCut": False, "misfits": [], "refused": []}
    assert run(LINK + source, sight) == {**sight, **faultless}


def test_it_reads_as_a_person_would_write_it():
    text = (
        "layer:2,unit:3,step:8,from:3,hold:1:f:3:8-10:0.11,hold:1:f:every:1-12:0,"
        "hold:1:f:1+3:8-8:1,hold:1:f:1-2:8-8:1,symbol:1:5:2,end"
    )
    view = run(f'{LINK} output(read("{text}", room));')
    assert view["misfits"] == []
    assert view["view"]["changes"] == [
        {"kind": "hold", "layer": 0, "name": "f", "unit": 2, "from": 7, "to": 10, "value": 0.11},
        {"kind": "hold", "layer": 0, "name": "f", "unit": None, "from": 0, "to": 12, "value": 0},
        {"kind": "hold", "layer": 0, "name": "f", "unit": [0, 2], "from": 7, "to": 8, "value": 1},
        {"kind": "hold", "layer": 0, "name": "f", "unit": [0, 1], "from": 7, "to": 8, "value": 1},
        {"kind": "symbol", "item": 0, "step": 4, "value": 1},
    ]
    sight = "...first, layer: 1, unit: 2, step: 7, from: 2, history: { present: input }"
    again = f"write({{ {sight} }}, first)"
    assert run(f"{LINK} output({again});", view["view"]["changes"]) == text


@pytest.mark.parametrize(
    ("text", "figures", "played", "misfits"),
    [
        ("figure:unrolled,figure:answer,pass:forward", ["answer", "unrolled"], "forward", 0),
        ("figure:gates,figure:gates", ["gates"], None, 0),
        ("figure:gates,pass:forward", ["gates"], None, 1),
        ("figure:unrolled,pass:sideways", ["unrolled"], None, 1),
        ("figure:hat", None, None, 1),
    ],
)
def test_a_picture_is_opened_by_name_and_only_an_open_one_is_played(text, figures, played, misfits):
    found = run(f'{LINK} output(read("{text},end", room));')
    assert found["view"].get("figures") == figures
    assert found["view"].get("pass") == played
    assert len(found["misfits"]) == misfits


def test_of_a_first_view_a_link_says_nothing():
    assert run(f"{LINK} output(write(first, first));") == ""


@settings(max_examples=40)
@given(sights(), st.data())
def test_of_a_link_that_was_cut_short_nothing_is_taken(sight, data):
    text = run(f"{LINK} output(write(input, first));", sight)
    cut = text[: data.draw(st.integers(0, max(len(text) - 1, 0)))]
    found = run(f"{LINK} output(read(input, room));", cut)
    assert found == {"view": {"changes": []}, "isCut": True, "misfits": [], "refused": []}


@settings(max_examples=60)
@given(st.text(max_size=60) | st.lists(st.sampled_from(
    ["step:99", "step:0", "from:13", "from", "unit:1e9", "unit:-1", "layer:3",
     "hold:1:q:1:1-2:0", "hold:1:f:4:1-2:0",
     "hold:1:f:1:2-1:0", "hold:1:f:1:1-13:0", "hold:1:f:1:1-2:1e999", "hold:1:f:1:1-2:NaN", "hold",
     "hold:1:f:1+4:1-2:0", "hold:1:f:3-1:1-2:0", "hold:1:f:+:1-2:0", "hold:1:f:1-:1-2:0",
     "input:5:1:1:0", "input:1:1:3:0", "weight:x:1:0", "weight:0.W_f:7:0", "symbol:1:1:3", "%E0%A4",
     "speed:3", "shown:all", "inside:7", "explained:q:1", "constructor", "__proto__:1", "explained",
     "weights", "weights:x", "focus:q", "focus", "ranking:units:c.1:both:loss:up",
     "ranking:all::both:loss:up", "ranking:units::2:loss:up", "ranking:units::0:f:up", "ranking",
     "parameter", "parameter:0.W_f:1;2", "parameter:readout.b:1;2;3;NaN"]
), max_size=5).map(",".join))  # fmt: skip
def test_rubbish_is_left_out(text):
    found = run(f"{LINK} output(read(input, room));", f"{text},end")
    assert found["view"] == {"changes": []}
    assert len(found["misfits"]) + len(found["refused"]) == text.count(",") + 1


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("1e9", "1e9 is too large: a weight lies between −10⁶ and 10⁶."),
        ("-1000001", "-1000001 is too large: a weight lies between −10⁶ and 10⁶."),
        ("1e999", "1e999 is too large: a weight lies between −10⁶ and 10⁶."),
        ("NaN", "“NaN” is no weight: it has to be a finite number."),
        ("-inf", "“-inf” is no weight: it has to be a finite number."),
        ("heavy", "“heavy” is no number."),
        ("", "A number belongs here."),
    ],
)
def test_a_number_that_cannot_be_a_weight_is_refused_with_its_place_and_the_rest_is_taken(
    written, problem
):
    text = f"weight:0.W_f:2:{written},parameter:readout.b:1;2;{written};4,weight:0.W_f:1:3,end"
    found = run(f"{LINK} output(read(input, room));", text)
    assert found["refused"] == [
        {"array": "0.W_f", "index": 1, "problem": problem},
        {"array": "readout.b", "index": 2, "problem": problem},
    ]
    assert found["view"]["changes"] == [
        {"kind": "weight", "array": "0.W_f", "index": 0, "value": 3}
    ]
    assert found["misfits"] == []


PLACED = {"hold:1:f:1:2-3:", "input:1:2:1:"}
TOO_LARGE = "is too large: a number here lies between −10⁶ and 10⁶."


@pytest.mark.parametrize(
    ("word", "problem"),
    [
        ("hold:3:f:1:1-2:0", "“3” is no layer from 1 to 2."),
        ("hold:0:f:1:1-2:0", "“0” is no layer from 1 to 2."),
        ("hold:1:q:1:1-2:0", "This cell has no value “q”."),
        ("hold:1:%E0%A4:1:1-2:0", "This cell has no value “”."),
        ("hold:1:f:4:1-2:0", "“4” is no unit from 1 to 3."),
        ("hold:1:f:-1:1-2:0", "“-1” is no unit from 1 to 3."),
        ("hold:1:f:1.5:1-2:0", "“1.5” is no unit from 1 to 3."),
        ("hold:1:f:3-1:1-2:0", "“3-1” is no unit from 1 to 3."),
        ("hold:1:f:1:1-13:0", "“1-13” is no step from 1 to 12."),
        ("hold:1:f:1:0-2:0", "“0-2” is no step from 1 to 12."),
        ("hold:1:f:1:-3-2:0", "“-3-2” is no step from 1 to 12."),
        ("hold:1:f:1:1.5-2:0", "“1.5-2” is no step from 1 to 12."),
        ("hold:1:f:1:1-2-3:0", "“1-2-3” is no step from 1 to 12."),
        ("hold:1:f:1:7:0", "“7” is no step from 1 to 12."),
        ("hold:1:f:1:9-2:0", "“9-2” ends before it begins: the earlier step stands first."),
        ("hold:1:f:1:2-3:1e9", f"1e9 {TOO_LARGE}"),
        ("hold:1:f:1:2-3:-1000001", f"-1000001 {TOO_LARGE}"),
        ("hold:1:f:1:2-3:1e999", f"1e999 {TOO_LARGE}"),
        ("hold:1:f:1:2-3:NaN", "“NaN” is no finite number."),
        ("hold:1:f:1:2-3:much", "“much” is no number."),
        ("hold:1:f:1:2-3", "A number belongs here."),
        ("hold", "“” is no layer from 1 to 2."),
        ("input:5:1:1:0", "“5” is no sequence from 1 to 4."),
        ("input:1:13:1:0", "“13” is no step from 1 to 12."),
        ("input:1:-1:1:0", "“-1” is no step from 1 to 12."),
        ("input:1:1:3:0", "“3” is no input from 1 to 2."),
        ("input:1:2:1:1e9", f"1e9 {TOO_LARGE}"),
        ("input:1:2:1:inf", "“inf” is no finite number."),
        ("symbol:1:1:3", "“3” is no letter from 1 to 2."),
        ("symbol:1:1:1.5", "“1.5” is no letter from 1 to 2."),
        ("symbol:9:1:1", "“9” is no sequence from 1 to 4."),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_with_a_sentence_and_the_rest_is_taken(
    word, problem
):
    text = f"step:3,{word},hold:1:f:2:1-1:0.5,end"
    found = run(f"{LINK} output(read(input, room));", text)
    (refused,) = found["refused"]
    assert (refused["word"], refused["problem"]) == (word, problem)
    assert ("key" in refused) == any(word.startswith(place[:-1]) for place in PLACED)
    assert found["misfits"] == []
    assert found["view"]["step"] == 2
    assert [change["value"] for change in found["view"]["changes"]] == [0.5]


@pytest.mark.parametrize("name", ["LSTM", "GRU (PyTorch)", "MGU"])
def test_every_change_that_fits_a_room_runs(name):
    """What a link may say is what the engine takes: no link breaks a page."""
    source = """
    import { createModel } from "./stepper/model.js";
    import { roomOf } from "./stepper/link/room.js";
    import { unpack } from "./maths/payload.js";
    const model = createModel(unpack(input.payload), 0);
    const room = roomOf(model);
    const words = [];
    room.layers.forEach(({ sizes }, k) => {
      for (const [name, size] of sizes)
        for (const who of ["every", 1, size, `1-${size}`])
          words.push(`hold:${k + 1}:${name}:${who}:1-${room.T}:0.5`);
    });
    for (const [name, length] of room.arrays)
      words.push(`weight:${name}:${length}:0.25`,
        `parameter:${name}:${"0.5;".repeat(length - 1)}1`);
    words.push(`input:1:${room.T}:${room.inputs}:0.5`);
    const { view, misfits } = read([...words, "end"].join(), room);
    for (const change of view.changes) model.run([change]);
    output([misfits, view.changes.length === words.length]);
    """
    shown = scene(StepSettings(cell=name, weights="fresh", layers=2, direction="both", hidden=3))
    assert run(CODE + source, {"payload": step_payload(shown)}) == [[], True]
