"""Where the h of a recurrent node stands in a graph: the axes of a value, however rearranged.

A value is followed only as far as its axes are certain; what is made of it otherwise reads it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from rnnviz.interop.onnx.attributes import attributes_of
from rnnviz.interop.onnx.constants import Constants, Numbers
from rnnviz.interop.stacks import Where

Axis = Literal["time", "directions", "batch", "units", "features", "one"]
"""features: the units of all directions, the forward one first. one: an axis of size one."""


@dataclass(frozen=True)
class Hidden:
    """The h of a recurrent node, or a part of it.

    of: the node's name. directions, units: how many it has. where: which h of it.
    """

    of: str
    axes: tuple[Axis, ...]
    directions: int
    units: int
    where: Where = "every step"

    @property
    def features(self) -> int:
        return self.directions * self.units

    @property
    def is_whole(self) -> bool:
        """Whether its last axis is what a layer above, or a readout, reads."""
        return bool(self.axes) and self.axes[-1] == "features" and "directions" not in self.axes


def of_node(name: str, *, directions: int, units: int, layout: int) -> tuple[Hidden, Hidden]:
    """The outputs Y and Y_h of a recurrent node."""
    axes: tuple[Axis, ...] = ("time", "directions", "batch", "units")
    if layout:
        axes = ("batch", "time", "directions", "units")
    every = _settled(Hidden(name, axes, directions, units))
    ends = tuple(axis for axis in axes if axis != "time")
    return every, _settled(Hidden(name, ends, directions, units, "end"))


def rearranged(node: Any, hidden: Hidden, constants: Constants) -> Hidden | None:
    """What a node makes of h, or None where that is no rearrangement that is known."""
    rule = RULES.get(node.op_type)
    if rule is None:
        return None
    others = [constants.of(name) if name else None for name in node.input[1:]]
    try:
        found = rule(hidden, attributes_of(node), *others)
    except (TypeError, ValueError, IndexError, KeyError):
        return None
    return None if found is None else _settled(found)


def _settled(hidden: Hidden) -> Hidden:
    """With an axis of one direction taken as what it is, of size one."""
    if hidden.directions == 1:
        names: dict[Axis, Axis] = {"directions": "one", "units": "features"}
        return replace(hidden, axes=tuple(names.get(axis, axis) for axis in hidden.axes))
    return hidden


Given = Numbers | None
Attributes = Mapping[str, Any]


def _whole(given: Given | list[int]) -> list[int]:
    """Whole numbers, of an input or of an attribute."""
    return [] if given is None else [int(one) for one in np.ravel(given)[:16]]


def _same(hidden: Hidden, attributes: Attributes, *_: Given) -> Hidden:
    return hidden


def _squeezed(hidden: Hidden, attributes: Attributes, axes: Given = None) -> Hidden | None:
    gone = {axis % len(hidden.axes) for axis in _whole(attributes.get("axes", axes))}
    if not gone or any(hidden.axes[axis] != "one" for axis in gone):
        return None
    return replace(hidden, axes=tuple(a for k, a in enumerate(hidden.axes) if k not in gone))


def _unsqueezed(hidden: Hidden, attributes: Attributes, axes: Given = None) -> Hidden | None:
    (axis,) = _whole(attributes.get("axes", axes))
    found = list(hidden.axes)
    found.insert(axis % (len(found) + 1), "one")
    return replace(hidden, axes=tuple(found))


def _transposed(hidden: Hidden, attributes: Attributes) -> Hidden | None:
    order = attributes.get("perm") or range(len(hidden.axes))[::-1]
    if sorted(order) != [*range(len(hidden.axes))]:
        return None
    return replace(hidden, axes=tuple(hidden.axes[k] for k in order))


def _reshaped(hidden: Hidden, attributes: Attributes, shape: Given) -> Hidden | None:
    """Directions and units as one axis, or an axis of one direction left out."""
    sizes = _whole(shape)
    if len(sizes) < 2 or sizes[-1] not in (-1, hidden.features):
        return None
    axes = tuple(axis for axis in hidden.axes if axis != "one")
    if axes[-2:] == ("directions", "units"):
        axes = (*axes[:-2], "features")
    return (
        replace(hidden, axes=axes) if len(sizes) == len(axes) and axes[-1] == "features" else None
    )


def _flattened(hidden: Hidden, attributes: Attributes) -> Hidden | None:
    axes = tuple(axis for axis in hidden.axes if axis != "one")
    is_flat = attributes.get("axis", 1) == 1 and hidden.axes[0] == "batch"
    return replace(hidden, axes=axes) if is_flat and axes == ("batch", "features") else None


def _gathered(hidden: Hidden, attributes: Attributes, index: Given) -> Hidden | None:
    """The last step, or the one direction there is."""
    at = int(attributes.get("axis", 0)) % len(hidden.axes)
    kept: list[Axis] = ["one"] * (index.ndim if index is not None else 0)
    axes: tuple[Axis, ...] = (*hidden.axes[:at], *kept, *hidden.axes[at + 1 :])
    if hidden.axes[at] == "one" and _whole(index) in ([0], [-1]):
        return replace(hidden, axes=axes)
    if hidden.axes[at] == "time" and _whole(index) == [-1]:
        return replace(hidden, axes=axes, where="last step")
    return None


def _sliced(
    hidden: Hidden,
    attributes: Attributes,
    starts: Given = None,
    ends: Given = None,
    axes: Given = None,
    steps: Given = None,
) -> Hidden | None:
    """The last step alone, an axis of size one."""
    (start,) = _whole(attributes.get("starts", starts))
    (end,) = _whole(attributes.get("ends", ends))
    (axis,) = _whole(attributes.get("axes", axes)) or [0]
    at = axis % len(hidden.axes)
    is_last = start == -1 and end >= 2**31 - 1 and _whole(steps) in ([], [1])
    if hidden.axes[at] != "time" or not is_last:
        return None
    found: tuple[Axis, ...] = (*hidden.axes[:at], "one", *hidden.axes[at + 1 :])
    return replace(hidden, axes=found, where="last step")


RULES: Mapping[str, Callable[..., Hidden | None]] = {
    "Identity": _same,
    "Cast": _same,
    "Dropout": _same,
    "Squeeze": _squeezed,
    "Unsqueeze": _unsqueezed,
    "Transpose": _transposed,
    "Reshape": _reshaped,
    "Flatten": _flattened,
    "Gather": _gathered,
    "Slice": _sliced,
}
"""Operator → what it makes of h."""
