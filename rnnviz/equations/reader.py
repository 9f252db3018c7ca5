"""Trees → steps: a rule for each node that is allowed; what is not allowed is refused."""

import difflib
import re

import numpy as np

from rnnviz.equations.language import ARITY, MAX_NUMBER, MAX_STEPS, SIGNS
from rnnviz.equations.problems import (
    TAKES,
    EquationError,
    constant,
    no_function,
    place_of,
    unknown_name,
)
from rnnviz.equations.tree import Node
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

_GLUED = re.compile(
    r"[WUV][A-Za-z0-9_]+|[bp][A-Za-z0-9]{1,2}"
)  # Wf, bhn: a parameter without its _


class Reader:
    """Walks the expressions of one cell and writes its steps, checking sizes on the way."""

    def __init__(self, source: str, assigned: frozenset[str]) -> None:
        self.source = source
        self.assigned = assigned
        self.steps: list[Step] = []
        self.sizes: dict[str, Size] = {"x": "inputs"}
        self.columns: dict[str, Size] = {}
        self.target = ""

    def read(self, name: str, expression: Node) -> None:
        """One equation: its parts become steps `name.1`, `name.2`, …, its whole the step `name`."""
        self.target, self.parts = name, 0
        value = self.visit(expression)
        if isinstance(value, float):
            raise self.error(constant(name), expression)
        if not value.startswith(f"{name}."):
            value = self.emit("identity", (value,), expression)
        self.steps[-1] = self.steps[-1]._replace(name=name)
        self.sizes[name] = self.sizes.pop(value)

    def emit(self, op: str, args: tuple[Operand, ...], node: Node) -> str:
        if len(self.steps) >= MAX_STEPS:
            raise self.error(Sentence("a cell has at most {most} operations", most=MAX_STEPS), node)
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
            raise self.error(problem, node) from None
        self.steps.append(Step(name, op, args))
        return name

    def text(self, node: Node) -> str:
        return " ".join(self.source[node.start : node.stop].split())[:60]

    def error(self, problem: Sentence, node: Node) -> EquationError:
        return EquationError(problem, *place_of(self.source, node.start))

    def visit(self, node: Node) -> Operand:
        match node.kind, node.text:
            case "name", _:
                return self.name(node)
            case "number", text:
                return self.checked(float(text), node)
            case "unary", "-":
                value = self.visit(node.operands[0])
                return -value if isinstance(value, float) else self.emit("neg", (value,), node)
            case "binary", "@":
                return self.product(node)
            case "binary", sign if sign in SIGNS:
                return self.combine(SIGNS[sign], node)
            case "call", _:
                return self.call(node)
        problem = Sentence(
            "`{code}` is not in the language: + - * / @ and functions", code=self.text(node)
        )
        raise self.error(problem, node)

    def checked(self, value: float, node: Node) -> float:
        if not abs(value) <= MAX_NUMBER:
            problem = Sentence("numbers go up to {largest}", largest=f"{MAX_NUMBER:.0f}")
            raise self.error(problem, node)
        return value

    def name(self, node: Node) -> str:
        name = node.text
        if is_matrix(name):
            problem = Sentence(
                "`{name}` is a matrix: a vector must follow it, as in `{name} @ x`", name=name
            )
            raise self.error(problem, node)
        known = name in self.sizes or (name.endswith("_prev") and base_of(name) in self.assigned)
        if known or is_parameter(name):
            self.sizes.setdefault(name, "hidden")
            return name
        raise self.error(self.unknown(name), node)

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

    def combine(self, op: str, node: Node) -> Operand:
        left, right = map(self.visit, node.operands)
        if isinstance(left, float) and isinstance(right, float):
            with np.errstate(all="ignore"):
                value = float(OPERATIONS[op].forward(left, right))
            return self.checked(value, node)
        return self.emit(op, (left, right), node)

    def product(self, node: Node) -> str:
        matrix, vector = node.operands
        self.check_order(node, matrix, vector)
        if matrix.kind != "name" or not is_matrix(matrix.text):
            problem = Sentence(
                "left of @ stands a matrix (W, U or V, as in `W_{name} @ x`), not `{code}`",
                name=self.target,
                code=self.text(matrix),
            )
            raise self.error(problem, node)
        value = self.visit(vector)
        if isinstance(value, float):
            code = f"{matrix.text} @ {self.text(vector)}"
            problem = Sentence("`{code}`: a vector must follow @, not a number", code=code)
            raise self.error(problem, node)
        size = self.sizes[value]
        if self.columns.setdefault(matrix.text, size) != size:
            problem = Sentence(
                "`{name}` is multiplied with the input and with the hidden state; "
                "give each its own matrix",
                name=matrix.text,
            )
            raise self.error(problem, node)
        return self.emit("matmul", (matrix.text, value), node)

    def check_order(self, node: Node, left: Node, right: Node) -> None:
        """`r * U @ h_prev`: the signs bind alike, and go from left to right."""
        if left.kind != "binary" or left.text not in ("*", "@"):
            return
        first, inner = left.operands
        if inner.kind == "name" and is_matrix(inner.text):
            problem = Sentence(
                "`{code}` is read as `({left}) @ {right}`; "
                "write `{first} {sign} ({name} @ {right})`",
                code=self.text(node),
                left=self.text(left),
                right=self.text(right),
                first=self.text(first),
                sign=left.text,
                name=inner.text,
            )
            raise self.error(problem, node)

    def call(self, node: Node) -> str:
        function, *operands = node.operands
        name = function.text
        if function.kind != "name" or name not in ARITY:
            raise self.error(no_function(self.text(function)), node)
        if len(operands) != ARITY[name] or any(one.kind == "keyword" for one in operands):
            raise self.error(Sentence(TAKES[ARITY[name]], name=name), node)
        values = tuple(map(self.visit, operands))
        if all(isinstance(value, float) for value in values):
            problem = Sentence(
                "`{code}` is a number; write the number itself", code=self.text(node)
            )
            raise self.error(problem, node)
        return self.emit(name, values, node)
