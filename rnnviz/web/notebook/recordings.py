"""A recording in a notebook: the stepper in a frame; one that is too large, as a table."""

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.texts import _, ngettext
from rnnviz.web.notebook.markup import caption, card, element, table, written
from rnnviz.web.notebook.networks import notes, stages_table
from rnnviz.web.step.recorded import heading

if TYPE_CHECKING:
    from rnnviz.recording.recording import Recording

MOST_NUMBERS = 100_000
"""Weights and inputs that go into a frame: some 1.1 MB, beside 0.6 MB of the stepper itself."""
MOST_STEPS = 500
HEIGHT = 720
FRAME = {
    "sandbox": "allow-scripts allow-downloads",
    "allow": "clipboard-write",
    "loading": "lazy",
    "style": f"width:100%;height:{HEIGHT}px;border:0;border-radius:6px;resize:vertical",
}
"""A frame's scripts run, and reach nothing of the notebook: it has an origin of its own."""


def recording_html(recording: "Recording") -> str:
    """The stepper with this run; where that is too large, a table, and how to see more."""
    propagation = recording.propagation
    weights = sum(array.size for array in recording.network.parameters.values())
    steps = len(propagation.x)
    if weights + propagation.x.size > MOST_NUMBERS or steps > MOST_STEPS:
        return _in_a_table(recording, weights, steps)
    return framed(recording.to_html(), heading(recording))


def framed(page: str, title: str) -> str:
    """A whole page in a frame of its own, of bounded height, that asks nobody for anything."""
    return written(element("iframe", {**FRAME, "title": title, "srcdoc": page}))


def _in_a_table(recording: "Recording", weights: int, steps: int) -> str:
    network = recording.network
    why = _(
        "The stepper is not shown here: with {weights} weights and {steps} steps it would make the "
        "notebook large and slow (up to {most} numbers and {most_steps} steps it is). "
        'rec.to_html("run.html") writes it into a file; rec.figure() draws maps.',
        weights=f"{weights:,}",
        steps=f"{steps:,}",
        most=f"{MOST_NUMBERS:,}",
        most_steps=MOST_STEPS,
    )
    length = ngettext("{count} step", "{count} steps", steps)
    return card(
        _("Recording: {cells}, {length}", cells=heading(recording), length=length),
        _values(recording),
        stages_table(network),
        *notes(network),
        caption(why),
    )


def _values(recording: "Recording") -> Element:
    head = (_("value"), _("shape"), _("least"), _("mean"), _("largest"))
    shape, there = str(recording["h"].shape), recording.present
    rows = [(f'rec["{name}"]', shape, *_spread(recording[name][there])) for name in recording.names]
    return table(head, rows)


def _spread(value: Array) -> tuple[str, ...]:
    """Least, mean and largest of the numbers there are."""
    finite = value[np.isfinite(value)]
    if not finite.size:
        return ("–",) * 3
    return tuple(f"{of(finite):.3g}" for of in (np.min, np.mean, np.max))
