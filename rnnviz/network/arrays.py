"""The arrays that a network is made of, checked in a user's words."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnviz.texts import N_, Sentence

Array = npt.NDArray[np.floating]
Params = Mapping[str, Array]
UNKNOWN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "parameter": (
            N_("there is no parameter {name}; did you mean {near}?"),
            N_("there is no parameter {name}; there are {names}"),
        ),
        "initial state": (
            N_("there is no initial state {name}; did you mean {near}?"),
            N_("there is no initial state {name}; there are {names}"),
        ),
        "last state": (
            N_("there is no last state {name}; did you mean {near}?"),
            N_("there is no last state {name}; there are {names}"),
        ),
    }
)
"""What is not there → where a name comes near, and where none does."""


def as_array(name: str, values: npt.ArrayLike) -> Array:
    """float32 and float64 arrays as they are (not copied), other numbers as float64."""
    array = np.asarray(values)
    if array.dtype in (np.float32, np.float64):
        return array
    if array.dtype.kind not in "fiub":
        raise ValueError(
            Sentence("{name} holds {type}, not real numbers", name=name, type=str(array.dtype))
        )
    return array.astype(float)


def check_shape(name: str, array: Array, wanted: tuple[int | str, ...]) -> None:
    """ValueError that says which array has which shape instead of which; "?" is any size."""
    fits = array.ndim == len(wanted) and all(
        have == want or want == "?" for have, want in zip(array.shape, wanted, strict=True)
    )
    if not fits:
        sizes = ", ".join(map(str, wanted)) + ("," if len(wanted) == 1 else "")
        raise ValueError(
            Sentence(
                "{name} has shape {shape}, not {wanted}",
                name=name,
                shape=str(array.shape),
                wanted=f"({sizes})",
            )
        )


def refuse_unknown(names: Iterable[str], known: Iterable[str], what: str) -> None:
    """ValueError with the nearest known name for the first that is not known.

    what: they are names of, a key of `UNKNOWN`.
    """
    known = list(known)
    guess, listing = UNKNOWN[what]
    for name in names:
        if name not in known:
            near = get_close_matches(str(name), known, n=1, cutoff=0.5)
            if near:
                raise ValueError(Sentence(guess, name=repr(name), near=repr(near[0])))
            raise ValueError(Sentence(listing, name=repr(name), names=", ".join(known) or "–"))


def set_frozen(frozen: object, field: str, value: Any) -> None:
    """Give a field of a frozen dataclass its checked value, in `__post_init__`."""
    object.__setattr__(frozen, field, value)
