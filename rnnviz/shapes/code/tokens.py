"""A few lines of Python → tokens. Whatever the text says, nothing of it is ever run."""

import re
from typing import Literal, NamedTuple

from rnnviz.shapes.code.problems import Misread
from rnnviz.texts import Sentence

Kind = Literal["name", "number", "string", "mark", "end"]
KINDS: tuple[Kind, ...] = ("name", "number", "string", "mark", "end")
MOST_CHARACTERS, MOST_BRACKETS = 8000, 40

_TOKEN = re.compile(
    r"(?P<blank>[ \t\f]+|\\\n|\#[^\n]*)"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<number>(\d[\d_]*\.?\d*|\.\d+)([eE][+-]?\d+)?)"
    r"|(?P<string>\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''|\"[^\"\n]*\"|'[^'\n]*')"
    r"|(?P<mark>->|[-+*/@%&|^<>=!]=|\*\*|//|[^\s\w])"
    r"|(?P<end>\n)"
)
_OPENING, _CLOSING = "([{", ")]}"
_PROMPT = re.compile(r"^[ \t]*(>>>|\.\.\.:?|In ?\[\d*\]:)(?=\s|$)", re.MULTILINE)
"""What an interpreter writes before a line, and so do examples in documentation."""
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"), " ")
"""Signs that nobody sees, which copying from a web page brings along."""


class Token(NamedTuple):
    """A piece of a text, from the character `start` on. An "end" ends a line."""

    kind: Kind
    text: str
    start: int


def lines(text: str) -> list[list[Token]]:
    """The lines of a text that hold anything. A line end inside brackets is none; elsewhere a
    semicolon is one.

    Raises:
        Misread: too long a text; brackets that are not paired.
    """
    if len(text) > MOST_CHARACTERS:
        problem = Sentence("that is over {most} characters", most=f"{MOST_CHARACTERS:,}")
        raise Misread(problem)
    found: list[list[Token]] = [[]]
    open_brackets: list[Token] = []
    for token in _scanned(_as_typed(text)):
        if token.kind == "mark":
            _pair(token, open_brackets)
        is_end = token.kind == "end" or token.text == ";"
        if is_end and not open_brackets:
            found.append([])
        elif token.kind != "end":
            found[-1].append(token)
    if open_brackets:
        problem = Sentence("a bracket is opened and never closed")
        raise Misread(problem, open_brackets[-1].start)
    return [line for line in found if line]


def _as_typed(text: str) -> str:
    """The text with blanks in place of prompts and of signs that nobody sees."""
    return _PROMPT.sub(lambda prompt: " " * len(prompt[0]), text.translate(_UNSEEN))


def _scanned(text: str) -> list[Token]:
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:  # a blank of another alphabet
            position += 1
            continue
        found.extend(Token(kind, match[0], position) for kind in KINDS if match[kind])
        position = match.end()
    return found


def _pair(token: Token, open_brackets: list[Token]) -> None:
    """Follow a bracket: `open_brackets` are those that wait for their other half."""
    if token.text in _OPENING:
        open_brackets.append(token)
        if len(open_brackets) > MOST_BRACKETS:
            deep = Sentence("that is nested too deeply to read")
            raise Misread(deep, token.start)
    elif token.text in _CLOSING:
        if not open_brackets:
            unopened = Sentence("a bracket is closed that was never opened")
            raise Misread(unopened, token.start)
        opened = open_brackets.pop()
        if _OPENING.index(opened.text) != _CLOSING.index(token.text):
            other = Sentence(
                "`{opened}` is closed by `{closed}`", opened=opened.text, closed=token.text
            )
            raise Misread(other, token.start)
