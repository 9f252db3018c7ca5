"""The sidebar of the Train page: every knob, essentials first, and what others have instead."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from rnnviz.cells import MENU, NamedCell, named, own
from rnnviz.equations import EquationError, parse
from rnnviz.notation.writer import plain
from rnnviz.scenes.settings import CELLS, OWN_CELL
from rnnviz.settings.equations import EQUATIONS
from rnnviz.settings.kinds import Choice, Whole
from rnnviz.settings.schema import Setting
from rnnviz.texts import _
from rnnviz.training.comparison.choices import PAGE, Chosen, task_of
from rnnviz.training.knobs.clipping import KNOB_OF, clipping_of
from rnnviz.training.knobs.effects import has_effect
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.knobs.settings import GROUPS
from rnnviz.web.controls import draw, segmented
from rnnviz.web.literal import literal
from rnnviz.web.training.clipping import clipping
from rnnviz.web.training.given import given_weights
from rnnviz.web.training.race import LAGS
from rnnviz.web.training.state import Desk
from rnnviz.web.training.task_choice import choose_task, choose_text, say_what_it_asks
from rnnviz.web.training.variants import what_differs

BESIDE_TITLE = """<style>
.st-key-view button { padding-inline: 0.6rem; }
.st-key-view button p { font-size: 0.8125rem; }
@media (min-width: 900px) {
  .stMainBlockContainer { position: relative; } /* which scrolls, and the choice with it */
  :has(> .st-key-view) {
    position: absolute; top: calc(2.6rem + var(--room, 0px)); right: 2rem; width: auto;
  }
  .st-key-heading [data-testid="stMarkdownContainer"] { display: block; }
}
@media (min-width: 900px) and (max-width: 1150px) { /* between the head of the page and the lead */
  :has(> .st-key-view) { top: calc(2.5rem + var(--room, 0px)); }
  .st-key-view button { min-height: 1.55rem; height: 1.55rem; padding-block: 0; }
}
</style>"""
FRONT_DOOR = "marked recall"
TEXT_TASK = "next character"


def choose_view(desk: Desk) -> str:
    """Runs side by side, a race, the cliff, or a training of one's own."""
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


def set_up(desk: Desk, without: Collection[str] = ()) -> None:
    """Draw the sidebar. A complaint stands above the runs too: its top may be out of sight. Its
    place is always there: what comes and goes above a door would close it.

    without: knobs that the page itself has; the runs are then not compared with one another.
    """
    for place in (st.sidebar, st):
        with place.container(key=f"complaint {place is st}"):
            if desk.complaint:
                st.error(desk.complaint)
            if desk.wanted:
                st.page_link("pages/3_Your_data.py", label=_("Bring it: Your data"))
            if desk.note:
                st.info(desk.note)
    with st.sidebar:
        if without:
            st.markdown("**" + _("The same in all") + "**")
        else:
            _say_what_differs(desk)
        for name in KNOBS.group("essential"):
            _draw(desk, name, without)
        for group, title in GROUPS.items():
            with st.expander(_(title)):
                for name in KNOBS.group(group):
                    _draw(desk, name, without)


def _say_what_differs(desk: Desk) -> None:
    """What each run has for itself, and the heading of what all have."""
    what_differs(desk, partial(_try, desk), partial(_control, desk))
    title = _("The same in all") if desk.chosen.variants else _("The run")
    st.markdown(f"**{title}**")
    st.caption(
        _(
            "A change here starts the runs again. To change something while they train, use "
            "the strip above the charts."
        )
    )


def _draw(desk: Desk, name: str, without: Collection[str]) -> None:
    """What all runs have of a knob; both of clipping are one control."""
    own = KNOB_OF.values() if name in KNOB_OF.values() else (name,)
    each = () if without else desk.chosen.named
    if name in without or not has_effect(name, *desk.chosen.runs) or set(own) & set(each):
        return  # it does nothing, or each run has its own
    if name == "clip_norm":
        _clipping(desk)
    elif name not in ("clip_value", "text"):
        _control(desk, name, "A")
    elif name == "text" and desk.chosen.value("task") == TEXT_TASK:
        choose_text(desk, partial(_try, desk))
    if name == "task":
        say_what_it_asks(desk, with_findings=not without)


def _control(desk: Desk, name: str, letter: str) -> None:
    """The widget of a knob of one run."""
    key = f"train {desk.version} {letter} {name}"
    if name == "task":
        choose_task(desk, key, partial(_try, desk))
    elif name == "cell":
        _cell(desk, letter, key)
    elif name == "length":
        _length(desk, key)
    elif name == "weights":
        drawn = partial(_try, desk, lambda: desk.chosen.with_knob("weights", None))
        given_weights(desk.chosen.value("weights"), key=key, let_go=drawn)
    else:
        draw(
            KNOBS[name],
            desk.chosen.value(name, letter),
            key=key,
            on_change=_taken(desk, name, key, letter),
        )


def _taken(desk: Desk, name: str, key: str, letter: str = "A") -> Callable[[], None]:
    """Takes what the widget of this key says for a knob."""

    def take() -> None:
        value = st.session_state[key]
        if name == "spectral_radius" and value is not None and _draws_without_radius(desk, letter):
            _take_radius(desk, value, letter)
        else:
            _try(desk, lambda: desk.chosen.with_knob(name, value, letter))

    return take


def _draws_without_radius(desk: Desk, letter: str) -> bool:
    return bool(desk.chosen.value("recurrent_initial", letter) == "uniform")


def _take_radius(desk: Desk, radius: float, letter: str) -> None:
    """A radius, and with it matrices that can have one."""
    scaled = desk.chosen.with_knob("recurrent_initial", "scaled", letter)
    desk.put(scaled.with_knob("spectral_radius", radius, letter))
    desk.note = _(
        "The recurrent matrices are now Gaussian and scaled to this radius: uniform ones have none "
        "of your choice."
    )


def _length(desk: Desk, key: str) -> None:
    """Within the task's own range; as a slider over the lags that tell cells apart, if it has some.

    Another task gives the length up, typed or not: its widget is another one.
    """
    bounds, value = task_of(desk.chosen.base).length, desk.chosen.value("length")
    key += f" {KNOBS['task'].write(desk.chosen.value('task'))} {bounds.longest}"
    knob = replace(KNOBS["length"], kind=Whole(bounds.shortest, bounds.longest))
    here = _(
        "Here: {what}, from {shortest} to {longest}.",
        what=_(bounds.says),
        shortest=bounds.shortest,
        longest=f"{bounds.longest:,}",
    )
    text = f"{_(knob.help)} {here}"
    take = _taken(desk, "length", key)
    if desk.chosen.value("task") == FRONT_DOOR:
        _lag(replace(knob, help=text), bounds.default if value is None else value, key, take)
        return
    own = _("{length}, the task's own", length=bounds.default)
    draw(knob, value, key=key, placeholder=own, help=text, on_change=take)


def _lag(knob: Setting, value: int, key: str, take: Callable[[], None]) -> None:
    """A slider over `LAGS` and the one chosen; what it shows for none is not taken for a choice."""

    def moved() -> None:
        if st.session_state[key] != value:
            take()

    lags = sorted({*LAGS, value})
    st.select_slider(
        _(knob.label), options=lags, value=value, key=key, help=knob.help, on_change=moved
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
