"""The browser reads and writes settings in links as Python does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz.gradients.setup import KNOBS
from rnnviz.scenes.by_hand import BY_HAND
from rnnviz.scenes.settings import SETTINGS
from rnnviz.settings.kinds import Several, Text
from rnnviz.web.gradients.look import ASKED, LOOK
from rnnviz.web.site.fields import field
from tests.javascript import run

READ = """
import { readSetting, writeSetting } from "./site/settings_reader.js";
output(input.map(({ field, text }) => {
  const value = readSetting(field, text);
  return [value, writeSetting(value), readSetting(field, writeSetting(value))];
}));
"""
TABLES = {"step": SETTINGS, "by hand": BY_HAND, "knobs": KNOBS, "look": LOOK, "asked": ASKED}
READ_BY_BOTH = [
    (table, name)
    for table, schema in TABLES.items()
    for name, one in schema.items()
    if not isinstance(one.kind, Text)
]
WORDS = st.one_of(
    st.sampled_from(["", " ", "none", "NONE", "nan", "inf", "-inf", "1e999", "0x10", "1e-3", ";;"]),
    st.floats().map(repr),
    st.integers(-20_000, 20_000).map(str),
    st.text("0123456789eE+-. ", max_size=6),
    st.text(max_size=8),
)


def texts_for(setting):
    keys = [str(key) for key in getattr(getattr(setting.kind, "of", setting.kind), "keys", ())]
    if not keys:
        return WORDS
    spelled = st.sampled_from(keys).flatmap(
        lambda key: st.sampled_from([key, key.upper(), f" {key}"])
    )
    return st.one_of(WORDS, spelled, st.lists(spelled | WORDS, max_size=4).map(";".join))


@pytest.mark.parametrize(("table", "name"), READ_BY_BOTH)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_a_link_says_to_the_browser_what_it_says_to_python(data, table, name):
    one = TABLES[table][name]
    asked = data.draw(st.lists(texts_for(one), min_size=1, max_size=10))
    sent = [{"field": field(name, one), "text": text} for text in asked]
    for text, (value, written, again) in zip(asked, run(READ, sent), strict=True):
        expected = one.read(text)
        if isinstance(one.kind, Several):
            expected = list(expected)
        assert value == expected, text
        assert one.read(written) == one.read(text)
        assert again == value
