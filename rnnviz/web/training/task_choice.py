"""In the sidebar: which task is learnt, what it asks, and the text that next character reads."""

from dataclasses import replace
from typing import cast

import streamlit as st

from rnnviz import tasks
from rnnviz.settings.kinds import Choice
from rnnviz.tasks import Task
from rnnviz.texts import _
from rnnviz.training.comparison.choices import task_of
from rnnviz.training.knobs.kinds import LONGEST_TEXT, own_text
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.recipes import RECIPES
from rnnviz.web.controls import draw
from rnnviz.web.literal import literal
from rnnviz.web.training.own_tasks import own_tasks
from rnnviz.web.training.state import Desk
from rnnviz.web.training.variants import Take

AS_IT_WAS = "as it was"
"""The menu's key of a task of the visitor's own that their data make no more."""
TOY_TASKS = cast(Choice, KNOBS["task"].kind)


def choose_task(desk: Desk, key: str, try_to_take: Take) -> None:
    """The toy tasks, and those that the visitor's own data make: the last, and the one in force."""
    value = desk.chosen.value("task")
    own = dict(own_tasks())
    titles = {name: _(task.title) for name, task in own.items()}
    if isinstance(value, Task) and value not in own.values():
        key += f" {AS_IT_WAS}"  # of a menu that means something else by the same names
        own[AS_IT_WAS] = value
        titles[AS_IT_WAS] = _("{task}, as it was", task=_(value.title))
    menu = Choice({**TOY_TASKS.options, **titles})
    chosen = next((name for name, task in own.items() if task == value), value)

    def take() -> None:
        name = st.session_state[key]
        try_to_take(lambda: desk.chosen.with_knob("task", own.get(name, name)))

    draw(replace(KNOBS["task"], kind=menu), chosen, key=key, on_change=take)


def say_what_it_asks(desk: Desk, *, with_findings: bool) -> None:
    """Its story, what cells make of it where that is wanted and is no open question, its source."""
    task = task_of(desk.chosen.base)
    findings = task.findings if with_findings and not _is_asked(desk) else ""
    source = _("Source: {source}.", source=_(task.source))
    text = " ".join(filter(None, (_(task.story), _(findings), source)))
    # What a visitor's data make has their own words in it.
    st.caption(literal(text) if isinstance(desk.chosen.value("task"), Task) else text)


def choose_text(desk: Desk, take: Take) -> None:
    """A box for the text that next character reads."""
    key = f"train {desk.version} text"

    def change() -> None:
        take(lambda: desk.chosen.with_knob("text", own_text(st.session_state[key])))

    up_to = _("Up to {most} characters, which go into the address.", most=f"{LONGEST_TEXT:,}")
    typed = draw(
        KNOBS["text"],
        desk.chosen.value("text") or tasks.RHYMES,
        key=key,
        on_change=change,
        height=140,
        max_chars=None,
        help=f"{_(KNOBS['text'].help)} {up_to}",
    )
    if not typed.strip():
        st.caption(_("Nothing typed: two nursery rhymes are read."))


def _is_asked(desk: Desk) -> bool:
    """Whether a lesson's question is still open: nothing beside it answers it."""
    return desk.chosen.lesson in RECIPES and desk.chosen.lesson not in desk.guesses
