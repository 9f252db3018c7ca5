"""One schema: what is written is read back, rubbish is clamped, no key stands for two things."""

import re
from dataclasses import dataclass, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.settings.kinds import Choice, Number, Several, Text, Whole, choice
from rnnviz.settings.schema import Schema, Setting, setting
from rnnviz.training.comparison.comparison import LETTERS
from tests.settings.pages import EVERY, SCHEMAS, chosen

RUBBISH = st.one_of(
    st.text(max_size=50),
    st.sampled_from(["nan", "-inf", "1e999", "1_0", "0x10", "９", "", " ", "None", "𝟜", "-0", ";"]),
    st.integers().map(str),
    st.floats().map(str),
    st.lists(st.text(max_size=5), max_size=3),
    st.none(),
)


@pytest.mark.parametrize("page", SCHEMAS)
@given(st.data())
def test_what_is_written_is_read_back_and_a_link_is_the_page(page, data):
    schema = SCHEMAS[page]
    all_of_it = data.draw(chosen(schema))
    for name, value in all_of_it.items():
        assert (name, schema[name].read(schema[name].write(value))) == (name, value)
    assert {**schema.defaults, **schema.read(schema.write(all_of_it))} == all_of_it


@pytest.mark.parametrize("page", SCHEMAS)
@given(RUBBISH)
def test_rubbish_becomes_something_allowed(page, rubbish):
    for one in SCHEMAS[page].values():
        found = one.read(rubbish)
        if found != one.default:
            one.check(found)


@pytest.mark.parametrize(("page", "name"), [one for one in EVERY if one != ("Train", "lesson")])
def test_a_default_is_allowed_and_never_written(page, name):
    schema = SCHEMAS[page]
    schema[name].check(schema[name].default)
    assert schema.write(schema.defaults) == {}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Whole(1, 64), "999", 64),
        (Whole(1, 64), "-3", 1),
        (Whole(1, 64), "7.6", 8),
        (Whole(1, 64), "eight", None),
        (Number(-1.0, 3.0), "77", 3.0),
        (Number(-1.0, 3.0), "1e-3", 0.001),
        (Number(-1.0, 3.0), "inf", None),
        (Text(3), "four", "fou"),
        (choice("one", "two"), " TWO ", "two"),
        (choice("one", "two"), "three", None),
        (choice(5, 10), "10", 10),
        (choice({"every": "each"}), "EACH STEP", "every"),
        (choice({"a": "apple"}), "apple", None),
        (Several(choice(5, 10)), "10;7;5;10", (10, 5)),
        (Several(choice(5, 10)), "", ()),
        (Several(choice(5, 10), fewest=1), "", None),
        (Several(choice(5, 10)), "seven", None),
    ],
)
def test_the_nearest_allowed_value_is_read_and_none_where_nothing_of_the_kind_is_said(
    kind, text, value
):
    assert kind.read(text) == value
    assert type(kind.read(text)) is type(value)


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        (Whole(1, 64), [1, 64], [0, 65, 1.0, True, "1", None]),
        (Number(0.0, 3.0), [0.0, 3, 1.5], [-0.1, 3.1, float("nan"), True, "1", None]),
        (Text(3), ["", "abc"], ["abcd", 3, None]),
        (choice("a", "b"), ["a"], ["c", "A", None, 0]),
        (Several(choice("a", "b"), fewest=1), [("a",), ("b", "a")], [(), ("a", "a"), "a"]),
    ],
)
def test_what_is_allowed(kind, right, wrong):
    one = Setting(kind, None, "label", "help", key="thing")
    for value in right:
        one.check(value)
    for value in wrong:
        with pytest.raises(ValueError, match=f"thing must be {kind.range}".replace("(", ".")):
            one.check(value)


def test_the_last_of_what_a_link_says_counts_and_all_of_it_for_several():
    some = Setting(Several(choice(1, 2, 3)), (), "label", "help")
    one = Setting(Whole(1, 3), 1, "label", "help")
    assert (some.read(["3", "1"]), one.read(["3", "2"]), one.read([])) == ((3, 1), 2, 1)


def test_two_settings_with_one_key_are_refused():
    one, two = (Setting(Text(9), "", label, "help", key=key) for label, key in ("ab", "cd"))
    Schema({"one": one, "two": two})
    with pytest.raises(ValueError, match="two settings have the key 'b'"):
        Schema({"one": one, "two": Setting(Text(9), "", "label", "help", key="b")})


def test_a_key_is_the_name_after_the_prefix():
    @dataclass
    class Two:
        one: int = setting(1, Whole(1, 3), "label", "help")
        two: str = setting("", Text(3), "label", "help", key="deux")

    schema = Schema.of(Two, prefix="page ")
    assert {name: one.key for name, one in schema.items()} == {"one": "page one", "two": "deux"}
    assert schema.defaults == {field.name: field.default for field in fields(Two)}


@pytest.mark.parametrize(
    "twice",
    [
        {"a": "one", "A": "two"},
        {1: "one", "1": "two"},
    ],
)
def test_options_that_one_spelling_stands_for_are_refused(twice):
    with pytest.raises(ValueError, match="two options are spelled alike"):
        Choice(twice)


def test_the_parts_of_the_train_page_share_no_key():
    keys = [one.key for part in ("run", "Train", "race", "cliff") for one in SCHEMAS[part].values()]
    keys += LETTERS[1:].lower()
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("page", "name"), EVERY)
def test_texts_are_whole_sentences_and_no_key_is_a_phrase_of_the_screen(page, name):
    one = SCHEMAS[page][name]
    assert one.help.endswith(".") or one.help == ""
    assert one.label.strip() == one.label != ""
    assert re.sub("^(race|sizes|compare|cliff) ", "", one.key).isidentifier()
