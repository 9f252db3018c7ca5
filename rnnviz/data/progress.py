"""How far work on many texts is, for whoever waits for it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
import numpy.typing as npt

Progress = Callable[[float], None]
"""Is called with the share (0 to 1) that is done."""
AT_ONCE = 200
"""Texts between two calls."""


@dataclass(eq=False)
class Passes:
    """So many texts are gone through in all, in one pass after another."""

    whole: int
    progress: Progress
    done: int = field(default=0, init=False)

    def count(self, texts: int) -> None:
        self.done += texts
        self.progress(min(self.done / self.whole, 1.0))


@dataclass(frozen=True, eq=False)
class Counted(Sequence[str]):
    """Texts, each pass through which is counted as it goes on."""

    texts: Sequence[str]
    passes: Passes

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        return self.texts[place]

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self.texts), AT_ONCE):
            some = self.texts[start : start + AT_ONCE]
            yield from some
            self.passes.count(len(some))

    def __array__(
        self, dtype: npt.DTypeLike | None = None, *, copy: bool | None = None
    ) -> np.ndarray:
        """All at once, which nobody waits for."""
        return np.array(self.texts, dtype)
