"""Whose weights the Step page shows: trained ones, fresh ones, or those of a visitor's file.

Whatever cannot be shown raises `Refused`, with the name of the setting at which it happened.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from rnnviz.cells import ABOUT, GALLERY, named
from rnnviz.equations import EquationError, parse
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.names import shown
from rnnviz.interop.questions import NONE, Question
from rnnviz.interop.refusals import CheckpointError, is_on_embedding
from rnnviz.network.counterpart import counterpart_of
from rnnviz.network.embedding import Embedding
from rnnviz.network.initial import Initial
from rnnviz.network.network import Network
from rnnviz.representation import Cell
from rnnviz.scenes.examples import HIDDEN, PRESETS, trained
from rnnviz.scenes.reading import Reading, some_numbers
from rnnviz.scenes.settings import (
    OWN_CELL,
    OWN_TEXT,
    SETTINGS,
    TYPED,
    VECTORS,
    YOUR_FILE,
    StepSettings,
)
from rnnviz.settings.kinds import Choice
from rnnviz.tasks.task import Task
from rnnviz.texts import Sentence, _, ngettext

MOST_UNITS = 1024
MOST_WEIGHTS = 4_000_000
"""How many a network may have that is shown: with them, it and its payload take 64 MB."""
IN_A_NOTEBOOK = """\
net = rnnviz.load({path})
rec = rnnviz.trace(net, x)  # x: (time, {inputs})
rec.to_html("run.html")"""


class Refused(ValueError):
    """Something that cannot be shown, in one sentence; `where` names the setting.

    code: how it is done in a notebook, where a page cannot. question: what could be answered.
    """

    def __init__(
        self, where: str, message: str, *, code: str = "", question: Question | None = None
    ) -> None:
        super().__init__(message)
        self.where = where
        self.code = code
        self.question = question


class TooLarge(CheckpointError):
    """A network that no page can follow. code: how a notebook does."""

    def __init__(self, message: Sentence, code: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Upload:
    """A checkpoint file as it was sent. id: of this sending; another one has another."""

    name: str
    data: bytes
    id: str = ""


class Answers(NamedTuple):
    """What a visitor says of a file; None where the file is to say it itself: so it is always of
    whether an embedding is read, which `as_read` leaves out."""

    kind: str | None = None
    name: str | None = None
    readout: str | None = None
    embedding: bool | None = None


Load = Callable[[Upload, Answers], Network]
"""Reads a file. CheckpointError: it cannot be read, or asks something that is not answered."""


def load_here(upload: Upload, answers: Answers) -> Network:
    """The network in a file, read in this process."""
    network = fitting(load_bytes(upload.name, upload.data, **answers._asdict()))
    refuse_too_large(upload.name, network)
    return network


def fitting(network: Network) -> Network:
    """A network without its embedding, where a page cannot follow so many weights."""
    first = network.body[0]
    if not isinstance(first, Embedding) or weights_of(network) <= MOST_WEIGHTS:
        return network
    note = Sentence(
        "its embedding of {tokens} tokens is left out, since it has more weights than this page "
        "follows: the network reads what comes out of there",
        tokens=f"{first.tokens:,}",
    )
    return _without_embedding(network, note)


def weights_of(network: Network) -> int:
    """How many numbers it has learnt."""
    return sum(array.size for array in network.parameters.values())


def refuse_too_large(name: str, network: Network) -> None:
    """TooLarge for the network in a file that is more than a page can follow."""
    weights = weights_of(network)
    widest = max(network.inputs, network.outputs, *(layer.hidden for layer in network.layers))
    if weights <= MOST_WEIGHTS and widest <= MOST_UNITS:
        return
    code = IN_A_NOTEBOOK.format(path=repr(name), inputs=network.inputs)
    message = Sentence(
        "{file} is {network}, which reads {inputs} a step: {weights} weights. This page follows up "
        "to {most} weights, and {units} units or inputs; in a notebook, the lines below do",
        file=shown(name),
        network=described(network),
        inputs=some_numbers(network.inputs),
        weights=f"{weights:,}",
        most=f"{MOST_WEIGHTS:,}",
        units=f"{MOST_UNITS:,}",
    )
    raise TooLarge(message, code)


def described(network: Network) -> str:
    """ "GRU (PyTorch), 2 layers, both directions, 64 units"."""
    cells = dict.fromkeys(_(named(layer.cell).about.title) for layer in network.layers)
    holes = {
        "cell": " / ".join(cells),
        "layers": ngettext("{count} layer", "{count} layers", len(network.layers)),
        "units": ngettext("{count} unit", "{count} units", network.hidden),
    }
    if network.layers[0].reverse is None:
        return _("{cell}, {layers}, {units}", **holes)
    return _("{cell}, {layers}, both directions, {units}", **holes)


@dataclass(frozen=True, eq=False)
class Weights:
    """A network, where its numbers come from, what is odd about it, and the task it has learnt."""

    network: Network
    badge: str
    notes: tuple[str, ...] = ()
    learnt: Task | None = None


def cell_of(settings: StepSettings) -> Cell:
    """The cell chosen, in z's first notation, or written.

    Raises:
        Refused: at "equations", with the line and column.
    """
    if settings.cell != OWN_CELL:
        return GALLERY[settings.cell]
    try:
        return parse(settings.equations)
    except EquationError as error:
        raise Refused("equations", error.message) from None


def ours(settings: StepSettings, read: Reading, example: str | None) -> Weights:
    """The trained network, or a fresh one, in the notation chosen."""
    cell = cell_of(settings)
    missing = _why_not_trained(settings, example)
    if missing is None and example is not None:
        network, record = trained(example, settings.cell)
        badge = record.badge
        weights = Weights(network, badge, learnt=PRESETS[example].about)
        if read.task:
            weights = replace(weights, notes=(record.verdict,) if record.verdict else ())
        else:
            text = _(
                "These weights learnt the task “{task}”; here they read what you gave them.",
                task=_(PRESETS[example].title),
            )
            weights = replace(weights, notes=(text,))
    elif settings.weights == TYPED:
        weights = _typed(settings, cell, read)
    else:
        weights = _fresh(settings, cell, read, missing)
    counterpart = settings.cell != OWN_CELL and ABOUT[settings.cell].counterpart
    if counterpart and settings.z != SETTINGS["z"].default:
        weights = replace(weights, network=counterpart_of(weights.network))
    return weights


def _why_not_trained(settings: StepSettings, example: str | None) -> str | None:
    """Why the weights are fresh: "" where that was asked for, None where they are trained ones."""
    if settings.weights != "trained":
        return ""
    if settings.cell == OWN_CELL:
        return _("There is no trained network for a cell of your own: its weights are random.")
    if example is None and settings.sequence == OWN_TEXT:
        return _(
            "The trained network reads the small letters of two nursery rhymes: for other "
            "characters its weights are random."
        )
    if example is None:
        return _("There is no trained network for so many inputs: its weights are random.")
    usual = {"hidden": HIDDEN, "layers": 1, "direction": "forward"}
    others = [_in_words(settings, name) for name in usual if getattr(settings, name) != usual[name]]
    if not others:
        return None
    return _(
        "There is no trained network for {settings}: its weights are random.",
        settings=", ".join(others),
    )


def _in_words(settings: StepSettings, name: str) -> str:
    """ "Hidden size 32"."""
    one, value = SETTINGS[name], getattr(settings, name)
    shown_value = _(one.kind.label(value)) if isinstance(one.kind, Choice) else value
    return _("{setting} {value}", setting=_(one.label), value=shown_value)


def _fresh(settings: StepSettings, cell: Cell, read: Reading, missing: str | None) -> Weights:
    notes: tuple[str, ...] = ()
    if missing:
        notes = (missing,)
    elif settings.weights == YOUR_FILE:
        notes = (_("Until there is a file, the weights are random."),)
    initial, unused = _initial(settings, cell, read.steps)
    network = _drawn(settings, cell, read, initial)
    badge = _("fresh weights, seed {seed}: random, nothing learnt yet", seed=settings.seed)
    return Weights(network, badge, notes + unused)


def _typed(settings: StepSettings, cell: Cell, read: Reading) -> Weights:
    """All zero: the browser has what is typed in their place."""
    network = _drawn(settings, cell, read, Initial())
    zeros = {name: np.zeros_like(array) for name, array in network.parameters.items()}
    return Weights(network.replace(zeros), _("typed weights: computed now"))


def _drawn(settings: StepSettings, cell: Cell, read: Reading, initial: Initial) -> Network:
    return Network.fresh(
        cell,
        inputs=read.inputs,
        hidden=settings.hidden,
        outputs=read.task.outputs if read.task else settings.outputs,
        layers=settings.layers,
        bidirectional=settings.direction == "both",
        seed=settings.seed,
        initial=initial,
        kind="softmax" if read.task and read.task.kind == "classification" else "linear",
    )


def _initial(settings: StepSettings, cell: Cell, steps: int) -> tuple[Initial, tuple[str, ...]]:
    """How weights are drawn, and a sentence if this cell has no bias that keeps."""
    choice: dict[str, Any] = {"recurrent": settings.initial}
    if settings.initial == "scaled":
        choice["spectral_radius"] = settings.radius
    biases: Mapping[str, Mapping[str, Any]] = {
        "number": {"forget_bias": settings.bias},
        "chrono": {"chrono": max(3, steps)},
    }
    wanted = biases.get(settings.memory, {})
    notes = (_("This cell has no gate known to keep its memory: its biases are as drawn."),)
    if wanted and named(cell).memory:
        return Initial(**choice, **wanted), ()
    return Initial(**choice), notes if wanted else ()


def from_file(settings: StepSettings, upload: Upload, load: Load) -> Weights:
    """The network in a visitor's file.

    Raises:
        Refused: at "weights": it cannot be read, or is too large.
    """
    try:
        network, answered = _answered(settings, upload, load)
    except CheckpointError as error:
        code = error.code if isinstance(error, TooLarge) else ""
        message = _on_the_page(error, upload)
        raise Refused("weights", message, code=code, question=error.question) from None
    network = as_read(network, settings.reads)
    wide = {n: array.astype(float, copy=False) for n, array in network.parameters.items()}
    badge = _(
        "your file: {layers}, {units}; computed now",
        layers=ngettext("{count} layer", "{count} layers", len(network.layers)),
        units=ngettext("{count} unit", "{count} units", network.hidden),
    )
    return Weights(network.replace(wide), badge, (*answered, *_ended(network.notes)))


def as_read(network: Network, reads: str) -> Network:
    """The network, or, if it is to read vectors, what stands above its embedding."""
    first = network.body[0]
    if reads != VECTORS or not isinstance(first, Embedding):
        return network
    note = Sentence(
        "its embedding of {tokens} tokens is left out: it reads vectors, as you chose",
        tokens=f"{first.tokens:,}",
    )
    return _without_embedding(network, note)


def _without_embedding(network: Network, note: Sentence) -> Network:
    """What stands above it, with this note in place of the one on it."""
    notes = (one for one in network.notes if not is_on_embedding(one))
    return replace(network, body=network.body[1:], notes=(note, *notes))


def _answered(
    settings: StepSettings, upload: Upload, load: Load
) -> tuple[Network, tuple[str, ...]]:
    """The network in a file, and a sentence on each of its questions that was answered.

    An answer counts only where the file asks: the next file may hold a single network.
    """
    kind = None if settings.kind == SETTINGS["kind"].default else settings.kind
    answers = Answers(kind)
    said: tuple[str, ...] = ()
    given = {"name": settings.network, "readout": settings.readout}
    while True:
        try:
            return load(upload, answers), said
        except CheckpointError as error:
            question = error.question
            if question is None or question.about not in given:
                raise
            answer = given.pop(question.about)
            if answer not in [choice.name for choice in question.choices]:
                raise
            if question.about == "name":
                answers = answers._replace(name=answer)
            else:
                answers = answers._replace(readout=answer)
            said = (*said, _as_chosen(question, answer))


def _as_chosen(question: Question, answer: str) -> str:
    """A note on what the file did not tell."""
    others = [choice.name for choice in question.choices if choice.name not in (answer, NONE)]
    holes = {"answer": shown(answer), "others": ", ".join(map(shown, others))}
    if question.about == "name":
        return _("The file holds {others} too: {answer} is shown, as you chose.", **holes)
    if answer == NONE:
        return _(
            "The file does not tell which of {others} reads h: none does, as you chose.", **holes
        )
    if not others:
        return _("The file does not tell whether {answer} reads h: it does, as you chose.", **holes)
    return _(
        "The file does not tell what reads h, {others} or {answer}: {answer}, as you chose.",
        **holes,
    )


def _ended(notes: Iterable[Sentence | str]) -> tuple[str, ...]:
    """What was noted of a network, each with its full stop."""
    return tuple(_("{sentence}.", sentence=note) for note in notes)


def _on_the_page(error: CheckpointError, upload: Upload) -> str:
    """What it says; where it would tell a notebook how to pass the cell, where to choose it."""
    question = error.question
    if question is None:
        return str(error)
    if question.about == "name":
        return _(
            "{file} holds several networks: choose the one to look at", file=shown(upload.name)
        )
    if question.about == "readout":
        return _(
            "{file} does not tell which of its matrices reads h, to give the answer: choose it",
            file=shown(upload.name),
        )
    first, *others = (choice.name for choice in question.choices)
    if not others:
        return _(
            "{file} does not tell the functions of its cell. If they are the usual ones of a "
            "{cell}, choose that under “{setting}”.",
            file=shown(upload.name),
            cell=first,
            setting=_(SETTINGS["kind"].label),
        )
    return _(
        "{file}: the arrays do not tell {first} from {others}. Choose it under “{setting}”.",
        file=shown(upload.name),
        first=first,
        others=", ".join(others),
        setting=_(SETTINGS["kind"].label),
    )
