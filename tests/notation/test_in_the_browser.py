"""The browser's writer of equations, for while one types, writes what Python's does."""

import pytest
from hypothesis import given, settings

from rnnviz import equations, notation, operations
from rnnviz.cells import GALLERY
from rnnviz.equations import Cell, parse
from tests.javascript import run
from tests.strategies import cells

WRITTEN = """
import { parse } from "./equations/parsing.js";
import { equation, latex, spelled } from "./equations/notation.js";
const { text, language, operations, notation } = input;
const cell = parse(text, language, operations);
const line = (name) => equation(cell, name, notation)
  .map((token) => [token.kind, spelled(token, notation, "screen")]);
output({ lines: cell.names.map(line), latex: latex(cell, notation) });
"""
DATA = {
    "language": equations.to_json(),
    "operations": operations.to_json(),
    "notation": notation.to_json(),
}


def agrees(cell: Cell) -> None:
    found = run(WRITTEN, {"text": notation.plain(cell), **DATA})
    lines = [line["symbols"] for line in notation.equations(cell)]
    assert found["lines"] == [[token[:2] for token in line] for line in lines]
    assert found["latex"] == notation.latex(cell)


@pytest.mark.parametrize("name", GALLERY)
def test_a_gallery_cell_is_written_alike(name: str) -> None:
    agrees(GALLERY[name])


@settings(max_examples=60)
@given(cells())
def test_any_cell_is_written_alike(cell: Cell) -> None:
    agrees(cell)


@pytest.mark.parametrize(
    "text",
    [
        "c_tilde = tanh(W_c @ x)\nh = h_prev + c_tilde",
        "alpha_2 = U_alpha @ h_prev\nh = alpha_2 - (-h_prev) - 0.00001 * alpha_2",
        "a1_hat = 1.5e-7 * h_prev\nh = -(a1_hat + b) / (h_prev * p_f) - 100000",
        "k_new = max(h_prev, -2)\nh = k_new * -0.5 - (k_new - h_prev)",
    ],
)
def test_names_and_numbers_of_every_kind_are_spelled_alike(text: str) -> None:
    agrees(parse(text))
