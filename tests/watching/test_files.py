"""A watched training written as lines of JSON and read again, and files that are none."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz.watching import Watched, WatchedFileError, lines, read
from rnnviz.web.command import main
from tests.watching.rows import row, watched

SEEN = watched(
    row(1, h=[1e-9, 0.5], loss=0.25),
    row(21, h=[float("nan"), float("inf"), 0.0], gradient=float("inf"), stepped=float("nan")),
    row(41, h=[0.1], optimizer="Adam", by_one_factor=True),
)


def written(path, seen=SEEN):
    log = lines.Log(path, seen)
    for each in seen.rows:
        log.write(each)
    for note in seen.notes:
        log.note(note)
    log.close()
    return path


def same(one, other):
    assert (one.title, one.notes) == (other.title, tuple(map(str, other.notes)))
    for name, values in one.history.items():
        np.testing.assert_array_equal(values, other.history[name])
    assert [(r.optimizer, r.by_one_factor, r.outside) for r in one.rows] == [
        (r.optimizer, r.by_one_factor, r.outside) for r in other.rows
    ]


@pytest.mark.parametrize(
    "options", [{}, {"layers": 2}, {"bidirectional": True, "cell": "GRU (PyTorch)"}]
)
def test_what_is_read_is_what_was_written(tmp_path, options):
    seen = watched(row(1, **options), row(3, **options), **options).with_note("half precision")
    same(read(written(tmp_path / "run.jsonl", seen)), seen)


def test_numbers_that_are_none_are_kept_and_the_file_stays_json(tmp_path):
    path = written(tmp_path / "run.jsonl")
    same(read(path), SEEN)
    for line in path.read_text().splitlines():
        json.loads(line, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))


def test_a_file_that_is_still_being_written_is_read_up_to_its_last_whole_line(tmp_path):
    path = written(tmp_path / "run.jsonl")
    path.write_bytes(path.read_bytes()[:-7])
    assert [each.update for each in read(path).rows] == [1, 21]


def test_a_line_of_an_update_that_was_written_before_takes_its_place(tmp_path):
    path = tmp_path / "run.jsonl"
    log = lines.Log(path, SEEN)
    log.write(row(1))
    log.write(row(1, loss=0.5))
    log.close()
    assert [each.loss for each in read(path).rows] == [0.5]


HEADING = (
    '{"rnnviz.watch": 1, "cell": "RNN (tanh)", "inputs": 2, "hidden": 3, "layers": 1, '
    '"bidirectional": false}'
)
ROW = (
    '{"update": 1, "norms": {"layers.0.h": [1.0, 2.0]}, "outside": {"layers.0.": 1.0}, '
    '"gates": {}, "gradient": 1.0, "stepped": 1.0, "loss": "nan", "by_one_factor": true, '
    '"optimizer": "SGD"}'
)
NONE, HEAD_DAMAGED = "was not written by rnnviz.watch", "line 1 of run.jsonl is damaged"
DAMAGED = "line 2 of run.jsonl is damaged"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", NONE),
        ("{}\n", NONE),
        ("[]\n", NONE),
        ("\x00\xff\n", NONE),
        ("[" * 100_000 + "\n", NONE),
        ('{"loss": 1}\n{"loss": 2}\n', NONE),
        (HEADING.replace("1,", "2,", 1) + "\n", "another version of rnnviz"),
        (HEADING.replace("tanh", "cosh") + "\n", HEAD_DAMAGED),
        (HEADING.replace('"hidden": 3', '"hidden": 0') + "\n", HEAD_DAMAGED),
        (HEADING.replace('"hidden": 3', '"hidden": true') + "\n", HEAD_DAMAGED),
        (HEADING.replace('"layers": 1', '"layers": 65') + "\n", HEAD_DAMAGED),
        (HEADING.replace("false", '"no"') + "\n", HEAD_DAMAGED),
        (f"{HEADING}\nrubbish\n", DAMAGED),
        (f"{HEADING}\n[1]\n", DAMAGED),
        (f"{HEADING}\n{ROW.replace('2.0', '-2.0')}\n", DAMAGED),
        (f"{HEADING}\n{ROW.replace('2.0', 'NaN')}\n", DAMAGED),
        (f"{HEADING}\n{ROW.replace('2.0', 'true')}\n", DAMAGED),
        (f"{HEADING}\n{ROW.replace('2.0', '9' * 5000)}\n", DAMAGED),
        (f"{HEADING}\n{ROW.replace('[1.0, 2.0]', '[]')}\n", DAMAGED),
        (f"{HEADING}\n{ROW.replace('layers.0.h', 'layers.1.h')}\n", DAMAGED),
        (f"{HEADING}\n{ROW.replace(': 1, ', ': 0, ', 1)}\n", DAMAGED),
        (f"{HEADING}\n{ROW.replace(': 1, ', ': 1.5, ', 1)}\n", DAMAGED),
        (f"{HEADING}\n{ROW.replace('true', '1')}\n", DAMAGED),
        (f"{HEADING}\n{ROW.replace('SGD', 'x' * 2**20)}\n", DAMAGED),
        (f"{HEADING}\n{ROW}\n{ROW.replace('2.0', '-2.0')}\n", "line 3 of run.jsonl is damaged"),
    ],
)
def test_what_is_no_such_file_is_refused_in_a_sentence(tmp_path, text, says):
    path = tmp_path / "run.jsonl"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(WatchedFileError, match=says):
        read(path)


def test_the_row_beside_the_damaged_ones_is_read(tmp_path):
    (tmp_path / "run.jsonl").write_text(f"{HEADING}\n{ROW}\n")
    assert read(tmp_path / "run.jsonl").norms("h").tolist() == [[1.0, 2.0]]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "LARGEST_FILE", 2**20)
    (tmp_path / "run.jsonl").write_bytes(b" " * (2**20 + 1))
    with pytest.raises(WatchedFileError, match=r"run\.jsonl is larger than 1 MB"):
        read(tmp_path / "run.jsonl")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(key=st.sampled_from(sorted(json.loads(ROW))), value=values)
def test_whatever_stands_in_a_row_it_is_read_or_refused(key, value):
    text = json.dumps(json.loads(ROW) | {key: value})
    try:
        found = lines.read_bytes("run.jsonl", f"{HEADING}\n{text}\n".encode())
    except WatchedFileError:
        return
    assert isinstance(found, Watched)
    found.sentences()
    repr(found)


def test_the_command_writes_a_page_beside_the_file_and_says_where(tmp_path, capsys, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    path = written(tmp_path / "run.jsonl")
    with pytest.raises(SystemExit, match="0"):
        main(["show", str(path), "--no-browser"])
    page = tmp_path / "run.jsonl.html"
    assert str(page) in capsys.readouterr().out
    assert "Plotly.react(" in page.read_text()
    assert opened == []
    with pytest.raises(SystemExit, match="0"):
        main(["show", str(path)])
    assert opened == [page.as_uri()]


@pytest.mark.parametrize("text", [None, "rubbish\n"])
def test_the_command_refuses_in_a_sentence(tmp_path, text):
    path = tmp_path / "run.jsonl"
    if text is not None:
        path.write_text(text)
    with pytest.raises(SystemExit, match=r"^rnnviz show: .*run\.jsonl"):
        main(["show", str(path)])
    assert not (tmp_path / "run.jsonl.html").exists()


def test_what_a_file_says_is_text_on_the_page():
    seen = watched(row(1)).with_note("<script>alert(1)</script>")
    assert "<script>alert" not in seen.to_html()
    assert "<script>alert" not in seen._repr_html_()
    assert "&lt;script&gt;alert" in seen.to_html()
