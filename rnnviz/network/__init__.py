"""What a network is made of: an embedding, layers of cells, pools, a readout; their initial values;
a sequence through all of them."""

from rnnviz.network.attention import Attention
from rnnviz.network.embedding import Embedding
from rnnviz.network.initial import Initial
from rnnviz.network.layers import Layer
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from rnnviz.network.pooling import Maximum, Mean
from rnnviz.network.readout import Readout

__all__ = [
    "Attention",
    "Embedding",
    "Initial",
    "Layer",
    "Loss",
    "Maximum",
    "Mean",
    "Network",
    "Readout",
]
