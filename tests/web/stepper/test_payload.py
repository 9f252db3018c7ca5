"""What Python packs, the page unpacks: every number, every name."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from rnnviz.web.payload import pack
from tests.javascript import JavaScriptError, run

UNPACK = """
import { unpack } from "./maths/payload.js";
const { header, arrays } = unpack(input);
output({ header, arrays });
"""


@settings(max_examples=20)
@given(
    st.text(max_size=9),
    st.dictionaries(
        st.text(max_size=5),
        arrays_of.arrays("<f8", arrays_of.array_shapes(min_dims=0, min_side=0, max_dims=3)),
        max_size=4,
    ),
)
def test_a_header_and_arrays_come_over_to_the_last_bit(title, arrays):
    told = run(UNPACK, pack({"title": title}, arrays))
    index = [{"name": name, "shape": list(array.shape)} for name, array in arrays.items()]
    assert told["header"] == {"title": title, "arrays": index}
    assert list(told["arrays"]) == list(arrays)
    for name, array in arrays.items():
        assert told["arrays"][name].tobytes() == array.tobytes()


def test_the_format_byte_by_byte():
    block = pack({"a": 1}, {"x": np.array([1.5])})
    text = b'{"a": 1, "arrays": [{"name": "x", "shape": [1]}]}'
    assert block[:4] == len(text).to_bytes(4, "little")
    assert block[4 : 4 + len(text)] == text
    assert len(block) % 8 == 0
    assert block[4 + len(text) : -8].strip(b"\0") == b""
    assert block[-8:] == bytes.fromhex("000000000000f83f")


def test_the_arrays_begin_at_a_multiple_of_eight_whatever_the_header():
    for length in range(9):
        block = pack({"a": "·" * length}, {"x": np.arange(2.0)})
        assert len(block) % 8 == 0
        assert np.frombuffer(block[-16:]).tolist() == [0.0, 1.0]


def test_any_layout_and_kind_of_number_is_packed_by_rows():
    turned = np.arange(6, dtype=np.float32).reshape(2, 3).T
    told = run(UNPACK, pack({}, {"x": turned, "y": [[1, 2]]}))
    assert told["arrays"]["x"].tolist() == [0, 3, 1, 4, 2, 5]
    assert told["arrays"]["y"].tolist() == [1, 2]


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_header_has_no_nan_but_an_array_may(number):
    with pytest.raises(ValueError, match="JSON"):
        pack({"marks": {"clip": number}}, {})
    told = run(UNPACK, pack({"marks": {"clip": None}}, {"x": [number]}))
    assert np.array_equal(told["arrays"]["x"], [number], equal_nan=True)


def test_what_a_visitor_named_is_looked_up_in_maps():
    cell = {"parameters": {"b": ["hidden"]}, "sizes": {"constructor": "hidden"}}
    header = {"layers": [{"cell": cell, "parts": {}}]}
    source = """
    import { unpack } from "./maths/payload.js";
    const [{ cell, parts }] = unpack(input).header.layers;
    output([cell.sizes.get("constructor"), cell.parameters.has("constructor"), parts.size]);
    """
    assert run(source, pack(header, {})) == ["hidden", False, 0]


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda block: b"", "empty"),
        (lambda block: block[:10], "within its header"),
        (lambda block: block[:-8], "take 8 bytes, the header says 16"),
        (lambda block: block + bytes(8), "take 24 bytes, the header says 16"),
    ],
)
def test_a_payload_that_lies_about_its_length_is_refused(broken, says):
    with pytest.raises(JavaScriptError, match=says):
        run(UNPACK, broken(pack({}, {"x": [1.0, 2.0]})))
