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
from rnnviz.texts import N_, Sentence, _, sentence_of

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
_TAKES = {
    1: N_("`{name}` takes one value, as in `{name}(c)`"),
    2: N_("`{name}` takes two values, as in `{name}(c, d)`"),
}


class EquationError(ValueError):
    """Text that is no cell. `line` and `column` count from 1; the message says what is right."""

    def __init__(self, problem: Sentence, line: int = 1, column: int = 1) -> None:
        super().__init__(problem)
        self.line = line
        self.column = column

    @property
    def message(self) -> str:
        """What is wrong, and at which place."""
        return _(
            "Line {line}, column {column}: {problem}",
            line=self.line,
            column=self.column,
            problem=self,
        )


def parse(text: str) -> Cell:
    """Read a cell.

    Args:
        text: lines `name = expression` with `+ - * / @`, numbers and the functions in `FUNCTIONS`;
            `#` begins a comment.

    Raises:
        EquationError: the text is no cell; the message says what would be right.
    """
    if len(text) > MAX_CHARACTERS:
        raise EquationError(
            Sentence("a cell is a few lines; that is over {most} characters", most=MAX_CHARACTERS)
        )
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
    for name, _value, node in equations:
        if name in lines:
            taken = Sentence(
                "`{name}` is already given on line {line}", name=name, line=lines[name]
            )
            raise _error(taken, node)
        lines[name] = node.lineno
    reader = _Reader(source, frozenset(lines))
    for name, value, _node in equations:
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
        too_long = Sentence("a name has at most {most} characters", most=MAX_NAME)
        raise EquationError(too_long, line, column)
    if keyword.iskeyword(name):
        taken = Sentence(
            "`{name}` is a word of Python and cannot be a name; choose another", name=name
        )
        raise EquationError(taken, line, column)


def _bad_character(character: str) -> Sentence:
    if character.isdigit() or character == ".":
        return Sentence("that is no number; write numbers like 1, 0.5 or 1e-3")
    if character.isprintable() and character != "`":
        return Sentence(
            "`{character}` has no meaning here; use letters, numbers, + - * / @ = ( ) and commas",
            character=character,
        )
    return Sentence(
        "the character {code} has no meaning here; "
        "use letters, numbers, + - * / @ = ( ) and commas",
        code=f"{ord(character):#06x}",
    )


def _statements(source: str) -> list[ast.stmt]:
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        problem = _misread(error.msg or "")
        raise EquationError(problem, error.lineno or 1, max(error.offset or 1, 1)) from None
    except (RecursionError, MemoryError, ValueError, OverflowError):
        raise EquationError(Sentence("that is nested too deeply to read")) from None
    if not tree.body:
        raise EquationError(
            Sentence("nothing here yet; begin with `h = tanh(W @ x + U @ h_prev + b)`")
        )
    for statement in tree.body:
        if _depth(statement) > MAX_DEPTH:
            raise _error(Sentence("that is nested too deeply; give its parts names"), statement)
    return tree.body


def _misread(message: str) -> Sentence:
    """What Python's own message about the text comes to."""
    if "was never closed" in message:
        return Sentence("a bracket is opened and never closed")
    if "unmatched" in message:
        return Sentence("a bracket is closed that was never opened")
    if "too many nested" in message:
        return Sentence("that is nested too deeply to read")
    return Sentence("this line does not read as `name = expression`")


def _depth(root: ast.AST) -> int:
    deepest, waiting = 0, [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return deepest


def _error(problem: Sentence, node: ast.stmt | ast.expr) -> EquationError:
    return EquationError(problem, node.lineno, node.col_offset + 1)


def _checked_equation(node: ast.stmt) -> tuple[str, ast.expr, ast.stmt]:
    if not isinstance(node, ast.Assign) or len(node.targets) != 1:
        raise _error(Sentence("each line is one equation, `name = expression`"), node)
    target = node.targets[0]
    if not isinstance(target, ast.Name):
        raise _error(Sentence("what stands left of = must be a single name"), target)
    problem = _bad_target(target.id)
    if problem:
        raise _error(problem, target)
    return target.id, node.value, node


def _bad_target(name: str) -> Sentence | None:
    """Why a name cannot be given a value, if it cannot."""
    if not _NAME.fullmatch(name):
        return Sentence("`{name}` is no name; a name begins with a letter", name=name)
    if name in FUNCTIONS or name == "x":
        return Sentence("`{name}` has a meaning already; choose another name", name=name)
    if is_parameter(name):
        return Sentence("`{name}` is spelled like a parameter; parameters are learned", name=name)
    if name.endswith("_prev"):
        return Sentence(
            "`{name}` is `{base}` of the step before; it cannot be set",
            name=name,
            base=base_of(name),
        )
    return None


def _checked_cell(cell: Cell, lines: dict[str, int]) -> Cell:
    last = max(lines.values())
    if "h" not in lines:
        missing = Sentence("a cell must compute its hidden state: a line `h = …` is missing")
        raise EquationError(missing, last)
    if not cell.states:
        nothing = Sentence(
            "nothing comes from the step before; use `h_prev` somewhere, as in `U @ h_prev`"
        )
        raise EquationError(nothing, last)
    for state in {*cell.states, "h"}:
        if cell.sizes[state] != "hidden":
            problem = Sentence(
                "`{name}` has as many numbers as the input; bring `x` in with a matrix, `W @ x`",
                name=state,
            )
            raise EquationError(problem, lines[state])
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
            raise _error(_constant(name), expression)
        if not value.startswith(f"{name}."):
            value = self.emit("identity", (value,), expression)
        self.steps[-1] = self.steps[-1]._replace(name=name)
        self.sizes[name] = self.sizes.pop(value)

    def emit(self, op: str, args: tuple[Operand, ...], node: ast.expr) -> str:
        if len(self.steps) >= MAX_STEPS:
            raise _error(Sentence("a cell has at most {most} operations", most=MAX_STEPS), node)
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
            raise _error(problem, node) from None
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
        raise _error(problem, node)

    def number(self, node: ast.Constant) -> float:
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _error(Sentence("`{code}` is no number", code=self.text(node)), node)
        return float(_checked_number(value, node))

    def name(self, node: ast.Name) -> str:
        name = node.id
        if is_matrix(name):
            problem = Sentence(
                "`{name}` is a matrix: a vector must follow it, as in `{name} @ x`", name=name
            )
            raise _error(problem, node)
        known = name in self.sizes or (name.endswith("_prev") and base_of(name) in self.assigned)
        if known or is_parameter(name):
            self.sizes.setdefault(name, "hidden")
            return name
        raise _error(self.unknown(name), node)

    def unknown(self, name: str) -> Sentence:
        """What is wrong about a name that is none of a value known so far."""
        if name in FUNCTIONS:
            return Sentence("`{name}` is a function: write `{name}(…)`", name=name)
        if name in self.assigned:
            return Sentence("`{name}` is used above the line that computes it", name=name)
        near, base = self.nearest(name), base_of(name)
        if name.endswith("_prev"):
            if near:
                return Sentence(
                    "`{name}` needs a line `{base} = …`; did you mean `{near}`?",
                    name=name,
                    base=base,
                    near=near,
                )
            return Sentence(
                "`{name}` needs a line `{base} = …`; give it a line of its own above",
                name=name,
                base=base,
            )
        if near:
            return Sentence("`{name}` is unknown; did you mean `{near}`?", name=name, near=near)
        return Sentence("`{name}` is unknown; give it a line of its own above", name=name)

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
            return _checked_number(value, node)
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
                raise _error(problem, node)
        if not isinstance(left, ast.Name) or not is_matrix(left.id):
            problem = Sentence(
                "left of @ stands a matrix (W, U or V, as in `W_{name} @ x`), not `{code}`",
                name=self.target,
                code=self.text(left),
            )
            raise _error(problem, node)
        vector = self.visit(node.right)
        if isinstance(vector, float):
            problem = Sentence(
                "`{name} @ {right}`: a vector must follow @, not a number",
                name=left.id,
                right=right,
            )
            raise _error(problem, node)
        size = self.sizes[vector]
        if self.columns.setdefault(left.id, size) != size:
            problem = Sentence(
                "`{name}` is multiplied with the input and with the hidden state; "
                "give each its own matrix",
                name=left.id,
            )
            raise _error(problem, node)
        return self.emit("matmul", (left.id, vector), node)

    def call(self, node: ast.Call) -> str:
        function = node.func
        if not isinstance(function, ast.Name) or function.id not in FUNCTIONS:
            raise _error(_no_function(self.text(function)), node)
        name, arity = function.id, OPERATIONS[function.id].arity
        if len(node.args) != arity or node.keywords:
            raise _error(Sentence(_TAKES[arity], name=name), node)
        values = tuple(map(self.visit, node.args))
        if all(isinstance(value, float) for value in values):
            problem = Sentence(
                "`{code}` is a number; write the number itself", code=self.text(node)
            )
            raise _error(problem, node)
        return self.emit(name, values, node)


def _checked_number(value: float, node: ast.expr) -> float:
    if not abs(value) <= MAX_NUMBER:
        raise _error(Sentence("numbers go up to {largest}", largest=f"{MAX_NUMBER:.0f}"), node)
    return value


def _constant(name: str) -> Sentence:
    if name == "h":
        return Sentence(
            "`{name}` would be the same number always; it must depend on the input `x`", name=name
        )
    return Sentence("`{name}` would be the same number always; leave it out", name=name)


def _no_function(called: str) -> Sentence:
    close = difflib.get_close_matches(called, FUNCTIONS, 1, 0.5)
    if close:
        return Sentence(
            "`{name}` is no function here; did you mean `{near}`?", name=called, near=close[0]
        )
    return Sentence(
        "`{name}` is no function here; there are {functions}",
        name=called,
        functions=", ".join(FUNCTIONS),
    )
