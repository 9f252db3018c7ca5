"""The gallery as a page: every cell in the order of history, with its size and its paper."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rnnviz.cells import ABOUT, GALLERY, MENU
from rnnviz.network.network import Network
from rnnviz.notation import latex
from rnnviz.scenes.gate_shares import Shares, of_trained, together
from rnnviz.web.gates_table import in_words

APP = Path(__file__).parent.parent.parent / "app.py"


@pytest.fixture(scope="module")
def page():
    """The page at eight units and three inputs."""
    at = AppTest.from_file(str(APP), default_timeout=60).run()
    at.query_params.update({"units": "8", "inputs": "3"})
    at.switch_page("pages/6_Cells.py").run()
    assert not at.exception
    return at


def sections(page):
    """Heading of a cell → the texts below it; a heading of another kind ends them."""
    found = {}
    for one in page.main:
        if one.type == "header":
            break
        if one.type == "subheader":
            texts = found.setdefault(one.value, [])
        elif found and one.type == "markdown":
            texts.append(one.value)
    return found


def test_every_cell_stands_there_once_in_the_order_of_history(page):
    headings = list(sections(page))
    assert sorted(headings) == sorted(f"{ABOUT[n].year} · {ABOUT[n].title}" for n in MENU)
    years = [int(heading[:4]) for heading in headings]
    assert years == sorted(years)
    assert len(page.latex) == len(MENU)


@pytest.mark.parametrize("name", MENU)
def test_a_cell_has_its_parts_its_paper_and_its_count(page, name):
    about = ABOUT[name]
    changed, parts, size = sections(page)[f"{about.year} · {about.title}"]
    assert changed == about.changed
    assert parts.count("\n") == len(about.parts) + 1
    network = Network.fresh(GALLERY[name], inputs=3, hidden=8)
    total = sum(array.size for array in network.parameters.values())
    assert f" = {total:,}" in size
    assert any(about.paper in one.value for one in page.caption)
    assert latex(network.layers[0].cell) in {one.value.strip("$\n ") for one in page.latex}


def test_the_gates_of_all_trained_networks_are_counted_below(page):
    (heading,) = page.header
    assert (heading.value, heading.proto.anchor) == ("Are gates switches?", "gates")
    sentence, table = [one.value for one in page.markdown][-2:]
    found = of_trained()
    every = together(share for one in found for share in one.by_task.values())
    assert f"{every.between:.0%} of their values are in between" in sentence
    rows = table.split("\n")[2:]
    assert len(rows) == len(found)
    for row, one in zip(rows, found, strict=True):
        all_tasks = together(one.by_task.values())
        shown = [cell.strip() for cell in row.strip("|").split("|")]
        assert shown[2:5] == [f"{share:.0%}" for share in all_tasks[1:]]


@pytest.mark.parametrize(
    ("between", "words"),
    [(0.5, "more dimmers than switches"), (0.49, "more switches than dimmers")],
)
def test_what_most_gates_are_follows_from_the_numbers(between, words):
    assert words in in_words(Shares(100, 0.2, between, 0.8 - between))


def test_a_gru_is_three_quarters_of_an_lstm(page):
    found = sections(page)
    assert "is 3/4 of an LSTM's at any size." in found["2014 · GRU (Cho)"][-1]
    assert "% of an LSTM's at these sizes." in found["2014 · GRU (PyTorch)"][-1]


def test_the_names_at_the_top_lead_to_every_cell(page):
    (names,) = [
        one.value for one in page.markdown if "](#" in one.value and "](#term=" not in one.value
    ]
    anchors = re.findall(r"\]\(#([a-z0-9-]+)\)", names)
    assert anchors == [one.proto.anchor for one in page.subheader]
    assert len(set(anchors)) == len(MENU)
