"""The Step page's choices: sidebar widgets ↔ the query of the address ↔ `StepSettings`.

Each widget is bound to the query by Streamlit, under the setting's name. What an address asks for
out of range Streamlit would drop without a word: the address is put right before.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz.cells import ABOUT
from rnnviz.scenes.scene import CELLS, KINDS, OPTIONS, SEQUENCES, Refused, Upload
from rnnviz.settings import (
    OWN_CELL,
    OWN_NUMBERS,
    OWN_TEXT,
    SETTINGS,
    StepSettings,
    read,
    spelled,
    write,
)
from rnnviz.web.literal import literal
from rnnviz.web.uploads import file_uploader

ENDINGS = ["pt", "pth", "safetensors", "npz"]
ADDRESS = "the address is within range"
LAST_CELL = "the gallery cell chosen last"


@dataclass
class Choices:
    """What was chosen, and a place under each text or file where a complaint about it goes."""

    chosen: dict[str, Any] = field(default_factory=dict)
    upload: Upload | None = None
    places: dict[str, DeltaGenerator] = field(default_factory=dict)

    @property
    def settings(self) -> StepSettings:
        return StepSettings(**self.chosen)

    @contextmanager
    def reading(self, name: str) -> Iterator[None]:
        """Say that a file is being read, while it is, where it was sent."""
        with self.places["your file"], st.spinner(f"Reading {literal(name)} …"):
            yield

    def complain(self, refusal: Refused) -> None:
        """Say what is wrong, where it happened."""
        place = self.places.get(refusal.where, st)
        told = str(refusal)
        if refusal.where != "equations":  # the parser quotes code, and only what it knows
            told = literal(told)
        sentence = told if told[-1:] in ".?!" else f"{told}."
        place.error(f"{sentence} What is shown is as before.")


def choose() -> Choices:
    """Draw the sidebar and read it."""
    _clamp_address()
    choices = Choices()
    with st.sidebar:
        _sequence(choices)
        _cell(choices)
        _weights(choices)
        with st.expander("Network and loss"):
            _network(choices)
    return choices


def _sequence(choices: Choices) -> None:
    sequence = _select(choices, "sequence", SEQUENCES)
    if sequence == OWN_NUMBERS:
        _text(choices, "numbers")
    if sequence == OWN_TEXT:
        _text(choices, "text")


def _cell(choices: Choices) -> None:
    cell = _select(choices, "cell", CELLS)
    if cell == OWN_CELL:
        last = st.session_state.get(LAST_CELL, SETTINGS["cell"].default)
        if not st.session_state.get("equations") and "equations" not in st.query_params:
            st.session_state["equations"] = ABOUT[last].equations
        _text(choices, "equations")
        return
    st.session_state[LAST_CELL] = cell
    if ABOUT[cell].twin:
        _few(choices, "z")


def _weights(choices: Choices) -> None:
    weights = _few(choices, "weights")
    if weights == "fresh":
        _number(choices, "seed", step=1)
        if _select(choices, "initial") == "spectral radius":
            _slider(choices, "radius", step=0.05)
        if _select(choices, "memory") == "one number":
            _slider(choices, "bias", step=0.5)
    if weights == "your file":
        sent = file_uploader("A checkpoint: .pt, .pth, .safetensors or .npz, up to 5 MB", ENDINGS)
        choices.upload = Upload(sent.name, sent.getvalue(), sent.file_id) if sent else None
        choices.places["your file"] = st.empty()
        _select(choices, "kind", KINDS)


def _network(choices: Choices) -> None:
    if choices.upload is None:
        _slider(choices, "layers", step=1)
        _few(choices, "direction")
        _slider(choices, "hidden", step=1)
    if _select(choices, "loss") == "one step":
        _number(choices, "step", step=1)


def _select(choices: Choices, name: str, options: Iterable[str] | None = None) -> str:
    words = tuple(options or SETTINGS[name].options or ())
    index = words.index(SETTINGS[name].default)
    return str(_chosen(choices, name, st.selectbox(**_said(name), options=words, index=index)))


def _few(choices: Choices, name: str) -> str:
    words = SETTINGS[name].options or ()
    default = SETTINGS[name].default
    value = st.segmented_control(**_said(name), options=words, default=default, required=True)
    return str(_chosen(choices, name, value))


def _slider(choices: Choices, name: str, *, step: float) -> None:
    setting, kind = SETTINGS[name], type(SETTINGS[name].default)
    low, high = kind(setting.low), kind(setting.high)
    _chosen(choices, name, st.slider(**_said(name), **_from(low, high, setting.default, step)))


def _number(choices: Choices, name: str, *, step: int) -> None:
    setting = SETTINGS[name]
    low, high = int(setting.low), int(setting.high)
    limits = _from(low, high, setting.default, step)
    _chosen(choices, name, st.number_input(**_said(name), **limits))


def _text(choices: Choices, name: str) -> None:
    setting = SETTINGS[name]
    value = st.text_area(
        **_said(name), value=setting.default, max_chars=setting.longest, height=170
    )
    choices.places[name] = st.empty()
    _chosen(choices, name, value)


def _said(name: str) -> dict[str, Any]:
    """What every widget is given: its words, and its place in the address."""
    setting = SETTINGS[name]
    return {"label": setting.title, "help": setting.says, "key": name, "bind": "query-params"}


def _from(low: float, high: float, default: float, step: float) -> dict[str, Any]:
    return {"min_value": low, "max_value": high, "value": default, "step": step}


def _chosen(choices: Choices, name: str, value: Any) -> Any:
    choices.chosen[name] = SETTINGS[name].default if value is None else value
    return choices.chosen[name]


def _clamp_address() -> None:
    """Once a session, before any widget is drawn: put what the address asks for within range."""
    if ADDRESS in st.session_state:
        return
    st.session_state[ADDRESS] = True
    asked = {name: st.query_params.get_all(name)[-1] for name in st.query_params}
    settings = read(asked, OPTIONS)
    if any(asked[name] != spelled(getattr(settings, name)) for name in SETTINGS if name in asked):
        others = {name: text for name, text in asked.items() if name not in SETTINGS}
        st.query_params.from_dict({**others, **write(settings)})
        st.rerun()
