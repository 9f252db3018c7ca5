"""What padding does, packed and not, as the page shows it (browser/shapes/header.js)."""

from dataclasses import replace
from typing import Any

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.notation import number
from rnnviz.shapes.example import Example, example
from rnnviz.shapes.lengths import falling
from rnnviz.shapes.setup import Setup
from rnnviz.shapes.summaries import Summary, summaries
from rnnviz.texts import _
from rnnviz.web.shapes.small import note, small

FEWEST, LEAST = 3, 4  # sequences and steps where the setup has no lengths of its own


def padding_header(setup: Setup) -> dict[str, Any]:
    """‖dL/dx‖ at every step of every sequence, with the padding packed and read; and which summary
    of a sequence is the sequence alone, and all of it."""
    shown = small(setup)
    padded = _padded(shown)
    return {
        "lengths": list(padded.steps),
        "note": _note(setup, shown, padded),
        "ways": [_way(padded, packed=packed) for packed in (True, False)],
        "summaries": [_summary(one) for one in summaries(example(shown))],
    }


def _padded(setup: Setup) -> Setup:
    """The setup, or one with lengths."""
    if setup.is_padded:
        return setup
    batch, length = max(setup.batch, FEWEST), max(setup.length, LEAST)
    return replace(setup, batch=batch, length=length, lengths=falling(length, batch))


def _note(setup: Setup, shown: Setup, padded: Setup) -> str:
    """What of it is not the setup's own."""
    if padded == shown:
        return note(shown, setup)
    return _(
        "Here all sequences are equally long. With lengths {lengths} it would be so:",
        lengths=", ".join(map(str, padded.lengths)),
    )


def _way(padded: Setup, *, packed: bool) -> dict[str, Any]:
    found = example(replace(padded, packed=packed))
    norms = np.sqrt((_gradient(found) ** 2).sum(axis=-1))
    (kept,) = [one for one in summaries(found) if one.key == "h_n"]
    title = _("Not packed: the padding is read as well")
    if packed:
        title = _("Packed: the padding is not read")
    is_padding = np.arange(padded.length)[:, None] >= np.array(padded.steps)
    words = _("The gradient of every padded step is 0.")
    if norms[is_padding].any():
        words = _("The gradient reaches padded steps too: the weights learn from what is no data.")
    same = _(
        "{code} differs from that of the sequence alone by at most {difference}.",
        code=kept.code,
        difference=number(kept.difference) if kept.difference else "0",
    )
    return {
        "title": title,
        "isPacked": packed,
        "gradient": norms.T.tolist(),
        "words": [words, same],
    }


def _gradient(found: Example) -> Array:
    """(time, batch, inputs): dL/dx, where L is the sum of h_n of the last layer."""
    setup = found.setup
    ones = np.zeros((setup.sequences, found.run.network.hidden))
    ones[:, : setup.h_out] = 1.0
    top = f"layers.{setup.num_layers - 1}."
    ways = ("", "reverse.")[: setup.directions]
    return found.run.backward(final={f"{top}{way}h": ones for way in ways}).x


def _summary(one: Summary) -> dict[str, Any]:
    return {"key": one.key, "code": one.code, "holds": one.is_right, "why": one.why}
