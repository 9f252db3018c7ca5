"""What the Step page shows: settings → a network, what it reads, and what L is. No drawing.

Whatever cannot be shown raises `Refused`, with the name of the setting at which it happened.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rnnviz.cells import ABOUT, GALLERY, named
from rnnviz.equations import EquationError, parse
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.names import shown
from rnnviz.interop.refusals import CheckpointError
from rnnviz.network.counterpart import counterpart_of
from rnnviz.network.initial import Initial
from rnnviz.network.losses import Loss, LossKind
from rnnviz.network.network import Network
from rnnviz.representation import Cell
from rnnviz.scenes.asked import Asked, asked
from rnnviz.scenes.examples import HIDDEN, PRESETS, reading, trained
from rnnviz.scenes.reading import Reading, noise, own_numbers, own_text, some_numbers
from rnnviz.scenes.settings import (
    OWN_CELL,
    OWN_NUMBERS,
    OWN_TEXT,
    SETTINGS,
    YOUR_FILE,
    StepSettings,
)
from rnnviz.settings.kinds import Choice
from rnnviz.tasks.catalogue import RHYMES
from rnnviz.tasks.task import Task
from rnnviz.texts import Sentence, _, ngettext

LARGEST_UPLOAD = 5 * 2**20
MOST_UNITS = 512
MOST_MULTIPLICATIONS = 10_000_000
"""How many one run may take, forward: above it the browser would no longer follow a finger."""
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
class Scene:
    """A network, what it reads, and what is asked of it.

    badge: where its numbers come from. notes: sentences on what is not as one might expect.
    preset: the name of the example sequence, or None. learnt: the task whose answers the readout
    gives, where that is known; the sequence may be another one.
    """

    network: Network
    reading: Reading
    asked: Asked
    badge: str
    notes: tuple[str, ...] = ()
    preset: str | None = None
    learnt: Task | None = None

    @property
    def loss(self) -> Loss:
        """What `asked` says, to be judged by the engine."""
        targets = None if self.asked.kind == "sum" else self.reading.targets
        return Loss(self.asked.kind, self.asked.steps, targets)


@dataclass(frozen=True, eq=False)
class _Weights:
    network: Network
    badge: str
    notes: tuple[str, ...] = ()
    learnt: Task | None = None


def scene(
    settings: StepSettings,
    upload: Upload | None = None,
    load: Callable[[Upload, str | None], Network] = load_here,
) -> Scene:
    """All that the settings say.

    Args:
        settings: the choices.
        upload: the visitor's file, shown if they say so.
        load: reads it, taken for the cell of the gallery that is named, if one is.

    Raises:
        Refused: what was typed or sent cannot be read.
    """
    read, example, notes = _sequence(settings)
    if settings.weights == YOUR_FILE and upload:
        weights = _from_file(settings, upload, load)
        if weights.network.inputs != read.inputs:
            notes += (
                _(
                    "{file} reads {numbers} a step and this sequence has {inputs}: it is shown "
                    "reading random ones.",
                    file=shown(upload.name),
                    numbers=some_numbers(weights.network.inputs),
                    inputs=read.inputs,
                ),
            )
            read, example = noise(weights.network.inputs), None
    else:
        weights = _ours(settings, read, example)
    notes += weights.notes
    most = max(1, MOST_MULTIPLICATIONS // multiplications(weights.network))
    if read.steps > most:
        notes += (
            ngettext(
                "This network is large: it reads only the first of the {steps} steps.",
                "This network is large: it reads only the first {count} of the {steps} steps.",
                most,
                steps=read.steps,
            ),
        )
        read = read.first(most)
    what = _asked(settings, read, weights.network)
    notes += _reminders(settings, read, weights.network, what)
    preset = settings.sequence if read.task else None
    learnt = weights.learnt or read.task
    if learnt and learnt.outputs != weights.network.outputs:
        learnt = None
    return Scene(weights.network, read, what, weights.badge, notes, preset, learnt)


def _reminders(
    settings: StepSettings, read: Reading, network: Network, what: Asked
) -> tuple[str, ...]:
    """What follows from the choices, and is easily overlooked."""
    notes: tuple[str, ...] = ()
    last = read.steps
    if settings.loss == "one" and settings.step > last:
        notes += (
            _(
                "This sequence has no step {asked}: the loss is at its last step, {last}.",
                asked=settings.step,
                last=last,
            ),
        )
    if network.layers[-1].reverse is not None and what.steps == (last - 1,) and last > 1:
        notes += (
            _(
                "The loss is at the last step: there the backward half has read only that one "
                "step, since it reads from the end."
            ),
        )
    return notes


def multiplications(network: Network) -> int:
    """How many one time step takes: the numbers in all weights, about."""
    return sum(array.size for array in network.parameters.values())


def _sequence(settings: StepSettings) -> tuple[Reading, str | None, tuple[str, ...]]:
    """What is read, and the example whose network can read it, if there is one."""
    if settings.sequence == OWN_NUMBERS:
        try:
            read = own_numbers(settings.numbers)
        except ValueError as error:
            raise Refused("numbers", str(error)) from None
        fitting = {1: "noisy sine", 2: "adding problem"}
        return read, fitting.get(read.inputs), ()
    if settings.sequence == OWN_TEXT:
        letters = tuple(sorted(set(RHYMES)))
        known = set(settings.text) <= set(letters)
        trained_on = known and settings.weights == "trained"
        try:
            read = own_text(settings.text, letters if trained_on else None)
        except ValueError as error:
            raise Refused("text", str(error)) from None
        return read, "next character" if trained_on else None, ()
    return reading(settings.sequence), settings.sequence, ()


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


def _ours(settings: StepSettings, read: Reading, example: str | None) -> _Weights:
    """The trained network, or a fresh one, in the notation chosen."""
    cell = cell_of(settings)
    missing = _why_not_trained(settings, example)
    if missing is None and example is not None:
        network, record = trained(example, settings.cell)
        badge = record.badge
        weights = _Weights(network, badge, learnt=PRESETS[example].about)
        if read.task:
            weights = replace(weights, notes=(record.verdict,) if record.verdict else ())
        else:
            text = _(
                "These weights learnt the task “{task}”; here they read what you gave them.",
                task=_(PRESETS[example].title),
            )
            weights = replace(weights, notes=(text,))
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


def _fresh(settings: StepSettings, cell: Cell, read: Reading, missing: str | None) -> _Weights:
    notes: tuple[str, ...] = ()
    if missing:
        notes = (missing,)
    elif settings.weights == YOUR_FILE:
        notes = (_("Until there is a file, the weights are random."),)
    initial, unused = _initial(settings, cell, read.steps)
    network = Network.fresh(
        cell,
        inputs=read.inputs,
        hidden=settings.hidden,
        outputs=read.task.outputs if read.task else 0,
        layers=settings.layers,
        bidirectional=settings.direction == "both",
        seed=settings.seed,
        initial=initial,
        kind="softmax" if read.task and read.task.kind == "classification" else "linear",
    )
    badge = _("fresh weights, seed {seed}: random, nothing learnt yet", seed=settings.seed)
    return _Weights(network, badge, notes + unused)


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


def _from_file(
    settings: StepSettings, upload: Upload, load: Callable[[Upload, str | None], Network]
) -> _Weights:
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
    return _Weights(network.replace(wide), badge, _ended(network.notes))


def _ended(notes: Iterable[Sentence | str]) -> tuple[str, ...]:
    """What was noted of a network, each with its full stop."""
    return tuple(_("{sentence}.", sentence=note) for note in notes)


def _on_the_page(error: CheckpointError, upload: Upload) -> str:
    """What it says; where it would tell a notebook how to pass the cell, where to choose it."""
    if not error.undecided:
        return str(error)
    return _(
        "{file}: the arrays do not tell {first} from {others}. Choose it under “{setting}”.",
        file=shown(upload.name),
        first=error.undecided[0],
        others=", ".join(error.undecided[1:]),
        setting=_(SETTINGS["kind"].label),
    )


def _asked(settings: StepSettings, read: Reading, network: Network) -> Asked:
    last = read.steps - 1
    steps = {
        "trained": read.asked or (last,),
        "last": (last,),
        "every": tuple(range(read.steps)),
        "one": (min(settings.step - 1, last),),
    }[settings.loss]
    task = read.task
    kind: LossKind = "sum"
    if task is not None and network.outputs == task.outputs:
        kind = "cross entropy" if task.kind == "classification" else "squared error"
    return asked(kind, steps, length=read.steps, features=network.features)
