"""The arrays that a network is made of, checked in a user's words."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating]
Params = Mapping[str, Array]


def as_array(name: str, values: npt.ArrayLike) -> Array:
    """float32 and float64 arrays as they are (not copied), other numbers as float64."""
    array = np.asarray(values)
    if array.dtype in (np.float32, np.float64):
        return array
    if array.dtype.kind not in "fiub":
        raise ValueError(f"{name} holds {array.dtype}, not real numbers")
    return array.astype(float)


def check_shape(name: str, array: Array, wanted: tuple[int | str, ...]) -> None:
    """ValueError that says which array has which shape instead of which; "?" is any size."""
    fits = array.ndim == len(wanted) and all(
        have == want or want == "?" for have, want in zip(array.shape, wanted, strict=True)
    )
    if not fits:
        sizes = ", ".join(map(str, wanted)) + ("," if len(wanted) == 1 else "")
        raise ValueError(f"{name} has shape {array.shape}, not ({sizes})")


def refuse_unknown(names: Iterable[str], known: Iterable[str], what: str) -> None:
    """ValueError with the nearest known name for the first that is not known."""
    known = list(known)
    for name in names:
        if name not in known:
            raise ValueError(f"there is no {what} {name!r}{_nearest(str(name), known)}")


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(known) or 'none'}"


def set_frozen(frozen: object, field: str, value: Any) -> None:
    """Give a field of a frozen dataclass its checked value, in `__post_init__`."""
    object.__setattr__(frozen, field, value)
