"""The visitor's guess about a view, in the address: `guess=3-2` is the second option, of the third
sequence; `guess=3-0` is "just show me"."""

import re

import streamlit as st

from rnnviz.web.address import address, guess_address
from rnnviz.web.asking import GUESSES, SHOW_ME
from rnnviz.web.payload import id_of
from rnnviz.web.step.view import View, visit

KEY = "guess"
WORD = re.compile(r"([0-9]{1,3})-([0-9]{1,2})")


def key_of(view: View, item: int) -> str:
    """What the guess about one of the sequences of a view is kept under; nothing that stands beside
    it is asked about."""
    return f"{id_of(view.payload)} {item}"


def follow(view: View, item: int) -> None:
    """`guess_address.take`. item: the sequence in view."""

    def read() -> dict[str, int | None]:
        found = _read(view)
        return {key_of(view, found[0]): found[1]} if found else {key_of(view, item): None}

    guess_address.take("step", read)


def query(view: View, item: int) -> dict[str, str]:
    """What the address is to say: the guess about the sequence in view; before there is one, what
    it says already of another."""
    guesses: dict[str, int] = st.session_state.get(GUESSES, {})
    mine = guesses.get(key_of(view, item))
    if mine is not None:
        return {KEY: f"{item + 1}-{mine - SHOW_ME}"}
    found = _read(view)
    if found is None or guesses.get(key_of(view, found[0])) != found[1]:
        return {}
    return {KEY: f"{found[0] + 1}-{found[1] - SHOW_ME}"}


def _read(view: View) -> tuple[int, int] | None:
    """The sequence and the guess that the address says, where there are such."""
    match = WORD.fullmatch(address.asked().get(KEY, [""])[-1])
    if match is None:
        return None
    item, guess = int(match[1]) - 1, int(match[2]) + SHOW_ME
    if not 0 <= item < view.scene.reading.batch:
        return None
    return (item, guess) if guess < len(visit().question(view, item).options) else None
