"""What stands around a recurrent module in a file, by name, size and order."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rnnviz.interop.stored import Stored

ATTENTION = re.compile(r".*(att|score|align|energy|query|key|value|pool).*", re.IGNORECASE)
"""Names of what weighs the steps instead of reading them."""


@dataclass(frozen=True)
class Surroundings:
    """What stands around a recurrent module.

    arrays: all of its state dict, in order. own: the names of the module's arrays.
    others: the names of other recurrent modules' arrays.
    elsewhere: arrays of the file beside that state dict, by their full names.
    is_ordered: whether the order tells anything.
    """

    arrays: Mapping[str, Stored]
    own: frozenset[str]
    others: frozenset[str]
    elsewhere: Mapping[str, Stored]
    is_ordered: bool

    @cached_property
    def behind(self) -> frozenset[str]:
        """The arrays behind the module by order; all others where that tells nothing."""
        names = [*self.arrays]
        last = max(k for k, name in enumerate(names) if name in self.own)
        left = names[last + 1 :] if self.is_ordered else names
        return frozenset(left) - self.own

    @cached_property
    def rest(self) -> dict[str, Stored]:
        """All that is no recurrent module's."""
        used = self.own | self.others
        return {n: a for n, a in {**self.arrays, **self.elsewhere}.items() if n not in used}

    def between(self, name: str, inputs: int, features: int) -> Iterator[str]:
        """What is no plain matrix and may act on h before a matrix does: by order, size or name.

        Args:
            name: the matrix.
            inputs: how many numbers the recurrent module reads.
            features: how many it gives.
        """
        names = [n for n in self.arrays if n in self.behind]
        until = names.index(name) if self.is_ordered else 0
        own = name.removesuffix("weight")
        for k, other in enumerate(names):
            if other.startswith(own) or self.is_table(other, inputs):
                continue
            if k < until or self._may_act(other, features):
                yield other

    def _may_act(self, name: str, features: int) -> bool:
        """Whether it may act on h, wherever it stands. Where order tells nothing, anything may that
        is no plain matrix."""
        shape = self.arrays[name].shape
        if ATTENTION.fullmatch(name):
            return True
        if self._is_of_a_matrix(name):
            return False
        unknown = not self.is_ordered and (len(shape) != 2 or name in self.others)
        return shape == (features,) or (unknown and len(shape) > 0)

    def is_table(self, name: str, inputs: int) -> bool:
        """Whether it may be an embedding, the rows of which are read."""
        array = self.rest.get(name)
        has_bias = f"{name.removesuffix('weight')}bias" in self.rest
        return array is not None and array.is_matrix and array.shape[1] == inputs and not has_bias

    def _is_of_a_matrix(self, name: str) -> bool:
        """Whether it is the bias of one."""
        weight = self.arrays.get(f"{name.removesuffix('bias')}weight")
        return name.endswith("bias") and weight is not None and weight.is_matrix
