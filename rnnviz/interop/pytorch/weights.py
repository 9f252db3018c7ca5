"""Weights that PyTorch keeps in parts, put together as in evaluation; names → plain names.

Old style keeps them beside the module's name for the weight (weight_hh_l0_g), new style under
`parametrizations`. What the parts are, follows from their names; where it does not, the weight
cannot be read, and says so.
"""

import re
from collections.abc import Callable, Container, Mapping
from types import MappingProxyType

import numpy as np

from rnnviz.interop.names import shown
from rnnviz.interop.stored import Numbers, Stored
from rnnviz.texts import Sentence

_NEW = re.compile(r"(?P<base>.*\.|)parametrizations\.(?P<weight>\w+)\.(?P<part>.+)")
_OLD = re.compile(r"(?P<base>.*?)(?P<weight>(weight|bias)\w*?)_(?P<part>g|v|u|orig|mask|raw)")
_WRAPPED = re.compile(r"(?<![^.])module\.")
Parts = Mapping[str, Stored]


def rebuilt(arrays: Mapping[str, Stored]) -> dict[str, Stored]:
    """A state dict with every weight whole, where the first of its parts stood."""
    wrapped = {name[: at.end()] for name in arrays for at in _WRAPPED.finditer(name)}
    owners = {name: owner for name in arrays if (owner := _owner(name, arrays, wrapped))}
    parts: dict[str, dict[str, Stored]] = {}
    for name, (whole, part) in owners.items():
        parts.setdefault(whole, {})[part] = arrays[name]
    found: dict[str, Stored] = {}
    for name, array in arrays.items():
        if name not in owners:
            found.setdefault(name, array)
        else:
            whole = owners[name][0]
            found[whole] = _whole(whole, parts[whole])
    return found


def _owner(
    name: str, arrays: Mapping[str, Stored], wrapped: Container[str]
) -> tuple[str, str] | None:
    """The weight that an array is a part of, and which part.

    wrapped: where a module stands in another one that is called for what it does to it.
    """
    if match := _NEW.fullmatch(name):
        return f"{match['base']}{match['weight']}", match["part"]
    match = _OLD.fullmatch(name)
    if match is None:
        return None
    base, weight, part = match["base"], match["weight"], match["part"]
    if part == "raw":  # of a wrapper, around the module that the other arrays are of
        inner = f"{base}module."
        return f"{inner if inner in wrapped else base}{weight}", part
    has = {p for p in ("g", "v", "u", "orig", "mask") if f"{base}{weight}_{p}" in arrays}
    return (f"{base}{weight}", part) if frozenset(has) in _RULES else None


def _whole(name: str, parts: Parts) -> Stored:
    rule = _RULES.get(frozenset(parts))
    shape = next((parts[p].shape for p in _SHAPED if p in parts), ())

    def read() -> Numbers:
        if rule is None:
            raise ValueError(
                Sentence(
                    "{name} is kept in parts whose rule the file does not tell ({parts}): call "
                    "parametrize.remove_parametrizations, and save again",
                    name=shown(name),
                    parts=shown(", ".join(parts)),
                )
            )
        numbers = {part: array.read() for part, array in parts.items()}
        try:
            found = rule(numbers)
        except ValueError:  # NumPy's, of shapes that do not fit one another
            found = np.zeros(())
        if found.shape != shape:
            raise ValueError(Sentence("the parts of {name} do not fit together", name=shown(name)))
        return found

    return Stored(shape, read)


def _weight_norm(size: Numbers, direction: Numbers) -> Numbers:
    """g · v/‖v‖, a norm for each number of g (Salimans & Kingma 2016, arXiv:1602.07868)."""
    v = direction.astype(float)
    axes = tuple(k for k, n in enumerate(np.broadcast_shapes(size.shape, (1,) * v.ndim)) if n == 1)
    norms = np.sqrt((v * v).sum(axis=axes, keepdims=True))
    with np.errstate(all="ignore"):
        found: Numbers = (v * (size / norms)).astype(direction.dtype)
    return found


def _spectral_norm(weight: Numbers, u: Numbers, v: Numbers) -> Numbers:
    """W / (uᵀ W v), of the stored singular vectors (Miyato et al. 2018, arXiv:1802.05957)."""
    whole = weight.astype(float)
    with np.errstate(all="ignore"):
        found: Numbers = (whole / (u @ whole @ v)).astype(weight.dtype)
    return found


Rule = Callable[[Mapping[str, Numbers]], Numbers]
_RULES: Mapping[frozenset[str], Rule] = MappingProxyType(
    {
        frozenset({"g", "v"}): lambda p: _weight_norm(p["g"], p["v"]),
        frozenset({"original0", "original1"}): lambda p: _weight_norm(
            p["original0"], p["original1"]
        ),
        frozenset({"orig", "u", "v"}): lambda p: _spectral_norm(p["orig"], p["u"], p["v"]),
        frozenset({"original", "0._u", "0._v"}): lambda p: _spectral_norm(
            p["original"], p["0._u"], p["0._v"]
        ),
        frozenset({"orig", "mask"}): lambda p: p["orig"] * p["mask"],
        frozenset({"raw"}): lambda p: p["raw"],  # weight drop leaves nothing out in evaluation
    }
)
"""The parts there are → the weight."""
_SHAPED = ("original1", "original", "orig", "v", "raw", "original0")
"""Parts that have the weight's shape, the surest first."""
