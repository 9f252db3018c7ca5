"""What each opcode of a pickle does to a stack: a rule for each that a state dict needs."""

import io
import pickletools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from rnnviz.interop.pytorch.pickled_calls import CALLS, OF_A_TYPE, TENSORS, counts
from rnnviz.interop.pytorch.values import DTYPES, Entries, Opaque, Row, Storage, Tensor

MOST_DEPTH, LARGEST_INTEGER = 8, 2**63


@dataclass
class Machine:
    """A stack with marks in it, and what was made so far, by number."""

    stack: list[Any] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    memo: dict[int, Any] = field(default_factory=dict)
    storages: dict[str, Storage | Opaque] = field(default_factory=dict)
    passed_over: str | None = None

    def pop(self) -> Any:
        return self.stack.pop()

    def since_mark(self) -> list[Any]:
        """What was put on the stack since the last mark, taken off."""
        start = self.marks.pop()
        items = self.stack[start:]
        del self.stack[start:]
        return items

    def pass_over(self, name: str) -> Opaque:
        self.passed_over = self.passed_over or name
        return Opaque(name, is_tensor=name.startswith(TENSORS))


Rule = Callable[[Machine, Any], object]


def _constant(value: Any) -> Rule:
    return lambda machine, _: machine.stack.append(value)


def _argument(machine: Machine, argument: Any) -> None:
    machine.stack.append(argument)


def _integer(machine: Machine, argument: int) -> None:
    fits = -LARGEST_INTEGER <= argument < LARGEST_INTEGER
    machine.stack.append(argument if fits else Opaque("a large number"))


def _append(machine: Machine, _: None) -> None:
    _extended(machine, [machine.pop()])


def _appends(machine: Machine, _: None) -> None:
    _extended(machine, machine.since_mark())


def _extended(machine: Machine, items: list[Any]) -> None:
    if not isinstance(machine.stack[-1], Opaque):
        machine.stack[-1].extend(items)


def _set_item(machine: Machine, _: None) -> None:
    value, key = machine.pop(), machine.pop()
    _updated(machine, [key, value])


def _set_items(machine: Machine, _: None) -> None:
    _updated(machine, machine.since_mark())


def _updated(machine: Machine, items: list[Any]) -> None:
    """Keys that are no strings or integers go with their values: no state dict has them."""
    entries = machine.stack[-1]
    if isinstance(entries, Opaque):
        return
    if not isinstance(entries, Entries) or len(items) % 2:
        raise TypeError
    for key, value in zip(items[::2], items[1::2], strict=True):
        if isinstance(key, str | int):
            entries[key] = value
            is_tensor = isinstance(value, Tensor) or getattr(value, "is_tensor", False)
            entries.tensors = entries.tensors or is_tensor


def _row(machine: Machine, items: list[Any]) -> None:
    depth = 1 + max((item.depth for item in items if isinstance(item, Row)), default=0)
    deep = depth > MOST_DEPTH
    machine.stack.append(Opaque("a deeply nested tuple") if deep else Row(tuple(items), depth))


def _tuple_of(length: int) -> Rule:
    return lambda machine, _: _row(machine, [machine.pop() for _ in range(length)][::-1])


def _frozen_set(machine: Machine, _: None) -> None:
    machine.since_mark()
    machine.stack.append(Opaque("set"))


def _put(machine: Machine, number: int) -> None:
    machine.memo[number] = machine.stack[-1]


def _memoize(machine: Machine, _: None) -> None:
    _put(machine, len(machine.memo))


def _get(machine: Machine, number: int) -> None:
    machine.stack.append(machine.memo[number])


def _stack_global(machine: Machine, _: None) -> None:
    name, module = machine.pop(), machine.pop()
    if not isinstance(name, str) or not isinstance(module, str):
        raise TypeError
    machine.stack.append(Opaque(f"{module}.{name}"))


def _reduce(machine: Machine, _: None) -> None:
    """What a function would give for its arguments: of those in `CALLS`, else a mark."""
    arguments, function = machine.pop(), machine.pop()
    if function.name == OF_A_TYPE:
        function, _type, arguments, *_state = arguments.items
    call = CALLS.get(function.name)
    if call is None or not isinstance(arguments, Row):
        machine.stack.append(machine.pass_over(function.name))
    else:
        machine.stack.append(call(*arguments.items))


def _new(machine: Machine, _: None) -> None:
    machine.pop()
    machine.stack.append(machine.pass_over(machine.pop().name))


def _new_with_keywords(machine: Machine, _: None) -> None:
    machine.pop()
    _new(machine, None)


def _persistent(machine: Machine, _: None) -> None:
    """What `torch.save` keeps apart from the pickle: ("storage", type, key, device, numbers), and
    None in the old format, which could name a part of another storage."""
    items = machine.pop().items
    word, kind = items[0], items[1]
    if word == "module" and isinstance(kind, Opaque):  # a class, with its source
        machine.stack.append(kind)
        return
    key, size, part = items[2], items[4], items[5:]
    if word != "storage" or not isinstance(key, str) or not counts(size) or any(part):
        raise TypeError
    dtype = DTYPES.get(kind.name)
    found = Storage(key, dtype, size) if dtype else Opaque(kind.name)
    machine.storages[key] = found
    machine.stack.append(found)


_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "PROTO": lambda machine, _: None,
        "FRAME": lambda machine, _: None,
        "MARK": lambda machine, _: machine.marks.append(len(machine.stack)),
        "POP": lambda machine, _: machine.pop(),
        "POP_MARK": lambda machine, _: machine.since_mark(),
        "NONE": _constant(None),
        "NEWTRUE": _constant(True),  # noqa: FBT003
        "NEWFALSE": _constant(False),  # noqa: FBT003
        **dict.fromkeys(("BININT", "BININT1", "BININT2", "LONG1", "LONG4"), _integer),
        **dict.fromkeys(
            ("BINFLOAT", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8", "GLOBAL"), _argument
        ),
        **dict.fromkeys(("BINSTRING", "SHORT_BINSTRING"), _argument),  # as Python 2 wrote text
        **dict.fromkeys(
            ("BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "BYTEARRAY8"), _constant(Opaque("bytes"))
        ),
        "EMPTY_TUPLE": lambda machine, _: _row(machine, []),
        "TUPLE1": _tuple_of(1),
        "TUPLE2": _tuple_of(2),
        "TUPLE3": _tuple_of(3),
        "TUPLE": lambda machine, _: _row(machine, machine.since_mark()),
        "EMPTY_LIST": lambda machine, _: machine.stack.append([]),
        "APPEND": _append,
        "APPENDS": _appends,
        "EMPTY_SET": _constant(Opaque("set")),
        "ADDITEMS": lambda machine, _: machine.since_mark(),
        "FROZENSET": _frozen_set,
        "EMPTY_DICT": lambda machine, _: machine.stack.append(Entries()),
        "SETITEM": _set_item,
        "SETITEMS": _set_items,
        "BINPUT": _put,
        "LONG_BINPUT": _put,
        "MEMOIZE": _memoize,
        "BINGET": _get,
        "LONG_BINGET": _get,
        "STACK_GLOBAL": _stack_global,
        "REDUCE": _reduce,
        "NEWOBJ": _new,
        "NEWOBJ_EX": _new_with_keywords,
        "BUILD": lambda machine, _: machine.pop(),
        "BINPERSID": _persistent,
    }
)


def _global(stream: io.BytesIO) -> Opaque:
    module, name = (stream.readline().decode("ascii") for _ in range(2))
    return Opaque(f"{module.rstrip()}.{name.rstrip()}")


def _nothing(_: io.BytesIO) -> None:
    """An opcode without an argument."""


BY_CODE: Mapping[bytes, tuple[Rule, Callable[[Any], Any]]] = MappingProxyType(
    {
        opcode.code.encode("latin-1"): (
            _RULES[opcode.name],
            _global if opcode.name == "GLOBAL" else opcode.arg.reader if opcode.arg else _nothing,
        )
        for opcode in pickletools.opcodes
        if opcode.name in _RULES
    }
)
"""Byte → its rule, and how the argument after it is read."""
