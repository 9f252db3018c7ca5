"""The picture of the By hand page. It is drawn again by itself when the browser asks how a training
goes."""

from functools import partial
from typing import cast

import streamlit as st

from rnnviz.scenes.by_hand import ByHandSettings
from rnnviz.texts import _
from rnnviz.web.by_hand.component import asked, by_hand
from rnnviz.web.by_hand.controls import open_bifurcation, open_challenge
from rnnviz.web.by_hand.descending import Descending, descending
from rnnviz.web.by_hand.payload import by_hand_payload
from rnnviz.web.export import one_file
from rnnviz.web.serving.ahead import hand_over
from rnnviz.web.training.state import share

KEY = "by hand"
TRAINING = "a training from weights set by hand"
ANSWERED = "how many polls of the By hand page were answered"
LONGEST_VIEW = 100_000


def picture(settings: ByHandSettings) -> None:
    """Draw it, and do what was pressed in it."""
    payload = by_hand_payload(settings, training=_news(), answered=_answered())
    pressed = by_hand(payload, key=KEY, on_poll=partial(_answer, settings))
    if pressed.page is not None:
        _save(settings, pressed.page)
    if pressed.challenge is not None:
        open_challenge(pressed.challenge)
        st.rerun()
    if pressed.begin == "bifurcation":
        open_bifurcation()
        st.rerun()


def _save(settings: ByHandSettings, view: str) -> None:
    """Have the browser save a view as a page by itself, which opens as it is on the screen."""
    payload = by_hand_payload(settings, view[:LONGEST_VIEW])
    hand_over("by-hand.html", "text/html", one_file(payload, _("By hand"), "by_hand"))


def _answer(settings: ByHandSettings) -> None:
    """Begin a training that is asked for, take it on, or drop it."""
    wanted, now = asked(KEY).wanted, _training()
    if now and (wanted is None or wanted.id != now.wanted.id):
        now.stop()
        now = None
    if now is None and wanted:
        now = descending(settings, wanted)
    if now:
        now.proceed(share())
    st.session_state[TRAINING] = now
    st.session_state[ANSWERED] = _answered() + 1


def _answered() -> int:
    """How many polls were answered: no two answers are alike. Of a message that it has sent before
    Streamlit sends the hash, and between runs of a fragment a browser may have forgotten it."""
    return int(st.session_state.get(ANSWERED, 0))


def _training() -> Descending | None:
    return cast("Descending | None", st.session_state.get(TRAINING))


def _news() -> dict[str, object] | None:
    """How it stands; the number of the poll says what is answered."""
    now = _training()
    return {**now.news(), "answers": asked(KEY).number} if now else None
