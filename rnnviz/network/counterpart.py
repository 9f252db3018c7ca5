"""The same network in the other notation: z ↔ 1 − z, with the parameters of z negated."""

from dataclasses import replace

from rnnviz.cells import ABOUT, GALLERY, name_of
from rnnviz.network.arrays import Params
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network


def counterpart_of(network: Network) -> Network:
    """The counterpart of a network: σ(−a) = 1 − σ(a), so h is the same to rounding.

    ValueError for a cell that has no counterpart in the gallery.
    """
    return network.with_layers(_turned)


def _turned(layer: Layer) -> Layer:
    name = name_of(layer.cell)
    counterpart = ABOUT[name].counterpart if name else None
    if counterpart is None:
        raise ValueError(f"{name or 'a written cell'} has no other notation")
    negated = counterpart.negated

    def turned(params: Params) -> Params:
        return {n: -array if n in negated else array for n, array in params.items()}

    reverse = None if layer.reverse is None else turned(layer.reverse)
    cell = GALLERY[counterpart.name]
    return replace(layer, cell=cell, params=turned(layer.params), reverse=reverse)
