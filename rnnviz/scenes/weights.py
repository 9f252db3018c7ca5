"""Whose weights the Step page shows: trained ones, fresh ones, typed ones, or those of a visitor's
file (`uploads`).

Whatever cannot be shown raises `Refused`, with the name of the setting at which it happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnnviz.cells import ABOUT, GALLERY, named
from rnnviz.equations import EquationError, parse
from rnnviz.interop.questions import Question
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
from rnnviz.texts import _


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
