"""Training from weights set by hand: what is trained, in the workers, and what the page is sent.

The browser polls while it shows a training; who does not poll lets it stop by itself.
"""

import math
import time
from collections.abc import Mapping
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from rnnviz.cells import named
from rnnviz.challenges import CHALLENGES
from rnnviz.network.arrays import Array
from rnnviz.network.given import GivenWeights
from rnnviz.network.network import Network
from rnnviz.scenes.by_hand import ByHandSettings, by_hand_scene, cell_of
from rnnviz.scenes.scene import state_sizes, with_weights
from rnnviz.texts import _
from rnnviz.training.loop.descent import Aim, Descent, advanced, begin
from rnnviz.training.workers.chunks import fitting
from rnnviz.web.received import count, entries, items, text

MOST_UPDATES = 200
LARGEST = 1e9
ECHOED, ECHOES = 1, 6
"""How many steps later the small task wants its input again, and of how many sequences."""


class Wanted(NamedTuple):
    """What the browser asks for: a training by its id, of so many updates, from these weights and
    initial states, by the browser's names: "0.W_i", "readout.W", "0.initial.h"."""

    id: str
    updates: int
    weights: Mapping[str, list[float]]


class Poll(NamedTuple):
    """What the browser sends (by_hand/train_view.js). number: rising. wanted: None stops."""

    number: int = 0
    wanted: Wanted | None = None

    @staticmethod
    def read(written: Any) -> "Poll":
        """A poll as the browser wrote it; what is none asks for nothing."""
        try:
            poll = entries(written)
            asked = poll["wanted"] and entries(poll["wanted"])
            wanted = Wanted(
                text(asked["id"]),
                min(count(asked["updates"]), MOST_UPDATES),
                {name: _numbers(values) for name, values in entries(asked["weights"]).items()},
            ) if asked else None  # fmt: skip
            return Poll(count(poll["number"]), wanted)
        except (KeyError, TypeError, ValueError):
            return Poll()


class Trained(NamedTuple):
    """A part of a training, and what an update of it took, in seconds."""

    descent: Descent
    pace: float


@dataclass
class Descending:
    """A training on its way: `proceed` at every poll."""

    wanted: Wanted
    descent: Descent
    error: str = ""
    _future: "Future[Trained] | None" = None
    _pace: float | None = None

    @property
    def is_over(self) -> bool:
        return bool(self.error) or self.descent.update >= self.wanted.updates

    def proceed(self, executor: Executor) -> None:
        """Take what is ready, and ask for more."""
        if self._future and self._future.done():
            self._collect(self._future)
        left = self.wanted.updates - self.descent.update
        if self._future is None and not self.is_over:
            updates = min(fitting(executor, self._pace), left)
            with suppress(RuntimeError):  # the session was closed meanwhile
                self._future = executor.submit(trained, self.descent, updates)

    def stop(self) -> None:
        """Drop what the workers are at."""
        if self._future:
            self._future.cancel()

    def _collect(self, future: "Future[Trained]") -> None:
        self._future = None
        try:
            self.descent, self._pace = future.result()
        except Exception as error:
            self.error = _("Training ended with an error: {error}", error=str(error))

    def news(self) -> dict[str, Any]:
        """As by_hand/header.js has it. A number that is not finite is null."""
        found = self.descent
        return {
            "id": self.wanted.id,
            "made": found.update,
            "planned": self.wanted.updates,
            "losses": [_finite(loss) for loss in found.losses],
            "searched": [_finite(loss) for loss in found.searched],
            "weights": {_browsers_name(n): a.ravel().tolist() for n, a in found.weights.items()},
            "error": self.error,
        }


def trained(descent: Descent, updates: int) -> Trained:
    """What a worker does."""
    begun = time.perf_counter()
    later = advanced(descent, updates)
    return Trained(later, (time.perf_counter() - begun) / max(updates, 1))


def aim_of(settings: ByHandSettings) -> Aim | None:
    """What is learnt: the open challenge, where it wants a value; without one, to echo the first
    input one step later. None where the challenge wants something of the gradient."""
    if settings.challenge:
        one = CHALLENGES[settings.challenge]
        cell = named(one.named_cell)
        return Aim(*one.judged, one.of, cell, one.units) if one.measure == "value" else None
    rng = np.random.default_rng(17)
    x = rng.integers(0, 2, (settings.length, ECHOES, settings.inputs)).astype(float)
    wanted, counts = np.zeros(x.shape[:2]), np.ones(x.shape[:2], bool)
    wanted[ECHOED:], counts[:ECHOED] = x[:-ECHOED, :, 0], False
    cell = named(cell_of(settings))
    return Aim(x, wanted, counts, "y" if settings.outputs else "h", cell, settings.units)


def aim_words(settings: ByHandSettings) -> str:
    """What is learnt, in a sentence."""
    aim = aim_of(settings)
    if aim is None:
        return _("This challenge wants something of the gradient: there is no loss to go down.")
    begins = _(
        "Every sequence begins at the states that stand before step 1, which are not trained; "
        "nothing is held meanwhile."
    )
    if settings.challenge:
        loss = _(
            "The loss is the mean square of what is missing in all sequences of the challenge."
        )
        return f"{loss} {begins}"
    small = _(
        "The small task: {value} is to be what the first input was one step before, in {count} "
        "sequences of 0 and 1. The loss is the mean square of what is missing.",
        value=aim.of,
        count=ECHOES,
    )
    return f"{small} {begins}"


def descending(settings: ByHandSettings, wanted: Wanted) -> Descending | None:
    """A training that has not begun; None where its weights are not of this network."""
    aim, scene = aim_of(settings), by_hand_scene(settings)
    try:
        begun = with_weights(scene, GivenWeights.of(_by_full_name(scene.network, wanted.weights)))
    except ValueError:
        return None
    network = replace(begun.network, initial=begun.initial)
    return Descending(wanted, begin(aim, network)) if aim else None


def _by_full_name(network: Network, given: Mapping[str, list[float]]) -> dict[str, Array]:
    """All of its parameters and initial states. ValueError where one is missing, unknown or of
    another size."""
    shapes = {name: array.shape for name, array in network.parameters.items()}
    shapes |= {name: (size,) for name, size in state_sizes(network).items()}
    named_so = {_browsers_name(name): name for name in shapes}
    if given.keys() != named_so.keys():
        raise ValueError("weights of another network")
    return {
        named_so[name]: np.array(numbers).reshape(shapes[named_so[name]])
        for name, numbers in given.items()
    }


def _browsers_name(name: str) -> str:
    """ "layers.0.W_i" → "0.W_i", as `web.stages` names it."""
    return name.removeprefix("layers.")


def _numbers(values: Any) -> list[float]:
    found = items(values)
    for one in found:
        if type(one) not in (int, float) or not abs(one) <= LARGEST:
            raise ValueError("no number that can be a weight")
    return [float(one) for one in found]


def _finite(loss: float) -> float | None:
    return loss if math.isfinite(loss) else None
