"""A link as a QR code: what a reader of codes reads in it."""

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.web.code_of_link import LONGEST, QUIET, code_of

LETTERS = "abcXYZ019-._~:/?#[]@!$&'()*+,;=%é中"


def dots(path, size):
    """The dots that the path's strokes cover, one unit wide: M and m move, h draws to the right."""
    shown = np.zeros((size, size), bool)
    x = y = 0.0
    for sign, text in _pieces(path):
        numbers = [float(number) for number in text.replace("-", " -").split()]
        if sign == "M":
            x, y = numbers
        elif sign == "m":
            x, y = x + numbers[0], y + numbers[1]
        else:
            assert sign == "h"
            shown[int(y), int(x) : int(x + numbers[0])] = True
            x += numbers[0]
    return shown


def _pieces(path):
    starts = [k for k, sign in enumerate(path) if sign.isalpha()]
    return [(path[a], path[a + 1 : b]) for a, b in zip(starts, [*starts[1:], None], strict=True)]


@given(st.text(LETTERS, min_size=1, max_size=120))
def test_a_reader_reads_the_link(text):
    link = f"http://192.168.1.20:8501/{text}"
    code = code_of(link)
    shown = np.where(dots(*code), 0, 255).astype(np.uint8)
    (found,) = zxingcpp.read_barcodes(np.kron(shown, np.ones((4, 4), np.uint8)))
    assert found.text == link


def test_a_link_gets_a_code_up_to_the_length_that_is_read_from_a_wall():
    longest = "http://127.0.0.1/" + "a" * (LONGEST - 17)
    assert code_of(longest).size == 85 + 2 * QUIET
    assert code_of(longest + "a") is None


@pytest.mark.parametrize("link", ["", "x" * 10_000])
def test_what_can_have_no_code_has_none(link):
    assert code_of(link) is None
