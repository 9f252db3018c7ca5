"""What the Step page shows: settings → a network, what it reads, and what L is. No drawing.

Whatever cannot be shown raises `Refused`, with the name of the setting at which it happened.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from rnnviz.interop.names import shown
from rnnviz.network.arrays import check_shape, refuse_unknown
from rnnviz.network.given import GivenWeights
from rnnviz.network.losses import Loss, LossKind
from rnnviz.network.network import Network
from rnnviz.scenes.asked import Asked, asked
from rnnviz.scenes.examples import reading
from rnnviz.scenes.reading import Reading, noise, own_numbers, own_text, some_numbers
from rnnviz.scenes.settings import OWN_NUMBERS, OWN_TEXT, TYPED, YOUR_FILE, StepSettings
from rnnviz.scenes.weights import Refused, Upload, from_file, load_here, ours
from rnnviz.tasks.next_character import RHYMES
from rnnviz.tasks.task import Task
from rnnviz.texts import _, ngettext

MOST_MULTIPLICATIONS = 10_000_000
"""How many one run may take, forward: above it the browser would no longer follow a finger."""


@dataclass(frozen=True, eq=False)
class Scene:
    """A network, what it reads, and what is asked of it.

    badge: where its numbers come from. notes: sentences on what is not as one might expect.
    preset: the name of the example sequence, or None. learnt: the task whose answers the readout
    gives, where that is known; the sequence may be another one. is_typed: whether the weights are
    what a visitor types, in place of these.
    """

    network: Network
    reading: Reading
    asked: Asked
    badge: str
    notes: tuple[str, ...] = ()
    preset: str | None = None
    learnt: Task | None = None
    is_typed: bool = False

    @property
    def loss(self) -> Loss:
        """What `asked` says, to be judged by the engine."""
        targets = None if self.asked.kind == "sum" else self.reading.targets
        return Loss(self.asked.kind, self.asked.steps, targets)


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
        weights = from_file(settings, upload, load)
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
        weights = ours(settings, read, example)
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
    typed = settings.weights == TYPED
    return Scene(weights.network, read, what, weights.badge, notes, preset, learnt, typed)


def with_weights(scene: Scene, given: GivenWeights) -> Scene:
    """A scene whose network has what was typed in place of its own, and begins at the states typed.

    Raises:
        ValueError: they are of another network.
    """
    known, sizes = scene.network.parameters, state_sizes(scene.network)
    refuse_unknown(given.arrays, {**known, **sizes}, "parameter")
    states = {name: array for name, array in given.arrays.items() if name in sizes}
    for name, array in states.items():
        check_shape(name, array, (sizes[name],))
    weights = {name: array for name, array in given.arrays.items() if name in known}
    network = scene.network.replace(weights)
    return replace(scene, network=network, badge=_("typed weights: computed now"))


def state_sizes(network: Network) -> dict[str, int]:
    """Full name of each state before the first step, "layers.0.initial.h" → how many units."""
    return {
        f"{prefix}initial.{state}": layer.hidden
        for prefix, layer, _params in network.places()
        for state in layer.cell.states
    }


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
