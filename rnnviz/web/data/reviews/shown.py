"""What came out where texts are rated: a text word by word, scores, mistakes."""

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz.data.judged import Judged
from rnnviz.data.read_sentence import ReadSentence
from rnnviz.settings.kinds import Choice
from rnnviz.texts import N_, _
from rnnviz.web.controls import Panel, select
from rnnviz.web.data.learning import step_through
from rnnviz.web.data.learnt import Learnt
from rnnviz.web.data.reviews.rated import WHILE_LEARNING, Looked, is_on
from rnnviz.web.data.reviews.scores import accuracies, by_label, confusion, mistakes
from rnnviz.web.data.reviews.words import PADDED, held_at, word_by_word
from rnnviz.web.literal import capital, literal

SHOWN = 12
"""Mistakes."""
JUDGED = "how runs rated texts"
OF_MOST_WEIGHT = N_("the word that weighs most")


def show(looked: Looked, panel: Panel, runs: Sequence[Learnt]) -> None:
    """Draw what came out. In a fragment: a choice that the address says runs the page."""
    title = _("What came out")
    st.markdown(f"#### {title}")
    judged = {f"{one.letter} {one.says}": _judged(looked, one) for one in runs}
    st.html(accuracies(judged))
    if any(is_on(one.run) for one in runs):
        st.caption(
            _(
                "As long as a run goes on it is judged on {count} texts; on all of them when it "
                "has come to its end.",
                count=WHILE_LEARNING,
            )
        )
    for place, (name, parts) in zip(_side_by_side(len(judged)), judged.items(), strict=True):
        part, found = next(iter(parts.items()))
        with place:
            st.markdown(f"**{literal(name)}**, {literal(part)}")
            st.html(confusion(found))
            st.html(by_label(found))
            with st.expander(_("The surest mistakes")):
                st.html(mistakes(found, SHOWN, looked.first_row))
    _word_by_word(looked, panel, runs)


def _side_by_side(many: int) -> list[DeltaGenerator]:
    """Places, two in a row."""
    rows = [st.columns(2, gap="large") for _row in range(0, many, 2)]
    return [place for row in rows for place in row][:many]


def _judged(looked: Looked, one: Learnt) -> Mapping[str, Judged]:
    """How a run rates texts: found once, and kept as long as it stands there."""
    known = st.session_state.setdefault(JUDGED, {})
    before = known.get(one.letter)
    if before and before[0] is one.run and before[1] is looked.of:
        kept: Mapping[str, Judged] = before[2]
        return kept
    found = looked.judged(one.run)
    known[one.letter] = (one.run, looked.of, found)
    return found


def _word_by_word(looked: Looked, panel: Panel, runs: Sequence[Learnt]) -> None:
    """A text by each run, and ways to step through it."""
    title = _("Word by word")
    st.markdown(f"#### {title}")
    try:
        reads = [looked.read(one.run) for one in runs]
    except ValueError as error:
        st.error(capital(literal(str(error))))
        return
    if not reads:
        return
    before = panel.chosen["word"]
    kind = Choice({0: OF_MOST_WEIGHT, **_numbered(reads[0])})
    if panel.draw("word", kind=kind, look=select) != before:
        st.rerun()  # the address is to say it
    for one, read in zip(runs, reads, strict=True):
        chosen = panel.chosen["word"]
        word = chosen - 1 if chosen else _of_most_weight(read)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{one.letter} {literal(one.says)}**")
            reading = looked.reading(one.run)
            if st.button(_("Step through this text"), key=f"step through {one.letter}") and reading:
                step_through(one.run, one.says, reading)
        st.html(word_by_word(read, word))
        held = read.held(word)
        if held:
            st.html(held_at(read, word, held))
        else:
            st.caption(_("This cell has no gate that could be held."))


def _numbered(read: ReadSentence) -> dict[int, str]:
    return {k: f"{k} · {word or PADDED}" for k, word in enumerate(read.words, 1)}


def _of_most_weight(read: ReadSentence) -> int:
    """The word whose removal changes the probabilities most, from 0."""
    return int(np.abs(np.nan_to_num(read.by_removal)).sum(axis=1).argmax())
