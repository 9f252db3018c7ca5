"""Whose weights the Step page shows: trained ones, fresh ones, or those of a visitor's file.

Whatever cannot be shown raises `Refused`, with the name of the setting at which it happened.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnnviz.cells import ABOUT, GALLERY, named
from rnnviz.equations import EquationError, parse
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.names import shown
from rnnviz.interop.refusals import CheckpointError
from rnnviz.network.counterpart import counterpart_of
from rnnviz.network.initial import Initial
from rnnviz.network.network import Network
from rnnviz.representation import Cell
from rnnviz.scenes.examples import HIDDEN, PRESETS, trained
from rnnviz.scenes.reading import Reading
from rnnviz.scenes.settings import (
    OWN_CELL,
    OWN_TEXT,
    SETTINGS,
    TYPED,
    YOUR_FILE,
    StepSettings,
)
from rnnviz.settings.kinds import Choice
from rnnviz.tasks.task import Task
from rnnviz.texts import Sentence, _, ngettext

LARGEST_UPLOAD = 5 * 2**20
MOST_UNITS = 512
MOST_NUMBERS = 4_000_000
"""How many a file may hold that is shown: with them, its network and payload take 64 MB."""


class Refused(ValueError):
    """Something that cannot be shown, in one sentence; `where` names the setting."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where = where


@dataclass(frozen=True)
class Upload:
    """A checkpoint file as it was sent. id: of this sending; another one has another."""

    name: str
    data: bytes
    id: str = ""


def load_here(upload: Upload, kind: str | None) -> Network:
    """The network in a file, read in this process."""
    return load_bytes(upload.name, upload.data, kind, largest=LARGEST_UPLOAD, most=MOST_NUMBERS)


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


def from_file(
    settings: StepSettings, upload: Upload, load: Callable[[Upload, str | None], Network]
) -> Weights:
    """The network in a visitor's file.

    Raises:
        Refused: at "weights": it cannot be read, or is too wide.
    """
    kind = None if settings.kind == SETTINGS["kind"].default else settings.kind
    try:
        network = load(upload, kind)
    except CheckpointError as error:
        raise Refused("weights", _on_the_page(error, upload)) from None
    widest = max(network.inputs, network.outputs, *(layer.hidden for layer in network.layers))
    if widest > MOST_UNITS:
        raise Refused(
            "weights",
            _(
                "{file}: it is {width} wide; up to {most} wide can be stepped through",
                file=shown(upload.name),
                width=widest,
                most=MOST_UNITS,
            ),
        )
    wide = {n: array.astype(float, copy=False) for n, array in network.parameters.items()}
    badge = _(
        "your file: {layers}, {units}; computed now",
        layers=ngettext("{count} layer", "{count} layers", len(network.layers)),
        units=ngettext("{count} unit", "{count} units", network.hidden),
    )
    return Weights(network.replace(wide), badge, _ended(network.notes))


def _ended(notes: Iterable[Sentence | str]) -> tuple[str, ...]:
    """What was noted of a network, each with its full stop."""
    return tuple(_("{sentence}.", sentence=note) for note in notes)


def _on_the_page(error: CheckpointError, upload: Upload) -> str:
    """What it says; where it would tell a notebook how to pass the cell, where to choose it."""
    question = error.question
    if question is None or question.about != "kind":
        return str(error)
    first, *others = (choice.name for choice in question.choices)
    return _(
        "{file}: the arrays do not tell {first} from {others}. Choose it under “{setting}”.",
        file=shown(upload.name),
        first=first,
        others=", ".join(others),
        setting=_(SETTINGS["kind"].label),
    )
