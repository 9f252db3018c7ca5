"""About the cell, on the Step page: its parameters as a formula, and as a number at each size."""

import re

import pytest

from rnnviz.cells import GALLERY, MENU
from rnnviz.cells.counting import count
from tests.web.test_app import visit  # noqa: F401


def sizes(page):
    """(formula, number, H, I) of each sentence about the parameters."""
    says = re.compile(r"Parameters: \$(.+)\$ = ([\d,]+).*H, its units, is (\d+),.*inputs, is (\d+)")
    found = [says.search(one.value) for one in page.markdown]
    return [(one[1], *(int(n.replace(",", "")) for n in one.groups()[1:])) for one in found if one]


@pytest.mark.parametrize("name", MENU)
def test_the_formula_gives_the_number_of_parameters_of_each_layer(visit, name):  # noqa: F811
    page = visit(cell=name, weights="fresh", hidden="5", layers="2", direction="both")
    formula, counted = count(GALLERY[name]).formula("latex"), count(GALLERY[name])
    (first, below), (second, above) = [(found[:3], found[3]) for found in sizes(page)]
    assert first == (formula, counted.of(5, below), 5)
    assert second == (formula, counted.of(5, above), 5)
    assert above == 10  # both directions of the layer below


def test_layers_of_one_size_are_counted_once(visit):  # noqa: F811
    page = visit(cell="LSTM", weights="fresh", hidden="5", layers="3", direction="both")
    assert [found[3] for found in sizes(page)][1:] == [10]


def test_a_cell_of_ones_own_is_counted(visit):  # noqa: F811
    text = "k = sigmoid(W_k @ x + b_k)\nh = k * h_prev + (1 - k) * tanh(W @ x + U @ h_prev)"
    page = visit(cell="own", equations=text, hidden="5")
    ((formula, number, hidden, inputs),) = sizes(page)
    assert (formula, hidden) == ("H^2 + H + 2HI", 5)
    assert number == 25 + 5 + 2 * 5 * inputs
