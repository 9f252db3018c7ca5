"""What can be chosen on the By hand page, and what it shows at first: a network of one to three
units whose every weight is set by hand.

The sequence and the weights that it begins with are few and round numbers; what a visitor makes of
them stands in the link.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from rnnviz.cells import GALLERY, OWN, named
from rnnviz.challenges import CHALLENGES
from rnnviz.equations import parse
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.representation import Cell, is_matrix
from rnnviz.scenes.asked import asked
from rnnviz.scenes.challenged import challenge_scene
from rnnviz.scenes.reading import Reading, input_names, words_of
from rnnviz.scenes.scene import Scene
from rnnviz.scenes.settings import CELLS
from rnnviz.settings.equations import equations
from rnnviz.settings.kinds import Whole, choice
from rnnviz.settings.schema import Schema, seed_setting, setting
from rnnviz.texts import N_, _

MOST = 3
"""Units, inputs, outputs: with more, their numbers are no longer seen at once."""
LONGEST = 60
ROUND = 0.1


@dataclass(frozen=True)
class ByHandSettings:
    """All choices of the By hand page but those that are made in its picture."""

    challenge: str = setting(
        "",
        choice({"": N_("none"), **{one.key: one.title for one in CHALLENGES.values()}}),
        N_("Challenge"),
        N_("A small task to solve by hand. It chooses the cell, its size and what is read."),
    )
    cell: str = setting("LSTM", CELLS, N_("Cell"), N_("Which recurrent cell reads it."))
    equations: str = equations()
    units: int = setting(1, Whole(1, MOST), N_("Units"), N_("Numbers in each state."))
    inputs: int = setting(1, Whole(1, MOST), N_("Inputs"), N_("Numbers read at each step."))
    outputs: int = setting(
        0, Whole(0, MOST), N_("Outputs"), N_("Of a readout y = W h + b; with 0 there is none.")
    )
    length: int = setting(
        16, Whole(2, LONGEST), N_("Sequence length"), N_("How many steps are read.")
    )
    begin: str = setting(
        "gentle",
        choice(
            {
                "gentle": N_("gates half open"),
                "zeros": N_("all zero"),
                "drawn": N_("drawn from a seed"),
                "edge": N_("recurrent weights 1, no input"),
            }
        ),
        N_("Weights to begin with"),
        N_("Before you change them. What you change stays as long as its place is there."),
    )
    seed: int = seed_setting(N_("The same seed draws the same weights."))
    loss: str = setting(
        "last",
        choice({"last": N_("last step"), "every": N_("each step")}),
        N_("Loss at"),
        N_("Where L, the sum of all units of h, is taken: there the gradient starts."),
    )


BY_HAND = Schema.of(ByHandSettings)
BIFURCATION = ByHandSettings(cell="RNN (tanh)", begin="edge")
"""One unit whose recurrent weight is 1: above it, its state at rest becomes three."""


def by_hand_scene(settings: ByHandSettings) -> Scene:
    """The network and the sequence that these settings begin with.

    Raises:
        EquationError: one's own equations are no cell.
    """
    if settings.challenge:
        return challenge_scene(CHALLENGES[settings.challenge])
    cell = cell_of(settings)
    x = np.zeros((settings.length, settings.inputs)) if _is_edge(settings) else pulses(settings)
    steps = (settings.length - 1,) if settings.loss == "last" else tuple(range(settings.length))
    words = (words_of(x),)
    reading = Reading(_("By hand"), "", x[:, None], words, input_names(settings.inputs))
    network = network_of(cell, settings)
    what = asked("sum", steps, length=settings.length, features=network.features)
    return Scene(network, reading, what, badge=_("set by hand: computed in your browser"))


def cell_of(settings: ByHandSettings) -> Cell:
    """The cell chosen, or written, where no challenge has its own. EquationError as above."""
    return parse(settings.equations) if settings.cell == OWN else GALLERY[settings.cell]


def start_of(network: Network, settings: ByHandSettings) -> dict[str, Array]:
    """Full name of a state, "layers.0.h" → (1, units) before the first step; in a challenge
    (units,), of all its sequences alike."""
    at = 0.5 if _is_edge(settings) and not settings.challenge else 0.0
    return {
        prefix + state: np.full(layer.hidden if settings.challenge else (1, layer.hidden), at)
        for prefix, layer, _params in network.places()
        for state in layer.cell.states
    }


def pulses(settings: ByHandSettings) -> Array:
    """(length, inputs): the first brings a 1 at step 3 and little numbers after it, each other a 1
    at a place of its own."""
    x = np.zeros((settings.length, settings.inputs))
    little = np.random.default_rng(3).uniform(-0.3, 0.3, LONGEST).round(1) + 0.0
    x[3:, 0] = little[: max(settings.length - 3, 0)]
    for k in range(settings.inputs):
        x[min(2 + 4 * k, settings.length - 1), k] = 1.0
    return x


def network_of(cell: Cell, settings: ByHandSettings) -> Network:
    """The network with the weights that it begins with."""
    drawn = Network.fresh(
        cell,
        inputs=settings.inputs,
        hidden=settings.units,
        outputs=settings.outputs,
        seed=settings.seed,
    )
    return drawn.replace(
        {
            name: BEGINNINGS[settings.begin](cell, name, old)
            for name, old in drawn.parameters.items()
        }
    )


def _gentle(cell: Cell, name: str, old: Array) -> Array:
    """The gate that keeps is open, the one that writes opens for a large input, and what is
    written follows input and state."""
    own, of_readout = name.split(".")[-1], name.startswith("readout.")
    memory = named(cell).memory
    if of_readout:
        return np.eye(*old.shape) if own == "W" else np.zeros_like(old)
    if memory and own == memory.keep:
        return np.full_like(old, 2.5 * memory.sign)
    if memory and own == memory.write:
        return np.full_like(old, -1.2 * memory.write_sign)
    return _of_kind(cell, own, old, _GENTLE)


def _edge(cell: Cell, name: str, old: Array) -> Array:
    """The state goes round with weight 1, and nothing else comes in."""
    own = name.split(".")[-1]
    return np.zeros_like(old) if name.startswith("readout.") else _of_kind(cell, own, old, _EDGE)


_GENTLE = {"reads": 2.0, "opens": 3.0, "goes round": 0.5, "shows": 2.0}
_EDGE = {"reads": 0.0, "opens": 0.0, "goes round": 1.0, "shows": 0.0}
"""How large a weight is that writes what is read, that opens the writing gate for it, that reads
the state again, and the bias of the gate that shows the state."""


def _of_kind(cell: Cell, own: str, old: Array, sizes: Mapping[str, float]) -> Array:
    """A parameter by what it multiplies and the part that it is of; all others are zero."""
    step, _place = cell.uses(own)[0]
    role = named(cell).about.parts[step.name.split(".")[0]].role
    writes = role in ("candidate", "hidden")
    if is_matrix(own) and cell.parameters[own][1] == "inputs":
        return (
            np.eye(*old.shape) * sizes["reads" if writes else "opens"] * (writes or role == "input")
        )
    if is_matrix(own):
        return np.eye(*old.shape) * sizes["goes round"] * writes
    if step.op == "mul":  # a state by its own weight alone
        return np.full_like(old, sizes["goes round"] * writes)
    return np.full_like(old, sizes["shows"] * (role == "output"))


BEGINNINGS: Mapping[str, Callable[[Cell, str, Array], Array]] = MappingProxyType(
    {
        "gentle": _gentle,
        "zeros": lambda cell, name, old: np.zeros_like(old),
        "drawn": lambda cell, name, old: (old / ROUND).round() * ROUND,
        "edge": _edge,
    }
)
"""Key of a choice → a parameter's array: of its cell, its full name, and as it was drawn."""


def _is_edge(settings: ByHandSettings) -> bool:
    return settings.begin == "edge"
