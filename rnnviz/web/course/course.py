"""The course on the pages: a strip over the one whose address names a unit, and a list of all."""

import streamlit as st

from rnnviz.texts import _
from rnnviz.web.bundles import files

PLACE = """<style>
[data-testid="stLayoutWrapper"]:has(> .st-key-course) {
  position: sticky; top: calc(2.5rem + var(--room, 0px)); z-index: 98;
  background: var(--st-background-color, white);
}
.stMain:has(.st-key-course) {
  --above: calc(2.5rem + var(--room, 0px) + var(--strip, 5rem)); --own-question: none;
}
.stMain:has(.st-key-course) .stMainBlockContainer { padding-top: 2.5rem !important; }
.stMain:has(.st-key-course) :is(.st-key-question, .st-key-view) { display: none; }
</style>"""
"""The strip stays in sight, and so does what stays in sight below it. The page's own question, and
on Train its other views, are out of the way."""
IN_THE_HEADER = """<style>
:has(> .st-key-invite) {
  position: absolute; top: 0.5rem; left: 3.4rem; width: auto; z-index: 999991;
}
.st-key-invite a { padding-block: 0; min-height: 1.5rem; }
.st-key-invite p { text-decoration: underline; text-underline-offset: 0.15em; }
@media (max-width: 640px) {
  :has(> .st-key-invite) { top: 2.5rem; left: 0.9rem; }
  .st-key-invite p { font-size: 0.8rem; }
}
</style>"""
_files = files("course")
_mount = st.components.v2.component("rnnviz.course", js=_files.js, css=_files.css)


def invite() -> None:
    """A way to the course, for who comes to the first page: in the line of the corner, or between
    that and the heading, so that what is below stays where it is."""
    st.html(IN_THE_HEADER)
    with st.container(key="invite"):
        st.page_link("pages/0_Course.py", label=_("New to this? Take the course"))


def strip(unit: str) -> None:
    """Lead through a unit, in place of the page's heading."""
    from rnnviz.web.course.course_payload import course_payload

    st.html(PLACE)
    with st.container(key="course"):
        _mount(data=course_payload(unit), key="course strip")


def overview() -> None:
    """List all units, and what became of each."""
    from rnnviz.web.course.course_payload import course_payload

    _mount(data=course_payload(None), key="course overview")
