"""A network's layers as training runs them: into kept arrays, with dropout and truncation."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from rnnviz import engine
from rnnviz.training.flat import Flat
from rnnviz.training.knobs import Knobs

Array = npt.NDArray[np.floating]


class Way:
    """One layer in one direction. Outside, time runs as the input does; inside, as it is read.

    truncate: gradients do not pass from a step that is a multiple of it to the step before.
    """

    def __init__(self, prefix: str, flat: Flat, knobs: Knobs) -> None:
        self.prefix, self.cell = prefix, knobs.cell_in_force
        self.params = {n: flat.named[prefix + n] for n in self.cell.parameters}
        self.gradients = {n: flat.pulled[prefix + n] for n in self.cell.parameters}
        self.direction = -1 if prefix.endswith("reverse.") else 1
        self.truncate = knobs.truncate
        self.spaces: dict[tuple[int, int], engine.Workspace] = {}
        self.masks: dict[str, Array] = {}
        self.runs: list[engine.CellRun] = []
        self.pulls: list[engine.CellGradients] = []

    def forward(self, x: Array) -> Array:
        """x (time, batch, inputs) → h (time, batch, hidden)."""
        x, initial, self.runs = x[:: self.direction], None, []
        params = {n: a * self.masks[n] if n in self.masks else a for n, a in self.params.items()}
        for number, part in enumerate(self._segments(len(x))):
            space = self.spaces.setdefault((number, x.shape[1]), engine.Workspace())
            run = engine.forward(self.cell, params, x[part], initial=initial, workspace=space)
            initial = {state: run.value(state)[-1] for state in self.cell.states}
            self.runs.append(run)
        return self.value("h")

    def backward(self, dh: Array) -> None:
        """Take dL/dh from outside; the parameters' gradients go where `Flat` keeps them."""
        dh = dh[:: self.direction]
        parts = self._segments(len(dh))
        self.pulls = [run.backward(dh[p]) for run, p in zip(self.runs, parts, strict=True)]
        for name, gradient in self.gradients.items():
            np.copyto(gradient, self.pulls[0].params[name])
            for pull in self.pulls[1:]:
                gradient += pull.params[name]
            if name in self.masks:
                gradient *= self.masks[name]

    def value(self, name: str) -> Array:
        """(time, batch, size), of the run forward."""
        return _joined([run.value(name) for run in self.runs])[:: self.direction]

    def gradient(self, name: str) -> Array:
        """(time, batch, size): the total derivative of the loss, of the run backward."""
        return _joined([pull.value(name) for pull in self.pulls])[:: self.direction]

    def drop(self, share: float, rng: np.random.Generator) -> None:
        """Leave out this share of the recurrent weights until the next call."""
        self.masks = {}
        if share:
            shapes = self.cell.parameters.items()
            recurrent = [n for n, shape in shapes if shape == ("hidden", "hidden")]
            self.masks = {n: leave_out(rng, self.params[n], share) for n in recurrent}

    def _segments(self, steps: int) -> Iterator[slice]:
        length = self.truncate or steps
        return (slice(start, start + length) for start in range(0, steps, length))


class Tower:
    """Layers from the input up, one or two ways each."""

    def __init__(self, flat: Flat, knobs: Knobs) -> None:
        ways = ("", "reverse.") if knobs.direction == "both" else ("",)
        self.floors = [
            [Way(f"layers.{k}.{way}", flat, knobs) for way in ways] for k in range(knobs.layers)
        ]
        self.dtype = flat.values.dtype
        self.masks: list[Array | None] = []

    @property
    def ways(self) -> list[Way]:
        return [way for floor in self.floors for way in floor]

    def forward(self, x: Array) -> Array:
        """x (time, batch, inputs) → what the last layer gives, nothing dropped."""
        for way in self.ways:
            way.masks = {}
        return self._up(x, dropout=0.0, rng=None)

    def forward_with_dropout(
        self, x: Array, dropout: float, recurrent: float, rng: np.random.Generator
    ) -> Array:
        """The same, with these shares left out: of what goes up a layer, of recurrent weights."""
        for way in self.ways:
            way.drop(recurrent, rng)
        return self._up(x, dropout, rng)

    def _up(self, x: Array, dropout: float, rng: np.random.Generator | None) -> Array:
        x, self.masks = x.astype(self.dtype, copy=False), []
        for number, floor in enumerate(self.floors):
            outputs = [way.forward(x) for way in floor]
            x = outputs[0] if len(outputs) == 1 else np.concatenate(outputs, axis=-1)
            between = number < len(self.floors) - 1
            mask = leave_out(rng, x, dropout) if rng and dropout and between else None
            self.masks.append(mask)
            x = x if mask is None else x * mask
        return x

    def backward(self, gradient: Array) -> None:
        """Take dL/d(output) down through all layers."""
        for floor, mask in zip(reversed(self.floors), reversed(self.masks), strict=True):
            gradient = gradient if mask is None else gradient * mask
            shares = np.split(gradient, len(floor), axis=-1)
            for way, share in zip(floor, shares, strict=True):
                way.backward(share)
            if floor is not self.floors[0]:
                pulled = [way.gradient("x") for way in floor]
                gradient = pulled[0] if len(pulled) == 1 else pulled[0] + pulled[1]


def _joined(parts: list[Array]) -> Array:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def leave_out(rng: np.random.Generator, of: Array, share: float) -> Array:
    """Factors for `of`, of its shape and precision: zeros for the share that is left out; the rest
    is scaled up so that the mean stays."""
    return ((rng.random(of.shape) >= share) / (1.0 - share)).astype(of.dtype)
