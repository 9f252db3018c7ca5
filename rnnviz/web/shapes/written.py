"""Shapes as Python writes them."""

from collections.abc import Sequence


def written(sizes: Sequence[int | str]) -> str:
    """A tuple: (5, 3, 10); (80,)."""
    return f"({', '.join(map(str, sizes))}{',' if len(sizes) == 1 else ''})"
