"""The text of a recurrent cell → checked steps.

A cell is a few lines `name = expression`. `h_prev` is `h` at the step before; `W U V` (with an
optional `_part`) are matrices, `b p` vectors; everything else is a value. Only this module knows
Python's `ast`, and it walks it with an allowlist: nothing of the text is ever executed.
"""

import ast
import difflib
import keyword
import re
import textwrap

import numpy as np

from rnnviz.operations import FUNCTIONS, OPERATIONS
from rnnviz.representation import (
    Cell,
    Operand,
    Size,
    Step,
    base_of,
    is_matrix,
    is_parameter,
    is_part,
    size_of,
)

__all__ = ["FUNCTIONS", "OPERATIONS", "Cell", "EquationError", "Step", "parse"]

MAX_CHARACTERS, MAX_DEPTH, MAX_STEPS, MAX_NAME, MAX_NUMBER = 4000, 60, 256, 24, 1e6

_GLUED = re.compile(
    r"[WUV][A-Za-z0-9_]+|[bp][A-Za-z0-9]{1,2}"
)  # Wf, bhn: a parameter without its _
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TOKEN = re.compile(
    r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<number>(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?(?![A-Za-z0-9_.]))"
    r"|(?P<mark>[-+*/@()=,\n \t]+)"
)
_OPERATORS: dict[type[ast.operator], str] = {
    type(node.op): operation.name
    for operation in OPERATIONS.values()
    if operation.form == "infix"
    for node in ast.walk(ast.parse(f"a{operation.spelled.plain}b"))
    if isinstance(node, ast.BinOp)
}
_COUNTED = {1: ("one value", "c"), 2: ("two values", "c, d")}


class EquationError(ValueError):
    """Text that is no cell. `line` and `column` count from 1; the message says what is right."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line = line
        self.column = column

    @property
    def told(self) -> str:
        """The message with its place, as a page says it."""
        return f"Line {self.line}, column {self.column}: {self}"


def parse(text: str) -> Cell:
    """Read a cell.

    Args:
        text: lines `name = expression` with `+ - * / @`, numbers and the functions in `FUNCTIONS`;
            `#` begins a comment.

    Raises:
        EquationError: the text is no cell; the message says what would be right.
    """
    if len(text) > MAX_CHARACTERS:
        raise EquationError(f"a cell is a few lines; that is over {MAX_CHARACTERS} characters")
    text = re.sub(r"\r\n?", "\n", text)
    dedented = textwrap.dedent(text)
    try:
        return _parse(dedented)
    except EquationError as error:
        line, without_margin = (t.split("\n")[error.line - 1] for t in (text, dedented))
        error.column += len(line) - len(without_margin)
        raise


def _parse(text: str) -> Cell:
    source = _checked_text(text)
    equations = [_checked_equation(node) for node in _statements(source)]
    lines: dict[str, int] = {}
    for name, _, node in equations:
        if name in lines:
            raise _error(f"`{name}` is already given on line {lines[name]}", node)
        lines[name] = node.lineno
    reader = _Reader(source, frozenset(lines))
    for name, value, _ in equations:
        reader.read(name, value)
    return _checked_cell(Cell(tuple(reader.steps)), lines)


def _checked_text(text: str) -> str:
    """The text without its comments; only characters and tokens that a cell can have."""
    text = "\n".join(line.partition("#")[0].rstrip(" \t") for line in text.split("\n"))
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        line = text.count("\n", 0, position) + 1
        column = position - text.rfind("\n", 0, position)
        if not token:
            raise EquationError(_bad_character(text[position]), line, column)
        if token["name"]:
            _check_name(token["name"], line, column)
        position = token.end()
    return text


def _check_name(name: str, line: int, column: int) -> None:
    if len(name) > MAX_NAME:
        raise EquationError(f"a name has at most {MAX_NAME} characters", line, column)
    if keyword.iskeyword(name):
        message = f"`{name}` is a word of Python and cannot be a name; choose another"
        raise EquationError(message, line, column)


def _bad_character(character: str) -> str:
    if character.isdigit() or character == ".":
        return "that is no number; write numbers like 1, 0.5 or 1e-3"
    quotable = character.isprintable() and character != "`"
    shown = f"`{character}`" if quotable else f"the character {ord(character):#06x}"
    return f"{shown} has no meaning here; use letters, numbers, + - * / @ = ( ) and commas"


def _statements(source: str) -> list[ast.stmt]:
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        message = "this line does not read as `name = expression`"
        if error.msg and "was never closed" in error.msg:
            message = "a bracket is opened and never closed"
        elif error.msg and "unmatched" in error.msg:
            message = "a bracket is closed that was never opened"
        elif error.msg and "too many nested" in error.msg:
            message = "that is nested too deeply to read"
        raise EquationError(message, error.lineno or 1, max(error.offset or 1, 1)) from None
    except (RecursionError, MemoryError, ValueError, OverflowError):
        raise EquationError("that is nested too deeply to read") from None
    if not tree.body:
        raise EquationError("nothing here yet; begin with `h = tanh(W @ x + U @ h_prev + b)`")
    for statement in tree.body:
        if _depth(statement) > MAX_DEPTH:
            raise _error("that is nested too deeply; give its parts names", statement)
    return tree.body


def _depth(root: ast.AST) -> int:
    deepest, waiting = 0, [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return deepest


def _error(message: str, node: ast.stmt | ast.expr) -> EquationError:
    return EquationError(message, node.lineno, node.col_offset + 1)


def _checked_equation(node: ast.stmt) -> tuple[str, ast.expr, ast.stmt]:
    if not isinstance(node, ast.Assign) or len(node.targets) != 1:
        raise _error("each line is one equation, `name = expression`", node)
    target = node.targets[0]
    if not isinstance(target, ast.Name):
        raise _error("what stands left of = must be a single name", target)
    name = target.id
    if not _NAME.fullmatch(name):
        raise _error(f"`{name}` is no name; a name begins with a letter", target)
    if name in FUNCTIONS or name == "x":
        raise _error(f"`{name}` has a meaning already; choose another name", target)
    if is_parameter(name):
        raise _error(f"`{name}` is spelled like a parameter; parameters are learned", target)
    if name.endswith("_prev"):
        raise _error(f"`{name}` is `{base_of(name)}` of the step before; it cannot be set", target)
    return name, node.value, node


def _checked_cell(cell: Cell, lines: dict[str, int]) -> Cell:
    last = max(lines.values())
    if "h" not in lines:
        raise EquationError("a cell must compute its hidden state: a line `h = …` is missing", last)
    if not cell.states:
        raise EquationError(
            "nothing comes from the step before; use `h_prev` somewhere, as in `U @ h_prev`", last
        )
    for state in {*cell.states, "h"}:
        if cell.sizes[state] != "hidden":
            raise EquationError(
                f"`{state}` has as many numbers as the input; bring `x` in with a matrix, `W @ x`",
                lines[state],
            )
    return cell


class _Reader:
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
            hint = "it must depend on the input `x`" if name == "h" else "leave it out"
            raise _error(f"`{name}` would be the same number always; {hint}", expression)
        if not value.startswith(f"{name}."):
            value = self.emit("identity", (value,), expression)
        self.steps[-1] = self.steps[-1]._replace(name=name)
        self.sizes[name] = self.sizes.pop(value)

    def emit(self, op: str, args: tuple[Operand, ...], node: ast.expr) -> str:
        if len(self.steps) >= MAX_STEPS:
            raise _error(f"a cell has at most {MAX_STEPS} operations", node)
        self.parts += 1
        name = f"{self.target}.{self.parts}"
        sizes = [self.sizes.get(a, "hidden") if isinstance(a, str) else "number" for a in args]
        try:
            self.sizes[name] = size_of(op, sizes)
        except ValueError as misfit:
            raise _error(f"`{self.text(node)}` does not fit: {misfit}", node) from None
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
        raise _error(f"`{self.text(node)}` is not in the language: + - * / @ and functions", node)

    def number(self, node: ast.Constant) -> float:
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _error(f"`{self.text(node)}` is no number", node)
        if not abs(value) <= MAX_NUMBER:
            raise _error(f"numbers go up to {MAX_NUMBER:.0f}", node)
        return float(value)

    def name(self, node: ast.Name) -> str:
        name = node.id
        if is_matrix(name):
            raise _error(f"`{name}` is a matrix: a vector must follow it, as in `{name} @ x`", node)
        known = name in self.sizes or (name.endswith("_prev") and base_of(name) in self.assigned)
        if known or is_parameter(name):
            self.sizes.setdefault(name, "hidden")
            return name
        if name in FUNCTIONS:
            raise _error(f"`{name}` is a function: write `{name}(…)`", node)
        if name in self.assigned:
            raise _error(f"`{name}` is used above the line that computes it", node)
        if name.endswith("_prev"):
            base = base_of(name)
            raise _error(f"`{name}` needs a line `{base} = …`{self.suggestion(name)}", node)
        raise _error(f"`{name}` is unknown{self.suggestion(name)}", node)

    def suggestion(self, name: str) -> str:
        known = [*self.sizes, *self.assigned, *FUNCTIONS, *(f"{n}_prev" for n in self.assigned)]
        if _GLUED.fullmatch(name):
            return f"; did you mean `{name[0]}_{name[1:]}`?"
        close = difflib.get_close_matches(name, [k for k in known if not is_part(k)], 1, 0.5)
        return f"; did you mean `{close[0]}`?" if close else "; give it a line of its own above"

    def combine(self, op: str, node: ast.BinOp) -> Operand:
        left, right = self.visit(node.left), self.visit(node.right)
        if isinstance(left, float) and isinstance(right, float):
            with np.errstate(all="ignore"):
                value = float(OPERATIONS[op].forward(left, right))
            if not abs(value) <= MAX_NUMBER:
                raise _error(f"numbers go up to {MAX_NUMBER:.0f}", node)
            return value
        return self.emit(op, (left, right), node)

    def product(self, node: ast.BinOp) -> str:
        left, right = node.left, self.text(node.right)
        if isinstance(left, ast.BinOp) and isinstance(left.right, ast.Name):
            inner = left.right.id
            if is_matrix(inner) and isinstance(left.op, ast.Mult | ast.MatMult):
                sign = "@" if isinstance(left.op, ast.MatMult) else "*"
                first = self.text(left.left)
                message = (
                    f"`{self.text(node)}` is read as `({self.text(left)}) @ {right}`; "
                    f"write `{first} {sign} ({inner} @ {right})`"
                )
                raise _error(message, node)
        if not isinstance(left, ast.Name) or not is_matrix(left.id):
            message = f"left of @ stands a matrix (W, U or V, as in `W_{self.target} @ x`), not "
            raise _error(f"{message}`{self.text(left)}`", node)
        vector = self.visit(node.right)
        if isinstance(vector, float):
            raise _error(f"`{left.id} @ {right}`: a vector must follow @, not a number", node)
        size = self.sizes[vector]
        if self.columns.setdefault(left.id, size) != size:
            message = f"`{left.id}` is multiplied with the input and with the hidden state; "
            raise _error(f"{message}give each its own matrix", node)
        return self.emit("matmul", (left.id, vector), node)

    def call(self, node: ast.Call) -> str:
        function = node.func
        if not isinstance(function, ast.Name) or function.id not in FUNCTIONS:
            called = self.text(function)
            close = difflib.get_close_matches(called, FUNCTIONS, 1, 0.5)
            hint = f"did you mean `{close[0]}`?" if close else f"there are {', '.join(FUNCTIONS)}"
            raise _error(f"`{called}` is no function here; {hint}", node)
        arity = OPERATIONS[function.id].arity
        if len(node.args) != arity or node.keywords:
            count, operands = _COUNTED[arity]
            right = f"`{function.id}({operands})`"
            raise _error(f"`{function.id}` takes {count}, as in {right}", node)
        values = tuple(map(self.visit, node.args))
        if all(isinstance(value, float) for value in values):
            raise _error(f"`{self.text(node)}` is a number; write the number itself", node)
        return self.emit(function.id, values, node)
