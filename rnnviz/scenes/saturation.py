"""Whether what a network reads is so large that its gates have nothing left to decide."""

from decimal import ROUND_HALF_UP, Context

import numpy as np

from rnnviz.network.embedding import Embedding
from rnnviz.network.network import Network
from rnnviz.network.propagation import propagate
from rnnviz.notation import percent
from rnnviz.scenes.reading import Reading
from rnnviz.texts import N_, _

LARGE = 10.0
"""Numbers up to this are looked at by nobody: most of what networks are trained on is below."""
AT_AN_END, MOST = 0.01, 0.9
"""A gate is saturated that is so near to 0 or 1; a network, of whose gates so many are."""

OF_GATES = N_(
    "These numbers go up to {largest}, and {share} of the first layer's gate values are "
    "within 0.01 of 0 or 1: such large numbers leave the gates nothing to decide. Scale "
    "them, as those were that the network was trained on."
)
OF_H = N_(
    "These numbers go up to {largest}, and {share} of the first layer's values of h are within "
    "0.01 of −1, 0 or 1: such large numbers leave h nothing to tell. Scale them, as those were "
    "that the network was trained on."
)
SIX_DIGITS = Context(prec=6, rounding=ROUND_HALF_UP)


def saturation(network: Network, read: Reading) -> str | None:
    """A sentence, where the numbers that are read are large and the gates of the first layer (h,
    where it has none) stand at their ends for it."""
    largest = float(np.abs(read.x).max(initial=0))
    if largest <= LARGE or isinstance(network.body[0], Embedding):
        return None
    first = network.layers[0]
    names = first.cell.gates or ("h",)
    run = propagate(Network((first,)), read.x).runs
    values = np.concatenate([one.value(n).ravel() for one in run.values() for n in names])
    to_the_end = np.minimum(np.abs(values), np.abs(1 - np.abs(values)))
    share = float((to_the_end < AT_AN_END).mean())
    if share < MOST:
        return None
    rounded = float(SIX_DIGITS.create_decimal_from_float(largest))
    said = OF_GATES if first.cell.gates else OF_H
    return _(said, largest=f"{rounded:,.10g}", share=percent(share))
