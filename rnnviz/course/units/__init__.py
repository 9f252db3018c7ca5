"""The units, a file for each subject; those of the course in its order, and activities besides."""

from collections.abc import Mapping
from types import MappingProxyType

from rnnviz.course.unit import Unit
from rnnviz.course.units import (
    backward,
    exploding,
    gates,
    memory,
    modules,
    sequence,
    states,
    training,
    vanishing,
)

COURSE: tuple[Unit, ...] = (
    *sequence.UNITS,
    gates.ONE_GATE,
    *memory.UNITS,
    gates.TWO_GATES,
    vanishing.SATURATION,
    *backward.UNITS,
    vanishing.VANISHING,
    training.CLIPPING,
    vanishing.FORGET_BIAS,
    training.TRAINING_OPENS,
    training.LSTM_OR_GRU,
    modules.WHAT_COMES_OUT,
)
ACTIVITIES: tuple[Unit, ...] = (
    *exploding.ACTIVITIES,
    *modules.ACTIVITIES,
    *states.ACTIVITIES,
)
"""Short units beside the course, each about one belief."""
UNITS: Mapping[str, Unit] = MappingProxyType({unit.key: unit for unit in (*COURSE, *ACTIVITIES)})
"""All of them, by key."""
