"""Many texts are numbered: what is done is said, how far it is, and it can be cancelled."""

import time
from collections.abc import Mapping
from typing import Any, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz.data import Reviews, reviews
from rnnviz.data.table import Table
from rnnviz.texts import _
from rnnviz.web.literal import capital, literal
from rnnviz.web.training.under_way import ONLY_CANCEL

PREPARED, CANCELLED = "the texts of this session, by number", "the numbering that was cancelled"
AT_ONCE = 0.3
"""Seconds that are not worth a word."""


class _Wanted(NamedTuple):
    """A table, and what `reviews` is given besides."""

    table: Table
    asked: Mapping[str, Any]

    def is_of(self, other: object) -> bool:
        return (
            isinstance(other, _Wanted) and self.table is other.table and self.asked == other.asked
        )


class _Prepared(NamedTuple):
    """What was numbered last, and of what."""

    wanted: _Wanted
    of: Reviews


def numbered(table: Table, asked: Mapping[str, Any]) -> Reviews | None:
    """The texts by number, or those of before, and why not these; None where there are none."""
    wanted, known = _Wanted(table, asked), st.session_state.get(PREPARED)
    if not isinstance(known, _Prepared):  # none yet, or one of before an edit of the source
        known = None
    if known and wanted.is_of(known.wanted):
        return known.of
    before = known.of if known and known.wanted.table is table else None
    if wanted.is_of(st.session_state.get(CANCELLED)):
        _offer_again(is_shown=before is not None)
        return before
    try:
        of = _number(wanted)
    except ValueError as error:
        why = capital(literal(str(error)))
        st.error(_("{why} What is shown is as before.", why=why) if before else why)
        return before
    st.session_state[PREPARED] = _Prepared(wanted, of)
    return of


def _number(wanted: _Wanted) -> Reviews:
    place, began = st.empty(), time.monotonic()
    bar: DeltaGenerator | None = None

    def progress(share: float) -> None:
        nonlocal bar
        if bar is None and time.monotonic() - began > AT_ONCE:
            bar = _waiting(place, wanted)
        if bar is not None:  # a click ends this here, and the page is drawn anew
            bar.progress(share, text=_said(wanted, share))

    of = reviews(wanted.table, **wanted.asked, progress=progress)
    place.empty()
    return of


def _waiting(place: DeltaGenerator, wanted: _Wanted) -> DeltaGenerator:
    """Draw the bar, and the button that ends it."""
    with place.container():
        st.html(ONLY_CANCEL)
        bar = st.empty()
        cancel = lambda: st.session_state.update({CANCELLED: wanted})  # noqa: E731
        st.button(_("Cancel"), key="cancel numbering", on_click=cancel)
    return bar


def _said(wanted: _Wanted, share: float) -> str:
    return _(
        "The tokens of {count} texts are counted and numbered: {share}",
        count=f"{len(wanted.table):,}",
        share=f"{share:.0%}",
    )


def _offer_again(*, is_shown: bool) -> None:
    said = _("Cancelled: the tokens of these texts are not numbered, and nothing can learn them.")
    st.info(" ".join([said, _("What is shown is as before.")] if is_shown else [said]))
    again = lambda: st.session_state.pop(CANCELLED, None)  # noqa: E731
    st.button(_("Number their tokens"), key="number again", on_click=again)
