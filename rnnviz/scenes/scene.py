"""What the Step page shows: settings → a network, what it reads, and what L is. No drawing.

Whatever cannot be shown raises `Refused`, with the name of the setting at which it happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rnnviz.interop.pytorch.projections import own_features, widened_parameters
from rnnviz.network.arrays import Array, check_shape, refuse_unknown
from rnnviz.network.embedding import Embedding
from rnnviz.network.given import BEFORE, GivenWeights
from rnnviz.network.losses import Loss, LossKind
from rnnviz.network.network import Network
from rnnviz.scenes.asked import Asked, asked
from rnnviz.scenes.reading import Reading
from rnnviz.scenes.saturation import saturation
from rnnviz.scenes.sequence import for_file, for_ours
from rnnviz.scenes.settings import OWN_NUMBERS, OWN_TEXT, TYPED, YOUR_FILE, StepSettings
from rnnviz.scenes.uploads import Load, Upload, from_file, load_here, weights_of
from rnnviz.scenes.weights import Refused, ours
from rnnviz.tasks.task import Task
from rnnviz.texts import _, ngettext

MOST_MULTIPLICATIONS = 300_000_000
"""How many one run may take, forward: the browser then takes about a second for it, and back."""
MOST_VALUES = 320_000
"""Layers' units times steps, of a run: the browser keeps dozens of numbers of each."""


@dataclass(frozen=True, eq=False)
class Scene:
    """A network, what it reads, and what is asked of it.

    badge: where its numbers come from. notes: sentences on what is not as one might expect.
    preset: the name of the example sequence, or None. learnt: the task whose answers the readout
    gives, where that is known; the sequence may be another one. is_typed: whether the weights are
    what a visitor types, in place of these. file: the name of the visitor's file that it is
    from. initial: full name of a state, "layers.0.h" → what it is before the first step, (units,);
    zeros where not given.
    """

    network: Network
    reading: Reading
    asked: Asked
    badge: str
    notes: tuple[str, ...] = ()
    preset: str | None = None
    learnt: Task | None = None
    is_typed: bool = False
    file: str | None = None
    initial: Mapping[str, Array] = field(default_factory=dict)

    @property
    def loss(self) -> Loss:
        """What `asked` says, to be judged by the engine."""
        targets = None if self.asked.kind == "sum" else self.reading.targets
        return Loss(self.asked.kind, self.asked.steps, targets)


def scene(
    settings: StepSettings,
    upload: Upload | None = None,
    load: Load = load_here,
    numbers: Upload | None = None,
) -> Scene:
    """All that the settings say.

    Args:
        settings: the choices.
        upload: the visitor's file, shown if they say so.
        load: reads it.
        numbers: a file of what is read, in place of numbers that are typed.

    Raises:
        Refused: what was typed or sent cannot be read.
    """
    file = upload if settings.weights == YOUR_FILE else None
    if file:
        weights = from_file(settings, file, load)
        read, _example, notes = for_file(settings, weights.network, file.name, numbers)
    else:
        read, example, notes = for_ours(settings, numbers)
        weights = ours(settings, read, example)
    notes += weights.notes
    _refuse_too_long(settings, read, weights.network)
    what = _asked(settings, read, weights.network)
    notes += _reminders(settings, read, weights.network, what)
    if settings.sequence == OWN_NUMBERS and settings.weights != TYPED:
        hint = saturation(weights.network, read)
        notes += (hint,) if hint else ()
    preset = settings.sequence if read.task else None
    learnt = weights.learnt or read.task
    if learnt and learnt.outputs != weights.network.outputs:
        learnt = None
    typed = settings.weights == TYPED
    return Scene(
        *(weights.network, read, what, weights.badge, notes, preset, learnt, typed),
        file=file.name if file else None,
        initial=weights.network.initial,
    )


def _refuse_too_long(settings: StepSettings, read: Reading, network: Network) -> None:
    """Refused for a sequence that a browser cannot run whole: of a part, both directions and every
    gradient would be another's."""
    units = sum(layer.hidden * len(layer.directions) for layer in network.layers)
    most = max(1, min(MOST_MULTIPLICATIONS // multiplications(network), MOST_VALUES // units))
    if read.steps <= most:
        return
    own = {OWN_NUMBERS: "numbers", OWN_TEXT: "text"}
    message = ngettext(
        "A network of {weights} weights can be followed over {count} step here, and these are "
        "{steps}: give it fewer, or trace the whole in a notebook, rnnviz.trace(net, x)",
        "A network of {weights} weights can be followed over {count} steps here, and these are "
        "{steps}: give it fewer, or trace the whole in a notebook, rnnviz.trace(net, x)",
        most,
        weights=f"{multiplications(network):,}",
        steps=f"{read.steps:,}",
    )
    raise Refused(own.get(settings.sequence, "sequence"), message)


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
    weights = widened_parameters(scene.network, weights)
    network, badge = scene.network.replace(weights), _("typed weights: computed now")
    initial = {name.replace(BEFORE, ""): array for name, array in states.items()}
    return replace(scene, network=network, badge=badge, initial={**scene.initial, **initial})


def state_sizes(network: Network) -> dict[str, int]:
    """Full name of each state before the first step, "layers.0.initial.h" → how many units."""
    return {
        f"{prefix}{BEFORE}{state}": layer.size(state)
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
    """How many one time step takes: the numbers in all weights, about. An embedding has none: it
    hands up one of its rows."""
    first = network.body[0]
    looked_up = first.W.size if isinstance(first, Embedding) else 0
    return weights_of(network) - looked_up


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
    return asked(kind, steps, length=read.steps, features=own_features(network))
