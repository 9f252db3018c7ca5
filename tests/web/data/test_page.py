"""The Your data page without a browser: what is sent or pasted, read, corrected, refused."""

import html
import io
import re
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from rnnviz.data.made.examples import EXAMPLES
from rnnviz.data.reading import read_text
from rnnviz.data.reading.readers import Readers
from rnnviz.web.data import jobs, reading
from rnnviz.web.data.brought import Brought
from rnnviz.web.data.pictures import lines

APP = Path(__file__).parents[3] / "app.py"
GERMAN = "Temperatur;Feuchte\n21,5;40,2\n21,7;41,0\n22,0;43,9\n"
READ = [["Temperatur", "Feuchte"], ["21.5", "40.2"], ["21.7", "41"], ["22", "43.9"]]
GAPS = "a,b\n1,\nNaN,5\n3,7\n"


@pytest.fixture(scope="module")
def readers():
    pool = Readers()
    stays = pool.session()
    yield pool
    stays.close()


@pytest.fixture
def visit(readers, monkeypatch):
    """Each page in a session of its own (`AppTest` has the same for all), one process for all; no
    job begins on what is brought."""
    monkeypatch.setattr(reading, "_readers", lambda: readers)
    monkeypatch.setattr(jobs, "suited", lambda _found: [])

    def open_page(**query):
        st.cache_resource.clear()
        page = AppTest.from_file(str(APP), default_timeout=60)
        page.switch_page("pages/3_Your_data.py")
        page.query_params.update(query)
        return page.run()

    return open_page


def send(page, name, data):
    data = data.encode() if isinstance(data, str) else data
    page.file_uploader[0].upload(name, data, "application/octet-stream").run()
    assert not page.exception
    return page


def paste(page, text):
    page.text_area(key="paste").set_value(text).run()
    assert not page.exception
    return page


def choose(page, key, option):
    page.selectbox(key=key).set_value(option).run()
    assert not page.exception
    return page


def said(page):
    return " ".join(one.value for one in page.markdown).replace("\\", "")


def preview(page):
    """The cells of the preview, names first, without the numbers of the rows; None without one."""
    tables = [one.proto.body for one in page.get("html") if "<table" in one.proto.body]
    if not tables:
        return None
    rows = re.findall(r"<tr>(.*?)</tr>", tables[0])
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)[1:] for row in rows]
    return [[html.unescape(cell) for cell in row] for row in cells]


def complaint(page):
    (error,) = page.error
    return error.value.replace("\\", "")


@pytest.mark.parametrize("data", EXAMPLES)
def test_every_example_is_shown_and_says_what_it_is(visit, data):
    page = visit(data=data)
    assert not page.exception
    assert ("made" in said(page)) == EXAMPLES[data].is_made
    assert len(preview(page)) > 8
    assert page.query_params == {"data": data}


def test_a_file_is_read_and_how_it_was_is_said(visit):
    page = send(visit(data="file"), "wetter.csv", GERMAN)
    assert said(page).endswith(
        "**wetter.csv**: Encoding UTF-8. Separator “;”. Decimal comma. Header in row 1."
    )
    assert preview(page) == READ
    assert not page.error


def test_dates_and_what_is_left_out_are_said(visit):
    page = send(visit(data="file"), "d.csv", "day,n,x\n3/4/2024,1,\n5/4/2024,2,\n")
    assert "Dates in column “day”: the first is 2024-03-04." in said(page)
    assert "Left out, as nothing stands in them: columns 3." in said(page)
    choose(page, "dates", "day")
    assert "the first is 2024-04-03." in said(page)


def test_a_number_between_two_that_are_missing_is_seen_in_the_picture():
    """A line needs two: what stands alone is a dot."""
    found = lines(read_text("a,b\n1,1\n,2\n3,3\n,4\n5,5\n6,6\n"))
    sizes = [trace.marker.size for trace in found.data]
    assert [size > 0 for size in sizes[0]] == [True, False, True, False, False, False]
    assert not any(sizes[1])
    assert [trace.mode for trace in found.data] == ["lines+markers", "lines"]


@pytest.mark.parametrize("name", ["w.csv", "x.csv"])
def test_a_word_that_makes_texts_of_numbers_is_said_with_its_row(visit, name):
    """One in four is too many to be a mistake for sure, and half are too many to be one at all."""
    few, many = "*a*,b\n1,2\n=three,4\n5,6\n7,8\n", "a,b\n1,2\nx,4\ny,6\nz,8\n"
    page = send(visit(data="file"), name, few if name == "w.csv" else many)
    is_said = "Column “*a*” is read as texts: in row 3, “=three” is no number." in said(page)
    assert is_said == (name == "w.csv")
    assert ("read as texts" in said(page)) == is_said
    assert preview(page)[2][1] == "4"


def test_each_guess_can_be_corrected_and_the_link_says_so(visit):
    page = paste(visit(data="paste"), "21,5\n21,7\n22,0")
    assert preview(page)[1] == ["21", "5"]
    assert "they could be decimal signs" in page.info[0].value
    choose(choose(page, "separator", "none"), "decimal", "comma")
    assert [row for row, *_ in preview(page)[1:]] == ["21.5", "21.7", "22"]
    assert not page.info
    assert page.query_params["separator"] == "none"
    choose(page, "header", "yes")
    assert preview(page)[0] == ["21,5"]
    linked = paste(visit(data="paste", separator="none", decimal="comma"), "21,5\n21,7")
    assert preview(linked)[1:] == [["21.5"], ["21.7"]]


def test_letters_that_look_wrong_are_read_in_another_encoding(visit):
    page = send(visit(data="file"), "r.csv", "ż,1\nó,2\nł,3\n".encode("cp1250"))
    assert preview(page)[1][0] != "ż"
    choose(page, "encoding", "cp1250")
    assert [row[0] for row in preview(page)[1:]] == ["ż", "ó", "ł"]


def test_a_new_file_is_guessed_anew_and_a_file_of_before_keeps_its_corrections(visit):
    page = send(visit(data="file"), "one.csv", "21,5\n21,7\n22,0")
    choose(choose(page, "separator", "none"), "decimal", "comma")
    send(page, "two.csv", "1,2\n3,4\n")
    assert preview(page)[1:] == [["1", "2"], ["3", "4"]]
    paste(choose(page, "data", "paste"), "5;6\n7;8")
    assert preview(page)[1:] == [["5", "6"], ["7", "8"]]
    choose(page, "separator", "none")
    assert preview(page)[1:] == [["5;6"], ["7;8"]]
    choose(page, "data", "tide")
    choose(page, "data", "paste")
    assert preview(page)[1:] == [["5;6"], ["7;8"]]


def test_missing_numbers_are_said_with_row_and_column_and_filled_as_chosen(visit):
    page = paste(visit(data="paste"), GAPS)
    assert "missing at row, column: 2, 2; 3, 1 (“NaN”)" in page.warning[0].value.replace("\\", "")
    assert preview(page)[1:] == [["1", "–"], ["–", "5"], ["3", "7"]]
    for how, column in (("carry", ["1", "1", "3"]), ("interpolate", ["1", "2", "3"])):
        page.button_group(key="missing").set_value(how).run()
        assert [row[0] for row in preview(page)[1:]] == column
        assert page.query_params["missing"] == how
    paste(page, "a,b\n1,2\n3,4\n")
    assert not any("missing" in one.value for one in page.warning)


def workbook(*rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def bomb():
    """A workbook whose sheet unpacks to 300 MB of blanks."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([1]))) as book,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
    ):
        for member in book.namelist():
            is_sheet = member.endswith("sheet1.xml")
            with made.open(member, "w") as place:
                for _ in range(300 if is_sheet else 0):
                    place.write(b" " * 2**20)
                place.write(book.read(member))
    return file.getvalue()


def array(*shape):
    file = io.BytesIO()
    np.save(file, np.full(shape, np.nan))
    return file.getvalue()


REFUSED = {
    "nothing": (b"", "There is nothing in it."),
    "blanks": (b" \n\t\n\x00", "There is nothing in it."),
    "ragged": (b"1,2\n3,4,5\n", "Row 2 has 3 cells and row 1 has 2: every row needs as many."),
    "a word": (b"a,b\n" + b"1,2\n" * 20 + b"x,2\n", "Row 22, column 1: “x” is no number."),
    "a long cell": (b"a\n" + b"x" * 10**6, "has 1,000,000 letters: a cell has at most 100,000."),
    "a long quote": (b'a,b\n"' + b"x" * 10**6 + b'",1', "letters: a cell has at most 100,000."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "neither a text nor a table"),
    "a cut workbook": (workbook([1, 2])[:-80], "This file is damaged, or no .xlsx file."),
    "another archive": (b"PK\x03\x04" + bytes(80), "This file is damaged, or no .xlsx file."),
    "a bomb": (bomb(), "Unpacked, this file is larger than 256 MB."),
    "an empty workbook": (workbook(), "There is nothing in it."),
    "too many columns": (b",".join([b"1"] * 1001), "It has 1,001 columns: at most 1,000."),
    "three axes": (array(2, 2, 2), "rows of numbers are needed."),
    "no number": (array(2, 2), "There is nothing in it."),
}
ACCEPTED = {
    "one row": (b"1,2,3", [["1", "2", "3"]]),
    "a mark": ("\ufeff1;2\n3;4".encode(), [["1", "2"], ["3", "4"]]),
    "UTF-16": ("a,b\n1,2\n3,4".encode("utf-16"), [["1", "2"], ["3", "4"]]),
    "UTF-16, no mark": ("a,b\n1,2\n3,4".encode("utf-16-be"), [["1", "2"], ["3", "4"]]),
    "GB18030": ("评论,标签\n不好看的电影,负面\n".encode("gb18030"), [["不好看的电影", "负面"]]),
    "null bytes": (b"a,b\n1,\x002\n3,4\n", [["1", "2"], ["3", "4"]]),
    "formulas": (b'=1+1,=HYPERLINK("x")\n=2,@sum\n', [["=1+1", '=HYPERLINK("x")'], ["=2", "@sum"]]),
    "a workbook": (workbook(["n", "t"], [1.5, "=x"], [2, "y"]), [["1.5", ""], ["2", "y"]]),
    "prose": (b"Once, long ago\n" + b"a line\n" * 2, [["Once, long ago"], ["a line"], ["a line"]]),
    "a stage direction": (b"[Enter Lear]\nBlow, winds\n", [["[Enter Lear]"], ["Blow, winds"]]),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence_and_what_was_there_stays(visit, case):
    data, sentence = REFUSED[case]
    page = send(visit(data="file"), "good.csv", GERMAN)
    send(page, "bad.csv", data)
    assert complaint(page).startswith("**bad.csv**: ")
    assert sentence in complaint(page)
    assert complaint(page).endswith("What is shown is as before.")
    assert "**good.csv**" in said(page)
    assert preview(page) == READ
    send(page, "better.csv", "1,2\n3,4\n")
    assert not page.error
    assert preview(page)[1:] == [["1", "2"], ["3", "4"]]


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_looks_hostile_and_is_none_is_read(visit, case):
    data, rows = ACCEPTED[case]
    page = send(visit(data="file"), "odd.csv", data)
    assert not page.error
    assert preview(page)[-len(rows) :] == rows


def test_a_file_that_is_refused_at_first_leaves_nothing_and_can_be_read_otherwise(visit):
    page = send(visit(data="file"), "prose.txt", "1,2\n3,4,5\n")
    assert complaint(page).endswith("every row needs as many.")
    assert preview(page) is None
    choose(page, "separator", "none")
    assert preview(page)[1:] == [["1,2"], ["3,4,5"]]
    choose(page, "separator", "comma")
    assert complaint(page).endswith("What is shown is as before.")
    assert preview(page)[1:] == [["1,2"], ["3,4,5"]]


def test_what_is_too_long_to_be_pasted_is_said(visit):
    page = paste(visit(data="paste"), "1\n" * 1_000_001)
    assert "These are 2,000,002 characters: up to 2,000,000" in page.error[0].value


def test_who_opens_a_link_to_other_people_s_data_is_told_what_to_bring(visit):
    for data, bring in (("file", "Send a table"), ("paste", "Paste a table")):
        page = visit(data=data, separator="semicolon")
        assert bring in page.info[0].value
        assert page.query_params["separator"] == "semicolon"
        assert preview(page) is None


def test_a_short_paste_is_in_the_link_and_a_long_one_is_said_not_to_be(visit):
    page = paste(visit(data="paste"), "1 2\n3 4")
    assert page.query_params["paste"] == "1 2\n3 4"
    assert preview(visit(data="paste", paste="1 2\n3 4"))[1:] == [["1", "2"], ["3", "4"]]
    paste(page, "1.5 2.5\n" * 1_000)
    assert "paste" not in page.query_params
    assert "too long for the address" in page.caption[0].value


def test_a_name_out_of_a_file_is_shown_as_it_stands(visit):
    page = send(visit(data="file"), "![](http://a.b/c).csv", "<b>x</b>,**y**\n1,2\n3,4\n")
    assert preview(page)[0] == ["<b>x</b>", "**y**"]
    assert r"\!\[\](http" in page.markdown[-1].value.replace("\u2060", "")


@pytest.mark.parametrize(
    ("text", "suited"),
    [
        ("a,b\n1,2\n3,4\n", ["series"]),
        ("a,b\n1,\n3,4\n", []),
        ("day,n\n2024-01-01,2\n2024-01-02,4\n", ["series"]),
        ("Once upon a time\nthere was a king\n", ["text"]),
        ("It is good,1\nIt is bad,0\nIt is fine,1\n", ["reviews", "series", "text"]),
        ("It is good,yes\nIt is bad,no\nIt is fine,yes\n", ["reviews", "text"]),
    ],
)
def test_what_can_be_learnt_is_what_the_columns_allow(text, suited):
    assert jobs.suited(Brought("paste", read_text(text), "")) == suited


def test_an_example_s_own_job_comes_first():
    for key, one in EXAMPLES.items():
        assert jobs.suited(Brought(key, one.make(), ""))[0] == one.job
