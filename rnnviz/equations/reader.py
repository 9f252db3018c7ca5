"""Expressions → steps: a walk over Python's tree with a rule for each node that is allowed."""

import ast
import difflib
import re

import numpy as np

from rnnviz.equations.problems import TAKES, constant, error_at, no_function, unknown_name
from rnnviz.operations import FUNCTIONS, OPERATIONS
from rnnviz.representation import (
    Operand,
    Size,
    Step,
    base_of,
    is_matrix,
    is_parameter,
    is_part,
    size_of,
)
from rnnviz.texts import Sentence, sentence_of

MAX_STEPS, MAX_NUMBER = 256, 1e6

_GLUED = re.compile(
    r"[WUV][A-Za-z0-9_]+|[bp][A-Za-z0-9]{1,2}"
)  # Wf, bhn: a parameter without its _
_OPERATORS: dict[type[ast.operator], str] = {
    type(node.op): operation.name
    for operation in OPERATIONS.values()
    if operation.form == "infix"
    for node in ast.walk(ast.parse(f"a{operation.spelled.plain}b"))
    if isinstance(node, ast.BinOp)
}


class Reader:
    """Walks the expressions of one cell and writes its steps, checking sizes on the way."""

    def __init__(self, source: str, assigned: frozenset[str]) -> None:
        self.source = source
        self.assigned = assigned
        self.steps: list[Step] = []
        self.sizes: dict[str, Size] = {"x": "inputs"}
        self.columns: dict[str, Size] = {}
        self.target = ""

    def read(self, name: str, expression: ast.expr) -> None:
        """One equation: its parts become steps `name.1`, `name.2`, …, its whole the step `name`."""
        self.target, self.parts = name, 0
        value = self.visit(expression)
        if isinstance(value, float):
            raise error_at(constant(name), expression)
        if not value.startswith(f"{name}."):
            value = self.emit("identity", (value,), expression)
        self.steps[-1] = self.steps[-1]._replace(name=name)
        self.sizes[name] = self.sizes.pop(value)

    def emit(self, op: str, args: tuple[Operand, ...], node: ast.expr) -> str:
        if len(self.steps) >= MAX_STEPS:
            raise error_at(Sentence("a cell has at most {most} operations", most=MAX_STEPS), node)
        self.parts += 1
        name = f"{self.target}.{self.parts}"
        sizes = [self.sizes.get(a, "hidden") if isinstance(a, str) else "number" for a in args]
        try:
            self.sizes[name] = size_of(op, sizes)
        except ValueError as misfit:
            problem = Sentence(
                "`{code}` does not fit: {problem}",
                code=self.text(node),
                problem=sentence_of(misfit),
            )
            raise error_at(problem, node) from None
        self.steps.append(Step(name, op, args))
        return name

    def text(self, node: ast.expr) -> str:
        return " ".join((ast.get_source_segment(self.source, node) or "this").split())[:60]

    def visit(self, node: ast.expr) -> Operand:
        match node:
            case ast.Name():
                return self.name(node)
            case ast.Constant():
                return self.number(node)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                value = self.visit(operand)
                return -value if isinstance(value, float) else self.emit("neg", (value,), node)
            case ast.BinOp(op=ast.MatMult()):
                return self.product(node)
            case ast.BinOp(op=operator) if type(operator) in _OPERATORS:
                return self.combine(_OPERATORS[type(operator)], node)
            case ast.Call():
                return self.call(node)
        problem = Sentence(
            "`{code}` is not in the language: + - * / @ and functions", code=self.text(node)
        )
        raise error_at(problem, node)

    def number(self, node: ast.Constant) -> float:
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise error_at(Sentence("`{code}` is no number", code=self.text(node)), node)
        return float(checked_number(value, node))

    def name(self, node: ast.Name) -> str:
        name = node.id
        if is_matrix(name):
            problem = Sentence(
                "`{name}` is a matrix: a vector must follow it, as in `{name} @ x`", name=name
            )
            raise error_at(problem, node)
        known = name in self.sizes or (name.endswith("_prev") and base_of(name) in self.assigned)
        if known or is_parameter(name):
            self.sizes.setdefault(name, "hidden")
            return name
        raise error_at(self.unknown(name), node)

    def unknown(self, name: str) -> Sentence:
        """What is wrong about a name that is none of a value known so far."""
        if name in self.assigned and name not in FUNCTIONS:
            return Sentence("`{name}` is used above the line that computes it", name=name)
        return unknown_name(name, self.nearest(name))

    def nearest(self, name: str) -> str:
        """What may have been meant by a name, or nothing."""
        if _GLUED.fullmatch(name):
            return f"{name[0]}_{name[1:]}"
        known = [*self.sizes, *self.assigned, *FUNCTIONS, *(f"{n}_prev" for n in self.assigned)]
        close = difflib.get_close_matches(name, [k for k in known if not is_part(k)], 1, 0.5)
        return close[0] if close else ""

    def combine(self, op: str, node: ast.BinOp) -> Operand:
        left, right = self.visit(node.left), self.visit(node.right)
        if isinstance(left, float) and isinstance(right, float):
            with np.errstate(all="ignore"):
                value = float(OPERATIONS[op].forward(left, right))
            return checked_number(value, node)
        return self.emit(op, (left, right), node)

    def product(self, node: ast.BinOp) -> str:
        left, right = node.left, self.text(node.right)
        if isinstance(left, ast.BinOp) and isinstance(left.right, ast.Name):
            inner = left.right.id
            if is_matrix(inner) and isinstance(left.op, ast.Mult | ast.MatMult):
                sign = "@" if isinstance(left.op, ast.MatMult) else "*"
                problem = Sentence(
                    "`{code}` is read as `({left}) @ {right}`; "
                    "write `{first} {sign} ({name} @ {right})`",
                    code=self.text(node),
                    left=self.text(left),
                    right=right,
                    first=self.text(left.left),
                    sign=sign,
                    name=inner,
                )
                raise error_at(problem, node)
        if not isinstance(left, ast.Name) or not is_matrix(left.id):
            problem = Sentence(
                "left of @ stands a matrix (W, U or V, as in `W_{name} @ x`), not `{code}`",
                name=self.target,
                code=self.text(left),
            )
            raise error_at(problem, node)
        vector = self.visit(node.right)
        if isinstance(vector, float):
            code = f"{left.id} @ {right}"
            problem = Sentence("`{code}`: a vector must follow @, not a number", code=code)
            raise error_at(problem, node)
        size = self.sizes[vector]
        if self.columns.setdefault(left.id, size) != size:
            problem = Sentence(
                "`{name}` is multiplied with the input and with the hidden state; "
                "give each its own matrix",
                name=left.id,
            )
            raise error_at(problem, node)
        return self.emit("matmul", (left.id, vector), node)

    def call(self, node: ast.Call) -> str:
        function = node.func
        if not isinstance(function, ast.Name) or function.id not in FUNCTIONS:
            raise error_at(no_function(self.text(function)), node)
        name, arity = function.id, OPERATIONS[function.id].arity
        if len(node.args) != arity or node.keywords:
            raise error_at(Sentence(TAKES[arity], name=name), node)
        values = tuple(map(self.visit, node.args))
        if all(isinstance(value, float) for value in values):
            problem = Sentence(
                "`{code}` is a number; write the number itself", code=self.text(node)
            )
            raise error_at(problem, node)
        return self.emit(name, values, node)


def checked_number(value: float, node: ast.expr) -> float:
    if not abs(value) <= MAX_NUMBER:
        raise error_at(Sentence("numbers go up to {largest}", largest=f"{MAX_NUMBER:.0f}"), node)
    return value
