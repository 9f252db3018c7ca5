"""A layer of a Keras model as its configuration has it, and the classes that are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from rnnviz.texts import Sentence

RECURRENT = ("LSTM", "GRU", "SimpleRNN")
MODELS = ("Sequential", "Functional", "Model")
CELLS: Mapping[str, str] = MappingProxyType(
    {"LSTMCell": "LSTM", "GRUCell": "GRU", "SimpleRNNCell": "SimpleRNN"}
)
"""A cell of Keras', in an RNN → the layer that computes the same."""
OF_CUDNN: Mapping[str, str] = MappingProxyType({"CuDNNLSTM": "LSTM", "CuDNNGRU": "GRU"})
"""Keras 2's layer of NVIDIA's library → the one that computes the same."""
USUAL = MappingProxyType(
    {"activation": "tanh", "recurrent_activation": "sigmoid", "reset_after": True}
)
"""The functions of those, of which their configuration has no word."""
Read = tuple[str, int]
"""A layer that is read, and the number of its output."""
SAME_AFTER_TRAINING = (
    "Dropout",
    "SpatialDropout1D",
    "GaussianDropout",
    "GaussianNoise",
    "AlphaDropout",
    "ActivityRegularization",
    "Masking",
)
"""Layers that hand on what they read, once a model is trained."""
DAMAGED_CONFIG = Sentence("what it says of its layers is damaged")
MOST_LAYERS = 2_000


@dataclass(frozen=True)
class Node:
    """A layer of a model.

    kind: Keras' class; of a wrapper's inner layer, the class of that one.
    wrapper: "Bidirectional" or "TimeDistributed" around it, or "".
    config: what Keras says of it, of the forward direction if there are two.
    backward: the class and what Keras says of the other direction.
    merge_mode: how two directions are put together.
    reads: the layers whose output it reads, each with the number of that output; the first is its
        sequence. is_shared: whether it stands in the model more than once.
    is_of_cudnn: whether its arrays are arranged as NVIDIA's library has them.
    place: the folder of its arrays since Keras 3. outermost: the layer of the outermost model in
        which it is, as whose part older files list its arrays.
    """

    name: str
    kind: str
    config: Mapping[str, Any]
    wrapper: str = ""
    backward: tuple[str, Mapping[str, Any]] | None = None
    merge_mode: str | None = "concat"
    reads: tuple[Read, ...] = ()
    is_shared: bool = False
    is_of_cudnn: bool = False
    place: str = ""
    outermost: str = ""

    @property
    def is_recurrent(self) -> bool:
        return self.kind in RECURRENT and self.wrapper in ("", "Bidirectional")

    @property
    def is_dense(self) -> bool:
        return self.kind == "Dense" and self.wrapper in ("", "TimeDistributed")

    @property
    def own_name(self) -> str:
        """Its name in the model that it stands in."""
        return self.name.rpartition("/")[2]
