"""Settings ↔ the query of an address: the round trip, and rubbish."""

import math
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.settings import SETTINGS, StepSettings, read, write

OPTIONS = {"cell": ("LSTM", "GRU (PyTorch)"), "sequence": ("marked recall", "adding problem")}


def allowed(setting):
    """Values a setting may have."""
    options = setting.options or OPTIONS.get(setting.name)
    if options:
        return st.sampled_from(options)
    if isinstance(setting.default, str):
        return st.text(max_size=setting.longest)
    if isinstance(setting.default, int):
        return st.integers(int(setting.low), int(setting.high))
    low, high = round(setting.low * 100), round(setting.high * 100)
    return st.integers(low, high).map(lambda hundredths: hundredths / 100)


everything = st.builds(StepSettings, **{name: allowed(s) for name, s in SETTINGS.items()})
rubbish = st.one_of(
    st.text(max_size=50),
    st.sampled_from(["nan", "-inf", "1e999", "1_0", "0x10", "９", "", " ", "None", "𝟜", "-0"]),
    st.integers().map(str),
    st.floats().map(str),
    st.lists(st.text(max_size=5), max_size=3),
    st.none(),
)


@given(everything)
def test_what_is_written_is_read_back(settings):
    assert read(write(settings), OPTIONS) == settings


@given(st.dictionaries(st.sampled_from([*SETTINGS, "embed", "__class__"]), rubbish))
def test_rubbish_is_clamped_and_never_raises(query):
    settings = read(query, OPTIONS)
    for name, setting in SETTINGS.items():
        value = getattr(settings, name)
        assert type(value) is type(setting.default), name
        if isinstance(value, str):
            options = setting.options or OPTIONS.get(name)
            assert value in options if options else len(value) <= setting.longest, name
        else:
            assert setting.low <= value <= setting.high, name
    assert read(write(settings), OPTIONS) == settings


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("hidden", "999", 64),
        ("hidden", "-3", 1),
        ("hidden", "7.6", 8),
        ("hidden", "eight", 16),
        ("hidden", "nan", 16),
        ("hidden", "1e999", 16),
        ("hidden", ["3", "9"], 9),
        ("hidden", [], 16),
        ("radius", "77", 3.0),
        ("radius", "1.25", 1.25),
        ("cell", "lstm", "LSTM"),
        ("cell", "LSTN", "LSTM"),
        ("cell", " gru (pytorch) ", "GRU (PyTorch)"),
        ("sequence", "<script>", "marked recall"),
        ("direction", "BOTH", "both"),
        ("text", "x" * 9999, "x" * 4000),
    ],
)
def test_a_value_out_of_range_becomes_the_nearest_and_no_value_the_default(name, text, value):
    assert getattr(read({name: text}, OPTIONS), name) == value


def test_defaults_are_not_written_and_the_seed_is_a_setting():
    assert write(StepSettings()) == {}
    assert write(StepSettings(seed=3, radius=0.5)) == {"seed": "3", "radius": "0.5"}


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=str)
def test_each_default_is_allowed_and_each_setting_says_one_sentence_or_two(setting):
    assert setting.clamped(setting.default) == setting.default
    assert setting.says.endswith(".")
    if not isinstance(setting.default, str):
        assert math.isfinite(setting.low)
        assert math.isfinite(setting.high)


def test_the_table_and_the_dataclass_are_one():
    assert [field.name for field in fields(StepSettings)] == list(SETTINGS)
