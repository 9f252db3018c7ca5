"""What components send is checked in shape: nothing that comes in their name ends in an error."""

import importlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from rnnviz.training.comparison.comparison import Comparison
from rnnviz.web import received
from rnnviz.web.controls import said_now
from rnnviz.web.gradients.knobs import Knobs
from rnnviz.web.training.payload import training_payload
from rnnviz.web.training.poll import ORDERS, Poll, carry_out
from rnnviz.web.training.race import RACES, RaceSettings

ROOT = Path(__file__).parent.parent.parent
PAGE = "pages/1_Gradients.py"
NUMBERS = st.one_of(
    st.integers(),
    st.floats(),
    st.sampled_from([10**400, -(10**400), 1e999, -0.0, 2**53, 2**53 + 1, 1e300, True]),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, st.text(max_size=8), st.sampled_from("ABCD")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text(max_size=6), inner, max_size=4),
        st.dictionaries(st.sampled_from(["letters", "knobs", "learning_rate"]), inner),
    ),
    max_leaves=8,
)
"""Anything that JSON can say, and what Python's reader of it lets through besides."""


def nearly(**entries):
    """An object with such entries, of which some are anything."""
    return st.fixed_dictionaries({name: st.one_of(one, VALUES) for name, one in entries.items()})


COMMANDS = nearly(number=st.integers(0, 9), name=st.sampled_from([*ORDERS]), value=VALUES)
POLLS = st.one_of(
    VALUES,
    nearly(
        asker=st.just("a page"),
        number=st.integers(0, 9),
        known=st.dictionaries(st.text(max_size=3), NUMBERS, max_size=2),
        commands=st.lists(COMMANDS, max_size=3),
    ),
    st.fixed_dictionaries(
        {
            "asker": st.just("a page"),
            "number": st.integers(0, 9),
            "known": st.just({}),
            "commands": st.lists(
                st.fixed_dictionaries(
                    {
                        "number": st.integers(0, 9),
                        "name": st.sampled_from([*ORDERS]),
                        "value": VALUES,
                    }
                ),
                max_size=3,
            ),
        }
    ),
)
SMALL = {"task": "adding problem", "length": 5, "hidden": 4, "batch": 4, "updates": 30}
COMPARISON = Comparison([SMALL, SMALL], ["one", "other"])


@settings(max_examples=600, deadline=None)
@given(POLLS)
def test_whatever_comes_as_a_poll_is_carried_out_or_asks_for_nothing(written):
    poll = Poll.read(written)
    assert isinstance(poll.number, int)
    assert all(isinstance(known, int) for known in poll.known.values())
    carry_out(COMPARISON, poll.since(Poll()))
    assert training_payload(COMPARISON, poll)


@pytest.fixture(scope="module")
def component():
    """The module of the Gradients component: it can be declared only where an app has run."""
    AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page(PAGE).run()
    return importlib.import_module("rnnviz.web.gradients.component")


KNOBS = st.sampled_from([*Knobs.read({}, "").write(), "cells", "hidden", "scale", "seed", "moves"])
SENT = st.one_of(VALUES, st.dictionaries(KNOBS, VALUES, max_size=5))


@settings(max_examples=400, deadline=None)
@given(SENT)
def test_whatever_comes_as_knobs_is_clamped_or_says_nothing(component, sent):
    mount, component._mount = component._mount, lambda **_: SimpleNamespace(knobs=sent, page=sent)
    try:
        reported = component.gradients(b"", key="gradients")
    finally:
        component._mount = mount
    for entries in (reported.knobs, reported.wanted or {}):
        now = Knobs.read(entries, "")
        assert Knobs.read(now.write(), "") == now


@settings(max_examples=50, deadline=None)
@given(st.sets(st.sampled_from([*RACES])))
def test_a_race_is_begun_whichever_of_its_widgets_have_sent_anything(names):
    """No browser leaves one out; whoever writes to the server by hand may."""
    defaults = RACES.defaults
    with pytest.MonkeyPatch.context() as patch:
        state = {RACES[name].key: defaults[name] for name in names}
        patch.setattr("streamlit.session_state", state)
        assert RaceSettings(**said_now(RACES)) == RaceSettings()


@pytest.mark.parametrize(
    ("read", "good", "bad"),
    [
        (received.entries, [{}, {"a": 1}], [None, [], "x", 3, {1: 2}, [["a", 1]]]),
        (received.items, [[], [1, "x"]], [None, {}, "x", 3]),
        (received.text, ["", "x"], [None, 3, ["x"], b"x"]),
        (
            received.count,
            [0, 3, 3.0, 2**53],
            [None, True, -1, 0.5, 1e999, float("nan"), 2**53 + 2, "3", [3]],
        ),
    ],
)
def test_each_shape_is_taken_and_everything_else_is_not(read, good, bad):
    for value in good:
        assert read(value) == value
    for value in bad:
        with pytest.raises(ValueError, match="no "):
            read(value)


@settings(max_examples=200)
@given(VALUES)
def test_a_number_is_finite_or_refused(value):
    try:
        found = received.number(value)
    except ValueError:
        return
    assert isinstance(found, float)
    assert abs(found) <= received.LARGEST
    assert found == value
