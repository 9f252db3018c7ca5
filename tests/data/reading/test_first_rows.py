"""Which first rows are names, and quotation marks that nobody closed."""

import csv
import io

import pandas as pd
import pytest

from rnnviz.data import read_text

NAMES = {
    "words above numbers": "temp,hum\n21.5,40\n21.7,41\n",
    "years above numbers": "2019,2020,2021\n1.5,2,3\n4,5.25,6\n7,8,9.1\n",
    "a name and years above numbers": "country,2019,2020\nDE,1.2,1.3\nFR,2.5,2.25\n",
    "years, falling away": "region;2000;2001;2002\nnorth;1,5;;3\nsouth;4;5,5;6\n",
    "labels that come again": "review,sentiment\ngood film,pos\nbad film,neg\nfine,pos\npoor,neg\n",
    "labels of Chinese": "评论,标签\n很好,好\n不好,坏\n真好,好\n太坏,坏\n",
    "long texts": "text,label\nThis was a film to remember for a long time,good\nNo,bad\n",
}
NONE = {
    "numbers": "1,2\n3,4\n5,6\n",
    "years of a series": "2019,2020\n2020,2021\n2021,2022\n",
    "a column of years": "2019,1.5\n2020,1.7\n2021,1.9\n",
    "years apart": "1980,2020\n3,4\n5,6\n",
    "texts and labels": "good film,pos\nbad film,neg\nfine film,pos\npoor film,neg\n",
    "names of people": "Anna,Rome\nBob,Paris\nCarl,Oslo\n",
}


@pytest.mark.parametrize("text", NAMES.values(), ids=NAMES)
def test_a_first_row_of_names_is_read_as_pandas_reads_it(text):
    table = read_text(text)
    assert table.guess.header
    frame = pd.read_csv(io.StringIO(text), sep=table.guess.separator, decimal=table.guess.decimal)
    assert [*table.columns] == [*map(str, frame.columns)]
    for name, column in frame.items():
        if column.dtype.kind in "fi":
            pd.testing.assert_series_equal(
                pd.Series(table.columns[str(name)]), column.astype(float), check_names=False
            )
        else:
            assert table.columns[name].tolist() == column.tolist()


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_a_first_row_like_all_others_is_no_header(text):
    table = read_text(text)
    assert not table.guess.header
    assert len(table) == text.count("\n")


@pytest.mark.parametrize("text", [NAMES["words above numbers"], NONE["numbers"]])
def test_where_the_standard_library_is_sure_it_is_the_same(text):
    assert read_text(text).guess.header == csv.Sniffer().has_header(text)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('a,b\n1,2\n"3,4\n5,6\n', 3),
        ('1;"2\n3;4\n5;6\n7;8\n', None),
        ("t,l\n" + "good,pos\nbad,neg\n" * 30 + '"fine,pos\n' + "bad,neg\n" * 30, 62),
        ("t\tl\n" + "1\t2\n" * 8 + '3\t"4\n' + "5\t6\n" * 3, 10),
    ],
)
def test_a_quotation_mark_that_nobody_closed_is_said_with_its_row(text, row):
    if row is None:
        assert len(read_text(text).columns) == 1
        return
    with pytest.raises(ValueError, match=f"Row {row} opens a quotation mark that is never closed"):
        read_text(text)


@pytest.mark.parametrize("text", ['"a ""b"" c",1\n"d\ne",2\n', '"x",1\n"y",2', "a,1\nb' \"c,2\n"])
def test_closed_ones_are_read_as_pandas_reads_them(text):
    frame = pd.read_csv(io.StringIO(text), header=None)
    table = read_text(text)
    assert [column.tolist() for column in table.columns.values()] == [
        frame[k].tolist() for k in frame
    ]


def test_a_story_in_which_somebody_speaks_is_one_column():
    story = '"I came early," he said, and sat.\n"And then, as I said,\nnobody was there, nobody.\n'
    assert [*read_text(story).columns] == ["column 1"]
