"""The sidebar of the Train page: every knob, essentials first, and what others have instead."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from rnnviz import tasks
from rnnviz.cells import MENU, NamedCell, named, own
from rnnviz.equations import EquationError, parse
from rnnviz.notation.writer import plain
from rnnviz.scenes.settings import CELLS, OWN_CELL
from rnnviz.settings.equations import EQUATIONS
from rnnviz.settings.kinds import Choice, Several, Whole, choice
from rnnviz.settings.schema import Setting
from rnnviz.texts import _
from rnnviz.training.choices import PAGE, Chosen, task_of
from rnnviz.training.clipping import clipping_of
from rnnviz.training.comparison import LETTERS
from rnnviz.training.effects import has_effect
from rnnviz.training.kinds import LONGEST_TEXT, own_text
from rnnviz.training.knobs import KNOBS, VARIANT_KNOBS
from rnnviz.training.recipes import RECIPES
from rnnviz.training.settings import GROUPS
from rnnviz.web.controls import draw, segmented
from rnnviz.web.literal import literal
from rnnviz.web.training.clipping import clipping
from rnnviz.web.training.race import LAGS
from rnnviz.web.training.state import Desk

BESIDE_TITLE = """<style>
@media (min-width: 900px) {
  :has(> .st-key-view) { position: absolute; top: 2.6rem; right: 2rem; width: auto; }
}
</style>"""
FRONT_DOOR = "marked recall"
TEXT_TASK = "next character"
MANY = Setting(
    choice(*range(1, 1 + len(LETTERS))),
    1,
    "Runs side by side",
    "From the same seed, data and, where shapes agree, initial weights.",
)
DIFFERING = Setting(
    Several(choice({name: KNOBS[name].label for name in VARIANT_KNOBS})), (), "They differ in"
)


def choose_view(desk: Desk) -> str:
    """Runs side by side, a race, or the cliff."""
    key = f"train {desk.version} view"

    def change() -> None:
        desk.chosen = replace(desk.chosen, view=st.session_state[key])

    st.html(BESIDE_TITLE)
    with st.container(key="view"):
        draw(
            PAGE["view"],
            desk.chosen.view,
            key=key,
            look=segmented,
            on_change=change,
            label_visibility="collapsed",
        )
    return desk.chosen.view


def set_up(desk: Desk) -> None:
    """Draw the sidebar. A complaint stands above the runs too: its top may be out of sight."""
    for place in (st.sidebar, st):
        if desk.complaint:
            place.error(desk.complaint)
    with st.sidebar:
        for name in KNOBS.group("essential"):
            _draw(desk, name)
        for group, title in GROUPS.items():
            with st.expander(title):
                for name in KNOBS.group(group):
                    _draw(desk, name)
        with st.expander("Runs side by side", expanded=len(desk.chosen.variants) > 0):
            _variants(desk)


def _variants(desk: Desk) -> None:
    chosen, key = desk.chosen, f"train {desk.version} variants"

    def count() -> None:
        many = int(st.session_state[f"{key} many"] or 1)
        _try(desk, lambda: desk.chosen.with_variants(many, desk.chosen.named))

    def name_knobs() -> None:
        many, names = len(desk.chosen.runs), st.session_state[f"{key} names"]
        _try(desk, lambda: desk.chosen.with_variants(many, names))

    many = 1 + len(chosen.variants)
    draw(MANY, many, key=f"{key} many", look=segmented, on_change=count)
    if not chosen.variants:
        return
    draw(DIFFERING, chosen.named, key=f"{key} names", on_change=name_knobs)
    for letter in LETTERS[1:many]:
        if chosen.named:
            st.markdown(f"**{letter}**")
        for name in chosen.named:
            _control(desk, name, letter)


def _draw(desk: Desk, name: str) -> None:
    """What run A has of a knob; both of clipping are one control."""
    if not has_effect(name, *desk.chosen.runs):
        return
    if name == "clip_norm":
        _clipping(desk)
    elif name not in ("clip_value", "text"):
        _control(desk, name, "A")
    elif name == "text" and desk.chosen.value("task") == TEXT_TASK:
        _text(desk)
    if name == "task":
        task = task_of(desk.chosen.base)
        findings = "" if _is_asked(desk) else task.findings
        source = _("Source: {source}.", source=_(task.source))
        st.caption(" ".join(filter(None, (_(task.story), _(findings), source))))


def _is_asked(desk: Desk) -> bool:
    """Whether a lesson's question is still open: nothing beside it answers it."""
    return desk.chosen.lesson in RECIPES and desk.chosen.lesson not in desk.guesses


def _control(desk: Desk, name: str, letter: str) -> None:
    """The widget of a knob of one run."""
    key = f"train {desk.version} {letter} {name}"
    if name == "cell":
        _cell(desk, letter, key)
    elif name == "length":
        _length(desk, key)
    else:
        draw(
            KNOBS[name],
            desk.chosen.value(name, letter),
            key=key,
            on_change=_taken(desk, name, key, letter),
        )


def _taken(desk: Desk, name: str, key: str, letter: str = "A") -> Callable[[], None]:
    """Takes what the widget of this key says for a knob."""
    return lambda: _try(desk, lambda: desk.chosen.with_knob(name, st.session_state[key], letter))


def _length(desk: Desk, key: str) -> None:
    """Within the task's own range; as a slider over the lags that tell cells apart, if it has some.

    Another task gives the length up, typed or not: its widget is another one.
    """
    bounds, value = task_of(desk.chosen.base).length, desk.chosen.value("length")
    key += f" {desk.chosen.value('task')}"
    knob = replace(KNOBS["length"], kind=Whole(bounds.shortest, bounds.longest))
    text = f"{knob.help} Here: {bounds.says}, from {bounds.shortest} to {bounds.longest:,}."
    take = _taken(desk, "length", key)
    if desk.chosen.value("task") == FRONT_DOOR:
        _lag(replace(knob, help=text), bounds.default if value is None else value, key, take)
        return
    own = f"{bounds.default}, the task's own"
    draw(knob, value, key=key, placeholder=own, help=text, on_change=take)


def _lag(knob: Setting, value: int, key: str, take: Callable[[], None]) -> None:
    """A slider over `LAGS` and the one chosen; what it shows for none is not taken for a choice."""

    def moved() -> None:
        if st.session_state[key] != value:
            take()

    lags = sorted({*LAGS, value})
    st.select_slider(
        knob.label, options=lags, value=value, key=key, help=knob.help, on_change=moved
    )


def _clipping(desk: Desk) -> None:
    def turn(knobs: dict[str, Any]) -> None:
        def clipped() -> Chosen:
            chosen = desk.chosen
            for name, limit in knobs.items():
                chosen = chosen.with_knob(name, limit)
            return chosen

        _try(desk, clipped)

    clipping(clipping_of(desk.chosen.base), key=f"train {desk.version} clipping", turn=turn)


def _text(desk: Desk) -> None:
    key = f"train {desk.version} text"

    def change() -> None:
        _try(desk, lambda: desk.chosen.with_knob("text", own_text(st.session_state[key])))

    typed = draw(
        KNOBS["text"],
        desk.chosen.value("text") or tasks.RHYMES,
        key=key,
        on_change=change,
        height=140,
        max_chars=None,
        help=f"{KNOBS['text'].help} Up to {LONGEST_TEXT:,} characters, which go into the address.",
    )
    if not typed.strip():
        st.caption("Nothing typed: two nursery rhymes are read.")


def _cell(desk: Desk, letter: str, key: str) -> None:
    value: NamedCell = desk.chosen.value("cell", letter)
    # A cell in its other notation is on no menu, but an address may ask for it.
    others = {} if value.name in (*MENU, OWN_CELL) else {value.name: value.name}
    menu = replace(KNOBS["cell"], kind=Choice({**CELLS.options, **others}))

    def change() -> None:
        name = st.session_state[key]
        other = own(value.cell) if name == OWN_CELL else named(name)
        cell = value if name == value.name else other
        _try(desk, lambda: desk.chosen.with_knob("cell", cell, letter))

    def write() -> None:
        text = st.session_state[f"{key} text"]
        _try(desk, lambda: desk.chosen.with_knob("cell", own(parse(text)), letter))

    draw(menu, value.name, key=key, on_change=change)
    if value.is_own:
        text = plain(value.cell)
        draw(EQUATIONS, text, key=f"{key} text", on_change=write, max_chars=None)


def _try(desk: Desk, make: Callable[[], Chosen]) -> None:
    """Take the new choices, or say what is wrong with them."""
    try:
        desk.take(make().fitting(desk.chosen))
    except EquationError as error:
        desk.complain(error.message)
    except ValueError as error:
        desk.complain(literal(str(error)))
