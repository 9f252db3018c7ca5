"""The job "Forecast a series": its choices, the runs, and what came out."""

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from rnnviz import data
from rnnviz.data.table import Table
from rnnviz.scenes.reading import Reading
from rnnviz.settings.schema import Schema
from rnnviz.texts import N_, _
from rnnviz.training.comparison.choices import Chosen
from rnnviz.training.comparison.comparison import LETTERS
from rnnviz.training.runs.runs import Run
from rnnviz.web.controls import Panel
from rnnviz.web.data.brought import Brought
from rnnviz.web.data.learning import learn
from rnnviz.web.data.series.forecasting import Cut
from rnnviz.web.data.series.settings import CUT, LOOK, OF_RUNS, schema_of
from rnnviz.web.data.series.shown import look_of, show
from rnnviz.web.literal import capital, literal

PANEL, MADE, OF = "series", "the series of this session", "what the choices of a series are for"
NETWORK = ("layers", "optimizer", "learning_rate", "clip_norm", "batch", "seed")
WINDOWS = ("stride", "held_out")
BY_HEART = N_(
    "For comparison, the tutorials' own series: 100 random ones, each with one random value to "
    "fit. Nothing in a series tells its value, so that these can only be learnt by heart."
)


class _Made(NamedTuple):
    """The windows that were made last, and of what."""

    table: Table
    asked: Mapping[str, Any]
    cut: Cut


def series_job(found: Brought) -> Mapping[str, str]:
    """Draw it, and return what the address is to say of its choices."""
    panel = _panel(found)
    with st.sidebar:
        _choose(panel)
    for name in LOOK:
        panel.hold(name)
    cut = _cut(found.table, panel.chosen)
    if cut is None:
        return panel.query()
    chosen = _chosen(cut, panel.chosen)
    learn(PANEL, chosen, partial(show, cut, panel), read=partial(_read, cut, panel))
    st.caption(_(BY_HEART))
    st.page_link(
        "pages/2_Train.py",
        label=_("Watch it learn by heart"),
        query_params={"task": "series regression"},
    )
    return panel.query()


def _panel(found: Brought) -> Panel:
    """The choices. Other data begin with their own; what a file has not is taken back."""
    schema = schema_of(found.table, found.key)
    before = st.session_state.get(OF)
    st.session_state[OF] = found.key
    panel = Panel(PANEL, schema)
    for name in schema:
        is_there = schema[name].kind.allows(panel.value(name))
        if before not in (None, found.key) or not (is_there or _is_none(schema, panel, name)):
            panel.set(name, schema[name].default)
    return panel


def _is_none(schema: Schema, panel: Panel, name: str) -> bool:
    return schema[name].optional and panel.value(name) is None


def _choose(panel: Panel) -> None:
    """The sidebar: columns and windows, the cells, and what else a network has."""
    for name in ("target", "inputs", "window", "horizon", "season"):
        panel.draw(name)
    panel.draw("cells", max_selections=len(LETTERS))
    panel.draw("hidden")
    panel.draw("updates")
    with st.expander(_("Network and optimizer")):
        for name in NETWORK:
            panel.draw(name)
    with st.expander(_("Windows that are learnt from and held out")):
        for name in WINDOWS:
            panel.draw(name)


def _cut(table: Table, chosen: Mapping[str, Any]) -> Cut | None:
    """The windows, or the last ones that could be made, and why not; None where there are none."""
    asked = {name: chosen[name] for name in (*CUT, "season")}
    known = st.session_state.get(MADE)
    if not isinstance(known, _Made):  # none yet, or one of before an edit of the source
        known = None
    if known and known.table is table and known.asked == asked:
        return known.cut
    try:
        made = Cut(table, data.series(table, **{n: asked[n] for n in CUT}), asked["season"])
    except ValueError as error:
        why = capital(literal(str(error)))
        if not table.guess.missing:  # that numbers are missing is said beside the table
            st.warning(_("{why} What is shown is as before.", why=why) if known else why)
        return known.cut if known else None
    st.session_state[MADE] = _Made(table, asked, made)
    return made


def _chosen(cut: Cut, chosen: Mapping[str, Any]) -> Chosen:
    first, *others = chosen["cells"][: len(LETTERS)]
    base = {name: chosen[name] for name in OF_RUNS}
    return Chosen(
        {"task": cut.series.task, "cell": first, **base}, tuple({"cell": one} for one in others)
    )


def _read(cut: Cut, panel: Panel, run: Run) -> Reading | None:
    """What the Step page reads of a run that is opened there: the chosen window."""
    return cut.reading(look_of(cut, panel).end)
