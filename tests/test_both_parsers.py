"""Two parsers, one language: ten thousand texts are read alike in Python and in the browser."""

import ast
import random
import re
from functools import cache

import pytest

from rnnviz import operations
from rnnviz.cells import ABOUT
from rnnviz.cells.counting import count
from rnnviz.equations import EquationError, language, parse
from rnnviz.equations.tokens import tokens, without_comments
from rnnviz.equations.tree import lines
from tests.javascript import BROWSER, run
from tests.test_equations import REFUSED
from tests.test_hostile_text import FAMILIES, GALLERY

BOTH = """
import { parse } from "./equations/parsing.js";
import { formula, total } from "./equations/counting.js";
const { texts, language, operations } = input;
function read(text) {
  try {
    const { operations: _all, ...cell } = parse(text, language, operations);
    return { cell, count: [formula(cell), total(cell, { hidden: 5, inputs: 3 })] };
  } catch (error) {
    if (error.line === undefined) throw error;
    return { refused: [error.line, error.column, error.message] };
  }
}
output(texts.map(read));
"""
PYTHON = """\
h = lambda: h_prev
h = [h_prev for h_prev in b]
h = f"{h_prev}"
h = (c := h_prev)
h = h_prev; c = b
h = h_prev \\
  + b
h = h_prev if b else p
h: float = h_prev
h = h_prev[0]
h = h_prev.T @ U
h = {h_prev}
h = not h_prev
h = h_prev and b
h = h_prev < b
h = h_prev if b
h = U @ h_prev, b
h = *h_prev, b
h = (*h_prev,)
h = tanh(h_prev,)
h = tanh(,h_prev)
h = tanh(*h_prev)
h = tanh(**h_prev)
h = tanh(a=h_prev)
h = tanh(b + p=h_prev)
h = max(h_prev, b,)
h = max(h_prev b)
h = (h_prev,)
h = ()
h = (h_prev = b)
h = b = h_prev
h += h_prev
h **= h_prev
h == h_prev
(h) = h_prev
(h, c) = h_prev
tanh(h) = h_prev
h = tanh(h_prev)(b)
h = 2(h_prev)
h = (b + p)(h_prev)
h = -h_prev ** 2
h = h_prev ** -b ** p
h = h_prev // b // p
h = h_prev -
h = - + - h_prev
h = * h_prev
h = h_prev +
  b
h =
= h_prev
h
h h
h = h_prev 2
h = 2 h_prev
h = (h_prev
c = b
h = (h_prev))
h = ((h_prev)
def h(): return h_prev
import os
@h
h = @ h_prev
h = h_prev @ @ b
h = \u00a0h_prev
h = h_prev # and a comment, with ( and "
# h = h_prev
h = ( # opened
h_prev # closed ) here
)
\th = h_prev
h = 00 * h_prev
h = 1. * .5 * h_prev
h = 1 / 3 * h_prev
h = 1 / 0 * h_prev
h = 0 / 0 * h_prev
h = 1e-400 * h_prev
h = -0 * h_prev
h = (1 - 1) * -1 * h_prev
h = 0.1 + 0.2 + h_prev
h = h_prev + 1e6 * 1.0000001
h = h_prev - - 1e6
"""


def python_syntax(rng):
    """Lines with syntax of Python, of which most means nothing here, alone or within a cell."""
    some = rng.sample(PYTHON.split("\n"), rng.randint(1, 3))
    among = rng.choice(GALLERY).split("\n") if rng.random() < 0.5 else []
    place = rng.randint(0, len(among))
    return rng.choice(["\n", "\n\n", "\r\n"]).join([*among[:place], *some, *among[place:]])


def spaced(rng):
    """A cell whose tokens have other blanks, line ends and brackets between them."""
    words = re.findall(r"[A-Za-z_0-9.]+|\n|[^\sA-Za-z_0-9]", rng.choice(GALLERY))
    blanks = ["", " ", "  ", "\t", " ", " ", rng.choice([" ", "\n", "(", ")", "# so\n", "\r"])]
    return "".join(word + rng.choice(blanks) for word in words)


ALL = {**FAMILIES, python_syntax: 1500, spaced: 500}
GATES = "f = sigmoid(b)\ni = 1 - f\nk = 2 - f\nj = f - 1\nh = i * h_prev"
FIXED = [GATES, *PYTHON.split("\n"), *(text for row in REFUSED for text in row[:2]), *GALLERY]


@cache
def texts(family):
    rng = random.Random(f"both, {family.__name__}")
    return [family(rng) for _ in range(ALL[family])]


def in_python(text):
    try:
        cell = parse(text)
        counted = count(cell)
        return {"cell": cell.to_json(), "count": [counted.formula(), counted.of(5, 3)]}
    except EquationError as error:
        return {"refused": [error.line, error.column, str(error)]}


def in_the_browser(many):
    given = {
        "texts": many,
        "language": language.to_json(),
        "operations": operations.to_json(),
    }
    return run(BOTH, given)


def check_alike(many):
    many = [text for text in many if "\ud800" not in text]  # no address and no text box has one
    for text, ours, theirs in zip(many, map(in_python, many), in_the_browser(many), strict=True):
        assert ours == theirs, repr(text)


def test_there_are_more_than_ten_thousand():
    assert sum(ALL.values()) > 10_000


@pytest.mark.parametrize("family", ALL, ids=lambda family: family.__name__)
def test_a_text_is_read_alike(family):
    check_alike(texts(family))


def test_the_same_place_message_and_steps_for_what_the_language_is_taught_with():
    check_alike(FIXED)


def test_the_messages_are_the_same_texts():
    """So that one translation serves both."""
    sources = (open_all("rnnviz/equations/*.py") + open_all("rnnviz/representation.py"), "")
    python = set(re.findall(r"\b(?:Sentence|N_)\(\s*((?:\"[^\"]*\"\s*)+)", sources[0]))
    browser = "".join(path.read_text() for path in sorted((BROWSER / "equations").glob("*.js")))
    theirs = set(re.findall(r"\b_\(\s*\"([^\"]*)\"", browser))
    assert theirs == {"".join(re.findall(r'"([^"]*)"', one)) for one in python}


def open_all(pattern):
    root = BROWSER.parent.parent.parent
    return "".join(path.read_text() for path in sorted(root.glob(pattern)))


def test_what_is_quoted_can_be_printed_wherever_it_is_read():
    quoted = [chr(code) for code in range(0x110000) if re.fullmatch(language.QUOTABLE, chr(code))]
    assert len(quoted) > 30_000
    assert all(character.isprintable() for character in quoted)


# Python's own parser says what a line means.


def shape(node):
    """A tree of Python's as nested lists."""
    match node:
        case ast.Name():
            return node.id
        case ast.Constant():
            return float(node.value)
        case ast.UnaryOp():
            return [type(node.op).__name__, shape(node.operand)]
        case ast.BinOp():
            return [type(node.op).__name__, shape(node.left), shape(node.right)]
        case ast.Call():
            return ["Call", shape(node.func), *map(shape, node.args)]
    return "not in the language"


SIGNS = {"+": "Add", "-": "Sub", "*": "Mult", "/": "Div", "@": "MatMult", "**": "Pow"}


def ours(node):
    """A tree of ours as the same nested lists."""
    operands = list(map(ours, node.operands))
    match node.kind:
        case "name":
            return node.text
        case "number":
            return float(node.text)
        case "unary":
            return ["USub" if node.text == "-" else "UAdd", *operands]
        case "binary":
            return [SIGNS[node.text], *operands]
        case "call":
            return ["Call", *operands]
    return "not in the language"


@pytest.mark.parametrize("family", ALL, ids=lambda family: family.__name__)
def test_what_is_a_cell_is_read_as_python_reads_it(family):
    cells = 0
    for text in dict.fromkeys([*texts(family), *GALLERY]):
        if "cell" not in in_python(text) or re.search(r"(?<![\w.])0\d", text):
            continue
        cells += 1
        source = without_comments(text)
        found = lines(source, tokens(source))
        python = ast.parse("\n".join(map(str.strip, source.split("\n")))).body
        for line, statement in zip(found, python, strict=True):
            assert isinstance(statement, ast.Assign), text
            both = (statement.targets[0], line.sides[0]), (statement.value, line.sides[1])
            for theirs, our in both:
                assert shape(theirs) == ours(our), text
    assert cells >= len(ABOUT)
