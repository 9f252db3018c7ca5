"""torch's PackedSequence → a padded batch and its lengths."""

import sys
from typing import Any, NamedTuple

import numpy as np

from rnnviz.interop.modules.weights import array_of
from rnnviz.network.arrays import Array
from rnnviz.network.lengths import Lengths


class Padded(NamedTuple):
    """x: (time, batch, size), 0 after each sequence's end. lengths: (batch,)."""

    x: Array
    lengths: Lengths


def is_packed(values: Any) -> bool:
    """Whether these are a torch.nn.utils.rnn.PackedSequence; torch is not imported for it."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(values, torch.nn.utils.rnn.PackedSequence)


def unpacked(packed: Any) -> Padded:
    """What `pad_packed_sequence` gives, the sequences in the order in which they were given.

    packed: its `data` are the steps of all sequences, the longest sequence first within each step;
    its `batch_sizes` say how many sequences have each step.
    """
    data, sizes = array_of(packed.data), packed.batch_sizes.numpy()
    there = np.arange(sizes[0]) < sizes[:, None]
    x = np.zeros((*there.shape, *data.shape[1:]), data.dtype)
    x[there] = data
    lengths = there.sum(0)
    if packed.unsorted_indices is None:
        return Padded(x, lengths)
    order = packed.unsorted_indices.cpu().numpy()
    return Padded(x[:, order], lengths[order])
