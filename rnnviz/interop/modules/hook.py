"""A hook as torch calls it."""

from collections.abc import Callable
from typing import Any


class Hook:
    """A hook on a module; a copy of the module, or a file of it, has none: it is not watched.

    torch.compile, which would trace what a hook does as a part of the model, calls it instead.
    """

    def __init__(self, call: Callable[..., None]) -> None:
        from torch.compiler import disable

        self._call: Callable[..., None] = disable(call)  # type: ignore[no-untyped-call]

    def __call__(self, *given: Any) -> None:
        self._call(*given)

    def __reduce__(self) -> tuple[Callable[[], Callable[..., None]], tuple[()]]:
        return _none, ()


def _none() -> Callable[..., None]:
    return _looks_away


def _looks_away(*given: Any) -> None:
    """A copied hook."""
