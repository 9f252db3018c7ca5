"""Settings ↔ Streamlit's widgets: each kind of setting is drawn in one place.

Options are handed over by their keys and shown by their labels. What a widget begins with stands in
the session's state under the widget's key, and nowhere else.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import streamlit as st

from rnnviz.settings import Choice, Number, Schema, Setting, Several, Text, Whole
from rnnviz.web import address

Look = Callable[[Any, dict[str, Any]], Any]
"""Draws a kind of setting with these arguments of a widget, and returns what the widget says."""


def select(kind: Choice, said: dict[str, Any]) -> Any:
    """A menu."""
    return st.selectbox(**said, options=kind.keys, format_func=kind.label)


def segmented(kind: Choice, said: dict[str, Any]) -> Any:
    """All options side by side, one of them pressed."""
    return st.segmented_control(**said, options=kind.keys, format_func=kind.label, required=True)


def several(kind: Several, said: dict[str, Any]) -> Any:
    """A menu from which several can be taken."""
    return st.multiselect(**said, options=kind.of.keys, format_func=kind.of.label)


def number(kind: Number | Whole, said: dict[str, Any]) -> Any:
    """A box for a number."""
    limits = {"min_value": kind.low, "max_value": kind.high, "step": kind.step}
    form = "%d" if isinstance(kind, Whole) else "%.6g"
    box: Any = st.number_input
    return box(**said, **limits, format=form)


def slider(kind: Number | Whole, said: dict[str, Any]) -> Any:
    """A number between its limits."""
    return st.slider(**said, min_value=kind.low, max_value=kind.high, step=kind.step)


def area(kind: Text, said: dict[str, Any]) -> Any:
    """A box for a text of several lines."""
    return st.text_area(**{"max_chars": kind.longest, "height": 170, **said})


LOOKS: Mapping[type, Look] = MappingProxyType(
    {Choice: select, Several: several, Number: number, Whole: number, Text: area}
)
"""How each kind is drawn where the page does not say otherwise."""


def draw(setting: Setting, value: Any, *, key: str, look: Look | None = None, **said: Any) -> Any:
    """Draw a setting's widget, and return what it says.

    Args:
        setting: what is chosen.
        value: what it begins with, where there is no such widget yet.
        key: the widget's.
        look: how it is drawn, if not as usual.
        said: more arguments of the widget, and others in place of the setting's own texts.
    """
    if key not in st.session_state:
        begin(key, value)
    words = {"label": setting.label, "help": setting.help, "key": key, **said}
    if setting.optional and isinstance(setting.kind, Number | Whole):
        words = {"value": None, "placeholder": "none", **words}
    usual = next(one for kind, one in LOOKS.items() if isinstance(setting.kind, kind))
    found = (look or usual)(setting.kind, words)
    if found is None and not setting.optional:
        return setting.default
    return tuple(found) if isinstance(found, list) else found


def begin(key: str, value: Any) -> None:
    """Have the widget of this key, once it is drawn, say this."""
    st.session_state[key] = list(value) if isinstance(value, tuple) else value


def said_now(schema: Schema) -> dict[str, Any]:
    """What the widgets of a panel say at this moment, which may be before it is drawn; of those
    that are not shown nothing."""
    state = st.session_state
    found = {name: state[one.key] for name, one in schema.items() if one.key in state}
    return {n: tuple(value) if isinstance(value, list) else value for n, value in found.items()}


class Panel:
    """Settings whose widgets are always in force: as the address asks at first and after Back or
    Forward, as they were left in between. A widget's key is its setting's.

    chosen: name → what the widgets say that were drawn; what is not drawn is at its default.
    """

    def __init__(self, name: str, schema: Schema) -> None:
        self.schema = schema
        self.chosen: dict[str, Any] = {}
        self._place = f"settings {name}"
        self._is_moved = self._place not in st.session_state or address.has_moved()
        if self._is_moved:
            st.session_state[self._place] = schema.read(address.asked())

    def draw(self, name: str, *, look: Look | None = None, **said: Any) -> Any:
        """Draw a setting's widget, and return what it says."""
        one = self.schema[name]
        value = self._kept.get(name, one.default)
        if self._is_moved:
            begin(one.key, value)
        self.chosen[name] = self._kept[name] = draw(one, value, key=one.key, look=look, **said)
        return self.chosen[name]

    def value(self, name: str) -> Any:
        """What a widget will say, before it is drawn."""
        one = self.schema[name]
        kept = self._kept.get(name, one.default)
        return kept if self._is_moved else st.session_state.get(one.key, kept)

    def suggest(self, name: str, value: Any) -> None:
        """Have a widget that would be empty begin with this."""
        if not self.value(name):
            self._kept[name] = value
            begin(self.schema[name].key, value)

    def query(self) -> dict[str, str]:
        """What the address is to say, once all are drawn. The others are forgotten."""
        st.session_state[self._place] = dict(self.chosen)
        return self.schema.write(self.chosen)

    @property
    def _kept(self) -> dict[str, Any]:
        kept: dict[str, Any] = st.session_state[self._place]
        return kept
