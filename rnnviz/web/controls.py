"""Settings ↔ Streamlit's widgets: each kind of setting is drawn in one place.

Options are handed over by their keys and shown by their labels. A setting has its texts in English;
they are translated here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from string import Template
from types import MappingProxyType
from typing import Any

import streamlit as st

from rnnviz.settings.kinds import Choice, Kind, Number, Several, Text, Whole
from rnnviz.settings.schema import Schema, Setting
from rnnviz.texts import _
from rnnviz.web.address import address
from rnnviz.web.glossary import term_in

REFUSED = """<style>
.st-key-$key [data-testid="stNumberInputContainer"]:has([role="alert"]) {
  flex-wrap: wrap; height: auto;
}
.st-key-$key [data-testid="stNumberInputContainer"] [role="alert"] {
  position: static; flex: 0 0 100%; width: 100%; height: auto; margin: 0; padding: 0 0.6rem 0.4rem;
  clip: auto; white-space: normal; font-size: 0;
}
.st-key-$key [role="alert"]::after { content: "$sentence"; font-size: 0.8rem; line-height: 1.35; }
</style>"""
"""A number out of range is refused by Streamlit in the browser, with a sentence for screen readers
alone and in English: here it is ours, in the visitor's language, in sight."""
Look = Callable[[Any, Any, dict[str, Any]], Any]
"""Draws a kind of setting: given what the widget begins with (None where the session's state says
it) and its other arguments, returns what it says."""


def select(kind: Choice, value: Any, said: dict[str, Any]) -> Any:
    """A menu."""
    index = 0 if value is None else kind.keys.index(value)
    words = {"placeholder": _("Choose an option"), **said}
    return st.selectbox(**words, options=kind.keys, index=index, format_func=shown(kind))


def segmented(kind: Choice, value: Any, said: dict[str, Any]) -> Any:
    """All options side by side, one of them pressed."""
    group: Any = st.segmented_control
    return group(**said, options=kind.keys, default=value, format_func=shown(kind), required=True)


def several(kind: Several, value: Any, said: dict[str, Any]) -> Any:
    """A menu from which several can be taken."""
    words = {"placeholder": _("Choose options"), **said}
    return st.multiselect(**words, options=kind.of.keys, default=value, format_func=shown(kind.of))


def number(kind: Number, value: Any, said: dict[str, Any]) -> Any:
    """A box for a number, or for none where there is a placeholder."""
    begins = {} if value is None and "placeholder" not in said else {"value": value}
    form = "%d" if isinstance(kind, Whole) else "%.6g"
    _say_where_refused(kind, said["key"])
    box: Any = st.number_input
    return box(**said, **_limits(kind), **begins, format=form)


def _say_where_refused(kind: Number, key: str) -> None:
    """Under the box of this key, where it has a number out of range."""
    sentence = _("This can be {range}; what stood here before stays in force.", range=kind.range)
    holes = {"key": re.sub(r"[^a-zA-Z0-9_-]", "-", key), "sentence": escaped_for_css(sentence)}
    st.html(Template(REFUSED).substitute(holes))


def escaped_for_css(sentence: str) -> str:
    """A sentence as it stands between the quotes of a style sheet's `content`."""
    return re.sub(r'["\\\\<\n]', lambda found: f"\\{ord(found[0]):x} ", sentence)


def slider(kind: Number, value: Any, said: dict[str, Any]) -> Any:
    """A number between its limits."""
    return st.slider(**said, **_limits(kind), value=value)


def area(kind: Text, value: Any, said: dict[str, Any]) -> Any:
    """A box for a text of several lines."""
    most = kind.longest if kind.is_bounded else None
    return st.text_area(**{"max_chars": most, "height": 170, **said}, value=value or "")


def line(kind: Text, value: Any, said: dict[str, Any]) -> Any:
    """A box for a text of one line."""
    most = kind.longest if kind.is_bounded else None
    return st.text_input(**{"max_chars": most, **said}, value=value or "")


def shown(kind: Choice) -> Callable[[Any], str]:
    """What is shown for each key."""
    return lambda key: _(kind.label(key))


def _limits(kind: Number) -> dict[str, Any]:
    return {"min_value": kind.low, "max_value": kind.high, "step": kind.step}


LOOKS: Mapping[type, Look] = MappingProxyType(
    {Choice: select, Several: several, Number: number, Text: area}
)
"""How each kind is drawn where the page does not say otherwise."""


def draw(
    setting: Setting,
    value: Any,
    *,
    key: str,
    look: Look | None = None,
    anew: bool = False,
    **said: Any,
) -> Any:
    """Draw a setting's widget, and return what it says.

    Args:
        setting: what is chosen.
        value: what it begins with, where there is no such widget yet.
        key: the widget's.
        look: how it is drawn, if not as usual.
        anew: whether it is to say that even where there is one.
        said: more arguments of the widget, and others in place of the setting's own texts.
    """
    words = {"label": _(setting.label), "help": help_of(setting), "key": key, **said}
    if setting.optional and isinstance(setting.kind, Number):
        words = {"placeholder": _("none"), **words}
    if anew:
        st.session_state[key] = list(value) if isinstance(value, tuple) else value
    usual = next(one for kind, one in LOOKS.items() if isinstance(setting.kind, kind))
    found = (look or usual)(setting.kind, None if anew else value, words)
    if found is None and not setting.optional:
        return setting.default
    return tuple(found) if isinstance(found, list) else found


def help_of(setting: Setting) -> str | None:
    """What is said of a setting, and where its name is a term, a link to that."""
    said = (_(setting.help), term_in(setting.label))
    return "\n\n".join(filter(None, said)) or None


def said_now(schema: Schema) -> dict[str, Any]:
    """What the widgets of a panel say at this moment, which may be before it is drawn; of those
    that are not shown nothing."""
    state = st.session_state
    found = {name: state[one.key] for name, one in schema.items() if one.key in state}
    return {n: tuple(value) if isinstance(value, list) else value for n, value in found.items()}


def put(name: str, values: Mapping[str, Any]) -> None:
    """Have the widgets of the panel of this name say these values when they are drawn next."""
    place = f"settings {name}"
    st.session_state[place] = {**st.session_state[place], **values}
    st.session_state[f"{place} anew"] = set(values)


class Panel:
    """Settings whose widgets are always in force: as the address asks at first and where something
    led to it, as they were left in between. A widget's key is its setting's.

    chosen: name → what the widgets say that were drawn; what is not drawn is at its default.
    """

    def __init__(self, name: str, schema: Schema) -> None:
        self.schema = schema
        self.chosen: dict[str, Any] = {}
        self._place = f"settings {name}"
        self._anew: set[str] = st.session_state.pop(f"{self._place} anew", set())
        if address.has_moved():
            self._anew = set(schema)
        if self._place not in st.session_state or address.has_moved():
            st.session_state[self._place] = schema.read(address.asked())

    def draw(
        self, name: str, *, look: Look | None = None, kind: Kind | None = None, **said: Any
    ) -> Any:
        """Draw a setting's widget, and return what it says.

        kind: in place of the setting's, where less of it is possible now.
        """
        one = self.schema[name]
        if kind is not None:
            one = replace(one, kind=kind)
            if self.value(name) is not None and not kind.allows(self.value(name)):
                self.set(name, one.read(str(self.value(name))))
        anew = name in self._anew
        value = self._kept.get(name, one.default)
        found = draw(one, value, key=one.key, look=look, anew=anew, **said)
        self._anew.discard(name)  # a fragment may draw it again
        self.chosen[name] = self._kept[name] = found
        return found

    def value(self, name: str) -> Any:
        """What a widget will say, before it is drawn."""
        one = self.schema[name]
        kept = self._kept.get(name, one.default)
        return kept if name in self._anew else st.session_state.get(one.key, kept)

    def hold(self, name: str) -> None:
        """Keep what a setting says, though its widget is not drawn."""
        self.chosen[name] = self._kept[name] = self.value(name)

    def suggest(self, name: str, value: Any) -> None:
        """Have a widget that would be empty say this."""
        if not self.value(name):
            self.set(name, value)

    def set(self, name: str, value: Any) -> None:
        """Have a widget say this when it is drawn next."""
        self._kept[name] = value
        self._anew.add(name)

    def query(self) -> dict[str, str]:
        """What the address is to say, once all are drawn. The others are forgotten."""
        st.session_state[self._place] = dict(self.chosen)
        return self.schema.write(self.chosen)

    @property
    def _kept(self) -> dict[str, Any]:
        kept: dict[str, Any] = st.session_state[self._place]
        return kept
