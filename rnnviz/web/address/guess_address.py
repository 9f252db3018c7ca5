"""Guesses in the address; that at a page's one question: `cliff guess=2` is the second option, 0
is "just show me"."""

import re
from collections.abc import Callable, Mapping

import streamlit as st

from rnnviz.web.address import address
from rnnviz.web.asking import GUESSES, SHOW_ME, forget

WORD = re.compile(r"[0-9]{1,2}")
FOLLOWED = "what guesses were taken from the address about"


def take(about: str, read: Callable[[], Mapping[str, int | None]]) -> None:
    """Take the guesses that the address says, at first and after Back or Forward; where these lead
    to before one was made, it is not made.

    about: what these guesses are about. read: the key of a question, as `ask` has it → the guess
    that the address says, None where it says none.
    """
    followed: set[str] = st.session_state.setdefault(FOLLOWED, set())
    if about in followed and not address.has_moved():
        return
    followed.add(about)
    for key, guess in read().items():
        if guess is not None:
            st.session_state.setdefault(GUESSES, {})[key] = guess
        elif address.went_through_history():
            forget(key)


def follow(key: str, options: int) -> None:
    """`take` of a question that is the only one of its page, with so many options."""

    def read() -> dict[str, int | None]:
        said = address.asked().get(_word(key), [""])[-1]
        guess = int(said) + SHOW_ME if WORD.fullmatch(said) else options
        return {key: guess if guess < options else None}

    take(key, read)


def query(key: str) -> dict[str, str]:
    """What the address is to say: nothing before there is a guess."""
    guess = st.session_state.get(GUESSES, {}).get(key)
    return {} if guess is None else {_word(key): str(guess - SHOW_ME)}


def _word(key: str) -> str:
    return f"{key} guess"
