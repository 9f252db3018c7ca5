"""What is typed on the Step page of the site is read as in the app: the same payload, whole, and
the same notes."""

from base64 import b64decode

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import SETTINGS, StepSettings
from rnnviz.web.payload import unpack
from rnnviz.web.site.archive import Archive
from rnnviz.web.site.own_sequences import LETTERS, LONGEST, add_own, page_json
from rnnviz.web.step.payload import step_payload
from tests.javascript import run

READ = """
import { bytesOf, inflated, openArchive } from "./site/archive.js";
import { ownPayload } from "./site/own_payload.js";
import { Refusal } from "./site/own_sequence.js";
const archive = openArchive(await inflated(Buffer.from(input.archive).toString("base64")));
function read(values, name) {
  try {
    const found = ownPayload(archive, new Map(Object.entries(values)), name);
    return [Buffer.from(bytesOf(found)).toString("base64"), found.more.notes];
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
output(read(input.values, input.name));
"""
TANH = "RNN (tanh)"
LARGE = st.floats(-1e6, 1e6, allow_subnormal=False).map(repr)
LINE = st.decimals(-999, 999, places=3).map(lambda number: f"{number:g}")


@pytest.fixture(scope="module")
def archive():
    made = Archive({"own": page_json()})
    cells = [("LSTM", "keeps"), ("GRU (Cho)", "keeps"), ("GRU (Cho)", "takes"), (TANH, "keeps")]
    add_own(made, iter(cells))
    return made.to_bytes()


def read(archive, **chosen):
    """The payload and the notes, or why there are none."""
    asked = StepSettings(**chosen)
    values = {one.key: one.write(getattr(asked, name)) for name, one in SETTINGS.items()}
    found = run(READ, {"archive": archive, "values": values, "name": asked.sequence})
    if isinstance(found, str):
        return found
    return unpack(b64decode(found[0])), found[1]


def assert_as_in_the_app(archive, **chosen):
    (header, arrays), notes = read(archive, **chosen)
    shown = scene(StepSettings(**chosen))
    expected, numbers = unpack(step_payload(shown))
    assert header | {"id": ""} == expected | {"id": ""}
    assert arrays.keys() == numbers.keys()
    for name, array in numbers.items():
        np.testing.assert_array_equal(arrays[name], array, err_msg=name)
    assert notes == list(shown.notes)


@given(st.text(LETTERS, min_size=1, max_size=LONGEST))
@settings(max_examples=12)
def test_a_text_is_read_as_in_the_app(archive, text):
    assert_as_in_the_app(archive, sequence="text", text=text, cell="GRU (Cho)", z="takes")


@given(st.lists(LINE, min_size=1, max_size=LONGEST))
@example(["0.125", "-0.375", "0.05", "-0.00001", "0.0999", "100", "-0.001", "0.995"])
@example(["43.866"])
@settings(max_examples=12)
def test_numbers_are_read_as_in_the_app(archive, numbers):
    for between in (" ", "\n", ", "):
        assert_as_in_the_app(archive, sequence="numbers", numbers=between.join(numbers))


@given(st.lists(st.tuples(LINE, LINE), min_size=2, max_size=LONGEST))
@settings(max_examples=8)
def test_two_numbers_a_step_are_read_as_in_the_app(archive, rows):
    typed = "\n".join(map(" ".join, rows))
    assert_as_in_the_app(archive, sequence="numbers", numbers=typed, cell="GRU (Cho)")


@given(st.lists(LARGE, min_size=1, max_size=5))
@example(["100.0625"])
@example(["999999.5"])
@example(["1000000", "-2"])
@example(["-12345.65"])
@settings(max_examples=12)
def test_that_numbers_are_too_large_for_the_gates_is_said_as_in_the_app(archive, numbers):
    for cell in ("LSTM", TANH):
        assert_as_in_the_app(archive, sequence="numbers", numbers=" ".join(numbers), cell=cell)


def test_it_is_said_of_the_gates_and_of_h_where_there_are_none(archive):
    for cell, said in (("LSTM", "the first layer's gate values"), (TANH, "values of h")):
        _payload, notes = read(archive, sequence="numbers", numbers="1e6 1e6", cell=cell)
        assert sum(said in note for note in notes) == 1
        assert notes[-1].startswith("These numbers go up to 1,000,000, and 100% of the first")


@pytest.mark.parametrize(("loss", "step"), [("every", 1), ("one", 2), ("one", 9), ("last", 1)])
def test_l_is_where_it_is_asked(archive, loss, step):
    assert_as_in_the_app(archive, sequence="text", text="hello", loss=loss, step=step)


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        ({"sequence": "text", "text": "Hello"}, "“H”, character 1, is not among the letters"),
        ({"sequence": "text", "text": ""}, "nothing to read yet"),
        ({"sequence": "text", "text": "a" * (LONGEST + 1)}, "up to 24 are read here"),
        ({"sequence": "numbers", "numbers": "1 2 x"}, "“x” in row 3 is no number"),
        ({"sequence": "numbers", "numbers": "0,5 1"}, "“0,5” in row 1 is no number"),
        ({"sequence": "numbers", "numbers": "1 2\n3"}, "Row 2 has 1 numbers"),
        ({"sequence": "numbers", "numbers": "1 2 3\n4 5 6"}, "Row 1 has 3 numbers"),
        ({"sequence": "numbers", "numbers": "1e9"}, "up to 1,000,000"),
        ({"sequence": "numbers", "numbers": " \n"}, "nothing to read yet"),
    ],
)
def test_what_is_not_read_here_is_refused_in_a_sentence(archive, chosen, why):
    assert why in read(archive, **chosen)
