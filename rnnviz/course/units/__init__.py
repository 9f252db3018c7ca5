"""The units, a file for each subject; in the order of the course."""

from rnnviz.course.unit import Unit
from rnnviz.course.units import backward, memory, sequence

COURSE: tuple[Unit, ...] = (*sequence.UNITS, *memory.UNITS, *backward.UNITS)
