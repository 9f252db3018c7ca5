"""Numbers as people paste and send them: read as they are meant, or refused; never changed without
a word."""

import io
import time

import numpy as np
import pytest

from rnnviz.scenes.own_numbers import numbers_in, own_numbers

NUMPY_PRINTS = "[[0.1 0.2]\n [0.3 0.4]]"
TORCH_PRINTS = "tensor([[0.1000, 0.2000],\n        [0.3000, 0.4000]], dtype=torch.float64)"


@pytest.mark.parametrize(
    ("text", "rows", "says"),
    [
        ("21,5;40,2\n21,7;41,0\n", [[21.5, 40.2], [21.7, 41]], "Commas are read as decimal points"),
        ("21,5\t40,2\n21,7\t41,0", [[21.5, 40.2], [21.7, 41]], "decimal points"),
        ("0,5 1,0 -0,5", [[0.5], [1], [-0.5]], "decimal points"),
        ("1,2\n3,4", [[1, 2], [3, 4]], ""),
        ("0,5 1,0; 2,5", [[0.5], [1], [2.5]], "decimal points"),
        ("1,2,3 4,5,6", [[1], [2], [3], [4], [5], [6]], ""),
        ("1.5,2;3.5,4", [[1.5], [2], [3.5], [4]], ""),
        ("[[0.1, 0.2], [0.3, 0.4]]", [[0.1, 0.2], [0.3, 0.4]], ""),
        ("x = np.array([0.1, -2e-3, 1])", [[0.1], [-0.002], [1]], ""),
        (NUMPY_PRINTS, [[0.1, 0.2], [0.3, 0.4]], ""),
        (TORCH_PRINTS, [[0.1, 0.2], [0.3, 0.4]], ""),
        ("[[1, 2, 3]]", [[1, 2, 3]], ""),
        ("\ufeff1\n\u200b2\n3", [[1], [2], [3]], ""),
        ("1,2,\n3,4,\n", [[1, 2], [3, 4]], ""),
    ],
)
def test_what_is_pasted_is_read_as_it_is_meant(text, rows, says):
    read = own_numbers(text)
    np.testing.assert_array_equal(read.x[:, 0], rows)
    assert says in read.story
    assert says or "." not in read.story[:-1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1,,3\n,5,6\n7,8,", "Row 1, column 2 is empty"),
        ("1\t2\n\t3\n", "Row 2, column 1 is empty"),
        ("1,,3", "Row 2, column 1 is empty"),
        ("1,2\nNaN,4\n5,6", r"Row 2, column 1 is not a number \(NaN\)"),
        ("[[1, nan]]", r"Row 1, column 2 is not a number \(NaN\)"),
        ("1_000", "“1_000” in row 1 cannot be read: write 1000"),
        ("1,234.5\n2,345.5", "“1,234.5” in row 1 can be one number or several: write 1234.5"),
        ("1\u202f234 5", "can be one number or several: write 1234"),
        ("temp,hum\n21,40\n22,cold", "“cold” in row 3 is not a number"),
    ],
)
def test_what_can_be_meant_in_two_ways_or_is_missing_is_said(text, says):
    with pytest.raises(ValueError, match=says):
        own_numbers(text)


def test_a_header_names_the_inputs():
    read = own_numbers("temp,hum\n21.5,40\n21.7,41")
    assert read.input_names == ("temp", "hum")
    assert "The first row names the inputs." in read.story


@pytest.mark.parametrize("head", ["", "date,price\n"])
def test_dates_are_the_words_of_the_steps(head):
    read = own_numbers(f"{head}2024-01-01,1.5\n2024-01-02,1.7")
    assert read.labels == (("2024-01-01", "2024-01-02"),)
    np.testing.assert_array_equal(read.x[:, 0], [[1.5], [1.7]])
    assert own_numbers("2024-01-01 10:00; 1\n2024-01-01 11:00; 2").labels[0][1] == (
        "2024-01-01 11:00"
    )


def test_a_day_and_a_time_with_a_blank_between_are_one_word():
    read = own_numbers("2024-01-01 10:00 1 2\n2024-01-01 11:00 3 4")
    assert read.labels == (("2024-01-01 10:00", "2024-01-01 11:00"),)
    assert own_numbers("10:00;1\n10:30;2").labels == (("10:00", "10:30"),)
    np.testing.assert_array_equal(read.x[:, 0], [[1, 2], [3, 4]])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
def test_a_file_s_numbers_and_names_are_read_in_its_encoding(encoding):
    read = numbers_in("x.csv", "温度,湿度\n21.5,40\n21.7,41\n".encode(encoding))
    assert read.input_names == ("温度", "湿度")
    np.testing.assert_array_equal(read.x[:, 0], [[21.5, 40], [21.7, 41]])


def test_ten_thousand_rows_are_read_in_a_moment():
    rows = np.random.default_rng(0).normal(size=(10_000, 20)).round(4)
    text = "\n".join(",".join(map(str, row)) for row in rows)
    begin = time.process_time()
    np.testing.assert_array_equal(own_numbers(text).x[:, 0], rows)
    with pytest.raises(ValueError, match="1,000,000 steps"):
        own_numbers("1 " * 1_000_000)
    assert time.process_time() - begin < 10  # two seconds where nothing else runs


def of_npy(array, **options):
    stream = io.BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


@pytest.mark.parametrize("shape", [(5,), (5, 3), (5, 1, 3)])
def test_an_array_is_read_whatever_its_type(shape):
    numbers = np.arange(np.prod(shape)).reshape(shape)
    for dtype in ("f4", "i2", "?"):
        read = numbers_in("x.npy", of_npy(numbers.astype(dtype)))
        np.testing.assert_array_equal(read.x.ravel(), numbers.astype(dtype).ravel())
        assert read.steps == 5


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (of_npy(np.zeros((2, 2, 2))), r"Its shape is \(2, 2, 2\): one sequence is read"),
        (of_npy(np.zeros((0, 3))), "x.npy is empty"),
        (of_npy(np.array([[1, np.nan]])), r"Row 1, column 2 is not a number \(NaN\)"),
        (of_npy(np.array([[1e7]])), "numbers go from"),
        (of_npy(np.array([{}, []], dtype=object), allow_pickle=True), "object"),
        (of_npy(np.zeros(9))[:-8], "cut off"),
        (b"\x93NUMPY\x01\x00\xff", "damaged"),
    ],
)
def test_a_file_that_is_no_sequence_is_refused(data, says):
    with pytest.raises(ValueError, match=says):
        numbers_in("x.npy", data)


def test_a_file_of_no_known_kind_is_refused():
    with pytest.raises(ValueError, match=r"neither a \.npy file nor a text"):
        numbers_in("x.xlsx", b"PK\x03\x04\xff\xfe")
