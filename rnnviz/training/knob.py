"""What a knob is: a choice with its default, its range and a sentence for the learner."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Knob:
    """One choice: `low` and `high` bound a number, `options` list the words.

    says: one sentence for the learner. optional: None is allowed, and `says` tells what it means.
    live: may be changed while a run is on.
    """

    name: str
    title: str
    default: Any
    says: str
    low: float | None = None
    high: float | None = None
    options: tuple[str, ...] = ()
    whole: bool = False
    optional: bool = False
    live: bool = False

    @property
    def range(self) -> str:
        """The allowed values in words."""
        if self.options:
            return f"one of {', '.join(self.options)}"
        if self.low is None:
            return "free"
        kind, spelt = ("a whole number", ",d") if self.whole else ("a number", ",g")
        bounds = f"{kind} from {self.low:{spelt}} to {self.high:{spelt}}"
        return f"{bounds}, or None" if self.optional else bounds

    def check(self, value: object) -> None:
        """Raise a ValueError that states the range where a value is out of it."""
        if value is None and self.optional:
            return
        if self.options:
            if value not in self.options:
                near = get_close_matches(str(value), self.options, n=1)
                hint = f": did you mean {near[0]!r}?" if near else ""
                raise ValueError(f"{self.name} must be {self.range}, not {value!r}{hint}")
            return
        if not self._inside(value):
            raise ValueError(f"{self.name} must be {self.range}, not {value!r}")

    def _inside(self, value: Any) -> bool:
        if self.low is None or self.high is None:
            return True
        kinds = (int, np.integer) if self.whole else (int, float, np.integer, np.floating)
        if isinstance(value, bool) or not isinstance(value, kinds):
            return False
        return bool(self.low <= value <= self.high)
