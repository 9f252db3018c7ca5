"""Which recurrent modules a state dict of PyTorch's has, and what lies in each of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rnnviz.interop.stored import Stored
from rnnviz.texts import Sentence

NAME = re.compile(
    r"(?P<prefix>.*?)(?P<what>weight|bias)_(?P<of>ih|hh|hr)(_l(?P<layer>\d{1,3})(?P<way>_reverse)?)?"
)
MOST_MODULES = 256
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
        ValueError: an array is there twice, or there are too many modules to choose from.
    """
    own: dict[str, dict[str, str]] = {}
    for name in arrays:
        match = NAME.fullmatch(name)
        if match is None:
            continue
        key = f"{match['what']}_{match['of']}_l{int(match['layer'] or 0)}{match['way'] or ''}"
        module = own.setdefault(match["prefix"], {})
        if key in module:
            raise ValueError(Sentence("{name} is there twice", name=key))
        module[key] = name
    if len(own) > MOST_MODULES:
        raise ValueError(
            Sentence("it holds more than {most} recurrent modules", most=f"{MOST_MODULES:,}")
        )
    used = {name for module in own.values() for name in module.values()}
    inside = _owners([name for name in arrays if name not in used], own)
    return [_module(prefix, own[prefix], inside.get(prefix, []), arrays) for prefix in own]


def _owners(names: Iterable[str], prefixes: Iterable[str]) -> dict[str, list[str]]:
    """Prefix → the names that begin with it and with no longer one."""
    longest_first = sorted(prefixes, key=len, reverse=True)
    found: dict[str, list[str]] = {}
    for name in names:
        prefix = next((prefix for prefix in longest_first if name.startswith(prefix)), None)
        if prefix is not None:
            found.setdefault(prefix, []).append(name)
    return found


def _module(
    prefix: str, own: Mapping[str, str], begin_so: list[str], arrays: Mapping[str, Stored]
) -> Module:
    bare = Module(prefix, {key: arrays[name] for key, name in own.items()}, {}, frozenset())
    is_root = len(own) + len(begin_so) == len(arrays)
    is_a_cell = all("_l0" not in name for name in own.values())
    inside = {
        name.removeprefix(prefix): arrays[name]
        for name in begin_so
        if _lies_inside(name, bare, arrays, is_root=is_root, is_a_cell=is_a_cell)
    }
    names = frozenset(own.values()) | {prefix + name for name in inside}
    return Module(prefix, bare.own, inside, names)


def _lies_inside(
    name: str, module: Module, arrays: Mapping[str, Stored], *, is_root: bool, is_a_cell: bool
) -> bool:
    """Whether an array whose name begins like the module's own is a part of that module.

    Where all names of a state dict begin so, the module may be the model itself, with a head; of
    what stands apart in it, only what has the size of its gates, or in a cell of h, acts inside.
    """
    array, hidden = arrays[name], module.sizes[1]
    rows = module.own["weight_hh_l0"].shape[:1] if "weight_hh_l0" in module.own else ()
    if "." not in name.removeprefix(module.prefix):
        return module.prefix != "" or any(size in (hidden, *rows) for size in array.shape)
    matrix = arrays.get(f"{name.rpartition('.')[0]}.weight")
    if is_root and matrix is not None and matrix.is_matrix:
        return False
    return not is_root or array.shape == rows or (is_a_cell and array.shape == (hidden,))
