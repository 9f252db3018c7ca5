"""Tables that leave the project are read back as they were, and hold nothing that is run."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.writing import csv_of
from tests.javascript import run

ROOT = Path(__file__).parent.parent / "rnnviz"
FORMULAS = ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\n=1", "=", "-", "-x"]
IN_BROWSER = 'import { csvOf } from "./drawing/csv.js"; output(csvOf(input));'
WRITERS = {"Python": csv_of, "JavaScript": lambda rows: run(IN_BROWSER, rows)}


def read(text):
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("language", WRITERS)
def test_a_text_that_a_spreadsheet_would_run_stands_after_an_apostrophe(language):
    text = WRITERS[language]([["name", *FORMULAS]])
    assert read(text) == [["name", *(f"'{one}" for one in FORMULAS)]]


@pytest.mark.parametrize("language", WRITERS)
def test_numbers_and_harmless_texts_are_as_they_were(language):
    rows = [["a,b", 'c"d', "e\nf", "", "a-b", "名"], [-1.5, 1e-300, 3, "-1.5", "+2e3", "x=1"]]
    assert read(WRITERS[language](rows)) == [[*map(str, row)] for row in rows]


@given(st.lists(st.lists(st.text("=+-@\t\r\n1.e,\"'x"), min_size=1), min_size=1))
def test_whatever_is_written_no_cell_begins_as_a_formula_does(rows):
    back = read(csv_of(rows))
    assert len(back) == len(rows)
    for row, cells in zip(rows, back, strict=True):
        assert len(cells) == len(row) or row == [""]
        assert all(float(cell) is not None for cell in cells if cell[:1] in tuple("=+-@\t\r\n"))


def test_every_table_is_written_in_one_place():
    places = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if "csv.writer(" in path.read_text()
    }
    assert places == {"writing.py"}
