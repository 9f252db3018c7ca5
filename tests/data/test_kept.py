"""What is kept is one thing however often it is sent, is not in any message, and leaves no file."""

import gc
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rnnviz.data import Kept, kept

MOST_BYTES = 300
ARRAYS = st.dictionaries(
    st.sampled_from("abc"),
    hnp.arrays(st.sampled_from([np.float64, np.int64, "U4"]), hnp.array_shapes()),
    min_size=1,
)


def elsewhere(code: str, *arguments: str) -> str:
    """What a process of its own prints."""
    run = [sys.executable, "-c", code, *arguments]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()


@given(ARRAYS)
def test_a_file_holds_what_was_kept(arrays):
    one = Kept.of(**arrays)
    again = kept._arrays_in(one.path)
    assert again.keys() == one.keys() == arrays.keys()
    for name, array in arrays.items():
        assert again[name].dtype == one[name].dtype == array.dtype
        np.testing.assert_array_equal(again[name], array)
        np.testing.assert_array_equal(one[name], array)


@given(ARRAYS, ARRAYS)
def test_two_are_one_thing_exactly_where_their_arrays_are_the_same(first, second):
    same = first.keys() == second.keys() and all(
        first[n].dtype == second[n].dtype and first[n].tobytes() == second[n].tobytes()
        and first[n].shape == second[n].shape for n in first
    )  # fmt: skip
    # In another order of names it is another thing: nobody makes it so.
    same = same and list(first) == list(second)
    one, other = Kept.of(**first), Kept.of(**second)
    assert (one is other) == (one == other) == same


@pytest.mark.parametrize(
    "other",
    [
        {"a": np.array([1.0, 2.5])},
        {"b": np.array([1.0, 2.0])},
        {"a": np.array([[1.0, 2.0]])},
        {"a": np.array([1.0, 2.0]).view(np.int64)},
        {"a": np.array([1.0, 2.0]), "b": np.zeros(0)},
    ],
)
def test_one_that_differs_in_a_number_a_name_a_shape_or_a_type_is_another(other):
    one = Kept.of(a=np.array([1.0, 2.0]))
    assert Kept.of(**other) != one
    assert Kept.of(a=np.array([1.0, 2.0])) is one


def test_a_message_is_small_and_comes_back_as_the_same_object():
    one = Kept.of(rows=np.arange(1e6))
    message = pickle.dumps(one)
    assert len(message) < MOST_BYTES
    assert pickle.loads(message) is one  # noqa: S301


def test_who_keeps_has_a_copy_that_nobody_can_change():
    rows = np.zeros(3)
    one = Kept.of(rows=rows)
    rows[0] = 1.0
    assert one["rows"][0] == 0.0
    with pytest.raises(ValueError, match="read-only"):
        one["rows"][0] = 1.0


def test_no_file_is_there_before_it_is_sent_nor_after_the_last_reference():
    one = Kept.of(rows=np.arange(7.0))
    path = Path(one.path)
    assert path.exists()
    one = Kept.of(rows=np.arange(7.0))  # the same again
    gc.collect()
    assert path.exists()
    del one
    gc.collect()
    assert not path.exists()


def test_no_file_outlives_the_process():
    code = "import numpy as np; from rnnviz.data import Kept; k = Kept.of(a=np.ones(3)); "
    path = Path(elsewhere(code + "print(k.path)"))
    assert path.is_absolute()
    assert not path.parent.exists()


def test_another_process_reads_it_once_and_says_where_it_is_gone():
    one = Kept.of(rows=np.arange(7.0))
    code = (
        "import pickle, sys; m = bytes.fromhex(sys.argv[1]); a = pickle.loads(m); "
        "assert pickle.loads(m) is a; print(a['rows'].sum())"
    )
    assert elsewhere(code, pickle.dumps(one).hex()) == "21.0"
    assert Path(one.path).exists()  # the reader removes nothing
    Path(one.path).unlink()
    ask = (
        "import pickle, sys; a = pickle.loads(bytes.fromhex(sys.argv[1]))\n"
        "try: a['rows']\nexcept ValueError as error: print(error)"
    )
    said = elsewhere(ask, pickle.dumps(one).hex())
    assert said == "The data that this training reads are no longer there: bring them again"


def test_python_objects_are_refused():
    with pytest.raises(ValueError, match="rows is an array of Python objects"):
        Kept.of(rows=np.array([{}], dtype=object))
