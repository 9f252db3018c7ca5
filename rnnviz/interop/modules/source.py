"""A cell as the source of a torch.nn.Module: readable, in need of nothing but torch."""

import re
import textwrap
from collections.abc import Iterable

from rnnviz.equations.expressions import Applied, Expression, expressions
from rnnviz.notation.symbols import literal
from rnnviz.notation.writer import plain
from rnnviz.operations import FUNCTIONS, OPERATIONS
from rnnviz.operations.operation import ATOM, SUM
from rnnviz.representation import Cell, Size, is_parameter

SOURCE = '''"""A recurrent cell written in RNN Viz. This file needs torch alone.

{equations}
"""

import torch
from torch import nn
{functions}

class Cell(nn.Module):
    """Reads sequences step by step. A row is a sequence: x is (time, batch, inputs)."""

    def __init__(self, inputs, hidden):
        super().__init__()
        self.hidden = hidden
{parameters}
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -(hidden**-0.5), hidden**-0.5)

    def step(self, x, {old}):
        """One step: x is (batch, inputs), every state (batch, hidden)."""
{lines}
        return {new}

    def forward(self, x, states=None):
        """All steps: h at each, (time, batch, hidden), and the states after the last."""
        if states is None:
            states = (x.new_zeros(x.shape[1], self.hidden),) * {count}
        outputs = []
        for x_t in x:
            h, states = self.step(x_t, *states)
            outputs.append(h.expand(x.shape[1], -1))
        return torch.stack(outputs), states


if __name__ == "__main__":
    h, states = Cell(inputs=2, hidden=3)(torch.zeros(5, 1, 2))
    print(h.shape)
'''
TAKEN = frozenset({"self", "torch", "nn"})
"""Names that the lines of a step mean something else by."""


def module_source(cell: Cell) -> str:
    """A Python file with the class `Cell(inputs, hidden)`.

    Its parameters have the cell's names and shapes, and begin as PyTorch's own do. In float64 it
    gives what `trace` gives, but for rounding.
    """
    values = expressions(cell)
    names = {name: _free(name, values) for name in values}
    lines = [f"{names[name]} = {_text(one, names)[0]}" for name, one in values.items()]
    states = [names[state] for state in cell.states]
    after = ", ".join(states) if len(states) > 1 else f"{states[0]},"
    used = {step.op for step in cell.steps}
    return SOURCE.format(
        equations=plain(cell),
        functions="".join(_function(name) for name in FUNCTIONS if name in used - {"identity"}),
        parameters=_indented(_parameter(*one) for one in cell.parameters.items()),
        old=", ".join(f"{state}_prev" for state in states),
        lines=_indented(lines),
        new=f"{names['h']}, ({after})",
        count=len(states),
    )


def _parameter(name: str, shape: tuple[Size, ...]) -> str:
    return f"self.{name} = nn.Parameter(torch.empty({', '.join(shape)}))"


def _function(name: str) -> str:
    """The definition of a function, where the equations use it."""
    operation = OPERATIONS[name]
    return f"\n\ndef {name}({operation.letters}):\n    return {operation.torch}\n"


def _text(expression: Expression, names: dict[str, str]) -> tuple[str, int]:
    """An expression of rows, and how tightly it binds."""
    if isinstance(expression, float):
        return literal(expression, "plain"), SUM if expression < 0 else ATOM
    if not isinstance(expression, Applied):
        return _name(expression, names), ATOM
    operation = OPERATIONS[expression.op]
    operands = [_text(one, names) for one in expression.args]
    if operation.form == "function":
        inner = ", ".join(text for text, _ in operands)
        return (f"{expression.op}({inner})", ATOM) if expression.op != "identity" else operands[0]
    texts = {
        letter: text if binds >= need else f"({text})"
        for letter, need, (text, binds) in zip("ab", operation.needs, operands, strict=False)
    }
    return re.sub(r"\b[ab]\b", lambda letter: texts[letter[0]], operation.torch), operation.binds


def _name(name: str, names: dict[str, str]) -> str:
    if is_parameter(name):
        return f"self.{name}"
    base, old, _ = name.partition("_prev")
    return names.get(base, base) + old


def _free(name: str, known: Iterable[str]) -> str:
    """A name that means nothing else in the file."""
    free = name
    while free in TAKEN or (free != name and free in known):
        free = f"{free}_"
    return free


def _indented(lines: Iterable[str]) -> str:
    return textwrap.indent("\n".join(lines), " " * 8)
