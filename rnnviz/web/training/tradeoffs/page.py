"""Which cell? Choose what is compared, guess, measure; the figures beside what is said."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz.cells import OWN
from rnnviz.equations import EquationError
from rnnviz.texts import N_, _, ngettext
from rnnviz.training.comparison.costs import spoken
from rnnviz.training.knobs.effects import has_effect
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.knobs.naming import words
from rnnviz.training.tradeoffs import Study
from rnnviz.training.tradeoffs.table import csv_of_study
from rnnviz.web.controls import Panel, said_now, segmented, slider
from rnnviz.web.equations import equations_box
from rnnviz.web.literal import ended, literal, reason
from rnnviz.web.training.state import share
from rnnviz.web.training.tradeoffs.cards import cards
from rnnviz.web.training.tradeoffs.drawn import drawn
from rnnviz.web.training.tradeoffs.said import forget_guesses, sayings
from rnnviz.web.training.tradeoffs.settings import COMPARE, CompareSettings, can_be_asked
from rnnviz.web.training.under_way import ONLY_CANCEL, to_the_end

STUDY = "cells compared"
PHASES: Mapping[str, str] = {
    "timing": N_("Now updates are timed, while nothing else of this page is at work."),
    "training": N_("Now each is trained, seed by seed."),
    "judging": N_("Now what each has come to is judged."),
    "lengths": N_("Now the other lengths are learnt, the shortest first."),
    "": "",
}
ALWAYS_SAID = ("optimizer", "learning_rate", "batch", "precision", "embedding")
SAID_APART = (
    "task", "text", "length", "hidden", "updates", "seed", "cell", "layers", "skip", "weights",
)  # fmt: skip
HOW_TO_READ = N_(
    "A dot is one seed, or one round of a measurement; the stroke is their mean. Behind a score "
    "stands ±, twice its standard error. “Best” is marked where it is told apart from every "
    "other: a difference of means larger than twice its standard error; of what is counted, the "
    "least. All cells have the same units, data and knobs; of one seed they read the same "
    "sequences. Time is that of this app, which records every value, on one thread of this "
    "machine: in other libraries it can be otherwise."
)


def choose_comparison(base: Mapping[str, Any]) -> tuple[Study | None, dict[str, str]]:
    """Draw what can be chosen; the study it makes, if it can be, and what the address is to say."""
    panel = Panel("compare", COMPARE)
    one, two = st.columns(2, gap="large")
    with one:
        is_own = OWN in panel.draw("cells")
        cell = equations_box(panel) if is_own else None
        if max(panel.draw("layers"), default=1) > 1:
            panel.draw("skip", look=segmented)
    with two:
        panel.draw("seeds", look=slider)
        panel.draw("lengths")
    query = panel.query()
    if is_own and cell is None:  # said under the box
        return None, query
    return _made(CompareSettings(**panel.chosen), base), query


def _made(chosen: CompareSettings, base: Mapping[str, Any]) -> Study | None:
    try:
        made = chosen.study(base)
    except EquationError:
        return None
    except ValueError as error:
        st.error(_("This cannot be compared: {why}", why=ended(literal(str(error)))))
        return None
    left_out = [n for n in chosen.lengths if not can_be_asked(made.task, n)]
    if left_out:
        st.caption(
            _(
                "Of this task there are no sequences of length {lengths}: they are left out.",
                lengths=", ".join(map(str, left_out)),
            )
        )
    return made


def compare(made: Study | None, base: Mapping[str, Any]) -> None:
    """Guess, start, watch. To be drawn last: while a study is on, this does not come to an end."""
    found: Study | None = st.session_state.get(STUDY)
    if made:
        st.caption(_("To be compared: {setting}", setting=setting_of(made)))
    shown = found or made
    sayings(found, shown.task if shown else None)
    is_on = found is not None and not found.is_over
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if made:
            st.button(_("Measure"), type="primary", on_click=_begin, args=(base,))
        if made and found is None:
            st.markdown(_cost(made), width="content")
        if found and is_on:
            st.button(_("Cancel"), on_click=found.cancel)
        if found and not is_on:
            st.button(_("ask again"), type="tertiary", on_click=_ask_again)
        status = st.empty()
    place = st.container()
    if found:
        with place:
            _watch(found, status)


def setting_of(study: Study) -> str:
    """What all contenders have: task, length, units, how they learn, and what else was chosen."""
    knobs, chosen = study.contenders[0].knobs, study.contenders[0].chosen
    names = [
        name
        for name, knob in KNOBS.items()
        if name not in SAID_APART
        and (name in ALWAYS_SAID or getattr(knobs, name) != knob.default)
        and has_effect(name, chosen)
    ]
    return " · ".join([
        _(study.task.title),
        _("length {length}", length=study.length),
        ngettext("{count} unit a layer", "{count} units a layer", knobs.hidden),
        ngettext("{count} update", "{count} updates", study.updates),
        *(words(name, getattr(knobs, name)) for name in names),
        ngettext("{count} seed", "{count} seeds", study.seeds),
    ])  # fmt: skip


def _cost(made: Study) -> str:
    processes = share().processes
    return ngettext(
        "It takes at most about {time}, on {count} core.",
        "It takes at most about {time}, on {count} cores.",
        processes,
        time=spoken(made.seconds_left / processes),
    )


def _begin(base: Mapping[str, Any]) -> None:
    """Put a study in the old one's place, or leave it where none can be made: that is said then."""
    try:  # the button may be pressed before the page was drawn with what the widgets say
        made = CompareSettings(**said_now(COMPARE)).study(base)
    except ValueError:
        return
    if STUDY in st.session_state:
        st.session_state[STUDY].cancel()
    st.session_state[STUDY] = made


def _ask_again() -> None:
    forget_guesses()
    st.session_state.pop(STUDY, None)


def _watch(found: Study, status: DeltaGenerator) -> None:
    """Take a study on to its end, and show it."""
    now, place = st.empty(), st.empty()
    if found.is_over:
        _ended(found, status)
        place.html(drawn(cards(found), setting_of(found)))
        _below(found)
        return

    def draw() -> None:
        now.markdown(_(PHASES[found.phase]))
        place.html(drawn(cards(found), setting_of(found)) + ONLY_CANCEL)

    to_the_end(found, status, draw)


def _ended(found: Study, status: DeltaGenerator) -> None:
    """Why it ended, if not by itself."""
    if found.error:
        why = reason(found.error)
        st.error(
            _("It has ended, as a run failed: {why}. What was measured by then is kept.", why=why)
        )
    elif found.was_cancelled:
        status.markdown(_("Cancelled: what had been measured by then is kept."))


def _below(found: Study) -> None:
    lead = _("How to read this.")
    st.caption(f"**{lead}** {_(HOW_TO_READ)}")
    if found.machine:
        st.caption(
            _(
                "Timed on {machine}, one thread, {precision}.",
                machine=literal(found.machine),
                precision=found.contenders[0].knobs.precision,
            )
        )
    name = found.contenders[0].knobs.about_task.name.replace(" ", "-")
    st.download_button(
        "CSV", lambda: csv_of_study(found), file_name=f"rnnviz-cells-{name}.csv", mime="text/csv",
        key="compare csv", on_click="ignore",
    )  # fmt: skip
