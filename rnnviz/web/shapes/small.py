"""A setup that is small enough to be run several times at each change of the page."""

from dataclasses import replace

from rnnviz.shapes.setup import Setup
from rnnviz.texts import _

UNITS, STEPS, SEQUENCES = 32, 16, 6


def small(setup: Setup) -> Setup:
    """The setup with at most so many units, steps and sequences; all else is as it was.

    Lengths shrink as the steps do, and who is padded stays so; of many sequences the shortest and
    the longest are among those that stay.
    """
    steps, sequences = min(setup.length, STEPS), min(setup.batch, SEQUENCES)
    hidden = min(setup.hidden_size, UNITS)
    return replace(
        setup,
        hidden_size=hidden,
        proj_size=min(setup.proj_size, hidden - 1),
        input_size=min(setup.input_size, UNITS),
        vocabulary=min(setup.vocabulary, 1000),
        outputs=0,
        length=steps,
        batch=sequences,
        lengths=tuple(
            max(setup.lengths[b] * steps // setup.length, 1) for b in _kept(setup, sequences)
        ),
    )


def _kept(setup: Setup, sequences: int) -> list[int]:
    """Of the sequences with lengths of their own, so many: evenly spread from the longest to the
    shortest, in the batch's order."""
    if not setup.lengths:
        return []
    by_length = sorted(range(setup.batch), key=lambda b: (-setup.lengths[b], b))
    apart = (setup.batch - 1) / max(sequences - 1, 1)
    return sorted(by_length[round(k * apart)] for k in range(sequences))


def note(shown: Setup, setup: Setup) -> str:
    """That something smaller is shown, where it is."""
    if replace(shown, outputs=setup.outputs, vocabulary=setup.vocabulary) == setup:
        return ""
    return _(
        "Shown in small: {sequences} sequences of {steps} steps, hidden_size={hidden}.",
        sequences=shown.sequences,
        steps=shown.length,
        hidden=shown.hidden_size,
    )
