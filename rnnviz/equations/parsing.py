"""Lines `name = expression` → a cell that can be run."""

import ast
import re
import textwrap

from rnnviz.equations.problems import EquationError, bad_target, error_at
from rnnviz.equations.reader import Reader
from rnnviz.equations.source import checked_text, statements
from rnnviz.representation import Cell
from rnnviz.texts import Sentence

MAX_CHARACTERS = 4000


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
    source = checked_text(text)
    equations = [_checked_equation(node) for node in statements(source)]
    lines: dict[str, int] = {}
    for name, _value, node in equations:
        if name in lines:
            taken = Sentence(
                "`{name}` is already given on line {line}", name=name, line=lines[name]
            )
            raise error_at(taken, node)
        lines[name] = node.lineno
    reader = Reader(source, frozenset(lines))
    for name, value, _node in equations:
        reader.read(name, value)
    return _checked_cell(Cell(tuple(reader.steps)), lines)


def _checked_equation(node: ast.stmt) -> tuple[str, ast.expr, ast.stmt]:
    if not isinstance(node, ast.Assign) or len(node.targets) != 1:
        raise error_at(Sentence("each line is one equation, `name = expression`"), node)
    target = node.targets[0]
    if not isinstance(target, ast.Name):
        raise error_at(Sentence("what stands left of = must be a single name"), target)
    problem = bad_target(target.id)
    if problem:
        raise error_at(problem, target)
    return target.id, node.value, node


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
