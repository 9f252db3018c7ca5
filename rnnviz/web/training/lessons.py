"""Lessons: one click sets one up. They stand under headings; those of one heading are shown."""

import streamlit as st

from rnnviz.settings.kinds import Choice
from rnnviz.settings.schema import Setting
from rnnviz.texts import N_, _
from rnnviz.training.comparison.choices import LESSONS, PAGE, of_recipe
from rnnviz.training.recipes import HEADINGS, RECIPES
from rnnviz.web.controls import draw, segmented
from rnnviz.web.training.state import Desk

ROW = """<style>
.st-key-lessons { gap: 0.3rem 1rem; }
.st-key-lessons button { min-height: 1.9rem; padding: 0.1rem 0.6rem; }
.st-key-lessons button p { font-size: 0.875rem; }
</style>"""
UNDER = Setting(Choice(HEADINGS), next(iter(HEADINGS)), N_("Lessons on"))


def choose_lesson(desk: Desk) -> None:
    """Headings, and the lessons under the one chosen; none is marked once other knobs have made it
    another comparison. A click on the marked one changes nothing: its runs go on.
    """
    lesson = desk.chosen.lesson
    st.html(ROW)
    with st.container(horizontal=True, vertical_alignment="center", key="lessons"):
        begins = RECIPES[lesson].heading if lesson else UNDER.default
        key = f"train {desk.version} heading {lesson}"
        heading = draw(UNDER, begins, key=key, look=segmented, label_visibility="collapsed")
        _pills(desk, [name for name in LESSONS.keys if RECIPES[name].heading == heading])


def _pills(desk: Desk, names: list[str]) -> None:
    lesson = desk.chosen.lesson
    key = f"train {desk.version} lesson {lesson} {names[0]}"

    def change() -> None:
        name = st.session_state[key]
        if name and name != desk.chosen.lesson:
            desk.put(of_recipe(name))

    st.pills(
        _(PAGE["lesson"].label),
        options=names,
        default=lesson if lesson in names else None,
        required=lesson in names,
        format_func=lambda name: _(LESSONS.label(name)),
        key=key,
        on_change=change,
        label_visibility="collapsed",
    )
