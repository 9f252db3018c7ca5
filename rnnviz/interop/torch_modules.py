"""Which recurrent modules a state dict of PyTorch's has, and what lies in each of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rnnviz.interop.stored import Stored
from rnnviz.texts import Sentence

NAME = re.compile(
    r"(?P<prefix>.*?)(?P<what>weight|bias)_(?P<of>ih|hh|hr)(_l(?P<layer>\d{1,3})(?P<way>_reverse)?)?"
)
_BLOCKS: Mapping[int, str] = {1: "RNN", 3: "GRU (PyTorch)", 4: "LSTM"}


@dataclass(frozen=True)
class Module:
    """A recurrent module.

    prefix: what its arrays' names begin with, "lstm." or "".
    own: PyTorch's name ("weight_ih_l0") → array.
    inside: what else lies in it, by its name in it.
    names: those of all these in the state dict.
    """

    prefix: str
    own: Mapping[str, Stored]
    inside: Mapping[str, Stored]
    names: frozenset[str]

    @property
    def name(self) -> str:
        """As it is listed."""
        return self.prefix.rstrip(".") or "weight_ih_l0"

    def full(self, name: str) -> str:
        """The name in the state dict of an array of it."""
        return f"{self.prefix}{name}"

    @property
    def layers(self) -> int:
        return len({name.partition("_l")[2].removesuffix("_reverse") for name in self.own})

    @property
    def directions(self) -> int:
        return 1 + any(name.endswith("_reverse") for name in self.own)

    @property
    def sizes(self) -> tuple[int, int]:
        """Inputs and units, 0 where the arrays do not say."""
        read, again = self._shape("weight_ih_l0"), self._shape("weight_hh_l0")
        return read[1], self._shape("weight_hr_l0")[1] or again[1]

    @property
    def cell(self) -> str:
        """PyTorch's kind by the number of its blocks of rows, "RNN" for both of its."""
        rows, hidden = self._shape("weight_hh_l0")[0], self.sizes[1]
        return _BLOCKS.get(rows // hidden if hidden and not rows % hidden else 0, "RNN")

    def _shape(self, name: str) -> tuple[int, int]:
        array = self.own.get(name)
        return (array.shape[0], array.shape[1]) if array and array.is_matrix else (0, 0)


def modules_in(arrays: Mapping[str, Stored]) -> list[Module]:
    """The recurrent modules, in the state dict's order.

    Raises:
        ValueError: an array is there twice.
    """
    matches = {name: match for name in arrays if (match := NAME.fullmatch(name))}
    own: dict[str, dict[str, Stored]] = {}
    for name, match in matches.items():
        key = f"{match['what']}_{match['of']}_l{int(match['layer'] or 0)}{match['way'] or ''}"
        module = own.setdefault(match["prefix"], {})
        if key in module:
            raise ValueError(Sentence("{name} is there twice", name=key))
        module[key] = arrays[name]
    rest = {name: array for name, array in arrays.items() if name not in matches}
    return [
        _module(prefix, arrays, found, rest, [p for p in own if p != prefix])
        for prefix, found in own.items()
    ]


def _module(
    prefix: str,
    arrays: Mapping[str, Stored],
    own: Mapping[str, Stored],
    rest: Mapping[str, Stored],
    others: list[str],
) -> Module:
    is_root = all(name.startswith(prefix) for name in arrays)
    deeper = tuple(other for other in others if other.startswith(prefix))
    bare = Module(prefix, own, {}, frozenset())
    inside = {
        name.removeprefix(prefix): array
        for name, array in rest.items()
        if name.startswith(prefix)
        and not name.startswith(deeper)
        and _lies_inside(name.removeprefix(prefix), array, bare, arrays, is_root=is_root)
    }
    of_it = {name for name, m in _matches(arrays) if m["prefix"] == prefix}
    return Module(prefix, own, inside, frozenset(of_it | {prefix + name for name in inside}))


def _matches(arrays: Mapping[str, Stored]) -> list[tuple[str, re.Match[str]]]:
    return [(name, match) for name in arrays if (match := NAME.fullmatch(name))]


def _lies_inside(
    name: str, array: Stored, module: Module, arrays: Mapping[str, Stored], *, is_root: bool
) -> bool:
    """Whether an array whose name begins like the module's own is a part of that module.

    Where all names of a state dict begin so, the module may be the model itself, with a head.
    """
    hidden = module.sizes[1]
    rows = module.own["weight_hh_l0"].shape[:1] if "weight_hh_l0" in module.own else ()
    if "." not in name:
        return module.prefix != "" or any(size in (hidden, *rows) for size in array.shape)
    if not is_root:
        return True
    matrix = arrays.get(module.full(f"{name.rpartition('.')[0]}.weight"))
    if matrix is not None and matrix.is_matrix:
        return False
    is_a_cell = all("_l0" not in full for full in arrays if NAME.fullmatch(full))
    return array.shape == rows or (is_a_cell and array.shape == (hidden,))
