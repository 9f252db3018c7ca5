"""A packed link is zlib's, in letters an address may have; broken ones and bombs are not read."""

import base64
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.javascript import run

CODE = 'import { packed, unpacked } from "./drawing/packing.js";'
WORDS = [f"weight:1.W_f:{k + 1}:{(k * 37 % 201 - 100) / 100}" for k in range(2000)]
LINK = ",".join([*WORDS, "end"])


def packed_by_python(data):
    return base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")


def read_by_python(text):
    return zlib.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))).decode()


def unpacked(text):
    return run(f"{CODE} output(await unpacked(input));", text)


@settings(max_examples=30)
@given(st.text(max_size=400))
def test_what_one_language_packs_the_other_reads(text):
    assert unpacked(packed_by_python(text.encode())) == text
    assert read_by_python(run(f"{CODE} output(await packed(input));", text)) == text


def test_the_longest_link_of_a_view_becomes_a_quarter_or_so():
    packed = run(f"{CODE} output(await packed(input));", LINK)
    assert len(packed) < 0.3 * len(LINK)
    assert unpacked(packed) == LINK


@settings(max_examples=30)
@given(st.text("abcXYZ019-_=+/ %,:é", max_size=60))
def test_rubbish_is_nothing(text):
    assert unpacked(text) is None


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.sampled_from("Ab3-"))
def test_a_letter_that_is_missing_or_another_is_noticed(place, letter):
    packed = packed_by_python(LINK.encode())
    place %= len(packed) - 1
    other = packed[:place] + letter + packed[place + 1 :]
    assert unpacked(packed[:place]) is None
    assert unpacked(other) == (LINK if other == packed else None)


@pytest.mark.parametrize("data", [b"a" * 500_000_000, b"\xff" * 10], ids=["bomb", "no text"])
def test_what_no_link_can_be_is_not_read(data):
    found = unpacked(packed_by_python(data))
    assert found is None
