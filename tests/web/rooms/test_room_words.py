"""What a room says of itself, in each state one can be in."""

import pytest

from tests.javascript import run

SCRIPT = """
import { statusOf, shareWords } from "./room/words.js";
const asked = { turn: 1, isRevealed: false, votes: 2, mine: null };
const room = { isTeacher: false, present: 1, asked: null, isLed: false };
const student = (patch) => statusOf({ word: "frog", room: { ...room, ...patch } });
const teacher = (patch) => student({ isTeacher: true, ...patch });
"""
STATES = {
    'statusOf({ word: "frog", isJoining: true })': "Looking for the room “frog” …",
    'statusOf({ word: "frog", isSilent: true, room })': (
        "The server does not answer: it is busy, or out of reach. Trying again …"
    ),
    'statusOf({ word: "frog", isFull: true })': "The room “frog” is full.",
    'statusOf({ word: "frog", room: null, wasIn: true })': "The room “frog” has ended.",
    'statusOf({ word: "frog", room: null })': (
        "There is no room “frog”: it has ended, or its word is another."
    ),
    "student({})": "You are in: wait for a question.",
    "student({ isLed: true })": "You follow your teacher.",
    "student({ asked })": "Choose one.",
    "student({ asked: { ...asked, mine: 0 } })": "Your vote is in.",
    "student({ asked: { ...asked, isRevealed: true } })": "This is how the room has voted.",
    "teacher({})": "1 student is here.",
    "teacher({ present: 2, asked })": "2 students are here. 2 have voted.",
    "shareWords(0, 0)": "0 · 0%",
    "shareWords(1, 3)": "1 · 33%",
}


@pytest.mark.parametrize("state", STATES)
def test_each_state_has_its_sentence(state):
    assert run(f"{SCRIPT}output({state});") == STATES[state]
