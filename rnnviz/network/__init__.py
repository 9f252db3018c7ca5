"""Layers of cells and a readout; their initial values; a sequence through all of them."""

from rnnviz.network.embedding import Embedding
from rnnviz.network.initial import Initial
from rnnviz.network.layers import Layer
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from rnnviz.network.readout import Readout

__all__ = ["Embedding", "Initial", "Layer", "Loss", "Network", "Readout"]
