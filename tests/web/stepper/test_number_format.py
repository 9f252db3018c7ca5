"""Numbers on the screen: short, honest, and as Python writes them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz.notation import number, percent
from tests.javascript import run

FORMAT = 'import * as format from "./drawing/number_format.js";\n'


def formatted(how, values):
    """Each value as `how` writes it; what JSON cannot say is spelled out."""
    spelled = [value if math.isfinite(value) else str(value) for value in values]
    source = """
    const numbers = input.values.map((v) => Number(String(v).replace("inf", "Infinity")));
    output(numbers.map((v) => format[input.how](v)));
    """
    return run(FORMAT + source, {"how": how, "values": spelled})


SHORT = {
    0.0: "0.00",
    0.9: "0.90",
    -0.125: "−0.13",
    0.1: "0.10",
    0.0999: "0.10",
    0.0143: "0.014",
    -0.005: "−0.0050",
    0.001: "0.0010",
    0.00099: "9.9×10⁻⁴",
    -3.2e-12: "−3.2×10⁻¹²",
    9999.994: "9999.99",
    1e4: "1.0×10⁴",
    math.inf: "∞",
    -math.inf: "−∞",
    math.nan: "not a number",
}


def test_short_numbers():
    assert formatted("short", SHORT) == list(SHORT.values())


@settings(max_examples=5)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=40, max_size=80))
def test_the_page_rounds_as_python_does(values):
    def spelled(value):
        text = number(value)
        return text if "e" not in text else text.replace("e", "×10^")

    superscripts = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−")
    shown = formatted("short", values)
    told = [text.replace("×10", "×10^").translate(superscripts) for text in shown]
    assert told == [spelled(value) for value in values]


@pytest.mark.parametrize(
    ("how", "value", "text"),
    [
        ("brief", -0.001, "−0.0010"),
        ("brief", 0.0009, "≈0"),
        ("brief", 0.0, "0.00"),
        ("brief", -0.7, "−0.70"),
        ("brief", 12345.0, "1.2×10⁴"),
        ("long", 0.12345678, "0.1235"),
        ("long", -0.00021344, "−0.0002134"),
        ("long", -0.00001, "−1.000×10⁻⁵"),
        ("exact", -0.1, "−0.1"),
        ("signed", 0.5, "+0.50"),
        ("signed", -0.5, "−0.50"),
        ("signed", 0.0, "0.00"),
    ],
)
def test_other_lengths(how, value, text):
    assert formatted(how, [value]) == [text]


def test_a_probability_is_never_rounded_to_a_certainty():
    assert formatted("percent", [0, 1e-9, 0.5, 0.9999, 1]) == ["0%", "<1%", "50%", ">99%", "100%"]


@settings(max_examples=5)
@given(st.lists(st.floats(min_value=1e-9, max_value=0.1, exclude_max=True), min_size=40))
def test_below_a_tenth_no_number_is_off_by_more_than_half_of_its_second_digit(values):
    superscripts = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    for value, text in zip(values, formatted("short", values), strict=True):
        told = float(text.replace("×10", "e").translate(superscripts))
        assert told == pytest.approx(value, rel=0.051)


@settings(max_examples=5)
@given(st.lists(st.floats(0, 1), min_size=40, max_size=80))
def test_percentages_are_those_of_python(values):
    assert formatted("percent", values) == [percent(value) for value in values]


def test_powers_of_ten_on_an_axis():
    told = run(FORMAT + "output(input.map(format.tenTo));", [-12, -1, 0, 1, 3])
    assert told == ["10⁻¹²", "10⁻¹", "1", "10", "10³"]
