"""Where the Shapes page is: the setup that is shown, and what became of what was asked for last."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from rnnviz.shapes import SETTINGS, Setup
from rnnviz.shapes.code import CodeError, read, write
from rnnviz.texts import _
from rnnviz.web.address import address
from rnnviz.web.literal import capital, ended
from rnnviz.web.shapes.asked import Asked

PLACE = "where the Shapes page is"
LOOK = "look"
"""The key of what is looked at; the browser writes it (browser/shapes/look.js)."""

LOOKED_AT = re.compile(r"[0-9]{1,3}-([0-9]{1,3})-[0-9]{1,5}_[0-9]{1,3}-([0-9]{1,3})-")


@dataclass(frozen=True)
class Place:
    """setup: the last that was right. look: what is looked at in it. turn: the last change that was
    answered. moves: how often a link, Back or Forward led here. refusal: why the last change is not
    shown. pasted: what was read of the code pasted last, or why nothing was (is_refused)."""

    setup: Setup
    look: str = ""
    turn: int = 0
    moves: int = 0
    refusal: str = ""
    pasted: str = ""
    is_refused: bool = False

    @property
    def items(self) -> tuple[int, ...]:
        """The sequences whose entries are looked at."""
        found = LOOKED_AT.match(self.look)
        return tuple(map(int, found.groups())) if found else ()

    @property
    def query(self) -> dict[str, str]:
        """What the address is to say."""
        look = {LOOK: self.look} if self.look else {}
        return {**SETTINGS.write(vars(self.setup)), **look}


def arrived() -> Place:
    """As the address asks at first and where something led to it; as it was left in between."""
    before: Place | None = st.session_state.get(PLACE)
    if before is None or address.has_moved():
        asked = address.asked()
        turn, moves = (before.turn, before.moves + 1) if before else (0, 0)
        before = Place(
            Setup.nearest(**SETTINGS.read(asked)), asked.get(LOOK, [""])[-1][:100], turn, moves
        )
        st.session_state[PLACE] = before
    return before


def take(asked: Asked) -> None:
    """Show what is asked for, or say why it cannot be."""
    st.session_state[PLACE] = answered(st.session_state[PLACE], asked)


def answered(before: Place, asked: Asked) -> Place:
    """What becomes of what is asked for; what cannot be leaves the setup as it was."""
    now = replace(before, look=asked.look, turn=asked.turn, refusal="", pasted="", is_refused=False)
    return _edited(now, asked) if asked.code is None else _pasted(now, asked.code)


def _edited(now: Place, asked: Asked) -> Place:
    try:
        return replace(now, setup=_wanted(asked, now.setup))
    except ValueError as problem:
        return replace(now, refusal=capital(str(problem)))


def _pasted(now: Place, code: str) -> Place:
    try:
        found = read(code, now.setup)
    except CodeError as problem:
        return replace(now, pasted=ended(problem.message), is_refused=True)
    return replace(now, setup=found, pasted=_("Read: {code}", code=write(found).splitlines()[0]))


def _wanted(asked: Asked, before: Setup) -> Setup:
    """The setup nearest to the settings. What was edited is in it as it was typed, or refused.

    Raises:
        ValueError: PyTorch would not build or call this, or a value is out of its range.
    """
    values: dict[str, Any] = {**vars(before), **_read(asked.settings)}
    edited = [key for key in asked.changed if key in values]
    for key in edited:
        SETTINGS[key].check(values[key])
    found = Setup.nearest(**values)
    if any(getattr(found, key) != values[key] for key in edited):
        Setup(**values)
    return found


def _read(settings: Mapping[str, str]) -> dict[str, Any]:
    return {key: SETTINGS[key].read(text) for key, text in settings.items() if key in SETTINGS}
