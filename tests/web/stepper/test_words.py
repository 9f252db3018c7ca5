"""What values are called, also where they are named like JavaScript's own."""

from rnnviz import notation, parse
from rnnviz.web.parts import parts
from tests.javascript import run

WORDS = """
import { splitSymbol, wordsOf } from "./stepper/words.js";
const { parts, ...layer } = input.layer;
const words = wordsOf({ ...layer, parts: new Map(parts) });
output(["symbol", "title", "role"].map((what) => input.names.map((name) => words[what](name))));
"""


def told(text, names, *, reverse=False):
    cell = parse(text)
    layer = {"cell": cell.to_json(), "equations": notation.equations(cell), "reverse": reverse}
    known = parts(cell)
    if "c" in known:
        known["c"]["title"] = "cell state"
    return run(WORDS, {"layer": {**layer, "parts": [*known.items()]}, "names": names})


def test_symbols_titles_and_roles():
    symbols, titles, roles = told(
        "constructor = sigmoid(W @ x + c_prev)\nc = constructor * c_prev\nh = tanh(c) + U @ h_prev",
        ["constructor", "c", "c_prev", "h_prev", "x", "c.1"],
    )
    assert symbols[:-1] == ["constructor_t", "c_t", "c_t−1", "h_t−1", "x_t"]
    assert titles[:-1] == [
        "constructor",
        "cell state",
        "cell state, step before",
        "h, step before",
        "input",
    ]
    assert roles == ["forget", "cell", "cell", "hidden", "other", "cell"]


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
