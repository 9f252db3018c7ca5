"""A list of holds says of every number what holds it, and never holds the same twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.javascript import run

HOLDING = """
import { edited, held, heldWhole, holdAt } from "./stepper/changes/holding.js";
import { keyOf } from "./stepper/changes/changes.js";
import { covers, readUnits, spelled, unitsOf } from "./stepper/changes/unit_sets.js";
"""
UNITS, STEPS = 4, 6
SETS = st.sets(st.integers(0, UNITS - 1), min_size=1).map(
    lambda units: None if len(units) == UNITS else sorted(units) if len(units) > 1 else min(units)
)


def hold(unit, first, last, value, name="f"):
    place = {"kind": "hold", "layer": 0, "name": name, "unit": unit}
    return {**place, "from": first, "to": last + 1, "value": value}


HOLDS = st.builds(
    lambda unit, span, value, name: hold(unit, min(span), max(span), value, name),
    SETS,
    st.tuples(st.integers(0, STEPS - 1), st.integers(0, STEPS - 1)),
    st.sampled_from([0, 0.25, 1]),
    st.sampled_from(["f", "f", "c"]),
)


def painted(holds):
    """(name, unit, step) → what it is held at; a later one wins."""
    return {
        (one["name"], unit, step): one["value"]
        for one in holds
        for unit in units_of(one)
        for step in range(one["from"], one["to"])
    }


def units_of(one):
    unit = one["unit"]
    return range(UNITS) if unit is None else unit if isinstance(unit, list) else [unit]


def is_within(one, other):
    return (
        one["name"] == other["name"]
        and set(units_of(one)) <= set(units_of(other))
        and other["from"] <= one["from"]
        and one["to"] <= other["to"]
    )


@settings(max_examples=80)
@given(st.lists(HOLDS, max_size=7))
def test_what_is_held_last_wins_and_nothing_is_listed_that_is_not_so(made):
    found = run(f"{HOLDING} output(input.reduce(heldWhole, []));", made)
    assert painted(found) == painted(made)
    for k, one in enumerate(found):
        assert not any(is_within(one, later) for later in found[k + 1 :])


@settings(max_examples=80)
@given(st.lists(HOLDS, max_size=5), HOLDS, st.integers(0, UNITS - 1), st.integers(0, STEPS - 1))
def test_a_number_that_is_held_moves_with_its_hold(made, drag, unit, step):
    """It is the one hold there that is another, and reaches as far as both."""
    source = f"""
    const before = input.made.reduce(heldWhole, []);
    const {{ unit, step, drag }} = input;
    const old = holdAt(before, {{ ...drag, unit, step }}) ?? null;
    const at = {{ unit, step, size: {UNITS} }};
    output({{ before, old, after: held(before, drag, at) }});
    """
    drag = {
        **drag,
        "unit": None if drag["unit"] is None else unit,
        "from": min(drag["from"], step),
        "to": max(drag["to"], step + 1),
    }
    told = run(HOLDING + source, {"made": made, "drag": drag, "unit": unit, "step": step})
    before, after, old = painted(told["before"]), painted(told["after"]), told["old"]
    grown = painted([drag] if old is None else [drag, {**old, "value": drag["value"]}])
    hull = {step for _, _, step in grown}
    units = {unit for _, unit, _ in grown}
    assert after[drag["name"], unit, step] == drag["value"]
    for place, value in after.items():
        name, at_unit, at_step = place
        inside = name == drag["name"] and at_unit in units and min(hull) <= at_step <= max(hull)
        assert value == before.get(place) or (inside and value == drag["value"])
    if old is not None:
        assert len(told["after"]) <= len(told["before"]) + 2  # one that was cut in two


def test_a_drag_of_a_held_range_is_one_hold():
    made = [hold(None, 1, 4, 0.5)]
    source = f"""
    const drag = (value) => ({{ ...input[0], unit: 2, from: 3, to: 4, value }});
    const at = {{ unit: 2, step: 3, size: {UNITS} }};
    output([0.4, 0.3].reduce((changes, value) => held(changes, drag(value), at), input));
    """
    assert run(HOLDING + source, made) == [hold(None, 1, 4, 0.3)]


def test_a_hold_that_is_edited_over_another_leaves_one():
    made = [hold(1, 2, 2, 0), hold([0, 1], 4, 5, 1)]
    source = "output(edited(input, keyOf(input[1]), { ...input[1], unit: null, from: 1 }));"
    assert run(HOLDING + source, made) == [hold(None, 1, 5, 1)]


@settings(max_examples=40)
@given(st.sets(st.integers(0, 11), min_size=1))
def test_units_are_read_as_they_are_written(units):
    source = """
    const units = unitsOf(input, 12);
    const texts = units === null ? [] : [spelled(units, "–", ", "), spelled(units, "-", "+")];
    output({ units, read: texts.map((text) => readUnits(text, 12)) });
    """
    told = run(HOLDING + source, sorted(units, reverse=True))
    assert all(one == told["units"] for one in told["read"])
    assert (told["units"] is None) == (len(units) == 12)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("3", 2),
        ("1 3", [0, 2]),
        ("3, 1–2", None),
        ("1 - 2", [0, 1]),
        ("2;2", 1),
        ("0", "none"),
        ("4", "none"),
        ("", "none"),
        ("two", "none"),
        ("2-1", "none"),
        ("1-", "none"),
        ("-1", "none"),
        ("1.5", "none"),
    ],
)
def test_units_as_a_person_writes_them(text, units):
    source = """output([readUnits(input, 3)].map((one) => one === undefined ? "none" : one)[0]);"""
    assert run(HOLDING + source, text) == units
