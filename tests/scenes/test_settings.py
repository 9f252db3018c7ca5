"""Settings ↔ the query of an address: the round trip, and rubbish."""

import math
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.scenes.settings import SETTINGS, StepSettings
from rnnviz.settings.kinds import Choice, Text, Whole


def allowed(setting):
    """Values a setting may have."""
    kind = setting.kind
    if isinstance(kind, Choice):
        return st.sampled_from(kind.keys)
    if isinstance(kind, Text):
        return st.text(max_size=kind.longest)
    if isinstance(kind, Whole):
        return st.integers(kind.low, kind.high)
    return st.floats(kind.low, kind.high)


def read(query):
    return StepSettings(**SETTINGS.read(query))


def write(settings):
    return SETTINGS.write(vars(settings))


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
    assert read(write(settings)) == settings


@given(st.dictionaries(st.sampled_from([*SETTINGS, "embed", "__class__"]), rubbish))
def test_rubbish_is_clamped_and_never_raises(query):
    settings = read(query)
    for name, setting in SETTINGS.items():
        value = getattr(settings, name)
        assert type(value) is type(setting.default), name
        if isinstance(value, str):
            keys = getattr(setting.kind, "keys", None)
            assert value in keys if keys else len(value) <= setting.kind.longest, name
        else:
            assert setting.kind.low <= value <= setting.kind.high, name
    assert read(write(settings)) == settings


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
        ("equations", "x" * 9999, "x" * 4000),
        ("text", "x" * 9999, "x" * 9999),
    ],
)
def test_a_value_out_of_range_becomes_the_nearest_and_no_value_the_default(name, text, value):
    assert getattr(read({name: text}), name) == value


def test_a_text_that_is_too_long_for_a_link_is_not_cut_but_left_out():
    assert write(StepSettings(text="x" * 4000)) == {"text": "x" * 4000}
    assert write(StepSettings(text="x" * 4001, seed=3)) == {"seed": "3"}


def test_defaults_are_not_written_and_the_seed_is_a_setting():
    assert write(StepSettings()) == {}
    assert write(StepSettings(seed=3, radius=0.5)) == {"seed": "3", "radius": "0.5"}


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda one: one.key)
def test_each_default_is_allowed_and_each_setting_says_one_sentence_or_two(setting):
    assert setting.read(setting.write(setting.default)) == setting.default
    assert setting.help.endswith(".")
    if not isinstance(setting.default, str):
        assert math.isfinite(setting.kind.low)
        assert math.isfinite(setting.kind.high)


def test_the_table_and_the_dataclass_are_one():
    assert [field.name for field in fields(StepSettings)] == list(SETTINGS)
