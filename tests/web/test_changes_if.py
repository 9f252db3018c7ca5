"""What changes if, on the page: an alteration is opened with one press, as a cell of one's own."""

import pytest

from rnnviz.cells import GALLERY, MENU, OWN
from rnnviz.cells.alterations import alterations
from rnnviz.equations import parse
from rnnviz.notation.writer import plain
from rnnviz.representation import Cell
from tests.web.test_app import header, visit  # noqa: F401

OPENED = "changes if"


def opened(page):
    page.session_state[OPENED] = True
    return page.run()


def press(page, title):
    (button,) = (one for one in page.button if one.label == title)
    return button.click().run()


def shown(page):
    """The cell on the page."""
    return header(page)["layers"][0]["cell"]


@pytest.mark.parametrize(
    ("cell", "title", "line"),
    [
        ("LSTM", "h without tanh", "h = o * c"),  # d2l, lstm.md, exercise 4
        ("GRU (Cho)", "Without the gate z", "h = n"),  # d2l, gru.md, exercise 4
        ("GRU (Cho)", "Without the gate r", "n = tanh(W_n @ x + U_n @ h_prev + b_n)"),
        ("LSTM", "i = 1 − f", "i = 1 - f"),
        ("GRU (PyTorch)", "r before the product", ""),
    ],
)
def test_an_exercise_is_one_press(visit, cell, title, line):  # noqa: F811
    page = press(opened(visit(cell=cell)), title)
    (one,) = (one for one in alterations(GALLERY[cell]) if str(one.title) == title)
    assert page.selectbox(key="cell").value == OWN
    assert page.text_area(key="equations").value == plain(one.cell)
    assert line in plain(one.cell).split("\n") or not line
    assert Cell.from_json(shown(page)) == one.cell
    assert not page.error
    assert page.query_params["cell"] == OWN


def test_an_alteration_can_be_altered_again(visit):  # noqa: F811
    page = press(opened(visit(cell="LSTM")), "Without the gate o")
    page = press(opened(page), "i = 1 − f")
    text = page.text_area(key="equations").value
    assert parse(text).gates == ("f", "i")
    assert "o" not in parse(text).names


@pytest.mark.parametrize("cell", MENU)
def test_every_alteration_of_a_cell_stands_there_with_its_lines(visit, cell):  # noqa: F811
    page = opened(visit(cell=cell))
    titles = [str(one.title) for one in alterations(GALLERY[cell])]
    assert [one.label for one in page.button if one.label in titles] == titles
