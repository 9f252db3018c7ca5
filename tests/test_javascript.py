"""The bridge to Node carries every value over and back unchanged."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.javascript import JavaScriptError, run


def bits(array):
    return array.astype("<f8").view("<u8").tolist()


@settings(max_examples=10)
@given(arrays("<f8", st.integers(0, 40), elements=st.floats(allow_nan=True)))
def test_float64_arrays_come_back_to_the_last_bit(values):
    assert bits(run("output(input)", values)) == bits(values)


def test_an_array_arrives_flat_in_c_order():
    told = run("output([input.length, input[1], input[3]])", np.arange(6.0).reshape(2, 3).T)
    assert told == [6, 3.0, 4.0]


@pytest.mark.parametrize("value", [0.1, 5e-324, 1.7976931348623157e308, 2**53, "ħ", None, True])
def test_plain_values_come_back_equal(value):
    assert run("output(input)", {"a": [value]}) == {"a": [value]}


def test_bytes_arrive_as_they_are():
    assert run("output([...input])", bytes(range(256))) == list(range(256))


def test_what_json_cannot_say_comes_back():
    nan, infinite, zero = run("output([NaN, -Infinity, -0])")
    assert math.isnan(nan)
    assert infinite == -math.inf
    assert math.copysign(1.0, zero) == -1.0


def test_a_map_comes_back_as_a_dict():
    source = 'output(new Map([["constructor", Float64Array.of(1, 2)], ["f.4", new Map()]]))'
    given = run(source)
    assert given["f.4"] == {}
    assert given["constructor"].tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ('throw new Error("ninety-nine")', "ninety-nine"),
        ("output(undefined)", "no value"),
        ("const silent = input", "never called"),
    ],
)
def test_a_module_that_fails_says_why(source, says):
    with pytest.raises(JavaScriptError, match=says):
        run(source)


def test_one_node_runs_all_modules_and_each_sees_its_own_input():
    tell = "const mine = input; output([process.pid, mine])"
    (first, one), (second, two) = run(tell, 1), run(tell, 2)
    assert (first, one, two) == (second, 1, 2)


def test_a_module_that_never_ends_is_ended_and_the_next_one_runs():
    with pytest.raises(TimeoutError, match=r"more than 0\.5 s"):
        run("while (true);", seconds=0.5)
    assert run("output(input)", 7) == 7


def test_what_a_module_prints_is_no_part_of_its_output():
    assert run('console.log("text"); process.stdout.write("more"); output(1)') == 1


def test_what_a_module_puts_in_the_place_of_a_clock_ends_with_it():
    run("""
    globalThis.setTimeout = () => {};
    globalThis.Worker = class {};
    performance.now = () => 0;
    output(null);
    """)
    told = run("""
    const left = [typeof Worker, Object.hasOwn(performance, "now")];
    output(await new Promise((done) => setTimeout(() => done(left), 1)));
    """)
    assert told == ["undefined", False]
