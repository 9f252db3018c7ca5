"""The same network in the other notation: z ↔ 1 − z, with the parameters of z negated."""

from dataclasses import replace

from rnnviz.cells import ABOUT, GALLERY, name_of
from rnnviz.network.arrays import Params
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network


def other_notation(network: Network) -> Network:
    """The twin of a network: σ(−a) = 1 − σ(a), so h is the same to rounding.

    ValueError for a cell that has no twin in the gallery.
    """
    return network.with_layers(_twin)


def _twin(layer: Layer) -> Layer:
    name = name_of(layer.cell)
    twin = ABOUT[name].twin if name else None
    if twin is None:
        raise ValueError(f"{name or 'a written cell'} has no other notation")
    negated = twin.negated

    def turned(params: Params) -> Params:
        return {n: -array if n in negated else array for n, array in params.items()}

    reverse = None if layer.reverse is None else turned(layer.reverse)
    return replace(layer, cell=GALLERY[twin.name], params=turned(layer.params), reverse=reverse)
