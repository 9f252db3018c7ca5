"""A room as a value: every student one vote, for what can be chosen, until the votes are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.web.rooms import room as limits
from rnnviz.web.rooms.room import Asked, Full, Room, digest

ASKED = Asked("key", "Which?", ("a", "b", "c"), (1,), "It was b.")
STUDENTS = ("ann", "ben", "cem", "dua")
ELSEWHERE = "nobody who came in"


def room(*students, now=0.0):
    made = Room("frog", "teacher", now)
    for who in students:
        made = made.hear(who, now)
    return made


votes = st.lists(st.tuples(st.sampled_from((*STUDENTS, ELSEWHERE)), st.integers(-2, 5)))


@given(votes)
def test_the_last_vote_of_each_that_can_be_counts_once(cast):
    asked = room(*STUDENTS).ask(ASKED, "/")
    voted = asked
    for who, option in cast:
        voted = voted.vote(who, asked.turn, option)
    last = {who: option for who, option in cast if 0 <= option < 3 and who != ELSEWHERE}
    assert voted.votes == last
    assert list(voted.counts) == [list(last.values()).count(option) for option in range(3)]
    assert asked.counts == (0, 0, 0)


def test_no_vote_counts_before_a_question_nor_after_the_votes_are_shown():
    before = room("ann")
    shown = before.ask(ASKED, "/").vote("ann", 1, 2).reveal()
    assert before.vote("ann", 0, 1) == before
    assert shown.vote("ann", 1, 0).votes == {"ann": 2}
    assert shown.close().vote("ann", 1, 0).votes == {}


def test_a_vote_for_the_question_before_is_none_for_this_one():
    first = room("ann").ask(ASKED, "/")
    second = first.ask(ASKED, "/")
    assert second.vote("ann", first.turn, 1) == second
    assert second.vote("ann", second.turn, 1).votes == {"ann": 1}


def test_nothing_is_shown_of_a_question_that_there_is_not():
    assert not room("ann").reveal().is_revealed


def test_a_room_is_full_until_somebody_has_been_gone_for_long():
    full = room(*(f"student {k}" for k in range(limits.MOST)))
    with pytest.raises(Full):
        full.hear("one more", limits.GONE)
    still_there = full.hear("student 0", limits.GONE)
    later = still_there.hear("one more", limits.GONE + 1)
    assert set(later.students) == {"student 0", "one more"}
    assert full.hear("teacher", limits.GONE).students == full.students


def test_who_is_not_heard_of_is_not_counted_and_can_still_come_back():
    made = room("ann", "ben").ask(ASKED, "/").vote("ann", 1, 0)
    later = made.hear("ben", limits.PRESENT + 1)
    assert later.present(limits.PRESENT + 1) == 1
    assert later.hear("ann", limits.PRESENT + 2).votes == {"ann": 0}


def test_a_room_is_over_when_its_teacher_stays_away_whatever_students_do():
    made = room("ann").hear("ann", limits.IDLE)
    assert not made.is_over(limits.IDLE)
    assert made.is_over(limits.IDLE + 1)
    assert not made.hear("teacher", limits.IDLE).is_over(limits.IDLE + 1)


def test_everybody_is_brought_to_a_place_once_and_led_until_let_go():
    asked = room().ask(ASKED, "/?cell=GRU")
    assert (asked.place, asked.move, asked.brings) == ("/?cell=GRU", 1, True)
    assert asked.ask(ASKED, "/?cell=GRU").move == 2  # who went elsewhere meanwhile
    assert not asked.reveal().brings
    led = asked.reveal().lead("/Gradients")
    assert (led.place, led.move, led.brings) == ("/Gradients", 2, True)
    assert not led.let_go().brings


def test_who_leaves_takes_their_place_and_not_their_vote():
    made = room("ann").ask(ASKED, "/").vote("ann", 1, 1).leave("ann")
    assert (made.students, made.votes) == ({}, {"ann": 1})


def test_of_a_browsers_number_only_a_digest_is_kept():
    number = "0123456789abcdef" * 2
    assert number not in digest(number)
    assert digest(number) == digest(number) != digest(number[::-1])
