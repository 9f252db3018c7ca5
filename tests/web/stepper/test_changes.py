"""What a visitor changes can be taken back, to the last bit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.javascript import run

CHANGES = 'import * as changes from "./stepper/changes/changes.js";\n'

HOLDS = st.builds(
    lambda name, unit, value: {
        "kind": "hold",
        "layer": 0,
        "name": name,
        "unit": unit,
        "from": 0,
        "to": 1,
        "value": value,
    },
    st.sampled_from(["f", "constructor", "h_prev"]),
    st.none() | st.integers(0, 2),
    st.floats(-2, 2),
)


@settings(max_examples=15)
@given(st.lists(HOLDS, max_size=8))
def test_undo_walks_back_through_every_state_and_redo_forward(made):
    source = """
    const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    let history = changes.UNTOUCHED;
    const seen = [history.present];
    for (const change of input) {
      history = changes.advance(history, changes.put(history.present, change));
      seen.push(history.present);
    }
    let fine = true;
    for (let k = seen.length - 2; k >= 0; k--) {
      history = changes.undo(history);
      fine &&= same(history.present, seen[k]);
    }
    fine &&= changes.undo(history) === history;
    for (let k = 1; k < seen.length; k++) {
      history = changes.redo(history);
      fine &&= same(history.present, seen[k]);
    }
    output(fine && changes.redo(history) === history);
    """
    assert run(CHANGES + source, made) is True


def test_a_second_change_of_the_same_takes_the_first_ones_place():
    source = """
    const place = { kind: "hold", layer: 0, name: "f", from: 2, to: 3 };
    const at = (unit, value) => ({ ...place, unit, value });
    const made = [at(0, 1), at(1, 2), at(0, 3), at(null, 4)].reduce(changes.put, []);
    output(made.map(({ unit, value }) => [unit, value]));
    """
    assert run(CHANGES + source) == [[0, 3], [1, 2], [None, 4]]


def test_a_drag_is_one_entry_of_the_past():
    source = """
    const at = (value) => [{ kind: "input", item: 0, step: 1, input: 0, value }];
    let history = changes.advance(changes.UNTOUCHED, at(1));
    for (const value of [2, 3, 4]) history = changes.amend(history, at(value));
    output([history.past.length, history.present[0].value, changes.undo(history).present]);
    """
    assert run(CHANGES + source) == [1, 4, []]


@pytest.mark.parametrize(
    ("reach", "reverse", "span"),
    [
        ("one", "false", {"from": 3, "to": 4}),
        ("on", "false", {"from": 3, "to": 9}),
        ("on", "true", {"from": 0, "to": 4}),
        ("every", "true", {"from": 0, "to": 9}),
    ],
)
def test_a_hold_reaches_on_in_the_order_of_reading(reach, reverse, span):
    assert run(f'{CHANGES} output(changes.stretch("{reach}", 3, 9, {reverse}));') == span


def test_changes_leave_what_they_change_untouched():
    source = """
    const x = Float64Array.of(0, 1, 1, 0);
    const arrays = new Map([["0.W", Float64Array.of(5, 6)], ["0.b", x]]);
    const made = [
      { kind: "symbol", item: 0, step: 1, value: 1 },
      { kind: "input", item: 0, step: 0, input: 0, value: 7 },
      { kind: "input", item: 1, step: 0, input: 0, value: 9 },
      { kind: "weight", array: "0.W", index: 1, value: 8 },
    ];
    const changed = changes.changedArrays(arrays, made);
    const shares = changed.get("0.b") === x;
    const inputs = changes.changedInputs(x, made, 0, 2);
    output([inputs, x, changed.get("0.W"), arrays.get("0.W"), shares]);
    """
    new, old, weights, before, same = run(CHANGES + source)
    assert [list(a) for a in (new, old)] == [[7, 1, 0, 1], [0, 1, 1, 0]]
    assert [list(a) for a in (weights, before)] == [[5, 8], [5, 6]]
    assert same is True


def test_a_whole_parameter_takes_the_place_of_its_single_weights_and_has_later_ones_in_it():
    source = """
    const weight = (index, value) => ({ kind: "weight", array: "0.W", index, value });
    const whole = { kind: "parameter", array: "0.W", values: [1, 2, 3] };
    const other = { ...weight(0, 9), array: "0.b" };
    const made = [weight(0, 5), other, weight(2, 6), whole, weight(1, 7)].reduce(changes.put, []);
    const arrays = new Map([["0.W", new Float64Array(3)], ["0.b", new Float64Array(1)]]);
    const changed = changes.changedArrays(arrays, made);
    output([made.length, [...changed.get("0.W")], [...changed.get("0.b")], [...arrays.get("0.W")],
      changes.changedArrays(arrays, [weight(1, 4), other]).get("0.W")[1]]);
    """
    assert run(CHANGES + source) == [2, [1, 7, 3], [9], [0, 0, 0], 4]
