"""The course on the pages: a strip over the one whose address names a unit, and a list of all."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from rnnviz.texts import _, language
from rnnviz.texts.catalogues import for_browser
from rnnviz.web.bundles import files
from rnnviz.web.payload import pack

if TYPE_CHECKING:
    from rnnviz.course import Unit

KEY = "course"
"""What the address names the unit under; `unit` is what the Gradients page follows."""
PATHS: Mapping[str, str] = {
    "step": "",
    "gradients": "Gradients",
    "train": "Train",
    "by hand": "By_hand",
    "shapes": "Shapes",
    "cells": "Cells",
    "course": "Course",
}
"""The pages, as the address of the app goes on to them."""
PLACE = """<style>
[data-testid="stLayoutWrapper"]:has(> .st-key-course) {
  position: sticky; top: 2.5rem; z-index: 100; background: var(--st-background-color, white);
}
.stMain:has(.st-key-course) {
  --above: calc(2.5rem + var(--strip, 5rem)); --own-question: none;
}
.stMain:has(.st-key-course) :is(.st-key-question, .st-key-view) { display: none; }
</style>"""
"""The strip stays in sight, and so does what stays in sight below it. The page's own question, and
on Train its other views, are out of the way."""
_files = files("course")
_mount = st.components.v2.component("rnnviz.course", js=_files.js, css=_files.css)


def asked() -> "Unit | None":
    """The unit that the address names, if there is such a one. The course is loaded only where the
    address names one: every page asks."""
    if KEY not in st.query_params:
        return None
    from rnnviz.course import UNITS

    return UNITS.get(st.query_params[KEY])


def strip(unit: "Unit") -> None:
    """Lead through a unit, in place of the page's heading."""
    st.html(PLACE)
    with st.container(key="course"):
        _mount(data=course_payload(unit.key), key="course strip")


def overview() -> None:
    """List all units, and what became of each."""
    _mount(data=course_payload(None), key="course overview")


def course_payload(unit: str | None) -> bytes:
    """What the browser is sent: all units, in the language in force. unit: which is open."""
    from rnnviz.course import UNITS

    header = {"unit": unit, "units": [_sent(one) for one in UNITS.values()], "paths": dict(PATHS)}
    return pack({**header, "texts": for_browser(language())}, {})


def _sent(unit: "Unit") -> dict[str, Any]:
    from rnnviz.course import COURSE, wanted
    from rnnviz.course.beliefs.record import truth

    guess, belief = unit.guess, unit.belief
    acts = [
        {
            "text": _(act.text),
            "seen": wanted(act.seen),
            "found": _(act.found),
            "link": act.link,
        }
        for act in unit.acts
    ]
    believed = belief and {
        "sentence": _(belief.sentence),
        "source": _(belief.source),
        "kindly": _(belief.kindly),
        "truth": truth(belief),
    }
    return {
        "key": unit.key,
        "title": _(unit.title),
        "isInCourse": unit in COURSE,
        "page": unit.page,
        "link": unit.link,
        "revealed": unit.revealed,
        "seconds": unit.seconds,
        "question": _(guess.question),
        "options": [_(option) for option in guess.options],
        "answer": guess.answer,
        "outcome": _(guess.outcome),
        "acts": acts,
        "belief": believed,
    }
