"""The job "Continue a text": its choices, the runs, and what came out."""

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from rnnviz import data
from rnnviz.data import Text
from rnnviz.scenes.reading import Reading
from rnnviz.texts import _
from rnnviz.training.comparison.choices import Chosen
from rnnviz.training.comparison.comparison import LETTERS
from rnnviz.training.runs.runs import Run
from rnnviz.web.address import address
from rnnviz.web.controls import Panel, segmented
from rnnviz.web.data.brought import Brought
from rnnviz.web.data.learning import learn
from rnnviz.web.data.pictures import text_column
from rnnviz.web.data.text.reading import reading_of, sentence_in
from rnnviz.web.data.text.settings import CUT, LOOKED_AT, OF_RUNS, TEXT
from rnnviz.web.data.text.shown import show
from rnnviz.web.literal import capital, literal

PANEL, MADE = "text", "the text of this session"
NETWORK = ("layers", "embedding", "optimizer", "learning_rate", "clip_norm", "batch", "seed")
PARTS = ("held_out", "most")
MOST_JUDGED = 3_000
"""Tokens that runs are judged on as they learn, by which the charts wait for some 50 ms."""


class Cut(NamedTuple):
    """text: what is learnt. judged: the same, judged on so few tokens that charts can wait."""

    text: Text
    judged: Text


class _Made(NamedTuple):
    """The text that was cut last, and of what."""

    source: str
    asked: Mapping[str, Any]
    cut: Cut


def text_job(found: Brought) -> Mapping[str, str]:
    """Draw it, and return what the address is to say of its choices."""
    panel = Panel(PANEL, TEXT)
    with st.sidebar:
        _choose_text(panel)
    cut = _cut(source_of(found), panel.chosen)
    if cut is not None:
        with st.sidebar:
            _choose_network(panel, cut.text)
    for name in TEXT:
        if name not in panel.chosen:
            panel.hold(name)
    if cut is None:
        return {**panel.query(), **_looked_at()}
    if cut.text.unknown:
        st.caption(_said_of_unknown(cut.text))
    chosen = _chosen(cut.text, panel.chosen)
    learn(PANEL, chosen, partial(show, cut.judged, panel), read=partial(_read, cut.judged, panel))
    return {**panel.query(), **_looked_at()}


def _looked_at() -> Mapping[str, str]:
    """What the browser had the address say of the coloured text: it stays."""
    said = address.asked()
    return {key: said[key][-1] for key in LOOKED_AT.values() if key in said}


def source_of(found: Brought) -> str:
    """The text itself: the whole file or paste, or the rows of the longest column of texts."""
    column = text_column(found.table)
    if found.text or column is None:
        return found.text
    return "\n".join(found.table.columns[column])


def _choose_text(panel: Panel) -> None:
    """The sidebar, above: tokens, and the parts of the text."""
    panel.draw("by", look=segmented)
    panel.draw("window")
    with st.expander(_("Parts of the text, and known tokens")):
        for name in PARTS:
            panel.draw(name)


def _choose_network(panel: Panel, text: Text) -> None:
    """The sidebar, below: the cells, and what else a network has."""
    panel.draw("cells", max_selections=len(LETTERS))
    panel.draw("hidden")
    panel.draw("updates")
    with st.expander(_("Network and optimizer")):
        for name in NETWORK:
            if name != "embedding" or text.is_numbered:
                panel.draw(name)


def _cut(source: str, chosen: Mapping[str, Any]) -> Cut | None:
    """The text, or the last one that could be cut, and why not; None where there is none."""
    asked = {name: chosen[name] for name in CUT}
    known = st.session_state.get(MADE)
    if not isinstance(known, _Made):  # none yet, or one of before an edit of the source
        known = None
    if known and known.source == source and known.asked == asked:
        return known.cut
    try:
        text = data.text(source, **asked)
    except ValueError as error:
        why = capital(literal(str(error)))
        st.error(_("{why} What is shown is as before.", why=why) if known else why)
        return known.cut if known else None
    made = Cut(text, text.judged_on(MOST_JUDGED))
    st.session_state[MADE] = _Made(source, asked, made)
    return made


def _said_of_unknown(text: Text) -> str:
    judged = len(text.codes) - text.split
    return _(
        "{unknown} of the {count} tokens that are held out are not among the known ones: they are "
        "read as unknown, and nobody is judged by them.",
        unknown=f"{text.unknown:,}",
        count=f"{judged:,}",
    )


def _chosen(text: Text, chosen: Mapping[str, Any]) -> Chosen:
    first, *others = chosen["cells"][: len(LETTERS)]
    base = {name: chosen[name] for name in OF_RUNS if name != "embedding" or text.is_numbered}
    return Chosen({"task": text.task, "cell": first, **base}, tuple({"cell": c} for c in others))


def _read(text: Text, panel: Panel, run: Run) -> Reading | None:
    """What the Step page reads of a run that is opened there: the text that is looked into."""
    return reading_of(text, run, sentence_in(text, panel), panel.value("asked"))
