"""What the bar sends is checked: whoever holds the connection can send anything in its name."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.web.rooms import poll as limits
from rnnviz.web.rooms.poll import ORDERS, Poll, taken
from rnnviz.web.rooms.room import Asked, Room, digest

TEACHER, STUDENT = "a" * 32, "b" * 32
ASKED = {
    "key": "k",
    "text": "Which?",
    "options": ["a", "b"],
    "answers": [0],
    "outcome": "It was a.",
}
VALUES = {"ask": ASKED, "vote": {"turn": 1, "option": 0}}


def written(*pressed, me=TEACHER, here="/Gradients?length=50#view=x", number=1):
    """A poll as the browser writes it, with these commands in it."""
    commands = [{"number": number, "name": name, "value": VALUES.get(name)} for name in pressed]
    about = {"me": me, "here": here, "known": 0, "join": ""}
    return {"asker": "x", "number": number, **about, "commands": commands}


def after(room, *pressed, me=TEACHER, now=1.0):
    poll = Poll.read(written(*pressed, me=me))
    return taken(room, poll, poll.commands, now)


def room():
    return Room("frog", digest(TEACHER), 0.0)


def test_a_teacher_asks_where_they_are_and_a_student_votes():
    asked = after(room(), "ask")
    assert asked.asked == Asked("k", "Which?", ("a", "b"), (0,), "It was a.")
    assert asked.place == "/Gradients?length=50#view=x"
    assert after(asked, "vote", me=STUDENT).counts == (1, 0)


@pytest.mark.parametrize("name", [name for name, order in ORDERS.items() if order.is_teachers])
def test_what_is_the_teachers_is_nobody_elses(name):
    before = after(after(after(room(), "ask"), "lead"), me=STUDENT)
    assert after(before, name, me=STUDENT) == before
    assert after(before, name) != before


def test_the_teacher_has_no_vote():
    asked = after(room(), "ask")
    assert after(asked, "vote").votes == {}


def test_who_is_led_goes_where_the_teacher_goes():
    led = after(room(), "lead")
    moved = Poll.read(written(here="/Train"))
    assert taken(led, moved, (), 1.0).place == "/Train"
    stays = Poll.read(written())
    assert taken(led, stays, (), 1.0).move == led.move
    assert taken(led.let_go(), moved, (), 1.0).place == "/Gradients?length=50#view=x"
    theirs = Poll.read(written(here="/Train", me=STUDENT))
    assert taken(led, theirs, (), 1.0).place == "/Gradients?length=50#view=x"


def test_a_command_that_comes_twice_is_done_once():
    first = Poll.read(written("ask"))
    again = Poll.read(written("ask", number=1) | {"number": 2})
    assert first.since(Poll()) == first.commands
    assert again.since(first) == ()
    assert again.since(Poll(asker="another page", number=9)) == again.commands


@pytest.mark.parametrize(
    "change",
    [
        {"me": "short"},
        {"me": 3},
        {"here": "//elsewhere.org/"},
        {"here": "/\\elsewhere.org"},
        {"here": "javascript:alert(1)"},
        {"here": "https://elsewhere.org"},
        {"number": -1},
        {"known": "1"},
        {"commands": [{"number": 1, "name": "delete", "value": None}]},
        {"commands": [{"number": 1, "name": "reveal", "value": "x"}]},
        {"commands": [{"number": 1, "name": "vote", "value": {"turn": 1, "option": -1}}]},
        {"commands": [{"number": 1, "name": "vote", "value": {"turn": 1, "option": 0.5}}]},
        {"commands": [{"number": 1, "name": "ask", "value": ASKED | {"options": ["alone"]}}]},
        {"commands": [{"number": 1, "name": "ask", "value": ASKED | {"options": ["a"] * 13}}]},
        {"commands": [{"number": 1, "name": "ask", "value": ASKED | {"answers": [2]}}]},
    ],
    ids=lambda change: json.dumps(change)[:60],
)
def test_what_is_no_poll_asks_for_nothing(change):
    assert Poll.read(written()) != Poll()
    assert Poll.read(written() | change) == Poll()


def test_nothing_that_is_sent_is_kept_at_any_length():
    long = ASKED | dict.fromkeys(("key", "text", "outcome"), "x" * 10**6)
    poll = Poll.read(
        written() | {"commands": [{"number": 1, "name": "ask", "value": long}], "here": "/"}
    )
    asked = poll.commands[0].value
    assert max(map(len, (asked.key, asked.text, asked.outcome))) == limits.LONGEST_TEXT
    assert Poll.read(written(here="/" + "x" * 10**5)).here == ""


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
)


@given(st.dictionaries(st.sampled_from([*written()]), anything))
def test_rubbish_is_no_poll(change):
    assert isinstance(Poll.read(written() | change), Poll)
