"""Settings as the browser has them: what each is called, its range, its key in links
(browser/site/settings_reader.js reads links by them, settings_form.js draws them)."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from rnnviz.settings.kinds import Choice, Kind, Number, Several, Text, Whole
from rnnviz.settings.schema import Setting
from rnnviz.texts import _

When = Mapping[str, Collection[str]]


def field(
    name: str,
    setting: Setting,
    when: When | None = None,
    bounds: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A setting as plain JSON.

    Args:
        when: where it is there: for each of these settings, what it must be, as in a link. Where
            it is not there, it is at its default.
        bounds: in place of the kind's own: what of it the page has.
    """
    kind: Kind = replace(setting.kind, **bounds) if bounds else setting.kind
    return {
        "name": name,
        "key": setting.key,
        "label": _(setting.label),
        "help": _(setting.help),
        "default": _json(setting, setting.default),
        "optional": setting.optional,
        "when": {key: list(texts) for key, texts in (when or {}).items()},
        **_of_kind(kind),
    }


def fields(settings: Mapping[str, Setting]) -> list[dict[str, Any]]:
    """All of a table's, as they are."""
    return [field(name, one) for name, one in settings.items()]


def keys_of(setting: Setting) -> tuple[Any, ...]:
    """What a choice can be."""
    assert isinstance(setting.kind, Choice)
    return setting.kind.keys


def without(setting: Setting, *keys: str) -> dict[str, Any]:
    """The bounds of a choice that has not these."""
    assert isinstance(setting.kind, Choice)
    left = {key: label for key, label in setting.kind.options.items() if key not in keys}
    return {"options": left}


def _of_kind(kind: Kind) -> dict[str, Any]:
    match kind:
        case Choice():
            return {"kind": "choice", "options": _options(kind)}
        case Several():
            return {"kind": "several", "options": _options(kind.of), "fewest": kind.fewest}
        case Number(low, high, _step):
            name = "whole" if isinstance(kind, Whole) else "number"
            return {"kind": name, "low": low, "high": high}
        case Text():
            return {"kind": "text"}
    raise TypeError(f"the browser reads no {type(kind).__name__}")


def _options(kind: Choice) -> list[list[str]]:
    return [[kind.write(key), _(label)] for key, label in kind.options.items()]


def _json(setting: Setting, value: Any) -> Any:
    """A number as such; all else as its text, or a list of texts."""
    if value is None or isinstance(setting.kind, Number):
        return value
    return list(value) if isinstance(setting.kind, Several) else setting.write(value)
