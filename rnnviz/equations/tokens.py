"""The text of a cell → its tokens, brackets paired; only what a cell can have."""

import re
from typing import Literal, NamedTuple

from rnnviz.equations.language import MAX_BRACKETS, MAX_NAME, TAKEN
from rnnviz.equations.problems import EquationError, bad_character, place_of
from rnnviz.texts import Sentence

Kind = Literal["name", "number", "mark", "end"]
KINDS: tuple[Kind, ...] = ("name", "number", "mark", "end")

_TOKEN = re.compile(
    r"(?P<blank>[ \t]+)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<number>([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?(?![A-Za-z0-9_.]))"
    r"|(?P<mark>\*\*=?|//=?|==|[-+*/@]=|[-+*/@()=,])"
    r"|(?P<end>\n)"
)


class Token(NamedTuple):
    """A piece of a text, from the character `start` up to `stop`. An "end" ends an equation."""

    kind: Kind
    text: str
    start: int
    stop: int


def without_comments(text: str) -> str:
    """The text with every place where it was, and one kind of line end."""
    lines = re.sub(r"\r\n?", "\n", text).split("\n")
    return "\n".join(line.partition("#")[0].rstrip(" \t") for line in lines)


def tokens(source: str) -> list[Token]:
    """The tokens of a text without comments. A line end inside brackets is none.

    Raises:
        EquationError: a character, number or name that no cell can have; unpaired brackets.
    """
    found: list[Token] = []
    open_brackets: list[int] = []
    for token in _scanned(source):
        if token.text == "(":
            open_brackets.append(token.start)
            if len(open_brackets) > MAX_BRACKETS:
                deep = Sentence("that is nested too deeply to read")
                raise EquationError(deep, *place_of(source, token.start))
        if token.text == ")":
            if not open_brackets:
                problem = Sentence("a bracket is closed that was never opened")
                raise EquationError(problem, *place_of(source, token.start))
            open_brackets.pop()
        if token.kind != "end" or not open_brackets:
            found.append(token)
    if open_brackets:
        problem = Sentence("a bracket is opened and never closed")
        raise EquationError(problem, *place_of(source, open_brackets[-1]))
    return [*found, Token("end", "", len(source), len(source))]


def _scanned(source: str) -> list[Token]:
    """All tokens, blanks left out: a character that begins none is refused before all else."""
    found: list[Token] = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if not match:
            problem = bad_character(source[position])
            raise EquationError(problem, *place_of(source, position))
        position = match.end()
        kinds = (kind for kind in KINDS if match[kind])
        found.extend(Token(kind, match[0], match.start(), match.end()) for kind in kinds)
        if match["name"]:
            _check_name(source, found[-1])
    return found


def _check_name(source: str, token: Token) -> None:
    if len(token.text) > MAX_NAME:
        too_long = Sentence("a name has at most {most} characters", most=MAX_NAME)
        raise EquationError(too_long, *place_of(source, token.start))
    if token.text in TAKEN:
        taken = Sentence(
            "`{name}` is a word of Python and cannot be a name; choose another", name=token.text
        )
        raise EquationError(taken, *place_of(source, token.start))
