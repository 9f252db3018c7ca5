"""A cell in writing: LaTeX, plain text that parses back, and tokens for the screen.

One writer walks the steps and yields tokens; brackets come from the operations' precedence and are
the same in every spelling, so the plain one, which parses back to identical steps, proves them all.
Each named value has two lines: in symbols, and in the numbers of one unit.
"""

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from rnnviz.notation.symbols import ACCENTS, GREEK, Spelling, literal, number, percent, symbol
from rnnviz.operations import OPERATIONS, Spelled, chain
from rnnviz.operations.operation import ATOM, FACTOR, SUM
from rnnviz.representation import Cell, Operand, is_parameter, is_part

__all__ = [
    "Spelling",
    "equations",
    "latex",
    "latex_line",
    "number",
    "numbers",
    "percent",
    "plain",
    "symbol",
    "to_json",
]

Kind = Literal["value", "parameter", "number", "operator", "function", "bracket"]

ANY = SUM
MARKS = {
    "times": Spelled(" * ", " · ", r" \cdot "),
    "equals": Spelled(" = ", " = ", " = "),
    "(": Spelled("(", "(", "("),
    ",": Spelled(", ", ", ", ", "),
    ")": Spelled(")", ")", ")"),
}


class Token(NamedTuple):
    """One word of a line. A `number` with a name in `what` stands for that value's number."""

    kind: Kind
    what: Operand


class _Writing(NamedTuple):
    """How far a line goes into detail: the parts that stay one token, and how a name binds.

    A number in the place of a name may be negative, and `−−0.13` is hard to read, so there a minus
    sign puts it in brackets.
    """

    folded: Callable[[str], bool] = lambda part: False
    name_binds: int = ATOM


def to_json() -> dict[str, object]:
    """How everything is written, for the browser's writer of equations that are being typed
    (web/browser/equations/notation.js): spellings, and how tightly each operation binds."""
    return {
        "operations": {
            one.name: {
                "binds": one.binds,
                "needs": list(one.needs),
                "screen": one.spelled.screen,
                "latex": one.spelled.latex,
            }
            for one in OPERATIONS.values()
        },
        "marks": {mark: {"screen": s.screen, "latex": s.latex} for mark, s in MARKS.items()},
        "greek": dict(GREEK),
        "accents": dict(ACCENTS),
        "loosest": SUM,
        "tightest": ATOM,
    }


def plain(cell: Cell) -> str:
    """The cell as text; `parse` reads it back to identical steps."""
    lines = (_spelled(cell, _symbols(cell, name), "plain") for name in cell.names)
    return "\n".join(lines)


def latex(cell: Cell) -> str:
    """All equations, aligned at their equals signs; for display mathematics."""
    lines = (latex_line(cell, name).replace(" = ", " &= ", 1) for name in cell.names)
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def latex_line(cell: Cell, name: str) -> str:
    """The equation of one named value. Raises KeyError where the cell has none of that name."""
    return _spelled(cell, _symbols(cell, name), "latex")


def equations(cell: Cell) -> list[dict[str, object]]:
    """Every named value's two lines as tokens for the screen, plain JSON.

    Returns:
        One {"name", "symbols", "numbers"} per named value, in order. A line is a list of tokens
        [kind, text] or [kind, text, reference], kind one of value, parameter, number, operator,
        function, bracket. Operators carry their spaces: the texts joined are the line. The text of
        a value or parameter is `base_subscript`, to be split at its first underscore. A number
        with a reference is to be filled with the number of that value, part or parameter at one
        unit; its text says in symbols what it is. A number without one is a literal.
    """
    return [
        {
            "name": name,
            "symbols": [_on_screen(cell, t) for t in _symbols(cell, name)],
            "numbers": [_on_screen(cell, t) for t in _numbers(cell, name)],
        }
        for name in cell.names
    ]


def numbers(
    cell: Cell, name: str, lookup: Callable[[str], float], spelling: Spelling = "plain"
) -> str:
    """The equation of a named value with one unit's numbers: `f_t = σ(0.3 + −0.2) = σ(0.1) = 0.52`.

    Args:
        lookup: value, part (`f.1`), leaf (`c_prev`) or vector parameter (`b_f`) → its number.
            A product with a matrix is one number, the part that it is.
    """
    words = (
        number(lookup(t.what), spelling)
        if t.kind == "number" and isinstance(t.what, str)
        else _spell(cell, t, spelling)
        for t in _numbers(cell, name)
    )
    return "".join(words)


def _symbols(cell: Cell, name: str) -> list[Token]:
    """The tokens of `name = expression`."""
    right = _step(cell, name, _Writing())
    return [Token("value", name), Token("operator", "equals"), *right]


def _numbers(cell: Cell, name: str) -> list[Token]:
    """The expression in numbers, then its outermost operation alone, then the result."""
    spine = _spine(cell, name)
    stages = [
        list(_step(cell, name, _Writing(lambda part: cell.step(part).op == "matmul", FACTOR))),
        list(_step(cell, name, _Writing(lambda part: part not in spine, FACTOR))),
        [Token("value", name)],
    ]
    step = cell.step(name)
    if step.op == "matmul" or (step.op == "identity" and not is_part(str(step.args[0]))):
        stages = stages[-1:]
    line = [Token("value", name)]
    for stage, before in zip(stages, [[], *stages], strict=False):
        if stage != before:
            line += [Token("operator", "equals"), *map(_in_numbers, stage)]
    return line


def _spine(cell: Cell, name: str) -> set[str]:
    """The steps of the outermost operation: of `a + b * c + d` both sums."""
    alike, spine, waiting = chain(cell.step(name).op), {name}, [name]
    while waiting:
        parts = [a for a in cell.step(waiting.pop()).operands if is_part(a)]
        new = [p for p in parts if cell.step(p).op in alike]
        spine.update(new)
        waiting.extend(new)
    return spine


def _in_numbers(token: Token) -> Token:
    if token.kind in ("value", "parameter"):
        return Token("number", token.what)
    return Token("operator", "times") if token == ("operator", "mul") else token


def _step(cell: Cell, name: str, writing: _Writing) -> Iterator[Token]:
    """The tokens of what a step computes; a part that is folded stays one token."""
    _, op, args = cell.step(name)
    operation = OPERATIONS[op]
    if op == "identity" and not is_part(name) and not is_part(str(args[0])):
        yield from _operand(cell, args[0], ANY, writing)
    elif operation.form == "function":
        yield Token("function", op)
        for mark, arg in zip("(" + "," * len(args), args, strict=False):
            yield Token("bracket", mark)
            yield from _operand(cell, arg, ANY, writing)
        yield Token("bracket", ")")
    elif operation.form == "prefix":
        yield Token("operator", op)
        yield from _operand(cell, args[0], operation.needs[0], writing)
    else:
        scaled = op == "mul" and any(isinstance(a, float) for a in args)
        yield from _operand(cell, args[0], operation.needs[0], writing)
        yield Token("operator", "times" if scaled else op)
        yield from _operand(cell, args[1], operation.needs[1], writing)


def _operand(cell: Cell, operand: Operand, need: int, writing: _Writing) -> Iterator[Token]:
    """The tokens of an operand, in brackets where it binds less tightly than `need`."""
    if isinstance(operand, float):
        tokens, binds = iter([Token("number", operand)]), SUM if operand < 0 else ATOM
    elif is_part(operand) and not writing.folded(operand):
        tokens, binds = _step(cell, operand, writing), OPERATIONS[cell.step(operand).op].binds
    else:
        kind: Kind = "parameter" if is_parameter(operand) else "value"
        tokens, binds = iter([Token(kind, operand)]), writing.name_binds
    if binds < need:
        yield Token("bracket", "(")
        yield from tokens
        yield Token("bracket", ")")
    else:
        yield from tokens


def _spelled(cell: Cell, tokens: list[Token], spelling: Spelling) -> str:
    return "".join(_spell(cell, t, spelling) for t in tokens)


def _spell(cell: Cell, token: Token, spelling: Spelling) -> str:
    kind, what = token
    if isinstance(what, float):
        return literal(what, spelling)
    if kind in ("operator", "function", "bracket"):
        spelled = OPERATIONS[what].spelled if what in OPERATIONS else MARKS[what]
        return str(getattr(spelled, spelling))
    if is_part(what):
        return _spelled(cell, list(_step(cell, what, _Writing())), spelling)
    return symbol(what, spelling)


def _on_screen(cell: Cell, token: Token) -> list[str]:
    text = _spell(cell, token, "screen")
    named = token.kind in ("value", "parameter", "number") and isinstance(token.what, str)
    return [token.kind, text, str(token.what)] if named else [token.kind, text]
