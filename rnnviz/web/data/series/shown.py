"""What came of a forecast: sentence, charts, table, and where to go on from there."""

from collections.abc import Sequence

import streamlit as st

from rnnviz.settings.kinds import Whole
from rnnviz.texts import _
from rnnviz.web.controls import Panel, segmented
from rnnviz.web.data.learning import step_through
from rnnviz.web.data.learnt import Learnt
from rnnviz.web.data.series.component import forecast_charts
from rnnviz.web.data.series.forecasting import Cut, Forecasts, Look, forecasts_of
from rnnviz.web.data.series.payload import forecast_payload
from rnnviz.web.data.series.settings import LOOK
from rnnviz.web.data.series.table import forecast_csv
from rnnviz.web.data.series.words import sentences, table, what_is_judged
from rnnviz.web.glossary import term
from rnnviz.web.literal import literal


def show(cut: Cut, panel: Panel, runs: Sequence[Learnt]) -> None:
    """Draw what the runs forecast. In a fragment: a choice that the address says runs the page."""
    before = [panel.chosen[name] for name in LOOK]
    title = _("What they forecast")
    st.markdown(f"#### {title}")
    _choose(cut, panel)
    if [panel.chosen[name] for name in LOOK] != before:
        st.rerun()  # the address is to say it
    look = look_of(cut, panel)
    found = forecasts_of(cut, look, runs)
    made = {one.letter: one.run.update for one in runs}
    for sentence in sentences(found, made):
        st.markdown(literal(sentence))

    first, end, ahead = cut.table.first_row, panel.schema["end"], panel.schema["ahead"]

    def choose(row: int) -> None:
        st.session_state[end.key] = cut.within(row - first) + first

    def look_ahead(steps: int) -> None:
        st.session_state[ahead.key] = min(max(steps, 1), cut.horizon)

    payload = forecast_payload(cut, look, found)
    forecast_charts(payload, key="forecast", on_window=choose, on_ahead=look_ahead)
    errors, on = st.columns([2, 3], gap="large")
    errors.html(table(cut, found))
    with on:
        rules = _("Rows without a letter: {baseline}.", baseline=term("baseline"))
        st.caption(f"{literal(what_is_judged(cut))} {rules}")
        _go_on(cut, look, found, runs)


def look_of(cut: Cut, panel: Panel) -> Look:
    """At what is looked, within what there is."""
    end = panel.value("end")
    first = cut.table.first_row
    row = cut.split - 1 if end is None else cut.within(end - first)
    ahead = min(panel.value("ahead"), cut.horizon)
    return Look(panel.value("fed") == "fed" and cut.can_be_fed_back, ahead, row)


def _choose(cut: Cut, panel: Panel) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if cut.can_be_fed_back:
            panel.draw("fed", look=segmented)
        if cut.horizon > 1:
            panel.draw("ahead", kind=Whole(1, cut.horizon))
        first = cut.table.first_row
        panel.draw("end", placeholder=f"{first + cut.split - 1}")
    if not cut.can_be_fed_back:
        st.caption(
            literal(
                _(
                    "“{target}” is not among the columns that are read: its forecasts cannot be "
                    "fed back.",
                    target=cut.series.target,
                )
            )
        )


def _go_on(cut: Cut, look: Look, found: Forecasts, runs: Sequence[Learnt]) -> None:
    """The chosen window on the Step page, with each run; the forecasts as a file."""
    reading = cut.reading(look.end)
    with st.container(horizontal=True):
        for one in runs:
            label = _("Step {run} through this window", run=f"{one.letter} {one.says}")
            helps = _("What comes after this window is not known: no forecast can be judged.")
            pressed = st.button(
                literal(label),
                key=f"step through {one.letter}",
                disabled=reading is None,
                help=helps if reading is None else None,
            )
            if pressed and reading is not None:
                step_through(one.run, one.says, reading)
        st.download_button(
            _("Forecasts as CSV"),
            forecast_csv(cut, look, found),
            file_name="rnnviz-forecast.csv",
            key="forecast as csv",
            on_click="ignore",
        )
