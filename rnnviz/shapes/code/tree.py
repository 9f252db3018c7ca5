"""Tokens → what a line says: an assignment or a bare expression, of names, numbers and calls.

Only what a line about layers and tensors needs is read. Of any other line it is told that it is
another, and who reads it leaves it out.
"""

import keyword
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from rnnviz.equations.cursor import Cursor
from rnnviz.shapes.code.problems import Misread
from rnnviz.shapes.code.tokens import Token, lines
from rnnviz.texts import Sentence

NOT_READ = frozenset(keyword.kwlist) - {"True", "False", "None", "not"}
"""Words with which a line begins that is left out."""
OF_CONCERN = frozenset({"nn", "RNN", "LSTM", "GRU", "Embedding", "Linear", "randn", "randint"})
"""Names in a line that is not left out, even where it cannot be read."""
PLAIN: Mapping[str, str] = MappingProxyType(
    dict(zip("（）［］｛｝，：；＝．＊＋－／、。“”‘’", "()[]{},:;=.*+-/,.\"\"''", strict=True))
)
"""Signs of a Chinese keyboard → those that Python reads."""
MOST_SIGNS = 40
Kind = Literal["name", "number", "string", "call", "keyword", "tuple", "sign", "other"]


class Node(NamedTuple):
    """A piece of an expression that begins at the character `start`.

    text: a dotted name, a number, a string, a keyword, a sign. operands: what it is made of; of a
    call the first is what is called. What is of no concern is "other".
    """

    kind: Kind
    text: str
    operands: tuple["Node", ...]
    start: int


class Line(NamedTuple):
    """targets: the names that get a value; none where it gets no name. value: which."""

    targets: tuple[str, ...]
    value: Node


def read_lines(text: str) -> list[Line]:
    """The lines that can be of concern.

    Raises:
        Misread: brackets that are not paired, or a line that names a layer and cannot be read.
    """
    found = []
    for tokens in lines(text):
        if tokens[0].text in NOT_READ or tokens[0].text == "@":
            continue
        is_of_concern = any(one.kind == "name" and one.text in OF_CONCERN for one in tokens)
        if is_of_concern:
            _refuse_wide(tokens)
        try:
            line = _Parser(tokens).line()
        except Misread:
            if is_of_concern:
                raise
            continue
        if line is not None:
            found.append(line)
    return found


def _refuse_wide(tokens: Iterable[Token]) -> None:
    wide = next((token for token in tokens if token.text in PLAIN), None)
    if wide is not None:
        plain = PLAIN[wide.text]
        problem = Sentence(
            "`{sign}` is not a sign that Python reads: write `{plain}`", sign=wide.text, plain=plain
        )
        raise Misread(problem, wide.start)


class _Parser(Cursor[Token]):
    """Of one line."""

    def __init__(self, tokens: list[Token]) -> None:
        end = tokens[-1].start + len(tokens[-1].text)
        super().__init__([*tokens, Token("end", "", end)])
        self.depth = 0
        self.count = 0

    def line(self) -> Line | None:
        """None where the line is of another kind: `x += 1`, `a < b`."""
        sides = [self.listed("")]
        if self.take(":"):
            self.listed("")  # what is said of the name's type
        while self.take("="):
            sides.append(self.listed(""))
        if self.next.kind != "end":
            if self.next.kind == "mark":
                return None
            raise self.misread()
        targets = tuple(name for side in sides[:-1] for name in _names(side))
        return Line(targets, sides[-1])

    def listed(self, closing: str) -> Node:
        """One expression; or several with commas between them, a tuple."""
        start, items, commas = self.next.start, list[Node](), 0
        while self.next.kind != "end" and self.next.text not in (closing, "="):
            items.append(self.item())
            if not self.take(","):
                break
            commas += 1
        if closing and not self.take(closing):
            raise self.misread()
        if len(items) == 1 and not commas and items[0].kind != "keyword":
            return items[0]
        return Node("tuple", "", tuple(items), start)

    def item(self) -> Node:
        """An expression, or `name = expression` inside a call's brackets."""
        token, after = self.next, self.tokens[min(self.place + 1, len(self.tokens) - 1)]
        self.take("*", "**")
        if token.kind == "name" and after.text == "=" and self.depth:
            self.place += 2
            return Node("keyword", token.text, (self.expression(),), token.start)
        return self.expression()

    def expression(self) -> Node:
        """Products with + and − between them."""
        return self.signs(self.product, "+", "-")

    def product(self) -> Node:
        return self.signs(self.operand, "*", "//", "/", "%", "@")

    def signs(self, operand: Callable[[], Node], *signs: str) -> Node:
        """Operands with some of these signs between them, read from left to right."""
        start, value = self.next.start, operand()
        while sign := self.take(*signs):
            self.count += 1
            if self.count > MOST_SIGNS:
                deep = Sentence("that is nested too deeply to read")
                raise Misread(deep, start)
            value = Node("sign", sign, (value, operand()), start)
        return value

    def operand(self) -> Node:
        """A name, a number, a string or brackets; what is called, got or taken from behind it."""
        start, minus = self.next.start, False
        while sign := self.take("-", "+"):
            minus ^= sign == "-"
        if minus:
            return Node("sign", "-", (Node("number", "0", (), start), self.operand()), start)
        token = self.next
        if token.kind in ("name", "number", "string"):
            self.place += 1
            value = Node(token.kind, token.text, (), start)
        elif opened := self.take("(", "[", "{"):
            value = self.inside({"(": ")", "[": "]", "{": "}"}[opened])
            if opened == "[" and value.kind != "tuple":
                value = Node("tuple", "", (value,), start)
        else:
            raise self.misread()
        return self.behind(value)

    def behind(self, value: Node) -> Node:
        """What stands behind a name or a call. A call's own methods, `nn.LSTM(…).to(device)`, leave
        it what it is."""
        while mark := self.take(".", "(", "["):
            if mark == "." and value.kind == "name":
                value = value._replace(text=f"{value.text}.{self.word()}")
            elif mark == ".":
                self.word()
                if self.take("("):
                    self.arguments()
            elif mark == "(":
                value = Node("call", value.text, (value, *self.arguments()), value.start)
            else:
                self.skip()
                value = Node("other", "", (), value.start)
        return value

    def word(self) -> str:
        """The name behind a dot."""
        if self.next.kind != "name":
            raise self.misread()
        self.place += 1
        return self.tokens[self.place - 1].text

    def arguments(self) -> tuple[Node, ...]:
        """What stands in a call's brackets, up to their end."""
        start = self.next.start
        inner = self.inside(")")
        are_listed = inner.kind == "tuple" and inner.start == start  # f(1, 2), not f((1, 2))
        return inner.operands if are_listed else (inner,)

    def skip(self) -> None:
        """Whatever stands in square brackets behind a value, which are open."""
        depth = 1
        while depth:
            depth += (self.next.text in "([{") - (self.next.text in ")]}")
            self.place += 1

    def inside(self, closing: str) -> Node:
        self.depth += 1
        found = self.listed(closing)
        self.depth -= 1
        return found

    def misread(self) -> Misread:
        problem = Sentence("`{text}` cannot stand here", text=self.next.text)
        if self.next.kind == "end":
            problem = Sentence("the line breaks off here")
        return Misread(problem, self.next.start)


def _names(side: Node) -> list[str]:
    if side.kind == "name":
        return [side.text]
    return [name for operand in side.operands for name in _names(operand)]
