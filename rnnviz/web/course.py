"""The course on the pages: a strip over the one whose address names a unit, and a list of all."""

import streamlit as st

from rnnviz.course import COURSE, Unit
from rnnviz.web.bundles import files
from rnnviz.web.course_payload import course_payload

KEY = "course"
"""What the address names the unit under; `unit` is what the Gradients page follows."""
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


def asked() -> Unit | None:
    """The unit that the address names, if there is such a one."""
    key = st.query_params.get(KEY)
    return next((unit for unit in COURSE if unit.key == key), None)


def strip(unit: Unit) -> None:
    """Lead through a unit, in place of the page's heading."""
    st.html(PLACE)
    with st.container(key="course"):
        _mount(data=course_payload(unit.key), key="course strip")


def overview() -> None:
    """List all units, and what became of each."""
    _mount(data=course_payload(None), key="course overview")
