"""What the lines of some code give their names: numbers, layers, and tensors of known shapes.

A closed list of calls is known, by the last part of their names; nothing is ever run. What a line
says beyond it is a value nobody knows, and is refused only where a shape hangs on it.
"""

import operator
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from rnnviz.shapes.code.layers import LAYERS, Argument, Module, Unknown, layer_called, module_of
from rnnviz.shapes.code.tree import Line, Node

MOST_DIGITS, LARGEST = 12, 1e12
SIGNS: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        "+": operator.add,
        "-": operator.sub,
        "*": operator.mul,
        "/": operator.truediv,
        "//": operator.floordiv,
    }
)
CONSTANTS = {"True": True, "False": False, "None": None}
OF_A_SHAPE = frozenset({"randn", "rand", "zeros", "ones", "empty"})
OF_THE_SAME = frozenset({"Variable", "tensor", "LongTensor", "Tensor", "as_tensor"})
"""Calls that hand on what they are given."""


class Shaped(NamedTuple):
    """A tensor of this shape.

    start: where it is made. tokens: of an embedded one, the token numbers. vocabulary: of token
    numbers, how many there are. lengths: of a packed one, the value that says them.
    enforce_sorted: of a packed one, whether its lengths have to fall.
    """

    shape: tuple[int, ...]
    start: int
    tokens: "Shaped | None" = None
    vocabulary: int | None = None
    lengths: Any = None
    enforce_sorted: bool = True


class Call(NamedTuple):
    """A layer that is called: by its place among the modules, with what."""

    module: Module
    arguments: tuple[Argument, ...]
    start: int


class Values:
    """Goes through lines once. names: what each name stands for. modules, calls: in their order."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {}
        self.modules: list[Module] = []
        self.calls: list[Call] = []

    def take(self, line: Line) -> None:
        """Give a line's names their values.

        Raises:
            Misread: a layer is misspelled, or its arguments are none that it has.
        """
        value = self.of(line.value)
        if len(line.targets) == 1:
            self.names[line.targets[0]] = value
            return
        self.names |= dict.fromkeys(line.targets, Unknown(", ".join(line.targets)))
        if line.targets and isinstance(value, Shaped):  # output, h_n = rnn(x)
            self.names[line.targets[0]] = value

    def of(self, node: Node) -> Any:
        """The value of an expression, or an `Unknown`."""
        match node.kind:
            case "name":
                return CONSTANTS.get(node.text, self.names.get(node.text, Unknown(node.text)))
            case "number":
                return _number(node.text)
            case "string":
                return node.text.strip("\"'")
            case "tuple":
                return tuple(self.of(one) for one in node.operands)
            case "sign":
                return _combined(node.text, *map(self.of, node.operands))
            case "call":
                return self.called(node)
        for one in node.operands:
            self.of(one)
        return Unknown(node.text or "…")

    def called(self, node: Node) -> Any:
        function, *given = node.operands
        arguments = tuple(
            Argument(one.text, self.of(one.operands[0]), one.start)
            if one.kind == "keyword"
            else Argument("", self.of(one), one.start)
            for one in given
        )
        known = self.names.get(function.text) if function.kind == "name" else self.of(function)
        if isinstance(known, Module):
            return self.applied(known, arguments, node.start)
        path, _, name = function.text.rpartition(".")
        if path in ("nn", "torch.nn") or (not path and name in LAYERS):
            kind = layer_called(name, node.start)
            if kind:
                self.modules.append(module_of(kind, arguments, node.start))
                return self.modules[-1]
        return _tensor(name, arguments, node.start) or Unknown(f"{function.text}(…)")

    def applied(self, module: Module, arguments: tuple[Argument, ...], start: int) -> Any:
        """What a layer gives back: the shape of its output, where that of its input is known."""
        self.calls.append(Call(module, arguments, start))
        read = arguments[0].value if arguments else None
        if not isinstance(read, Shaped):
            return Unknown(f"nn.{module.kind}(…)(…)")
        if module.kind == "Embedding":
            size = module.options["embedding_dim"]
            return Shaped((*read.shape, size), start, tokens=read)
        return read


def _tensor(name: str, arguments: tuple[Argument, ...], start: int) -> Any:
    """What a call of torch makes, or None where it is not one of those known."""
    values = [one.value for one in arguments if not one.name]
    if name in OF_A_SHAPE:
        shape = values[0] if values and isinstance(values[0], tuple) else tuple(values)
        return Shaped(shape, start) if are_sizes(shape) else None
    if name == "randint" and len(values) > 1 and are_sizes(values[-1]):
        return Shaped(values[-1], start, vocabulary=_whole(values[-2]))
    if name in OF_THE_SAME and values:
        return values[0]
    if name == "pack_padded_sequence" and len(values) > 1 and isinstance(values[0], Shaped):
        enforced = next((one.value for one in arguments if one.name == "enforce_sorted"), True)
        return values[0]._replace(
            start=start, lengths=values[1], enforce_sorted=enforced is not False
        )
    return None


def are_sizes(values: Any) -> bool:
    """Whether a value is a tuple of whole numbers."""
    return isinstance(values, tuple) and all(_whole(value) is not None for value in values)


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(text: str) -> Any:
    digits = text.replace("_", "")
    if len(digits) > MOST_DIGITS:
        return Unknown(text)
    return int(digits) if digits.isdigit() else float(digits)


def _combined(sign: str, left: Any, right: Any) -> Any:
    """What a sign makes of two numbers; of other values it may make anything."""
    unknown = Unknown(f"… {sign} …")
    numbers = (left, right)
    if not all(isinstance(n, int | float) and abs(n) <= LARGEST for n in numbers):
        return unknown
    if right == 0 and sign in ("/", "//", "%"):
        return unknown
    return SIGNS[sign](left, right) if sign in SIGNS else unknown
