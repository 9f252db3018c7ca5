"""Tokens → a tree for each line, by the precedence of Python's signs.

A tree is of what may be written, whether or not it means anything: the reader refuses what does
not, and can quote it whole. A line is held against Python's own parser in the tests.
"""

from typing import Literal, NamedTuple

from rnnviz.equations.cursor import Cursor
from rnnviz.equations.language import LEVELS
from rnnviz.equations.problems import EquationError, place_of
from rnnviz.equations.tokens import Token
from rnnviz.texts import Sentence

Kind = Literal["name", "number", "unary", "binary", "call", "keyword", "starred", "tuple"]


class Node(NamedTuple):
    """A piece of an expression, from the character `start` of the text up to `stop`.

    text: a name, a number or a sign. operands: what it is made of; a call's first is what is
    called. depth: how many nodes there are from it down.
    """

    kind: Kind
    text: str
    operands: tuple["Node", ...]
    start: int
    stop: int
    depth: int


class Line(NamedTuple):
    """One line: expressions with `marks` between them, `=` where it is an equation."""

    sides: tuple[Node, ...]
    marks: tuple[str, ...]


def lines(source: str, tokens: list[Token]) -> list[Line]:
    """The lines of a text that hold anything.

    Raises:
        EquationError: at the first token that cannot stand where it does.
    """
    return _Parser(source, tokens).lines()


class _Parser(Cursor[Token]):
    """Every rule begins at the next one and ends after its last."""

    def __init__(self, source: str, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.source = source

    def lines(self) -> list[Line]:
        found: list[Line] = []
        while self.place < len(self.tokens):
            if self.next.kind != "end":
                found.append(self.line())
            if self.next.kind != "end":
                raise self.misread()
            self.place += 1
        return found

    def line(self) -> Line:
        sides, marks = [self.listed("")], []
        while mark := self.take("=", "+=", "-=", "*=", "/=", "@=", "**=", "//="):
            marks.append(mark)
            sides.append(self.listed(""))
        return Line(tuple(sides), tuple(marks))

    def listed(self, closing: str) -> Node:
        """One expression; or several with commas between them, a tuple."""
        start, operands, commas = self.next.start, list[Node](), 0
        while self.next.kind != "end" and self.next.text not in (closing, "="):
            operands.append(self.item())
            if not self.take(","):
                break
            commas += 1
        if (closing and not self.take(closing)) or not (operands or closing):
            raise self.misread()
        if len(operands) == 1 and not commas and operands[0].kind != "starred":
            return operands[0]
        return self.node("tuple", "", tuple(operands), start)

    def item(self) -> Node:
        """An expression, with stars before it or not."""
        start, stars = self.next.start, self.take("*", "**")
        value = self.expression()
        return self.node("starred", stars, (value,), start) if stars else value

    def expression(self) -> Node:
        """Operands with signs between them; what waits for a looser sign is kept aside."""
        waiting: list[tuple[Node, str, int]] = []
        while True:
            start, value = self.next.start, self.operand()
            level = LEVELS.get(self.next.text, -1)
            while waiting and LEVELS[waiting[-1][1]] >= level:
                left, sign, start = waiting.pop()
                value = self.node("binary", sign, (left, value), start)
            if level < 0:
                return value
            waiting.append((value, self.take(*LEVELS), start))

    def operand(self) -> Node:
        """A name, a number or brackets; the brackets of calls behind it, the signs before it."""
        signs = []
        while sign := self.take("-", "+"):
            signs.append((sign, self.tokens[self.place - 1].start))
        start = self.next.start
        if self.next.kind in ("name", "number"):
            kind: Kind = "name" if self.next.kind == "name" else "number"
            text = self.next.text
            self.place += 1
            value = self.node(kind, text, (), start)
        elif self.take("("):
            value = self.listed(")")
            value = value._replace(start=start) if value.kind == "tuple" else value
        else:
            raise self.misread()
        while self.take("("):
            value = self.node("call", "", (value, *self.arguments()), start)
        for sign, place in reversed(signs):
            value = self.node("unary", sign, (value,), place)
        return value

    def arguments(self) -> list[Node]:
        """What a call is given, up to its bracket; one that is given by a name is a "keyword"."""
        found: list[Node] = []
        while not self.take(")"):
            start, value = self.next.start, self.item()
            if self.take("="):
                value = self.node("keyword", "=", (value, self.expression()), start)
            found.append(value)
            if not self.take(",") and self.next.text != ")":
                raise self.misread()
        return found

    def node(self, kind: Kind, text: str, operands: tuple[Node, ...], start: int) -> Node:
        """A node that begins at a character and ends with the last token that is over."""
        stop = self.tokens[self.place - 1].stop
        return Node(
            kind, text, operands, start, stop, 1 + max((o.depth for o in operands), default=0)
        )

    def misread(self) -> EquationError:
        """The next token cannot stand where it does; what ends too early does so at its end."""
        start = self.next.start
        if self.next.kind == "end" and self.place:
            start = self.tokens[self.place - 1].stop
        problem = Sentence("this line does not read as `name = expression`")
        return EquationError(problem, *place_of(self.source, start))
