"""Lines `name = expression` → a cell that can be run."""

from typing import NamedTuple

from rnnviz.equations.language import MAX_CHARACTERS, MAX_DEPTH
from rnnviz.equations.problems import EquationError, bad_target, place_of
from rnnviz.equations.reader import Reader
from rnnviz.equations.tokens import tokens, without_comments
from rnnviz.equations.tree import Line, Node, lines
from rnnviz.representation import Cell
from rnnviz.texts import Sentence


class Equation(NamedTuple):
    """One line that gives a name a value; where it begins, from 1."""

    name: str
    value: Node
    line: int
    column: int


def parse(text: str) -> Cell:
    """Read a cell.

    Args:
        text: lines `name = expression` with `+ - * / @`, numbers and the functions in `FUNCTIONS`;
            `#` begins a comment. How far a line is indented does not matter.

    Raises:
        EquationError: the text is no cell; the message says what would be right.
    """
    if len(text) > MAX_CHARACTERS:
        raise EquationError(
            Sentence("a cell is a few lines; that is over {most} characters", most=MAX_CHARACTERS)
        )
    source = without_comments(text)
    found = lines(source, tokens(source))
    if not found:
        raise EquationError(
            Sentence("nothing here yet; begin with `h = tanh(W @ x + U @ h_prev + b)`")
        )
    for line in found:
        _check_depth(source, line)
    equations = [_equation(source, line) for line in found]
    numbers = _line_numbers(equations)
    reader = Reader(source, frozenset(numbers))
    for one in equations:
        reader.read(one.name, one.value)
    return _checked_cell(Cell(tuple(reader.steps)), numbers)


def _check_depth(source: str, line: Line) -> None:
    if max(side.depth for side in line.sides) > MAX_DEPTH:
        problem = Sentence("that is nested too deeply; give its parts names")
        raise EquationError(problem, *place_of(source, line.sides[0].start))


def _equation(source: str, line: Line) -> Equation:
    target, place = line.sides[0], place_of(source, line.sides[0].start)
    if line.marks != ("=",):
        raise EquationError(Sentence("each line is one equation, `name = expression`"), *place)
    if target.kind != "name":
        raise EquationError(Sentence("what stands left of = must be a single name"), *place)
    problem = bad_target(target.text)
    if problem:
        raise EquationError(problem, *place)
    return Equation(target.text, line.sides[1], *place)


def _line_numbers(equations: list[Equation]) -> dict[str, int]:
    """Name → the line it stands on."""
    found: dict[str, int] = {}
    for one in equations:
        if one.name in found:
            taken = Sentence(
                "`{name}` is already given on line {line}", name=one.name, line=found[one.name]
            )
            raise EquationError(taken, one.line, one.column)
        found[one.name] = one.line
    return found


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
