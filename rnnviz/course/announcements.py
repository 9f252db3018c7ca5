"""What pages announce while a visitor uses them, in words that acts of the course wait for.

A page announces what has just become so, never how it is when it opens: an event `rnnviz-seen` of
the browser (web/browser/drawing/announcing.js), whose detail is the word under `what`, and the
values that are listed here. Units, steps and layers are counted from 1.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Announcement(NamedTuple):
    """meaning: what has become so. pages: where it is announced. values: name → what it says."""

    meaning: str
    pages: tuple[str, ...]
    values: Mapping[str, str]


RUN = ("step", "by hand")
ANNOUNCEMENTS: Mapping[str, Announcement] = MappingProxyType(
    {
        "step": Announcement(
            "another time step is looked at",
            (*RUN, "gradients"),
            {"t": "which", "of": "how many there are", "last": "whether it is the last"},
        ),
        "part": Announcement(
            "inside one step, another value is computed",
            RUN,
            {"name": "of the value", "t": "at which step"},
        ),
        "explained": Announcement(
            "the arithmetic behind a number is open, or follows to another step",
            RUN,
            {"name": "of the value", "unit": "which", "t": "at which step"},
        ),
        "unit": Announcement(
            "another unit or layer is looked at", RUN, {"unit": "which", "layer": "of which layer"}
        ),
        "sequence": Announcement("another sequence of the batch is shown", RUN, {"item": "which"}),
        "held": Announcement(
            "a value is held, and the pointer has let go of it",
            RUN,
            {
                "name": "of the value, as in the equations",
                "value": "what it is held at",
                "layer": "of which layer",
                "unit": "the first unit",
                "units": "how many units",
                "t": "the first step",
                "steps": "how many steps",
            },
        ),
        "input": Announcement(
            "another input is read, and the pointer has let go of it",
            RUN,
            {"t": "at which step", "value": "the number, or the place of the letter"},
        ),
        "weight": Announcement(
            "a parameter is another, and the pointer has let go of it",
            RUN,
            {"name": "of the parameter, without its layer", "value": "the number; of several, 0"},
        ),
        "released": Announcement(
            "something that was held or changed is taken back",
            RUN,
            {"left": "how many changes are left"},
        ),
        "difference": Announcement(
            "the maps show the difference to the untouched run, or the values again",
            RUN,
            {"shown": "whether it is the difference"},
        ),
        "figure": Announcement(
            "a picture that opens on a press is open now, or closed",
            ("step",),
            {"name": "answer, gates or unrolled", "shown": "whether it is open"},
        ),
        "gradient": Announcement(
            "of the unrolled network, the forward or the backward pass has come to another step",
            ("step",),
            {
                "pass": "forward or backward",
                "t": "which step",
                "whole": "whether the backward pass is at its end",
            },
        ),
        "solved": Announcement("a challenge is solved", ("by hand",), {"challenge": "its key"}),
        "knob": Announcement(
            "a knob or setting is another, and the pointer has let go of it",
            ("gradients", "train", "shapes"),
            {"name": "its key in a link", "value": "its number, or its key"},
        ),
        "cell": Announcement(
            "a cell is shown or hidden on the chart",
            ("gradients",),
            {"name": "of the cell", "shown": "whether it is shown now"},
        ),
        "choice": Announcement(
            "a chart shows something else",
            ("gradients", "shapes"),
            {
                "name": "what was chosen, by its key in a link; on Shapes: marked",
                "value": "the key of what it is now; of several, with ; between",
            },
        ),
        "entries": Announcement(
            "another entry of output or of h_n is looked at",
            ("shapes",),
            {
                "step": "of output, from 0 as in code",
                "unit": "of output, from 0",
                "row": "of h_n, from 0: of a layer and direction",
                "same": "whether both are the same number",
            },
        ),
        "opened": Announcement(
            "a call that fails is open",
            ("shapes",),
            {"name": "which: its key among the mistakes, or second backward"},
        ),
        "trained": Announcement(
            "runs have learnt further",
            ("train",),
            {
                "update": "the last update of any run",
                "solved": "how many runs have solved the task",
                "stopped": "how many have met a number that is not finite",
            },
        ),
        "update": Announcement(
            "an update of the past is looked at", ("train",), {"at": "which; the latest is 0"}
        ),
        "gates": Announcement(
            "of gates more is shown: on Train how many are open and closed, on Step the table that "
            "holds each in turn",
            ("step", "train"),
            {"shown": "whether they are now"},
        ),
    }
)
"""Word → what it means."""
