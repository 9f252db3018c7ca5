"""What was measured on seeds is read back as it was written, and the files stand as they are."""

import math

import pytest

from rnnviz import seed_tables
from rnnviz.course.beliefs import record
from rnnviz.training.recipes import outcomes


def test_what_is_written_is_read_back_whatever_sign_it_begins_with(tmp_path):
    file = tmp_path / "table.csv"
    values = [-1.5, 2, None, "-inf", f"{-math.inf}", "=1", "+x", "nan", 'a,"b"']
    seed_tables.write(file, ("subject", "row"), len(values), [["one", "-first", *values]])
    found = seed_tables.read(file)
    assert found == {
        "one": {"-first": ("-1.5", "2", "", "-inf", "-inf", "=1", "+x", "nan", 'a,"b"')}
    }


def test_what_is_written_anew_is_read_anew(tmp_path):
    file = tmp_path / "table.csv"
    for value in ("1", "2"):
        seed_tables.write(file, ("subject", "row"), 1, [["one", "first", value]])
        assert seed_tables.read(file)["one"]["first"] == (value,)


@pytest.mark.parametrize(
    ("file", "heads", "seeds"),
    [
        (outcomes.FILE, ("lesson", "run"), outcomes.SEEDS),
        (record.FILE, ("belief", "row"), record.SEEDS),
    ],
)
def test_each_file_is_as_it_would_be_written(file, heads, seeds, tmp_path):
    again = tmp_path / "again.csv"
    rows = [
        [one, name, *row] for one, of in seed_tables.read(file).items() for name, row in of.items()
    ]
    seed_tables.write(again, heads, seeds, rows)
    assert again.read_bytes() == file.read_bytes()
