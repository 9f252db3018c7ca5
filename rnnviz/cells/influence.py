"""What can be said of one number's influence on a state, whatever weights and sequence are.

A step hands a state on as n = share · n_prev + rest, the share along the path that passes neither
matrix nor function (f in an LSTM's c, z or 1 − z in a GRU's h). Each step of a cell is asked
between which numbers its value and that share lie, and which way they move with the number. What
cannot be said is not guessed.
"""

from collections.abc import Iterable
from functools import reduce
from math import inf
from typing import NamedTuple

import numpy as np

from rnnviz.operations import OPERATIONS
from rnnviz.representation import Cell, Operand, Step

Moves = int | None
"""+1: rises with it and never falls; −1: falls and never rises; 0: stays; None: unknown."""


class Seen(NamedTuple):
    """What is known of a number: between which others it lies, and how it moves with the other."""

    low: float = -inf
    high: float = inf
    moves: Moves = 0

    @property
    def ends(self) -> tuple[float, float]:
        return self.low, self.high

    @property
    def sign(self) -> Moves:
        """+1: never negative; −1: never positive; 0: always zero; None: unknown."""
        if self.low == self.high == 0:
            return 0
        return 1 if self.low >= 0 else -1 if self.high <= 0 else None

    @property
    def is_share(self) -> bool:
        """Whether it lies in [0, 1], as a gate does."""
        return self.low >= 0 and self.high <= 1

    def plus(self, other: "Seen") -> "Seen":
        both = _together(self.moves, other.moves)
        return Seen(self.low + other.low, self.high + other.high, both)

    def times(self, other: "Seen") -> "Seen":
        ends = [_product(a, b) for a in self[:2] for b in other[:2]]
        ours, theirs = _turned(self.moves, other.sign), _turned(other.moves, self.sign)
        return Seen(min(ends), max(ends), _together(ours, theirs))


_ZERO, _ONE = Seen(0, 0), Seen(1, 1)


class Influence:
    """What one number does to one state: walks the steps once.

    name: a parameter, or a value. held: the number that the value is held at, whatever its
    equation says. values: what is known of each value. shares: of the factor of the old state in
    it. opens: how the gates on what is new in it move with the number; what is the old state and
    nothing else has no entry.
    """

    def __init__(self, cell: Cell, state: str, name: str, held: float | None = None) -> None:
        self.state, self.name, self.held = state, name, held
        self.values: dict[str, Seen] = {}
        self.shares: dict[str, Seen] = {f"{state}_prev": _ONE}
        self.opens: dict[str, Moves] = {}
        for step in cell.steps:
            self._read(step)

    @property
    def keeps(self) -> int:
        """+1 or −1 where the share of the old state that is kept rises or falls; 0 otherwise."""
        share = self.shares[self.state]
        return share.moves or 0 if share.is_share else 0

    @property
    def writes(self) -> int:
        """+1 or −1 where a gate on what is new rises or falls, and the share stays; else 0."""
        return self.opens.get(self.state) or 0 if self.shares[self.state].moves == 0 else 0

    def _read(self, step: Step) -> None:
        name, kind = step.name, OPERATIONS[step.op].kind
        if name == self.name and self.held is not None:
            self.values[name], self.shares[name] = Seen(self.held, self.held, 1), _ZERO
            self.opens[name] = 1
        elif kind == "sum":
            self._sum(step)
        elif kind == "product":
            self._product(name, *step.args)
        else:
            self._function(step)

    def _sum(self, step: Step) -> None:
        """The table knows which operands a sum subtracts: their gradients turn."""
        pulls = OPERATIONS[step.op].gradients
        signs = [Seen(sign, sign) for sign in (p.of(lambda _: np.ones(1)).item() for p in pulls)]
        terms = list(zip(signs, step.args, strict=True))
        self.values[step.name] = _sum_of(s.times(self._value(a)) for s, a in terms)
        self.shares[step.name] = _sum_of(s.times(self._share(a)) for s, a in terms)
        new = [self._opens(a) for a in step.args if self._is_new(a)]
        if new:
            self.opens[step.name] = reduce(_together, new)

    def _product(self, name: str, a: Operand, b: Operand) -> None:
        """(share a · n_prev + rest a) · (share b · n_prev + rest b)."""
        of_a, of_b = self._value(a), self._value(b)
        self.values[name] = of_a.times(of_b)
        self.shares[name] = self._share(a).times(of_b).plus(of_a.times(self._share(b)))
        if self._is_new(a) and self._is_new(b):
            self.opens[name] = _together(self._gates(a), self._gates(b))

    def _function(self, step: Step) -> None:
        """A function of anything, or a matrix product: what comes out is new."""
        operation = OPERATIONS[step.op]
        moves = reduce(_together, (self._value(a).moves for a in step.args))
        known = moves if operation.is_increasing else _turned(moves, None)
        self.values[step.name] = Seen(*self._ends(step), known)
        self.shares[step.name] = _ZERO
        self.opens[step.name] = _turned(moves, None)

    def _ends(self, step: Step) -> tuple[float, float]:
        """Between which numbers a function lies: one that never falls, between those of its
        operands' ends."""
        operation = OPERATIONS[step.op]
        if not (operation.is_increasing and operation.form == "function"):
            return operation.low, operation.high
        with np.errstate(all="ignore"):
            low, high = (
                operation.forward(*(np.array([self._value(a)[end]]) for a in step.args)).item()
                for end in (0, 1)
            )
        return max(low, operation.low), min(high, operation.high)

    def _value(self, operand: Operand) -> Seen:
        if isinstance(operand, float):
            return Seen(operand, operand)
        return self.values.get(operand, Seen(moves=int(operand == self.name)))

    def _share(self, operand: Operand) -> Seen:
        return self.shares.get(str(operand), _ZERO)

    def _is_new(self, operand: Operand) -> bool:
        """Whether there is anything in it but the old state."""
        return operand != f"{self.state}_prev" and (
            str(operand) not in self.values or operand in self.opens
        )

    def _opens(self, operand: Operand) -> Moves:
        return self.opens.get(str(operand), _turned(self._value(operand).moves, None))

    def _gates(self, operand: Operand) -> Moves:
        """How a factor scales what it multiplies: a gate by itself, anything else by its gates."""
        value = self._value(operand)
        return value.moves if value.is_share else self._opens(operand)


def _together(a: Moves, b: Moves) -> Moves:
    """How a sum moves."""
    return a if b == 0 else b if a in (0, b) else None


def _turned(moves: Moves, sign: Moves) -> Moves:
    """How something moves that is multiplied with a number of this sign."""
    if moves == 0 or sign == 0:
        return 0
    return None if moves is None or sign is None else moves * sign


def _sum_of(terms: Iterable[Seen]) -> Seen:
    return reduce(Seen.plus, terms)


def _product(a: float, b: float) -> float:
    """Zero times anything is zero."""
    return a * b if a and b else 0.0
