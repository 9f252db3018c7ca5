"""The Step page's sidebar: its settings' widgets, and where complaints about them go."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz.cells import ABOUT
from rnnviz.scenes.settings import (
    OWN_CELL,
    OWN_NUMBERS,
    OWN_TEXT,
    SETTINGS,
    YOUR_FILE,
    StepSettings,
)
from rnnviz.scenes.weights import Refused, Upload
from rnnviz.texts import _
from rnnviz.web.controls import Panel, segmented, slider
from rnnviz.web.literal import ended, literal
from rnnviz.web.uploads import file_uploader

ENDINGS = ["pt", "pth", "safetensors", "npz"]
LAST_CELL = "the gallery cell chosen last"


class Choices:
    """What was chosen, and a place under each text or file where a complaint about it goes."""

    def __init__(self) -> None:
        self.panel = Panel("step", SETTINGS)
        self.upload: Upload | None = None
        self.places: dict[str, DeltaGenerator] = {}

    @property
    def query(self) -> dict[str, str]:
        """What the address is to say of them."""
        return self.panel.query()

    @property
    def settings(self) -> StepSettings:
        return StepSettings(**self.panel.chosen)

    def text(self, name: str) -> None:
        """A box for a text, and a place under it."""
        self.panel.draw(name)
        self.places[name] = st.empty()

    def equations(self) -> None:
        """The box that holds the equations. They are seen and typed in the writing place."""
        with st.container(key="written"):
            self.panel.draw("equations")

    @contextmanager
    def reading(self, name: str) -> Iterator[None]:
        """Say that a file is being read, while it is, where it was sent."""
        with self.places["weights"], st.spinner(_("Reading {file} …", file=literal(name))):
            yield

    def complain(self, refusal: Refused) -> None:
        """Say what is wrong, where it happened."""
        place = self.places.get(refusal.where, st)
        as_before = _("What is shown is as before.")
        place.error(f"{ended(literal(str(refusal)))} {as_before}")


def choose() -> Choices:
    """Draw the sidebar, and read it."""
    choices = Choices()
    with st.sidebar:
        _sequence(choices)
        _cell(choices)
        choices.panel.draw("beside")
        _weights(choices)
        with st.expander(_("Network and loss")):
            _network(choices)
    return choices


def _sequence(choices: Choices) -> None:
    sequence = choices.panel.draw("sequence")
    if sequence == OWN_NUMBERS:
        choices.text("numbers")
    if sequence == OWN_TEXT:
        choices.text("text")


def _cell(choices: Choices) -> None:
    cell = choices.panel.draw("cell")
    if cell == OWN_CELL:
        last = st.session_state.get(LAST_CELL, SETTINGS["cell"].default)
        choices.panel.suggest("equations", ABOUT[last].equations)
        choices.equations()
        return
    st.session_state[LAST_CELL] = cell
    if ABOUT[cell].counterpart:
        choices.panel.draw("z", look=segmented)


def _weights(choices: Choices) -> None:
    panel = choices.panel
    weights = panel.draw("weights", look=segmented)
    if weights == "fresh":
        panel.draw("seed")
        if panel.draw("initial") == "scaled":
            panel.draw("radius", look=slider)
        if panel.draw("memory") == "number":
            panel.draw("bias", look=slider)
    if weights == YOUR_FILE:
        sent = file_uploader(
            _("A checkpoint: .pt, .pth, .safetensors or .npz, up to 5 MB"), ENDINGS
        )
        choices.upload = Upload(sent.name, sent.getvalue(), sent.file_id) if sent else None
        choices.places["weights"] = st.empty()
        panel.draw("kind")


def _network(choices: Choices) -> None:
    panel = choices.panel
    if choices.upload is None:
        panel.draw("layers", look=slider)
        panel.draw("direction", look=segmented)
        panel.draw("hidden", look=slider)
        if panel.chosen["sequence"] in (OWN_NUMBERS, OWN_TEXT):
            panel.draw("outputs", look=slider)
    if panel.draw("loss") == "one":
        panel.draw("step")
