"""Truncated BPTT: the sequence with its graph cut before a step, and what that loses.

A cut at step k detaches every state that step k reads, as torch's `state.detach()` does there. The
losses before k keep all their gradient; the losses from k on no longer reach the steps before k.
So, with the shares of the time steps: truncated = all of the early losses + the late losses' shares
of the steps from k on; lost = the late losses' shares of the steps before k.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from rnnviz.gradients.magnitude import norms
from rnnviz.gradients.measured import Measured
from rnnviz.network.arrays import Array
from rnnviz.network.layers import Layer
from rnnviz.network.readout import Readout
from rnnviz.summary import NamedValues, summary


class Compared(NamedTuple):
    """Norms of the full gradient, of what is left and of what is lost; `angle` in degrees.

    angle: between the truncated and the full gradient; nan where one of them is zero or infinite.
    """

    full: float
    truncated: float
    lost: float
    angle: float

    def __repr__(self) -> str:
        numbers = ", ".join(f"{name} {value:.3g}" for name, value in self._asdict().items())
        return f"{type(self).__name__}({numbers})"


@dataclass(frozen=True, eq=False)
class Truncation:
    """A gradient cut at a step; arrays by full name ("layers.0.U_f")."""

    cut: int
    full: NamedValues[Array]
    truncated: NamedValues[Array]
    lost: NamedValues[Array]

    def __repr__(self) -> str:
        return summary(self)

    def parameters(self) -> NamedValues[Compared]:
        """Each parameter by itself."""
        names = self.full
        return NamedValues({n: compared(self.truncated[n], self.lost[n]) for n in names})

    @property
    def total(self) -> Compared:
        """All parameters as one vector."""
        return compared(_flat(self.truncated), _flat(self.lost))


class Cuts(NamedTuple):
    """All cuts of a sequence, each (time,): entry k is the cut at step k. Entry 0 loses nothing."""

    lost: Array
    angle: Array

    def __repr__(self) -> str:
        return summary(self)


def truncate(measured: Measured, cut: int) -> Truncation:
    """The gradient with the graph cut before step `cut`, in all layers.

    Raises:
        ValueError: there is no such step, a layer reads backwards too, or there are other stages.
    """
    time = len(measured.x)
    if not 0 <= cut < time:
        raise ValueError(f"a cut is at one of the steps 0 to {time - 1}, not at {cut}")
    _check_one_way(measured)
    with np.errstate(all="ignore"):
        early = measured.backward(range(cut)).parameters
        late = shares(measured, range(cut, time))
        lost = {n: s[:cut].sum(0) for n, s in late.items()}
        truncated = {n: s[cut:].sum(0) + early[n] for n, s in late.items()}
        for name, gradient in measured.found.parameters.items():
            if name not in late:  # the readout's, which passes no time step
                truncated[name], lost[name] = gradient, np.zeros_like(gradient)
        full = {n: truncated[n] + lost[n] for n in measured.network.parameters}
    return Truncation(cut, *map(NamedValues, (full, truncated, lost)))


def all_cuts(measured: Measured) -> Cuts:
    """What every cut loses of the gradient of the layers' parameters, and the angles."""
    _check_one_way(measured)
    time, asked = len(measured.x), set(measured.steps)
    found = Cuts(np.zeros(time), np.zeros(time))
    with np.errstate(all="ignore"):
        late = _flat_shares(measured, ())
        early = _flat_shares(measured, range(time)).sum(0)
        for cut in reversed(range(time)):
            if cut in asked:
                late = _flat_shares(measured, range(cut, time))
                early = _flat_shares(measured, range(cut)).sum(0)
            kept, lost = late[cut:].sum(0) + early, late[:cut].sum(0)
            _, _, found.lost[cut], found.angle[cut] = compared(kept, lost)
    return found


def shares(measured: Measured, steps: Iterable[int]) -> dict[str, Array]:
    """Full name → (time, *shape): each time step's share of the gradient of the losses at `steps`.

    Without the readout, whose gradient passes no time step but that of its loss.
    """
    cells = measured.backward(steps).cells
    return {
        direction.prefix + name: gradients.params_over_time(name)
        for direction, gradients in cells.items()
        for name in gradients.run.cell.parameters
    }


def compared(truncated: Array, lost: Array) -> Compared:
    """Norms and angle of a truncated gradient and what it lost; full is their sum."""
    with np.errstate(all="ignore"):
        full = truncated + lost
        sizes = [float(norms(array.reshape(1, -1))[0]) for array in (full, truncated, lost)]
    return Compared(sizes[0], sizes[1], sizes[2], angle(truncated.ravel(), full.ravel()))


def angle(first: Array, second: Array) -> float:
    """Degrees between two vectors, right for small angles too (Kahan); nan where it has none."""
    lengths = [float(norms(v[None])[0]) for v in (first, second)]
    if not all(np.isfinite(n) and n > 0 for n in lengths):
        return float("nan")
    one, other = first / lengths[0], second / lengths[1]
    return float(
        np.degrees(2 * np.arctan2(np.linalg.norm(one - other), np.linalg.norm(one + other)))
    )


def _flat_shares(measured: Measured, steps: Iterable[int]) -> Array:
    """(time, parameters): all shares side by side."""
    time = len(measured.x)
    return np.concatenate([s.reshape(time, -1) for s in shares(measured, steps).values()], axis=1)


def _flat(arrays: Mapping[str, Array]) -> Array:
    return np.concatenate([array.ravel() for array in arrays.values()])


def _check_one_way(measured: Measured) -> None:
    for name, stage in measured.network.stages.items():
        if not isinstance(stage, Layer | Readout):
            raise ValueError(f"a cut in time is known of layers and a readout, not of {name}")
    if any(layer.reverse is not None for layer in measured.network.layers):
        raise ValueError("a cut in time needs a network that reads in one direction only")
