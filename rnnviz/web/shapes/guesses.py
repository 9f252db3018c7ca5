"""The visitor's guesses about a call, in the address: `guess=0-2`, a sign for each question in the
page's order: "-" before a guess, "0" for "just show me", "2" for the second option."""

from collections.abc import Mapping

import streamlit as st

from rnnviz.scenes.questions import Question
from rnnviz.web.address import address, guess_address
from rnnviz.web.asking import GUESSES, SHOW_ME

KEY = "guess"
NONE = "-"


def follow(questions: Mapping[str, Question]) -> None:
    """`guess_address.take`. questions: what each is kept under → the question."""

    def read() -> dict[str, int | None]:
        said = address.asked().get(KEY, [""])[-1].ljust(len(questions), NONE)
        signs = zip(questions.items(), said, strict=False)
        return {key: _guess(sign, len(one.options)) for (key, one), sign in signs}

    guess_address.take("shapes", read)


def _guess(sign: str, options: int) -> int | None:
    guess = int(sign) + SHOW_ME if sign in "0123456789" else options
    return guess if guess < options else None


def query(questions: Mapping[str, Question]) -> dict[str, str]:
    """What the address is to say."""
    guesses: dict[str, int] = st.session_state.get(GUESSES, {})
    said = "".join(
        str(guesses[key] - SHOW_ME) if key in guesses else NONE for key in questions
    ).rstrip(NONE)
    return {KEY: said} if said else {}
