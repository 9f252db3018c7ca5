"""What the Step page shows for the visitor's choices, and where that is kept.

What the gallery and the examples give is the same for everybody and shared. What a visitor brought
(a file, a text, numbers, equations) is theirs: it stays in their session, and goes with it.
"""

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar, cast

import streamlit as st
from cachetools import LRUCache, cached

from rnnviz.interop import questions
from rnnviz.interop.names import shown
from rnnviz.interop.questions import Answers
from rnnviz.interop.readers import Readers, ReadingSession
from rnnviz.interop.refusals import CheckpointError
from rnnviz.network.embedding import Embedding
from rnnviz.network.given import GivenWeights
from rnnviz.network.network import Network
from rnnviz.scenes.beside import Beside, beside
from rnnviz.scenes.questions import Question, question
from rnnviz.scenes.scene import Scene, scene, with_weights
from rnnviz.scenes.settings import OWN_CELL, OWN_NUMBERS, OWN_TEXT, YOUR_FILE, StepSettings
from rnnviz.scenes.uploads import Upload, fitting, refuse_too_large
from rnnviz.texts import Sentence, language
from rnnviz.web.serving.memory import give_back
from rnnviz.web.serving.presence import visitor_is_here
from rnnviz.web.step.payload import step_payload
from rnnviz.web.step.sheets import as_text

Kept = TypeVar("Kept")
Waiting = Callable[[str], AbstractContextManager[None]]
VISIT = "what the session keeps of the Step page"
MOST_REFUSED = 6
"""How many refusals are known: three questions that a file asks, and another file."""
LARGEST_SHELF = 64 * 2**20
"""How many bytes the views that all visitors share may take."""


class View(NamedTuple):
    """A scene, the bytes the stepper gets, and what stands beside it in them."""

    scene: Scene
    payload: bytes
    beside: Beside | None = None


def view_of(shown: Scene, settings: StepSettings | None = None) -> View:
    """All that follows from a scene, and from what these settings put beside it."""
    if settings is None:
        return View(shown, step_payload(shown))
    other, notes = beside(settings, shown)
    shown = replace(shown, notes=shown.notes + notes)
    return View(shown, step_payload(shown, beside=other), other)


def size_of(view: View) -> int:
    """How many bytes a view takes, but for some text."""
    parameters = view.scene.network.parameters.values()
    return len(view.payload) + sum(array.nbytes for array in parameters)


@cached(
    LRUCache(LARGEST_SHELF, getsizeof=size_of),
    key=lambda settings: (settings, language()),
    lock=threading.Lock(),
)
def shared_view(settings: StepSettings) -> View:
    """The view of choices that name nothing of a visitor's own, computed once for all."""
    return view_of(scene(settings), settings)


class Visit:
    """What a session keeps of the Step page.

    last: of the visitor's choices, the last view that could be shown. seen: what was on the page,
    and what was typed of its weights. is_open: until the tab is closed.

    Of the visitor's own it keeps one view more (64 MB at most), the network that was read last out
    of a file (32 MB, unless that view shows it), and what the Gradients page made of a view and the
    network of that (64 MB).
    """

    def __init__(self) -> None:
        self.last: View | None = None
        self.seen: tuple[Scene, GivenWeights | None] | None = None
        self._kept: dict[str, tuple[object, Any]] = {}
        self._file: _File | None = None
        self._refused: dict[tuple[str, Answers, str], CheckpointError] = {}
        self._questions: dict[str, dict[str, questions.Question]] = {}
        self._reading: ReadingSession | None = None
        self.is_open = True

    def view(
        self,
        settings: StepSettings,
        upload: Upload | None,
        reading: Waiting,
        numbers: Upload | None = None,
    ) -> View:
        """The view of these choices.

        Args:
            settings: the choices.
            upload: the visitor's file.
            reading: says that a file of this name is being read, while it is.
            numbers: the visitor's file of what is read.

        Raises:
            Refused: what was typed or sent cannot be read.
        """
        if settings.weights == YOUR_FILE and not self._reading:
            self._reading = _readers().session()
        try:
            self.last = view = self._view(settings, upload, reading, numbers)
            return view
        finally:
            if not visitor_is_here():  # nobody else will close what was opened too late
                self.close()

    def see(self, view: View, typed: GivenWeights | None) -> None:
        """This is on the page, with these weights typed in place of its own."""
        self.seen = (view.scene, typed)

    def question(self, view: View, item: int) -> Question:
        """What is asked about one of the sequences of a view."""
        return self.keep("question", (view.scene, item), lambda: question(view.scene, item))

    def close(self) -> None:
        """Keep nothing. What is still being computed may end in a refusal; nobody will see it."""
        if self._reading:
            self._reading.close()
        had_own = bool(self._kept)
        self.last = self.seen = self._file = self._reading = None
        self._kept, self._refused, self._questions = {}, {}, {}
        self.is_open = False
        if had_own:
            give_back()

    def keep(self, what: str, key: object, make: Callable[[], Kept]) -> Kept:
        """What was made for this key, in place of whatever `what` was for another."""
        if what not in self._kept or self._kept[what][0] != key:
            self._kept[what] = (key, make())
        return cast("Kept", self._kept[what][1])

    def _view(
        self,
        settings: StepSettings,
        upload: Upload | None,
        reading: Waiting,
        numbers: Upload | None,
    ) -> View:
        if upload is None and numbers is None and not _names_something_own(settings):
            return shared_view(settings)

        def load(upload: Upload, answers: Answers) -> Network:
            return self._load(upload, answers, reading)

        ids = tuple(file.id if file else "" for file in (upload, numbers))
        key = (settings, ids, language())
        return self.keep(
            "view", key, lambda: view_of(scene(settings, upload, load, as_text(numbers)), settings)
        )

    def asked(self, upload: Upload | None) -> Mapping[str, questions.Question]:
        """What a file was found to ask: what each question is about → the question."""
        return self._questions.get(upload.id, {}) if upload else {}

    def vocabulary(self, upload: Upload | None) -> int:
        """How many tokens the embedding knows of the network that was read last, if that is of this
        file; 0 where it has none."""
        if upload is None or self._file is None or self._file.asked[0] != upload.id:
            return 0
        first = self._file.network.body[0]
        return first.tokens if isinstance(first, Embedding) else 0

    def _load(self, upload: Upload, answers: Answers, reading: Waiting) -> Network:
        """The network in a file. Each file is read once, and refused once where it must be: that a
        file is refused makes nobody read the one before it anew."""
        asked = (upload.id, answers, language())
        if asked in self._refused:
            raise self._refused[asked].with_traceback(None)
        if self._file is None or self._file.asked != asked[:2]:
            with reading(shown(upload.name)):
                try:
                    self._file = _File(asked[:2], self._read(upload, answers))
                except CheckpointError as why:
                    self._refuse(asked, why)
                    raise
        return self._file.network

    def _refuse(self, asked: tuple[str, Answers, str], why: CheckpointError) -> None:
        self._refused = dict([*self._refused.items(), (asked, why)][-MOST_REFUSED:])
        if why.question is not None:
            known = self._questions.get(asked[0], {})
            self._questions = {asked[0]: {**known, why.question.about: why.question}}

    def _read(self, upload: Upload, answers: Answers) -> Network:
        if self._reading is None:
            raise CheckpointError(Sentence("its page has been left"))
        network = fitting(self._reading.load(upload.name, upload.data, answers))
        refuse_too_large(upload.name, network)
        return network.replace({n: array.astype(float) for n, array in network.parameters.items()})


class _File(NamedTuple):
    """The network that was read last, out of which file, with which answers."""

    asked: tuple[str, Answers]
    network: Network


def _names_something_own(settings: StepSettings) -> bool:
    return settings.cell == OWN_CELL or settings.sequence in (OWN_NUMBERS, OWN_TEXT)


@st.cache_resource(show_spinner=False)
def _readers() -> Readers:
    return Readers()


def visit() -> Visit:
    """This session's; a new one for a visitor who comes back to a session whose tab was closed."""
    found: Visit | None = st.session_state.get(VISIT)
    if found is None or not found.is_open:
        found = st.session_state[VISIT] = Visit()
    return _until_it_ends(found)


@st.cache_resource(
    scope="session", on_release=Visit.close, hash_funcs={Visit: id}, show_spinner=False
)
def _until_it_ends(visit: Visit) -> Visit:
    """Closed with the session's tab: what is in the session's state stays on for minutes."""
    return visit


def last_scene() -> Scene:
    """The Step page's network and sequence, its weights as they were typed; its first screen's, if
    it was not visited yet."""
    shown, typed = visit().seen or (shared_view(StepSettings()).scene, None)
    if typed is None:
        return shown
    return visit().keep("typed", (shown, typed), lambda: _as_typed(shown, typed))


def _as_typed(scene: Scene, typed: GivenWeights) -> Scene:
    """What was typed belongs to what was shown, but for a moment after that has changed."""
    try:
        return with_weights(scene, typed)
    except ValueError:
        return scene
