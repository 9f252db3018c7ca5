"""What a visitor brings is read as what it is, or refused in one sentence at its place."""

import csv
import io
import re

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.data import Missing, read, read_bytes, read_text

NUMBERS = st.floats(-1e9, 1e9).map(lambda value: float(f"{value:.6g}"))
TABLES = st.integers(2, 6).flatmap(
    lambda width: st.lists(st.lists(NUMBERS, min_size=width, max_size=width), min_size=2)
)
FORMS = [(",", "."), (";", "."), (";", ","), ("\t", "."), ("\t", ","), ("|", "."), (" ", ",")]


def matrix(table):
    return np.column_stack([table.columns[name] for name in table.numbers])


@pytest.mark.parametrize(("separator", "decimal"), FORMS)
@given(TABLES, st.booleans(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_what_pandas_writes_is_read_back(separator, decimal, rows, has_names, encoding):
    frame = pd.DataFrame(rows, columns=[f"série_{k}" for k in range(len(rows[0]))])
    text = frame.to_csv(sep=separator, decimal=decimal, index=False, header=has_names)
    table = read_bytes(text.encode(encoding), encoding=encoding if has_names else None)
    assert np.array_equal(matrix(table), rows)
    assert (table.guess.separator, table.guess.header) == (separator, has_names)
    if has_names:
        assert [*table.columns] == [*frame.columns]
    assert table.guess.missing == ()


@pytest.mark.parametrize("written", [repr, str, np.array2string, lambda a: repr(a.tolist())])
@given(TABLES)
def test_what_numpy_and_python_print_is_read_back(written, rows):
    array = np.array(rows)
    with np.printoptions(floatmode="unique", threshold=10**6):
        assert np.array_equal(matrix(read_text(written(array))), array)


def test_what_torch_prints_is_read_back():
    torch.set_printoptions(precision=17, sci_mode=False)
    tensor = torch.randn(4, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    text = f"x = {tensor!r}"
    torch.set_printoptions(profile="default")
    assert np.allclose(matrix(read_text(text)), tensor, rtol=0, atol=1e-16)


@given(st.lists(NUMBERS, min_size=2))
def test_a_list_of_numbers_is_one_column(numbers):
    assert read_text(str(numbers)).columns["column 1"].tolist() == numbers


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("21,5;40,2\n21,7;41,0\n22,0;43,9\n", [[21.5, 21.7, 22.0], [40.2, 41.0, 43.9]]),
        ("temp,hum\n21.5,40\n21.7,41\n", [[21.5, 21.7], [40, 41]]),
        ("0,5 1,0 -0,5", [[0.5], [1.0], [-0.5]]),
        ("0.5, 1, -0.3", [[0.5], [1.0], [-0.3]]),
        ("1.234,5;2\n3;4", [[1234.5, 3], [2, 4]]),
        ("1,234.5\t2\n3\t4", [[1234.5, 3], [2, 4]]),
        ("\u200b−1.5\r\n2e-3\r\n１２", [[-1.5, 0.002, 12]]),
        ("1 \u00a0 2\n3   4", [[1, 3], [2, 4]]),
        (".5,-.25\n1.,2", [[0.5, 1], [-0.25, 2]]),
        ('"1","2"\n"3","4"', [[1, 3], [2, 4]]),
        ("1;2;\n3;4;\n", [[1, 3], [2, 4]]),
    ],
)
def test_numbers_as_people_write_them(text, columns):
    assert matrix(read_text(text)).T.tolist() == columns


@pytest.mark.parametrize(
    ("text", "day_first", "form", "first"),
    [
        ("2024-01-31,1.5\n2024-02-01,1.7", None, "%Y-%m-%d", "2024-01-31"),
        ("31.01.2024;1,5\n01.02.2024;1,7", None, "%d.%m.%Y", "2024-01-31"),
        ("1/31/2024,1\n2/1/2024,2", None, "%m/%d/%Y", "2024-01-31"),
        ("31/1/2024,1\n1/2/2024,2", None, "%d/%m/%Y", "2024-01-31"),
        ("3/4/2024,1\n5/4/2024,2", None, "%m/%d/%Y", "2024-03-04"),
        ("3/4/2024,1\n5/4/2024,2", True, "%d/%m/%Y", "2024-04-03"),
        ("2024-01-31 12:30,1\n2024-02-01 00:00,2", None, "%Y-%m-%d %H:%M", "2024-01-31T12:30"),
        ("2024年1月31日,1\n2024年2月1日,2", None, "%Y年%m月%d日", "2024-01-31"),
    ],
)
def test_dates_are_dates(text, day_first, form, first):
    table = read_text(text, day_first=day_first)
    assert table.guess.dates == {"column 1": form}
    assert table.columns["column 1"][0] == np.datetime64(first)
    assert table.numbers == ["column 2"]
    is_open = day_first is None and form == "%m/%d/%Y" and first == "2024-03-04"
    assert str(table.guess.doubt).startswith("In the dates the month") == is_open


def test_missing_numbers_are_said_with_row_and_column_and_filled_as_asked():
    table = read_text("a,b\n1,\nNaN,5\n3,7\n")
    assert table.guess.missing == (Missing(2, 2), Missing(3, 1, "NaN"))
    with pytest.raises(ValueError, match=r"missing at row, column: 2, 2; 3, 1 \(“NaN”\)"):
        table.filled("refuse")
    assert matrix(table.filled("carry")).tolist() == [[1, 5], [1, 5], [3, 7]]
    assert matrix(table.filled("interpolate")).tolist() == [[1, 5], [2, 5], [3, 7]]
    assert table.filled("carry").guess.missing == ()
    assert np.isnan(matrix(table)).sum() == 2  # what was read is as it was


@given(st.lists(st.none() | NUMBERS, min_size=2).filter(lambda c: any(x is not None for x in c)))
def test_filling_is_what_pandas_does(cells):
    series = pd.Series(cells, dtype=float)
    text = "v,w\n" + "".join(f"{'' if one is None else repr(one)},0\n" for one in cells)
    table = read_text(text)
    carried, drawn = (table.filled(how).columns["v"] for how in ("carry", "interpolate"))
    assert np.array_equal(carried, series.ffill().bfill())
    assert np.allclose(drawn, series.interpolate().ffill().bfill(), rtol=1e-12)


REVIEWS = [
    ("Great film, loved it", "positive"),
    ("Bad", "negative"),
    ("not good\nat all", "negative"),
]


@given(st.permutations(REVIEWS), st.booleans())
def test_reviews_and_labels_are_texts(rows, has_names):
    file = io.StringIO()
    csv.writer(file).writerows([("text", "label"), *rows] if has_names else rows)
    table = read_text(file.getvalue(), header=has_names)
    assert [*zip(*table.columns.values(), strict=True)] == rows
    assert read_text(file.getvalue()).guess.header == has_names


def test_a_verse_is_one_column_of_lines():
    lines = ["The morrow brings what yester took away,", "And so the wheel, of seasons, turns"]
    table = read_text("\n".join(lines * 3))
    assert table.columns["column 1"].tolist() == lines * 3
    assert table.guess.separator == ""


def test_chinese_of_any_encoding_is_read():
    text = "评论,标签\n这部电影不好看,负面\n很好看的电影，推荐给大家,正面\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"):
        table = read_bytes(text.encode(encoding))
        assert table.columns["标签"].tolist() == ["负面", "正面"]


def test_western_letters_are_read_as_such():
    table = read_bytes("stück;größe\n1,5;2\n3,5;4\n".encode("cp1252"))
    assert [*table.columns] == ["stück", "größe"]


LONG = "letters: a cell has at most 100,000"
UNCLOSED = (
    "It cannot be cut into cells: a quotation mark is not closed, or a cell has more than 131,072 "
    "letters"
)


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        (["1", "2", "x"], 2),
        (["1", "x", "", "2", "y"], 1),
        (["x", "y", "1", "2"], 0),
        (["x", "y", "z", "2"], None),  # most are words: nobody meant numbers
        (["1", "2", "3"], None),
        (["2024-01-01", "2024-01-02"], None),
    ],
)
def test_a_column_that_words_make_texts_of_numbers_is_named_with_the_first_of_them(cells, word):
    table = read_text("name,n\n" + "".join(f"{cell},1\n" for cell in cells))
    at = None if word is None else {"name": Missing(word + 2, 1, cells[word])}
    assert table.guess.words == (at or {})
    assert len(table) == len(cells)


@pytest.mark.parametrize(
    ("text", "known", "sentence"),
    [
        ("", {}, "There is nothing in it"),
        (" \n\t\n", {}, "There is nothing in it"),
        ("1,2\n3", {}, "Row 2 has 1 cell and row 1 has 2: every row needs as many"),
        ("1,2\n3,4,5\n", {}, "Row 2 has 3 cells and row 1 has 2: every row needs as many"),
        ("a,b\n" + "1,2\n" * 20 + "x,2\n", {}, "Row 22, column 1: “x” is no number"),
        ("1\n2\n" * 9 + "inf", {}, "Row 19, column 1: “inf” is no number"),
        ("a,b\n", {"header": True}, "There is a header, and no row below it"),
        ("[1, foo(2)]", {}, "“foo” is no part of a list of numbers"),
        ("[1, 2, ..., 9]", {}, "“...” is no part of a list of numbers"),
        ("[[1, 2], [3]]", {}, "Row 2 has 1 cell and row 1 has 2: every row needs as many"),
        (",".join("1" * 1001), {}, "It has 1,001 columns: at most 1,000"),
        ("a\n" + "x" * 100_001, {}, f"Row 2, column 1 has 100,001 {LONG}"),
        (
            "a,b\n" + "x" * 10**6 + ",1",
            {"separator": ","},
            UNCLOSED,
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text, known, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        read_text(text, **known)


def test_a_file_that_is_too_large_or_in_another_encoding_is_refused():
    with pytest.raises(ValueError, match="larger than 64 MB"):
        read_bytes(b"1\n" * (33 * 2**20))
    for encoding in ("ascii", "no such"):
        with pytest.raises(ValueError, match=f"not in the encoding {encoding}"):
            read_bytes("ä,1\nö,2".encode(), encoding=encoding)


def test_a_guess_can_be_corrected():
    text = "21,5\n21,7\n22,0"
    assert matrix(read_text(text)).tolist() == [[21, 5], [21, 7], [22, 0]]
    assert str(read_text(text).guess.doubt).startswith("The commas were taken for separators")
    corrected = read_text(text, separator="", decimal=",")
    assert matrix(corrected).tolist() == [[21.5], [21.7], [22]]
    assert corrected.guess.doubt is None
    assert [*read_text("1,2\n3,4", header=True).columns] == ["1", "2"]


def test_names_are_given_once_and_empty_columns_are_said():
    table = read_text("a,a,,b\n1,2,,\n3,4,,\n")
    assert [*table.columns] == ["a", "a (2)"]
    assert table.guess.empty == (3, 4)


@pytest.mark.parametrize("shape", [(5,), (5, 3)])
@pytest.mark.parametrize("kind", [np.float32, np.int64, bool])
def test_an_array_of_numpys_is_read(shape, kind):
    array = np.random.default_rng(0).normal(size=shape).astype(kind)
    file = io.BytesIO()
    np.save(file, array)
    assert np.array_equal(matrix(read_bytes(file.getvalue())), array.reshape(5, -1))


def test_an_array_of_objects_is_refused_and_nothing_runs():
    file = io.BytesIO()
    np.save(file, np.array([{"a": 1}], object), allow_pickle=True)
    with pytest.raises(ValueError, match="damaged, or holds more than numbers"):
        read_bytes(file.getvalue())


def test_the_first_sheet_of_a_workbook_is_read():
    frame = pd.DataFrame({"temp": [7.5, None, 9.25], "day": pd.date_range("2024-03-01", periods=3)})
    file = io.BytesIO()
    frame.to_excel(file, index=False)
    table = read_bytes(file.getvalue(), separator=";")
    assert table.guess.header
    assert np.array_equal(table.columns["temp"], frame["temp"], equal_nan=True)
    assert table.columns["day"][1] == np.datetime64("2024-03-02")
    assert table.guess.missing == (Missing(3, 1),)
    with pytest.raises(ValueError, match=r"This file is damaged, or no \.xlsx file"):
        read_bytes(file.getvalue()[:-80])


@given(st.binary(max_size=200) | st.binary(max_size=100).map(lambda data: b"\x93NUMPY" + data))
def test_rubbish_is_read_or_refused_in_a_sentence(data):
    try:
        table = read_bytes(data)
    except ValueError as refused:
        said = str(refused)
    else:
        assert len({len(column) for column in table.columns.values()}) == 1
        return
    assert re.match("[A-Z“]", said)


@given(st.text("0123456789.,;eE+-−[]() \t\n\"'ax_=", max_size=60))
def test_a_text_never_changes_a_number_without_a_word(text):
    """Whatever is read as numbers, each of them stands in the text."""
    try:
        table = read_text(text)
    except ValueError:
        return
    digits = text.replace(",", "").replace(".", "").replace("−", "-")
    for number in matrix(table).ravel() if table.numbers else ():
        if np.isfinite(number) and number == int(number) and abs(number) < 1e6:
            whole = str(abs(int(number)))
            assert whole.strip("0") in digits or "e" in digits.lower()


def test_what_is_typed_names_no_file(tmp_path, monkeypatch):
    (tmp_path / "1").write_text("2\n3\n")
    monkeypatch.chdir(tmp_path)
    assert read_text("1").columns["column 1"].tolist() == [1]
    assert read("1").columns["column 1"].tolist() == [2, 3]
    with pytest.raises(ValueError, match="cannot be read: No such file"):
        read("none.csv")
    assert matrix(read(b"1,2\n,4\n", missing="carry")).tolist() == [[1, 2], [1, 4]]
