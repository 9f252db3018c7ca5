"""The Step page's sidebar: its settings' widgets, and where complaints about them go."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from rnnviz.cells import ABOUT
from rnnviz.interop.names import shown
from rnnviz.interop.questions import NONE, CellChoice, Choice, Question, ReadoutChoice
from rnnviz.scenes.scene import Scene
from rnnviz.scenes.settings import (
    OWN_CELL,
    OWN_NUMBERS,
    OWN_TEXT,
    RANDOM,
    SEQUENCES,
    SETTINGS,
    YOUR_FILE,
    StepSettings,
)
from rnnviz.scenes.uploads import Upload, described
from rnnviz.scenes.weights import Refused
from rnnviz.settings.kinds import Text
from rnnviz.texts import N_, _
from rnnviz.web.controls import Look, Panel, line, put, segmented, slider
from rnnviz.web.literal import ended, literal
from rnnviz.web.step.view import visit
from rnnviz.web.uploads import file_uploader, keep, kept, offer_to_put_away

CHECKPOINT, NUMBERS = "checkpoint", "number-file"
CHECKPOINT_MB, NUMBERS_MB = 64, 8
KINDS = N_(
    "A checkpoint of PyTorch's (.pt, .pth), a .safetensors file, NumPy's arrays (.npz), or a model "
    "of Keras' (.keras, .h5) or ONNX's (.onnx). What is in it is read; nothing in it is run."
)
ANSWERED_BY = {"name": "network", "readout": "readout"}
"""What a question is about → the setting that answers it. (The cell's type can always be said.)"""
LAST_CELL = "the gallery cell chosen last"


class Choices:
    """What was chosen, and a place under each text or file where a complaint about it goes.

    sent: the checkpoint that came last. upload: the one that is to be shown: that, or the one that
    was shown before. numbers: a file of what is read.
    """

    def __init__(self) -> None:
        self.panel = Panel("step", SETTINGS)
        self.sent: UploadedFileRec | None = None
        self.numbers: Upload | None = None
        self.places: dict[str, DeltaGenerator] = {}

    @property
    def query(self) -> dict[str, str]:
        """What the address is to say of them."""
        return self.panel.query()

    @property
    def settings(self) -> StepSettings:
        return StepSettings(**self.panel.chosen)

    @property
    def before(self) -> Upload | None:
        """The checkpoint that was shown before."""
        return upload_of(kept(CHECKPOINT)) if self._is_of_a_file else None

    @property
    def upload(self) -> Upload | None:
        return upload_of(self.sent) or self.before

    @property
    def _is_of_a_file(self) -> bool:
        return bool(self.panel.value("weights") == YOUR_FILE)

    def text(self, name: str, look: Look | None = None) -> None:
        """A box for a text, and a place under it."""
        text = self.panel.draw(name, look=look)
        self.places[name] = st.empty()
        if not SETTINGS[name].fits_link(text):
            st.caption(_("This is too long for the address: a link to this view will not have it."))

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
        """Say what is wrong, where it happened, and what can be done."""
        place = self.places.get(refusal.where, st).container()
        as_before = (
            _("What is shown is as before.")
            if visit().last
            else _("The page's first example is shown instead.")
        )
        is_asked = refusal.question is not None or refusal.where in ("sequence", "alphabet")
        say = place.info if is_asked else place.error
        say(f"{ended(literal(str(refusal)))} {as_before}")
        if refusal.question is not None:
            with place:
                self.ask(refusal.question)
        if refusal.code:
            place.code(refusal.code, language="python")
        if refusal.where == "sequence":
            for key in (OWN_NUMBERS, OWN_TEXT, RANDOM):
                label = _(SEQUENCES.label(key))
                place.button(
                    label, key=f"read {key}", on_click=put, args=("step", {"sequence": key})
                )

    def ask(self, question: Question) -> None:
        """What a file does not tell, where it is not asked already."""
        name = ANSWERED_BY.get(question.about)
        if name and name not in self.panel.chosen:
            self.panel.draw(name, look=partial(_one_of, question))

    def ask_what_it_reads(self) -> None:
        """Tokens or vectors, where the file's network can read both; once, as soon as it is
        known."""
        tokens = visit().vocabulary(self.upload)
        if not tokens or "reads" not in self.places:
            return
        with self.places.pop("reads"):
            self.panel.draw("reads", look=segmented)
            st.caption(
                _(
                    "Its embedding knows {tokens} tokens, by the numbers from 0 to {last}.",
                    tokens=f"{tokens:,}",
                    last=f"{tokens - 1:,}",
                )
            )

    def show_cell(self, scene: Scene) -> None:
        """Where the cell is chosen, whose it is, if it comes out of a file."""
        if "cell" not in self.places:
            return
        title = _(SETTINGS["cell"].label)
        said = described(scene.network)
        if scene.file is not None:
            said = _("{network}, from {file}", network=said, file=shown(scene.file))
        self.places["cell"].markdown(f"{title}: **{literal(said)}**")

    def take(self) -> None:
        """Go on with the checkpoint that was sent, whatever is sent after it."""
        if self.sent is not None:
            keep(CHECKPOINT, self.sent)


def upload_of(file: UploadedFileRec | None) -> Upload | None:
    """A file as the scene takes it."""
    return Upload(file.name, file.data, file.file_id) if file else None


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
    panel = choices.panel
    sequence = panel.draw("sequence")
    choices.places["sequence"] = st.empty()
    if sequence == OWN_NUMBERS:
        choices.text("numbers")
        label = _("Or a file of numbers, up to {size} MB", size=NUMBERS_MB)
        help = _(
            "A .npy file, (time, inputs), an .xlsx file, or a text as a .csv is: a row for each "
            "step."
        )
        sent = file_uploader(label, help, key=NUMBERS, megabytes=NUMBERS_MB)
        choices.numbers = upload_of(sent)
        if sent:
            st.caption(_("The numbers are those of {file}.", file=literal(sent.name)))
    if sequence == OWN_TEXT:
        choices.text("text")
        if panel.value("weights") == YOUR_FILE:
            choices.text("alphabet", line)


def _cell(choices: Choices) -> None:
    if choices.panel.value("weights") == YOUR_FILE:
        for name in ("cell", "z", "equations"):  # as they were, for when other weights are chosen
            choices.panel.hold(name)
        choices.places["cell"] = st.empty()
        return
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
        label = _("A file with a network in it, up to {size} MB", size=CHECKPOINT_MB)
        choices.sent = file_uploader(label, _(KINDS), key=CHECKPOINT, megabytes=CHECKPOINT_MB)
        if choices.sent is None:
            offer_to_put_away(CHECKPOINT)
        choices.places["weights"] = st.empty()
        for question in visit().asked(choices.upload).values():
            choices.ask(question)
        panel.hold("reads")
        choices.places["reads"] = st.container()
        choices.ask_what_it_reads()
        panel.draw("kind")


def _one_of(question: Question, _kind: Text, value: str | None, said: dict[str, Any]) -> str | None:
    """A menu of what can be answered."""
    known = {choice.name: _in_words(choice) for choice in question.choices}
    if st.session_state.get(said["key"]) not in known:  # it was answered of another file
        st.session_state.pop(said["key"], None)
    index = [*known].index(value) if value in known else None
    words = {"placeholder": _("Choose one"), **said}
    return st.selectbox(
        **words, options=[*known], index=index, format_func=lambda name: known[name]
    )


def _in_words(choice: Choice) -> str:
    """One of the answers."""
    if isinstance(choice, ReadoutChoice) and choice.name == NONE:
        return _("none of them")
    if isinstance(choice, ReadoutChoice):
        return f"{shown(choice.name)} ({' × '.join(map(str, choice.shape))})"
    if isinstance(choice, CellChoice):
        return choice.name
    size = f"{choice.inputs} → {choice.hidden}"
    ways = " ⇄" if choice.directions == 2 else ""
    return f"{shown(choice.name)}: {choice.layers} × {choice.cell}{ways}, {size}"


def _network(choices: Choices) -> None:
    panel = choices.panel
    if choices.upload is None:
        panel.draw("layers", look=slider)
        panel.draw("direction", look=segmented)
        panel.draw("hidden", look=slider)
        if panel.chosen["sequence"] in (OWN_NUMBERS, OWN_TEXT, RANDOM):
            panel.draw("outputs", look=slider)
    if panel.draw("loss") == "one":
        panel.draw("step")
