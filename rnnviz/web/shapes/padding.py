"""What padding does, packed and not, as the page shows it (browser/shapes/header.js)."""

from dataclasses import replace
from typing import Any

from rnnviz.shapes.example import example
from rnnviz.shapes.lengths import falling
from rnnviz.shapes.padding import Padded, compare, in_words
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
    found = compare(padded)
    return {
        "lengths": list(padded.steps),
        "note": _note(setup, shown, padded),
        "ways": [_way(found.packed), _way(found.padded)],
        "words": [*in_words(found, padded)],
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
    in_small = note(shown, setup)
    if padded == shown:
        return in_small
    supposed = _(
        "Here all sequences are equally long. With lengths {lengths} it would be so:",
        lengths=", ".join(map(str, padded.lengths)),
    )
    return f"{in_small} {supposed}".strip()


def _way(one: Padded) -> dict[str, Any]:
    title = _("Packed: the padding is not read")
    if not one.packed:
        title = _("Not packed: the padding is read as well")
    return {"title": title, "isPacked": one.packed, "gradient": one.gradient.T.tolist()}


def _summary(one: Summary) -> dict[str, Any]:
    return {"key": one.key, "code": one.code, "holds": one.is_right, "why": one.why}
