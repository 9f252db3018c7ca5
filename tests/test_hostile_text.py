"""Ten thousand hostile texts: each is a cell or an EquationError that says where, nothing else."""

import json
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.cells import ABOUT
from rnnviz.equations import EquationError, parse
from rnnviz.representation import Cell
from tests.strategies import texts

GALLERY = [about.equations for about in ABOUT.values()]
WORDS = (
    *("h", "c", "x", "h_prev", "c_prev", "x_prev", "W", "U_f", "V", "b", "p_o", "W_", "bh"),
    *("tanh", "sigmoid(", "relu", "exp(", "identity", "print", "eval(", "open(", "exec("),
    *("if", "else", "for", "in", "is", "lambda", "import", "def", "class", "not", "None", "True"),
    *("await", "async", "yield", "match", "with", "return", "del", "global", "assert", "raise"),
    *("__proto__", "__class__", "__import__", "constructor", "_", "__", "a" * 40, "h.__dict__"),
)
MARKS = (
    *("@", "*", "**", "/", "//", "%", "=", "==", "+=", ":=", "->", "(", ")", "[", "]", "{", "}"),
    *(",", ".", "...", ":", ";", "#", "'", '"', '"""', "\\", "$", "?", "!", "~", "^", "&", "|"),
    *("<", ">", "`", "-", "+", "@=", "\n", "\r", "\r\n", "\t", " ", "   ", "\x00", "\x0c", "\x1f"),
)
FOREIGN = (
    *("ℎ", "−", "×", "·", "é", "ё", "名", "🙂", "\u202e", "\u2028", "\u200b", "\ufeff", "\ud800"),
    *("ᵂ", "²", "٣", "ﬁ", "İ", "\x85", "\xa0", "＝", "（", "ａ", "\u0301"),
)
NUMBERS = (
    *("0", "1", "-1", "007", "1.", ".5", "1..2", "1e999", "1e-999", "-1e400", "0x10", "0b1", "1_0"),
    *("1j", "1if", "0or", "9" * 400, "1e", "1e+", "1.5.2", "NaN", "inf", "1e308 * 1e308"),
)
SOUP = (*WORDS, *MARKS, *FOREIGN, *NUMBERS)


def mutated(rng):
    """A cell with one to four pieces cut, moved, doubled or replaced by something foreign."""
    text = rng.choice(GALLERY)
    for _ in range(rng.randint(1, 4)):
        start = rng.randint(0, len(text))
        stop = min(len(text), start + rng.randint(0, 6))
        before, piece, after = text[:start], text[start:stop], text[stop:]
        text = rng.choice(
            [
                before + after,
                after + piece + before,
                before + piece + piece + after,
                before + rng.choice(SOUP) + piece + after,
                before + rng.choice(SOUP) + after,
            ]
        )
    return text


def soup(rng):
    """Words, marks and numbers in no order."""
    text = rng.choice(["", " "]).join(rng.choice(SOUP) for _ in range(rng.randint(0, 30)))
    return rng.choice(["", "h = ", "h = h_prev + "]) + text


def noise(rng):
    """Any characters at all."""
    limit = rng.choice([0x7F, 0xFF, 0x2FFF, 0x10FFFF])
    return "".join(chr(rng.randint(0, limit)) for _ in range(rng.randint(0, 60)))


def excess(rng):
    """Too deep, too long, too many, too big."""
    many = rng.choice([10, 100, 1000, 3000, 20000])
    opening, closing = rng.choice(
        [
            *(("(", ")"), ("-", ""), ("tanh(", ")"), ("U @ ", ""), ("b + ", ""), ("b * (", ")")),
            *(("1 - ", ""), ("1e3 * ", ""), ("9", ""), ("h", ""), ("\n", ""), ("(", ""), ("", ")")),
            *(("b\nh = ", ""), ("b = ", ""), ("# ", ""), ("b, ", ""), ("x = ", ""), ("[", "]")),
            *(("b" * 23 + " + ", ""), ("lambda: ", ""), ("not ", ""), ("~", ""), ("{", "}")),
        ]
    )
    return rng.choice(["", "h = "]) + opening * many + "h_prev" + closing * many


def renamed(rng):
    """A cell whose names are Python's or JavaScript's words, or another's name."""
    names = re.findall(r"[A-Za-z_]+", text := rng.choice(GALLERY))
    for _ in range(rng.randint(1, 3)):
        old, new = rng.choice(names), rng.choice([*WORDS, *names]).strip("(")
        text = re.sub(rf"\b{old}\b", lambda _, new=new: new, text)
    return text


FAMILIES = {mutated: 5000, soup: 2500, noise: 1000, excess: 500, renamed: 1000}


def test_there_are_ten_thousand():
    assert sum(FAMILIES.values()) == 10_000


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_hostile_text_is_refused_with_a_sentence_or_is_a_cell(family):
    rng, refused = random.Random(family.__name__), 0
    for _ in range(FAMILIES[family]):
        refused += is_refused(family(rng))
    assert refused > FAMILIES[family] / 3


@given(st.text(max_size=80))
def test_any_text_at_all(text):
    is_refused(text)


@given(texts(), st.data())
def test_a_cell_with_a_hole_or_a_splinter(text, data):
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    splinter = data.draw(st.one_of(st.just(""), st.sampled_from(SOUP), st.text(max_size=3)))
    is_refused(text[:start] + splinter + text[stop:])


def is_refused(text):
    """Whether the text is no cell; checks what is said then, or the cell."""
    try:
        cell = parse(text)
    except EquationError as error:
        check_refusal(error, text)
        return True
    assert "h" in cell.names
    assert len(cell.steps) <= 256
    assert Cell.from_json(json.loads(json.dumps(cell.to_json(), allow_nan=False))) == cell
    assert set(cell.parameters) <= set(re.findall(r"\w+", text))
    return False


def check_refusal(error, text):
    """One printable sentence, and a place inside the text."""
    assert str(error).isprintable(), repr(text)
    assert 10 < len(str(error)) < 250, repr(text)
    lines = re.split(r"\r\n|\r|\n", text)
    assert 1 <= error.line <= len(lines), repr(text)
    assert 1 <= error.column <= len(lines[error.line - 1]) + 1, repr(text)
