"""The numbers of a setup that the browser gets: h and c of every cell, of as many sequences as are
few enough to send."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.shapes.example import Example, example
from rnnviz.shapes.setup import Setup
from rnnviz.texts import _

MOST = 200_000
"""Numbers that are sent at once, about."""


def numbers(setup: Setup, wanted: Sequence[int]) -> tuple[dict[str, Any], dict[str, Array]]:
    """What browser/shapes/header.js calls the example, and its arrays.

    wanted: the sequences that are looked at; where not all can be sent, these are.
    """
    found = example(setup)
    items = _items(found, wanted)
    arrays = {
        state: np.nan_to_num(found.state(state)[..., items, :]).reshape(
            -1, setup.length, len(items), found.state(state).shape[-1]
        )
        for state in setup.states
    }
    about = {
        "hidden": found.setup.hidden_size,
        "out": found.setup.h_out,
        "items": items,
        "note": _note(setup, found.setup),
    }
    return about, arrays


def _items(found: Example, wanted: Sequence[int]) -> list[int]:
    sequences = found.setup.sequences
    each = found.h.size // sequences * len(found.setup.states)
    room = max(MOST // max(each, 1), 1)
    if sequences <= room:
        return list(range(sequences))
    return sorted({item for item in wanted if item < sequences} or {_in_front(found.setup)})


def _in_front(setup: Setup) -> int:
    """The sequence that is looked at where nobody says which (browser/shapes/look.js): the last of
    the shortest."""
    return max(b for b, steps in enumerate(setup.steps) if steps == min(setup.steps))


def _note(setup: Setup, computed: Setup) -> str:
    if computed == setup:
        return ""
    return _(
        "A network of this size is not computed here: the numbers are those of one with "
        "hidden_size={hidden}.",
        hidden=computed.hidden_size,
    )
