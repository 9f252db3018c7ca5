"""The rooms of a server: a bounded number, each by a word, each gone when it is over."""

import threading

import pytest

from rnnviz.web.rooms import room as limits
from rnnviz.web.rooms.room import Asked
from rnnviz.web.rooms.rooms import MOST_ROOMS, Rooms
from rnnviz.web.rooms.words import WORDS

ASKED = Asked("key", "Which?", ("a", "b"))


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def rooms(clock):
    return Rooms(clock=clock)


def test_every_word_has_four_letters_that_anybody_can_type():
    assert len(set(WORDS)) == len(WORDS) >= 4 * MOST_ROOMS
    assert all(word.isascii() and word.islower() and len(word) == 4 for word in WORDS)


def test_a_teacher_has_one_room_and_finds_it_again(rooms):
    word = rooms.open("teacher")
    assert word in WORDS
    assert rooms.open("teacher") == word
    assert rooms.open("another") != word
    assert len(rooms) == 2


def test_there_are_only_so_many_rooms_until_one_is_over(rooms, clock):
    words = [rooms.open(f"teacher {k}") for k in range(MOST_ROOMS)]
    assert len(set(words)) == MOST_ROOMS
    assert rooms.open("one more") is None
    rooms.change(words[0], lambda room, now: None)
    assert rooms.open("one more") is not None


def test_a_room_whose_teacher_stays_away_leaves_nothing(rooms, clock):
    word = rooms.open("teacher")
    rooms.change(word, lambda room, now: room.hear("ann", now))
    clock.now = limits.IDLE + 1
    assert rooms.look(word) is None
    assert len(rooms) == 0
    assert vars(rooms)["_rooms"] == {}


def test_what_is_no_room_is_none(rooms):
    assert rooms.look("frog") is None
    assert rooms.change("frog", lambda room, now: pytest.fail("there is none")) is None


def test_what_is_refused_changes_nothing(rooms):
    word = rooms.open("teacher")
    before = rooms.look(word)
    with pytest.raises(KeyError):
        rooms.change(word, lambda room, now: {}["refused"])
    assert rooms.look(word) == before


def test_no_vote_is_lost_where_many_are_cast_at_once(rooms):
    word, students = rooms.open("teacher"), [f"student {k}" for k in range(200)]
    rooms.change(word, lambda room, now: room.ask(ASKED, "/"))

    def vote(who):
        rooms.change(word, lambda room, now: room.hear(who, now).vote(who, 1, len(who) % 2))

    threads = [threading.Thread(target=vote, args=(who,)) for who in students]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(rooms.look(word).counts) == len(students)
