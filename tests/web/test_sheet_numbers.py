"""A workbook is read by the Step page as the same numbers in CSV are, or refused at its place."""

import io

import numpy as np
import openpyxl
import pytest

from rnnviz.data import read_bytes
from rnnviz.scenes.own_numbers import own_numbers
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import OWN_NUMBERS, StepSettings
from rnnviz.scenes.uploads import Upload
from rnnviz.scenes.weights import Refused
from rnnviz.web.data.reading import Read
from rnnviz.web.step import sheets
from rnnviz.web.step.sheets import as_text

ROWS = [["temp", "hum"], [21.5, 40], [1 / 3, 41], [-2e-9, 42.25]]


@pytest.fixture(autouse=True)
def reading_here(monkeypatch):
    """A session's process that reads is another test's (tests/web/data/test_page.py)."""
    monkeypatch.setattr(sheets, "read", lambda data, known: Read(read_bytes(data, **known), ""))


def sent(*rows, name="rows.xlsx"):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return Upload(name, file.getvalue(), "1")


def shown(upload):
    return scene(StepSettings(sequence=OWN_NUMBERS), None, None, as_text(upload)).reading


@pytest.mark.parametrize("rows", [ROWS, ROWS[1:], [[1], [2], [3]]])
def test_its_numbers_and_names_are_those_of_the_same_csv(rows):
    found = shown(sent(*rows))
    same = own_numbers("\n".join(",".join(map(repr, row)).replace("'", "") for row in rows))
    np.testing.assert_array_equal(found.x, same.x)
    assert found.input_names == same.input_names


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([[1, 2], [None, 3]], "Row 2, column 1 is empty"),
        ([[1, 2], ["much", 3]], "much"),
        ([["=1+1", 2], [1, 3]], "Row 1, column 1 is empty"),
    ],
)
def test_what_is_no_number_is_refused_with_its_row(rows, says):
    with pytest.raises(Refused, match=says):
        shown(sent(*rows))


def test_a_damaged_one_is_refused_in_a_sentence():
    whole = sent(*ROWS)
    with pytest.raises(Refused, match="This file is damaged"):
        as_text(Upload("x.xlsx", whole.data[:-90], "2"))


def test_other_files_are_left_as_they_are():
    other = Upload("rows.csv", b"1,2\n3,4", "3")
    assert as_text(other) is other
    assert as_text(None) is None
