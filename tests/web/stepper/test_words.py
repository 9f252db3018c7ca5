"""What values are called, also where they are named like JavaScript's own."""

from rnnviz import notation, parse
from tests.javascript import run

WORDS = """
import { splitSymbol, wordsOf } from "./stepper/words.js";
const { cell, equations, reverse } = input;
const parts = new Map([["c", { title: "cell state", role: "cell", symbol: "c" }]]);
const words = wordsOf({ cell, equations, parts, reverse });
output(["symbol", "title", "role"].map((what) => input.names.map((name) => words[what](name))));
"""


def told(text, names, *, reverse=False):
    cell = parse(text)
    message = {"cell": cell.to_json(), "equations": notation.equations(cell)}
    return run(WORDS, {**message, "names": names, "reverse": reverse})


def test_symbols_titles_and_roles():
    symbols, titles, roles = told(
        "constructor = sigmoid(W @ x + c_prev)\nc = constructor * c_prev\nh = tanh(c) + U @ h_prev",
        ["constructor", "c", "c_prev", "h_prev", "x"],
    )
    assert symbols == ["constructor_t", "c_t", "c_t−1", "h_t−1", "x_t"]
    assert titles == [
        "constructor",
        "cell state",
        "cell state, step before",
        "h, step before",
        "input",
    ]
    assert roles == ["input", "cell", "cell", "hidden", "other"]


def test_the_state_before_stands_later_where_a_layer_reads_backwards():
    symbols, _, _ = told("h = tanh(W @ x + U @ h_prev + b)", ["h_prev", "h"], reverse=True)
    assert symbols == ["h_t+1", "h_t"]


def test_a_symbol_is_split_at_its_first_underscore():
    source = 'import { splitSymbol } from "./stepper/words.js"; output(input.map(splitSymbol));'
    assert run(source, ["h_t−1", "W_f", "x", "b_hn_2"]) == [
        ["h", "t−1"],
        ["W", "f"],
        ["x", ""],
        ["b", "hn_2"],
    ]
