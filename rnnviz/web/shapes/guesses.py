"""The visitor's guesses about a call, in the address: `guess=0-2`, a sign for each question in the
page's order: "-" before a guess, "0" for "just show me", "2" for the second option."""

from collections.abc import Mapping

import streamlit as st

from rnnviz.scenes.questions import Question
from rnnviz.web import address
from rnnviz.web.asking import GUESSES, SHOW_ME

KEY = "guess"
FOLLOWED = "the guesses in the Shapes page's address were taken"
NONE = "-"


def follow(questions: Mapping[str, Question]) -> None:
    """Take the guesses that the address says, at first and after Back or Forward; where these lead
    to before one was made, it is not made. questions: what each is kept under → the question."""
    if st.session_state.get(FOLLOWED) and not address.has_moved():
        return
    st.session_state[FOLLOWED] = True
    guesses: dict[str, int] = st.session_state.setdefault(GUESSES, {})
    said = address.asked().get(KEY, [""])[-1].ljust(len(questions), NONE)
    for (key, one), sign in zip(questions.items(), said, strict=False):
        guess = int(sign) + SHOW_ME if sign in "0123456789" else None
        if guess is not None and guess < len(one.options):
            guesses[key] = guess
        elif address.went_through_history():
            guesses.pop(key, None)
            st.session_state.pop(f"guess {key}", None)


def query(questions: Mapping[str, Question]) -> dict[str, str]:
    """What the address is to say."""
    guesses: dict[str, int] = st.session_state.get(GUESSES, {})
    said = "".join(
        str(guesses[key] - SHOW_ME) if key in guesses else NONE for key in questions
    ).rstrip(NONE)
    return {KEY: said} if said else {}
