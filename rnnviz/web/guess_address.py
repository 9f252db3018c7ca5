"""The guess at a page's one question, in the address: `cliff guess=2` is the second option, 0 is
"just show me"."""

import re

import streamlit as st

from rnnviz.web import address
from rnnviz.web.asking import GUESSES, SHOW_ME, forget

WORD = re.compile(r"[0-9]{1,2}")
FOLLOWED = "the questions whose guess was taken from the address"


def follow(key: str, options: int) -> None:
    """Take the guess that the address says, at first and after Back or Forward; where these lead to
    before it was made, it is not made.

    key: of the question, as `ask` has it. options: how many there are.
    """
    followed: set[str] = st.session_state.setdefault(FOLLOWED, set())
    if key in followed and not address.has_moved():
        return
    followed.add(key)
    said = address.asked().get(_word(key), [""])[-1]
    guess = int(said) + SHOW_ME if WORD.fullmatch(said) else options
    if guess < options:
        st.session_state.setdefault(GUESSES, {})[key] = guess
    elif address.went_through_history():
        forget(key)


def query(key: str) -> dict[str, str]:
    """What the address is to say: nothing before there is a guess."""
    guess = st.session_state.get(GUESSES, {}).get(key)
    return {} if guess is None else {_word(key): str(guess - SHOW_ME)}


def _word(key: str) -> str:
    return f"{key} guess"
