"""What an entry of the table says of its operation."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Literal, NamedTuple

import numpy as np

from rnnviz.operations.rules import Array, Rule

Form = Literal["function", "infix", "prefix"]
Kind = Literal["sum", "product", "matrix product", "function"]
Source = Literal["gradient", "first", "second", "result"]

SUM, MATRIX_PRODUCT, PRODUCT, FACTOR, ATOM = range(5)
"""How tightly an expression binds, loosest first."""

OPERANDS: tuple[Source, Source] = ("first", "second")


class Pull(NamedTuple):
    """How the gradient of a result becomes the gradient of one operand: `rule` of `sources`."""

    rule: Rule
    sources: tuple[Source, ...]

    def of(self, value: Callable[[Source], Array]) -> Array:
        """The operand's gradient; `value` gives the array of each source."""
        return self.rule(*map(value, self.sources))


class Slope(NamedTuple):
    """The same where it is a multiplication with a slope: `rule` of operands, the result or both.

    The engine computes the slopes of a whole sequence at once.
    """

    rule: Rule
    sources: tuple[Source, ...]

    def of(self, value: Callable[[Source], Array]) -> Array:
        """The operand's gradient; `value` gives the array of each source."""
        product: Array = np.multiply(value("gradient"), self.rule(*map(value, self.sources)))
        return product


class Spelled(NamedTuple):
    """A sign or name in each spelling; an operator's carries its spaces."""

    plain: str
    screen: str
    latex: str


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation of the language.

    forward: its value, a NumPy rule of the operands.
    gradients: how the gradient of its value passes to each operand.
    spelled: its sign or name; a function's plain one is its name.
    numpy, torch: the text of its value in generated code, of `a` and `b`; vectors may be rows.
    form: how it stands beside its operands. kind: what it is in algebra; "sum" with any signs.
    binds, needs: how tightly it binds, and how tightly each operand of an operator must.
    low, high: between which its value lies, whatever the operands. steepest: the largest size of
        its slope anywhere, of a function of one operand; None where there is no largest.
    is_increasing: of a function, whether it never falls as an operand rises.
    least: below which its operand has no value, as of a root.
    commutes: whether its operands can change places.
    drawn: its text in a diagram, `explained`: before its operands' numbers or between them; as on
        the screen if not given.
    """

    name: str
    forward: Rule
    gradients: tuple[Pull | Slope, ...]
    spelled: Spelled
    numpy: str
    torch: str
    form: Form = "function"
    kind: Kind = "function"
    binds: int = ATOM
    needs: tuple[int, ...] = (SUM, SUM)
    low: float = -inf
    high: float = inf
    steepest: float | None = None
    is_increasing: bool = False
    least: float = -inf
    commutes: bool = False
    drawn: str | None = None
    explained: str | None = None

    @property
    def arity(self) -> int:
        """How many operands it takes: one or two."""
        return len(self.gradients)

    @property
    def letters(self) -> str:
        """`a` or `a, b`: its operands in generated code."""
        return ", ".join("ab"[: self.arity])

    @property
    def squashes(self) -> bool:
        """Whether it is a function of one operand, such as stands around a sum."""
        return self.form == "function" and self.arity == 1

    @property
    def is_direct(self) -> bool:
        """Whether a path through it stays elementwise and passes no function."""
        return self.kind in ("sum", "product")
