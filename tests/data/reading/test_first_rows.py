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
        ('1;"2\n3;4\n5;6\n7;8\n', 1),
        ('a,"b\n1,2\n3,4\n', 1),
        ('"a,b\n1.5,2\n', 1),
        ('1,"2', 1),
        ('1;2\n"3,5;4\n', 2),
        ('text,label\n"good film,pos\nbad film,neg\n', 2),
        ('"text\tlabel\ngood film\tpos\nbad film\tneg\n', 1),
        ("t,l\n" + "good,pos\nbad,neg\n" * 30 + '"fine,pos\n' + "bad,neg\n" * 30, 62),
        ("t\tl\n" + "1\t2\n" * 8 + '3\t"4\n' + "5\t6\n" * 3, 10),
    ],
)
def test_a_quotation_mark_that_nobody_closed_is_said_with_its_row(text, row):
    with pytest.raises(ValueError, match=f"Row {row} opens a quotation mark that is never closed"):
        read_text(text)


@pytest.mark.parametrize("text", ['"a ""b"" c",1\n"d\ne",2\n', '"x",1\n"y",2', "a,1\nb' \"c,2\n"])
def test_closed_ones_are_read_as_pandas_reads_them(text):
    frame = pd.read_csv(io.StringIO(text), header=None)
    table = read_text(text)
    assert [column.tolist() for column in table.columns.values()] == [
        frame[k].tolist() for k in frame
    ]


@pytest.mark.parametrize(
    "story",
    [
        '"I came early," he said, and sat.\n"And then, as I said,\nnobody was there, nobody.\n',
        '"I came early, he said,\n"and sat, as I do,\n"and was alone, too,\n',
        '"No, never\nno, not now',
        '"12, said the clock\n',
        '"Hear, hear',
    ],
)
def test_a_story_in_which_somebody_speaks_is_one_column(story):
    assert [*read_text(story).columns] == ["column 1"]
    assert len(read_text(story)) == len(story.splitlines())


def test_a_line_too_long_for_a_cell_after_a_quotation_mark_is_read_or_refused_in_a_sentence():
    for separator in (",", ";"):
        with pytest.raises(ValueError, match="letters"):
            read_text(f'"a{separator}{"b" * 200_000}\nc{separator}d\n')
