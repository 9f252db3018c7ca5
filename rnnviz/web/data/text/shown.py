"""What came of a text: perplexity beside n-grams, samples, exposure, and a text looked into."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from rnnviz.data import Continuation, Text
from rnnviz.network.network import Network
from rnnviz.texts import _
from rnnviz.training.comparison.comparison import network_of
from rnnviz.web.controls import Panel, line, segmented
from rnnviz.web.data.learning import step_through
from rnnviz.web.data.learnt import Learnt
from rnnviz.web.data.text.component import coloured
from rnnviz.web.data.text.figure import exposure_lines
from rnnviz.web.data.text.payload import sentence_payload
from rnnviz.web.data.text.reading import asked_in, reading_of, sentence_in
from rnnviz.web.data.text.settings import LOOK
from rnnviz.web.data.text.words import (
    NGRAMS,
    Judged,
    exposure_says,
    foretold_says,
    sample_html,
    scores_table,
)
from rnnviz.web.figures.shown_figure import show_figure
from rnnviz.web.literal import capital, literal

DISTANCE = 20
"""Tokens over which exposure is followed."""


def show(text: Text, panel: Panel, runs: Sequence[Learnt]) -> None:
    """Draw what the runs make of the text. In a fragment: a choice that the address says runs the
    page."""
    before = [panel.chosen[name] for name in LOOK]
    networks = {one.letter: network_of(one.run) for one in runs}
    with np.errstate(all="ignore"):  # a run that diverged foretells what is no number
        _foretold(text, runs, networks)
        sound = _samples(text, panel, runs, networks)
        if any(one.is_learning for one in runs):
            st.caption(_("What follows is drawn when the runs stand still."))
        elif sound:
            _exposure(text, sound, networks)
            _looked_into(text, panel, sound, networks)
    if [panel.chosen[name] for name in LOOK] != before:
        st.rerun()  # the address is to say it


def _foretold(text: Text, runs: Sequence[Learnt], networks: dict[str, Network]) -> None:
    st.markdown("#### " + _("How well the held-out part is foretold"))
    ngrams = [Judged(_(says), text.ngram_scores[order]) for order, says in NGRAMS.items()]
    ours = [Judged(_called(one), text.score(networks[one.letter])) for one in runs]
    if ours:
        st.markdown(literal(foretold_says(ours, ngrams)))
    st.html(scores_table([*ours, *ngrams]))


def _samples(
    text: Text, panel: Panel, runs: Sequence[Learnt], networks: dict[str, Network]
) -> list[Learnt]:
    """Draw what each run writes; the runs that predict numbers at all."""
    st.markdown("#### " + _("What they write"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        panel.draw("start", look=line)
        for name in ("temperature", "top_k", "length", "draw"):
            panel.draw(name)
    found = [(one, _sample(text, panel, networks[one.letter])) for one in runs]
    for one, sample in found:
        if _is_sound(sample):
            st.html(sample_html(_called(one), sample))
            label = _("Step {run} through what it wrote", run=_called(one))
            if st.button(literal(label), key=f"step through the sample {one.letter}"):
                step_through(one.run, one.says, reading_of(text, one.run, str(sample)))
        else:
            st.markdown(literal(_("{run} predicts no numbers: it has diverged.", run=_called(one))))
    return [one for one, sample in found if _is_sound(sample)]


def _sample(text: Text, panel: Panel, network: Network) -> Continuation:
    return text.sample(
        network,
        panel.chosen["length"],
        temperature=panel.chosen["temperature"],
        top_k=panel.chosen["top_k"],
        seed=panel.chosen["draw"],
        start=panel.chosen["start"],
    )


def _is_sound(sample: Continuation) -> bool:
    return bool(np.isfinite(sample.probabilities).all())


def _exposure(text: Text, runs: Sequence[Learnt], networks: dict[str, Network]) -> None:
    st.markdown("#### " + _("After the text, and after its own words"))
    distance = min(DISTANCE, len(text.codes) - text.split)
    found = {_called(one): text.exposure(networks[one.letter], distance=distance) for one in runs}
    for says, exposure in found.items():
        st.markdown(literal(exposure_says(says, exposure)))
    config = {"displayModeBar": False}
    show_figure(exposure_lines(found), theme="streamlit", config=config, key="exposure")
    st.caption(
        _(
            "Where the dashed line lies above the other, that has two reasons, which it does not "
            "tell apart: a network that has gone astray, and a text that goes on in many good ways."
        )
    )


def _looked_into(
    text: Text, panel: Panel, runs: Sequence[Learnt], networks: dict[str, Network]
) -> None:
    st.markdown("#### " + _("What a prediction depends on"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        panel.draw("sentence", look=line)
        panel.draw("asked", look=line)
        if len(runs) > 1:
            panel.draw("run", look=segmented)
    chosen = next((one for one in runs if one.letter == panel.chosen["run"]), runs[0])
    sentence = sentence_in(text, panel)
    try:
        asked = asked_in(text, panel.chosen["asked"])
        payload = sentence_payload(text, networks[chosen.letter], sentence, asked)
    except ValueError as error:
        st.error(capital(literal(str(error))))
        return
    coloured(payload, key="sentence")
    label = _("Step {run} through this text", run=_called(chosen))
    if st.button(literal(label), key="step through the text"):
        step_through(
            chosen.run, chosen.says, reading_of(text, chosen.run, sentence, panel.chosen["asked"])
        )


def _called(one: Learnt) -> str:
    return f"{one.letter} {one.says}"
