"""What runs side by side are called: the knobs in which they differ, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from rnnviz.settings.kinds import Choice
from rnnviz.training.kinds import with_cell
from rnnviz.training.knobs import KNOBS


def differing(chosen: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The knobs in which runs differ, in the order of `KNOBS`."""
    runs = [*map(with_cell, chosen)]
    return tuple(
        name
        for name, knob in KNOBS.items()
        if len({one.get(name, knob.default) for one in runs}) > 1
    )


def words(name: str, value: Any) -> str:
    """A knob's value as a few words: “clip by norm 1”, “LSTM”, “no clipping”."""
    if name == "cell":
        return str(value.title)
    knob = KNOBS[name]
    if value is None:
        return f"{knob.term}: none"
    shown = knob.kind.label(value) if isinstance(knob.kind, Choice) else f"{value:,.6g}"
    return f"{knob.term} {shown}"


def says(chosen: Sequence[Mapping[str, Any]]) -> list[str]:
    """For each run the words of what it chose where they differ; the cell where they do not."""
    names = differing(chosen) or ("cell",)
    return [
        ", ".join(words(name, one.get(name, KNOBS[name].default)) for name in names)
        for one in map(with_cell, chosen)
    ]
