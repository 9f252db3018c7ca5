"""Layers of cells and a readout; their initial values; a sequence through all of them."""

from rnnviz.network.initial import Initial
from rnnviz.network.layers import Layer, Readout
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network

__all__ = ["Initial", "Layer", "Loss", "Network", "Readout"]
