"""A recording → the bytes the stepper gets: the same run, its holds among the visitor's changes."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from rnnviz.cells import named
from rnnviz.interop.pytorch.projections import own_features
from rnnviz.network.arrays import Array
from rnnviz.network.losses import Loss, chosen_steps
from rnnviz.network.propagation import Direction
from rnnviz.scenes.asked import asked
from rnnviz.scenes.reading import Reading, short
from rnnviz.scenes.scene import Scene
from rnnviz.texts import _, ngettext
from rnnviz.web.step.payload import Change, step_payload

if TYPE_CHECKING:
    from rnnviz.recording.recording import Recording

Words = Sequence[str] | Sequence[Sequence[str]]


def recorded_payload(
    recording: "Recording",
    *,
    title: str,
    story: str | None = None,
    labels: Words | None = None,
    input_names: Sequence[str] | None = None,
    loss: Loss | None = None,
) -> bytes:
    """What `web.export.to_html` shows; its arguments are described there.

    Raises:
        ValueError: there are not as many labels or names as steps or inputs, or targets that do
            not fit.
    """
    network, x = recording.network, recording.propagation.x
    loss = loss or Loss("sum", steps=[-1])
    loss.judge(recording.propagation.output, recording.propagation.prediction)
    one_hot = x.shape[-1] > 1 and bool(np.isin(x, (0, 1)).all() and (x.sum(axis=-1) == 1).all())
    names = _input_names(input_names, x.shape[-1], one_hot=one_hot)
    reading = Reading(
        title,
        _story(len(x)) if story is None else story,
        x,
        _labels(labels, x, names, batched=recording.batched, one_hot=one_hot),
        names,
        one_hot,
        targets=_targets(loss, x.shape[1]),
    )
    steps = tuple(chosen_steps(loss.steps, len(x)))
    what = asked(loss.kind, steps, length=len(x), features=own_features(network))
    scene = Scene(network, reading, what, badge=_("your recording: computed now"))
    return step_payload(scene, recording.start, _changes(recording))


def heading(recording: "Recording") -> str:
    """What a run is called of which nobody said: "LSTM, 8 units"."""
    kinds = dict.fromkeys(named(layer.cell).title for layer in recording.network.layers)
    units = recording.network.hidden
    cells = ", ".join(map(_, kinds))
    return ngettext("{cells}, {count} unit", "{cells}, {count} units", units, cells=cells)


def _story(steps: int) -> str:
    return ngettext(
        "{count} step, as it was recorded.", "{count} steps, as they were recorded.", steps
    )


def _input_names(given: Sequence[str] | None, inputs: int, *, one_hot: bool) -> tuple[str, ...]:
    if given is None:
        if inputs == 1:
            return (_("input"),)
        if one_hot:
            return tuple(str(k + 1) for k in range(inputs))
        return tuple(_("input {number}", number=k + 1) for k in range(inputs))
    if len(given) != inputs:
        raise ValueError(f"there are {inputs} inputs, and {len(given)} names for them")
    return tuple(map(str, given))


def _labels(
    given: Words | None, x: Array, names: tuple[str, ...], *, batched: bool, one_hot: bool
) -> tuple[tuple[str, ...], ...]:
    """For each sequence of the batch, one word per step."""
    steps, batch, inputs = x.shape
    if given is None:
        if one_hot:
            read: list[list[int]] = x.argmax(axis=-1).T.tolist()
            return tuple(tuple(names[symbol] for symbol in symbols) for symbols in read)
        if inputs == 1:
            return tuple(tuple(short(number) for number in x[:, i, 0]) for i in range(batch))
        return tuple(("",) * steps for _ in range(batch))
    found = tuple(tuple(map(str, words)) for words in (given if batched else [given]))
    if len(found) != batch:
        raise ValueError(f"there are {batch} sequences, and labels for {len(found)}")
    for words in found:
        if len(words) != steps:
            raise ValueError(f"there are {steps} steps, and {len(words)} labels for them")
    return found


def _targets(loss: Loss, batch: int) -> Array | None:
    if loss.targets is None:
        return None
    targets = np.asarray(loss.targets, float)
    return targets[:, None] if targets.ndim == 2 and batch == 1 else targets


def _changes(recording: "Recording") -> list[Change]:
    """The holds as the visitor would have made them, one for each stretch of steps."""
    directions = [*recording.propagation.runs]
    return [
        {
            "kind": "hold",
            "layer": directions.index(Direction(hold.layer, hold.reverse)),
            "name": hold.name,
            "unit": _units(hold.unit),
            "from": first,
            "to": end,
            "value": float(hold.value),
        }
        for hold in recording.holds
        if _units(hold.unit) != []  # of no unit at all nothing is held
        for first, end in _stretches(chosen_steps(hold.steps, len(recording.propagation.x)))
    ]


def _units(unit: Sequence[int] | int | None) -> int | list[int] | None:
    """As changes.js has it: some units are in order, each once."""
    if unit is None:
        return None
    units: list[int] = np.unique(unit).tolist()
    return units[0] if len(units) == 1 else units


def _stretches(steps: Iterable[int]) -> list[tuple[int, int]]:
    """Steps in order → [first, end) of each run of neighbours."""
    runs = groupby(enumerate(steps), key=lambda pair: pair[1] - pair[0])
    whole = [[step for _, step in run] for _, run in runs]
    return [(run[0], run[-1] + 1) for run in whole]
