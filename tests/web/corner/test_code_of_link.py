"""A link as a QR code: what a reader of codes reads in it."""

import numpy as np
import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.web.corner.code_of_link import LONGEST, QUIET, code_of
from tests.javascript import run

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
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


def drawn_in_the_browser(link):
    return np.array(
        run('import { dotsOf } from "./maths/qr_code.js"; output(dotsOf(input));', link)
    )


@pytest.mark.parametrize(
    "letters", [17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586]
)
def test_the_browser_draws_the_dots_that_the_standard_has(letters):
    """Of every version, filled; with one of the eight masks: which is read best is nobody's law."""
    link = f"http://a.b/{ALPHABET * 25}"[:letters]
    drawn = drawn_in_the_browser(link)
    masks = (segno.make(link, error="l", micro=False, boost_error=False, mask=k) for k in range(8))
    assert any(np.array_equal(np.array(one.matrix, bool), drawn) for one in masks)


@pytest.mark.parametrize("letters", [100, 200])
def test_it_fills_and_masks_them_as_another_writer_of_codes_does(letters):
    link = "http://a.b/c?cell=".ljust(letters, "q")
    code = zxingcpp.create_barcode(link, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    picture = np.array(zxingcpp.write_barcode_to_image(code, scale=1)) < 128
    rows, columns = np.nonzero(picture)
    theirs = picture[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    assert np.array_equal(drawn_in_the_browser(link), theirs)


def test_a_reader_reads_what_the_browser_draws_and_long_links_have_no_code():
    for letters in (30, LONGEST):
        link = "http://127.0.0.1/".ljust(letters, "a")
        code = run('import { codeOf } from "./maths/qr_code.js"; output(codeOf(input));', link)
        shown = np.where(dots(code["path"], code["size"]), 0, 255).astype(np.uint8)
        (found,) = zxingcpp.read_barcodes(np.kron(shown, np.ones((4, 4), np.uint8)))
        assert found.text == link
        assert code["size"] == code_of(link).size
    too_long = 'import { codeOf } from "./maths/qr_code.js"; output(codeOf(input));'
    assert run(too_long, "x" * (LONGEST + 1)) is None
