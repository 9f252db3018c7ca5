"""Twenty-two things that learners believe of recurrent networks, each measured on the engine.

Every belief has a source that puts it so, and a function that finds what is true with one seed;
what came of twenty seeds is kept (`measured.csv`) and held to by tests.
"""

from collections.abc import Mapping
from types import MappingProxyType

from rnnviz.course.beliefs import exploding, gates, modules, reaching_back, state
from rnnviz.course.beliefs.belief import Belief, Measured

__all__ = ["BELIEFS", "Belief", "Measured"]

_ALL = (
    *modules.BELIEFS,
    *state.BELIEFS,
    *gates.BELIEFS,
    *reaching_back.BELIEFS,
    *exploding.BELIEFS,
)

BELIEFS: Mapping[int, Belief] = MappingProxyType(
    {one.number: one for one in sorted(_ALL, key=lambda one: one.number)}
)
"""By their numbers, from 1."""
