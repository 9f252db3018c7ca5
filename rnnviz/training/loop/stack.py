"""A network as training runs it: in kept arrays, on parameters that an optimizer moves in place."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rnnviz.network.dropout import between_layers, recurrent_factors
from rnnviz.network.lengths import Lengths
from rnnviz.network.network import Network
from rnnviz.network.propagation import Gradients, Propagation, Workspaces, propagate
from rnnviz.training.loop.flat import Array, Flat

Factors = Mapping[str, Array]
"""Full name → a factor for each entry of a matrix: what recurrent dropout leaves of it."""


class Stack:
    """All stages below the readout, their parameters views of a `Flat`.

    truncate: gradients do not pass from a step that is a multiple of it to the step before.
    dropout, recurrent_dropout: the shares left out while it learns.
    """

    def __init__(
        self,
        network: Network,
        flat: Flat,
        *,
        truncate: int | None = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
    ) -> None:
        below = replace(network, readout=None)
        own = below.replace({name: flat.named[name] for name in below.parameters})
        self.network = between_layers(own, dropout) if dropout else own
        self.flat, self.truncate, self.recurrent_dropout = flat, truncate, recurrent_dropout
        self._workspaces = Workspaces()

    def answer(self, x: Array, lengths: Lengths | None = None) -> Propagation:
        """Take x (time, batch, inputs) through, nothing left out. lengths: (batch,), how long each
        sequence is; None: as x."""
        return self._propagate(self.network, x, None, lengths)

    def learn(
        self, x: Array, generator: np.random.Generator, lengths: Lengths | None = None
    ) -> tuple[Propagation, Factors]:
        """Take x through with what dropout leaves, and say which recurrent weights it left."""
        if not self.recurrent_dropout:
            return self._propagate(self.network, x, generator, lengths), {}
        factors = recurrent_factors(self.network, self.recurrent_dropout, generator)
        thinned = {name: self.flat.named[name] * left for name, left in factors.items()}
        return self._propagate(self.network.replace(thinned), x, generator, lengths), factors

    def backward(self, run: Propagation, doutput: Array, factors: Factors) -> Gradients:
        """Take dL/d(output) down; the parameters' gradients are put where `Flat` keeps them."""
        gradients = run.backward(doutput)
        for name, gradient in gradients.parameters.items():
            kept = self.flat.pulled[name]
            np.copyto(kept, gradient)
            if name in factors:
                kept *= factors[name]
        return gradients

    def _propagate(
        self,
        network: Network,
        x: Array,
        generator: np.random.Generator | None,
        lengths: Lengths | None,
    ) -> Propagation:
        _steps, batch, _inputs = x.shape
        return propagate(
            network,
            x.astype(self.flat.values.dtype, copy=False),
            initial={n: np.tile(state, (batch, 1)) for n, state in network.initial.items()},
            workspaces=self._workspaces,
            truncate=self.truncate,
            generator=generator,
            lengths=lengths,
        )
