"""The text of a cell → Python's own tree of it, which nothing has been done with yet."""

import ast
import keyword
import re

from rnnviz.equations.problems import EquationError, bad_character, error_at, misread
from rnnviz.texts import Sentence

MAX_DEPTH, MAX_NAME = 60, 24

_TOKEN = re.compile(
    r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<number>(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?(?![A-Za-z0-9_.]))"
    r"|(?P<mark>[-+*/@()=,\n \t]+)"
)


def checked_text(text: str) -> str:
    """The text without its comments; only characters and tokens that a cell can have."""
    text = "\n".join(line.partition("#")[0].rstrip(" \t") for line in text.split("\n"))
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        line = text.count("\n", 0, position) + 1
        column = position - text.rfind("\n", 0, position)
        if not token:
            raise EquationError(bad_character(text[position]), line, column)
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


def statements(source: str) -> list[ast.stmt]:
    """The lines of a checked text, as Python reads them."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        problem = misread(error.msg or "")
        raise EquationError(problem, error.lineno or 1, max(error.offset or 1, 1)) from None
    except (RecursionError, MemoryError, ValueError, OverflowError):
        raise EquationError(Sentence("that is nested too deeply to read")) from None
    if not tree.body:
        raise EquationError(
            Sentence("nothing here yet; begin with `h = tanh(W @ x + U @ h_prev + b)`")
        )
    for statement in tree.body:
        if _depth(statement) > MAX_DEPTH:
            raise error_at(Sentence("that is nested too deeply; give its parts names"), statement)
    return tree.body


def _depth(root: ast.AST) -> int:
    deepest, waiting = 0, [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return deepest
