"""The sidebar of the Train page: every knob, essentials first, and what the twins have instead."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from rnnviz import tasks
from rnnviz.cells import ABOUT, MENU
from rnnviz.equations import EquationError, parse
from rnnviz.notation.writer import plain
from rnnviz.representation import Cell
from rnnviz.training.choices import LONGEST_TEXT, VIEWS, Chosen, own_text, task_of
from rnnviz.training.experiment import LETTERS
from rnnviz.training.knobs import KNOBS, TWIN_KNOBS
from rnnviz.web.literal import literal
from rnnviz.web.training.race import LAGS
from rnnviz.web.training.state import Desk

OWN_CELL = "your own equations"
CLIPPING = {"none": None, "by norm": "clip_norm", "by value": "clip_value"}
ESSENTIAL = ("task", "length", "text", "cell", "hidden", "optimizer", "learning_rate", "clipping",
             "updates", "seed")  # fmt: skip
FRONT_DOOR = "marked recall"
GROUPS = {
    "Network": ("layers", "direction", "gate_function", "candidate_function"),
    "Initial values": (
        "recurrent_initial", "spectral_radius", "input_initial", "input_scale",
        "forget_bias", "write_bias", "chrono",
    ),
    "Optimizer": (
        "schedule", "momentum", "rms_decay", "beta_1", "beta_2", "epsilon", "weight_decay",
    ),
    "Dropout, second head, truncation": (
        "dropout", "recurrent_dropout", "auxiliary", "truncate",
    ),
    "Batch and precision": ("batch", "precision"),
}  # fmt: skip
IN_CLIPPING = ("clip_norm", "clip_value")
STEPS = {"learning_rate": 0.001, "epsilon": 1e-8, "beta_1": 0.01, "beta_2": 0.001}


def choose_view(desk: Desk) -> str:
    """Twins, a race, or the cliff."""

    def change() -> None:
        desk.chosen = replace(desk.chosen, view=st.session_state["train view"])

    st.segmented_control(
        "What to look at",
        VIEWS,
        default=desk.chosen.view,
        key="train view",
        on_change=change,
        required=True,
        label_visibility="collapsed",
        format_func=str.capitalize,
    )
    return desk.chosen.view


def set_up(desk: Desk) -> None:
    """Draw the sidebar. A complaint stands above the runs too: its top may be out of sight."""
    for place in (st.sidebar, st):
        if desk.complaint:
            place.error(desk.complaint)
    with st.sidebar:
        for name in ESSENTIAL:
            _draw(desk, name, "A")
        for title, names in GROUPS.items():
            with st.expander(title):
                for name in names:
                    _draw(desk, name, "A")
        with st.expander("Twins", expanded=len(desk.chosen.twins) > 0):
            _twins(desk)


def _twins(desk: Desk) -> None:
    chosen, key = desk.chosen, f"train {desk.version} twins"

    def count() -> None:
        many = int(st.session_state[f"{key} many"] or 1)
        _try(desk, lambda: desk.chosen.with_twins(many, desk.chosen.named))

    def name_knobs() -> None:
        many, names = len(desk.chosen.runs), st.session_state[f"{key} names"]
        _try(desk, lambda: desk.chosen.with_twins(many, names))

    st.segmented_control(
        "Runs side by side", options=[1, 2, 3, 4], default=1 + len(chosen.twins),
        key=f"{key} many", on_change=count, required=True,
        help="From the same seed, data and, where shapes agree, initial weights.",
    )  # fmt: skip
    if not chosen.twins:
        return
    names = chosen.named
    st.multiselect(
        "They differ in", options=TWIN_KNOBS, default=names, key=f"{key} names",
        format_func=lambda name: KNOBS[name].title, on_change=name_knobs,
    )  # fmt: skip
    for letter in LETTERS[1 : 1 + len(chosen.twins)]:
        if names:
            st.markdown(f"**{letter}**")
        for name in names:
            _draw(desk, name, letter)


def _draw(desk: Desk, name: str, letter: str) -> None:
    if name == "clipping":
        _clipping(desk)
    elif name == "text":
        if desk.chosen.base.get("task") == "next character":
            _text(desk)
    elif name == "cell":
        _cell(desk, letter)
    else:
        _knob(desk, name, letter)
    if name == "task":
        task = task_of(desk.chosen.base)
        st.caption(f"{task.story} Source: {task.source}.")


def _knob(desk: Desk, name: str, letter: str) -> None:
    """The widget of a knob, by what kind of choice it is."""
    knob = KNOBS[name]
    value = desk.chosen.value(name, letter)
    key = f"train {desk.version} {letter} {name}"
    if name == "length":
        key += f" {desk.chosen.value('task')}"  # another task gives the length up, typed or not

    def change() -> None:
        _try(desk, lambda: desk.chosen.with_knob(name, st.session_state[key], letter))

    said: dict[str, Any] = {
        "label": knob.title, "help": knob.says, "key": key, "on_change": change,
    }  # fmt: skip
    if knob.options:
        index = knob.options.index(value) if value in knob.options else 0
        shown = _title_of_task if name == "task" else str
        st.selectbox(**said, options=knob.options, index=index, format_func=shown)
        return
    low, high = knob.low or 0, knob.high or 0
    if name == "length":
        bounds = task_of(desk.chosen.base).length
        low, high = bounds.shortest, bounds.longest
        said["placeholder"] = f"{bounds.default}, the task's own"
        said["help"] = f"{knob.says} Here: {bounds.says}, from {low} to {high:,}."
        if desk.chosen.value("task") == FRONT_DOOR:
            _lag(said, bounds.default if value is None else value)
            return
    kind = int if knob.whole else float
    step: float = STEPS.get(name, 0.1 if knob.high and knob.high > 1 else 0.05)
    number: Any = st.number_input
    number(
        **{"placeholder": "none", **said},
        min_value=kind(low), max_value=kind(high), step=1 if knob.whole else step,
        value=None if value is None else kind(value), format="%d" if knob.whole else "%.6g",
    )  # fmt: skip


def _lag(said: dict[str, Any], value: int) -> None:
    """The length as a slider over the lags that tell cells apart, and the one that is chosen."""

    def moved() -> None:
        if st.session_state[said["key"]] != value:
            said["on_change"]()

    shown = {name: said[name] for name in ("label", "help", "key")}
    st.select_slider(**shown, options=sorted({*LAGS, value}), value=value, on_change=moved)


def _title_of_task(name: str) -> str:
    return tasks.find(name).title


def _clipping(desk: Desk) -> None:
    base, key = desk.chosen.base, f"train {desk.version} clipping"
    kind = next((k for k, name in CLIPPING.items() if name and base.get(name) is not None), "none")

    def change() -> None:
        name = CLIPPING[st.session_state[key]]
        limit = float(st.session_state.get(f"{key} at") or 1.0)
        _try(desk, lambda: _clipped(desk.chosen, name, limit))

    st.segmented_control(
        "Clipping", options=list(CLIPPING), default=kind, key=key, on_change=change, required=True,
        help=f"{KNOBS['clip_norm'].says} {KNOBS['clip_value'].says}",
    )  # fmt: skip
    name = CLIPPING[kind]
    if name:
        knob = KNOBS[name]
        st.number_input(
            "Threshold", min_value=float(knob.low or 0), max_value=float(knob.high or 0),
            value=float(base[name]), step=0.1, format="%.6g", key=f"{key} at", on_change=change,
            help=knob.says,
        )  # fmt: skip


def _clipped(chosen: Chosen, name: str | None, limit: float) -> Chosen:
    """The same with this kind of clipping and no other."""
    for one in IN_CLIPPING:
        chosen = chosen.with_knob(one, limit if one == name else None)
    return chosen


def _text(desk: Desk) -> None:
    key = f"train {desk.version} text"
    text = str(desk.chosen.value("text") or tasks.RHYMES)

    def change() -> None:
        _try(desk, lambda: desk.chosen.with_knob("text", own_text(st.session_state[key])))

    typed = st.text_area(
        KNOBS["text"].title, value=text, key=key, on_change=change, height=140,
        help=f"{KNOBS['text'].says} Up to {LONGEST_TEXT:,} characters, which go into the address.",
    )  # fmt: skip
    if not typed.strip():
        st.caption("Nothing typed: two nursery rhymes are read.")


def _cell(desk: Desk, letter: str) -> None:
    value = desk.chosen.value("cell", letter)
    key = f"train {desk.version} {letter} cell"
    shown = OWN_CELL if isinstance(value, Cell) else value
    # A cell in its other notation is on no menu, but an address may ask for it.
    options = tuple(dict.fromkeys((*MENU, shown, OWN_CELL)))

    def change() -> None:
        name = st.session_state[key]
        before = ABOUT[value].equations if isinstance(value, str) else plain(value)
        cell = value if name == shown else parse(before) if name == OWN_CELL else name
        _try(desk, lambda: desk.chosen.with_knob("cell", cell, letter))

    def write() -> None:
        text = st.session_state[f"{key} text"]
        _try(desk, lambda: desk.chosen.with_knob("cell", parse(text), letter))

    st.selectbox(
        KNOBS["cell"].title, options=options, index=options.index(shown), key=key,
        on_change=change, help=KNOBS["cell"].says,
    )  # fmt: skip
    if isinstance(value, Cell):
        st.text_area(
            "Equations", value=plain(value), key=f"{key} text", on_change=write, height=170,
            help="A `name = expression` a line; old values `h_prev`; matrices W U V; vectors b p.",
        )  # fmt: skip


def _try(desk: Desk, make: Callable[[], Chosen]) -> None:
    """Take the new choices, or say what is wrong with them."""
    try:
        desk.take(make().fitting(desk.chosen))
    except EquationError as error:
        desk.complain(f"Equations, line {error.line}, column {error.column}: {error}")
    except ValueError as error:
        desk.complain(literal(str(error)))
