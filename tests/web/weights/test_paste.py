"""What is pasted is read to the last bit in every form of a copy, or refused in a sentence."""

import json

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.javascript import run

READ = """
import { readPaste } from "./weights/paste_reader.js";
import { readMatrix } from "./weights/matrix_reader.js";
output(input.map(([text, form]) => {
  const { readings, problem } = readPaste(text);
  return problem ? { numbers: null, problem } : readMatrix(readings, form);
}));
"""
WRITE = """
import { asList, asRows } from "./weights/written.js";
output(input.map(({ numbers, form }) => [asRows(numbers, form), asList(numbers, form)]));
"""
NUMBERS = st.floats(-1e6, 1e6)
SHAPES = st.lists(st.integers(1, 5), min_size=1, max_size=2).map(tuple)
ARRAYS = SHAPES.flatmap(
    lambda shape: st.lists(NUMBERS, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))).map(
        lambda numbers: np.reshape(numbers, shape) + 0.0
    )
)


def form(shape, rows="unit", columns="unit"):
    return {"shape": list(shape), "rows": rows, "columns": columns}


def read(text, shape, **kinds):
    ((found),) = run(READ, [(text, form(shape, **kinds))])
    return found["problem"] or np.reshape(found["numbers"], shape)


def same(text, array):
    found = read(text, array.shape)
    assert not isinstance(found, str), (text, found)
    assert np.array_equal(found, array), text


@given(ARRAYS)
@settings(max_examples=60)
def test_what_is_copied_is_pasted_to_the_last_bit(array):
    ((rows, lists),) = run(WRITE, [{"numbers": array.ravel(), "form": form(array.shape)}])
    same(rows, array)
    same(lists, array)
    assert np.array_equal(json.loads(lists), array)


@given(ARRAYS)
@settings(max_examples=40)
def test_what_python_numpy_and_torch_print_is_read(array):
    same(str(array.tolist()), array)
    same(repr(array.tolist()).replace("[", "(").replace("]", ",)"), array)
    with np.printoptions(threshold=10**6, floatmode="unique"):
        same(str(array), array)
        same(repr(array), array)
        same(f"np.{array!r}", array)
    same(f"torch.tensor({array.tolist()}, dtype=torch.float64, requires_grad=True)", array)


def test_what_torch_prints_of_a_parameter_is_read():
    weight = torch.nn.Parameter(torch.tensor([[0.5, -1.25], [3.0, 0.0]]))
    for text in (repr(weight), repr(2 * weight / 2), str(weight.data)):
        same(text, weight.detach().numpy())


TABLES = [
    ("1 2\n3 4", (2, 2), [[1, 2], [3, 4]]),
    ("1\t2\r\n3\t4\n", (2, 2), [[1, 2], [3, 4]]),
    ("1,2\n3,4", (2, 2), [[1, 2], [3, 4]]),
    ("1, 2; 3, 4", (2, 2), [[1, 2], [3, 4]]),
    ("1;2\n3;4", (2, 2), [[1, 2], [3, 4]]),
    ("[1 2; 3 4]", (2, 2), [[1, 2], [3, 4]]),
    ("0,5\t1,5\n2,5\t3", (2, 2), [[0.5, 1.5], [2.5, 3]]),
    ("0,5;1,5\n2,5;3", (2, 2), [[0.5, 1.5], [2.5, 3]]),
    ("0,5 1,5", (1, 2), [[0.5, 1.5]]),
    ("1,2 3,4", (1, 4), [[1, 2, 3, 4]]),
    ("0,5\n1,5", (2,), [0.5, 1.5]),
    ("0,5\n1,5", (2, 2), [[0, 5], [1, 5]]),
    ("1 2 3", (3,), [1, 2, 3]),
    ("1\n2\n3", (3,), [1, 2, 3]),
    ("[[1], [2], [3]]", (3,), [1, 2, 3]),
    ("[[1, 2, 3]]", (3,), [1, 2, 3]),
    ("−1 +2", (2,), [-1, 2]),
    ("7", (1, 1), [[7]]),
]


@pytest.mark.parametrize(("text", "shape", "numbers"), TABLES)
def test_a_table_is_read_as_it_is_meant(text, shape, numbers):
    assert read(text, shape).tolist() == numbers


FINITE = "is no weight: it has to be a finite number."
LEFT_OUT = "This text leaves numbers out (…): have all of them printed before you copy it."
DEEP = "Rows of numbers belong here: a list of lists, and no more lists in these."
WRONG = [
    ("1 2 3\n4 5 6", (3, 3), "3 rows are needed, one for each unit; this has 2."),
    ("1 2\n3", (2, 2), "Each row needs 2 numbers, one for each unit; row 2 has 1."),
    ("1 2 3", (4,), "4 numbers are needed, one for each unit; this has 3."),
    ("1 2\n3 four", (2, 2), "Row 2, column 2: “four” is no number."),
    ("[[1, 2], [nan, 4]]", (2, 2), f"Row 2, column 1: “nan” {FINITE}"),
    ("1 2\n3 inf", (2, 2), f"Row 2, column 2: “inf” {FINITE}"),
    ("1000000000", (1,), "1000000000 is too large: a weight lies between −10⁶ and 10⁶."),
    ("[[1, 2], [3", (2, 2), "This text was cut short: a bracket in it is not closed."),
    ("[[1, 2],\n [3, :]]", (2, 2), "Line 2: “:” does not belong there."),
    ("[1, 2] [3]", (2,), "Line 1: “[” does not belong there."),
    ("[[0.1, ..., 2]]", (1, 9), LEFT_OUT),
    ("", (1,), "There is nothing in it: numbers belong here."),
    ("[[[1]]]", (1, 1), DEEP),
    ("[" * 50, (1,), "There are too many brackets within brackets in it."),
    ("1" * 1_000_001, (1,), "This is too long: up to 10⁶ characters can be pasted."),
    ("__import__('os').system('ls')", (1,), "Line 1: “.system” does not belong there."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shape", "sentence"), WRONG)
def test_what_is_wrong_is_said_in_one_sentence(text, shape, sentence):
    assert read(text, shape) == sentence


WORDS = ["nan", "array(", "tensor(", "constructor", "__proto__", "OrderedDict(["]
SIGNS = list("[](){},:;=<>'\"\\ \n\t.-+eE0159")
PIECES = st.sampled_from([*SIGNS, *WORDS])
HOSTILE = st.text(max_size=200) | st.lists(PIECES, max_size=40).map("".join)


@given(st.lists(HOSTILE, min_size=1, max_size=20))
@settings(max_examples=150)
def test_hostile_text_gives_numbers_within_bounds_or_a_sentence(texts):
    for found in run(READ, [(text, form((2, 2))) for text in texts]):
        if found["problem"]:
            assert found["problem"].endswith(".")
        else:
            assert len(found["numbers"]) == 4
            assert np.abs(found["numbers"]).max() <= 1e6
