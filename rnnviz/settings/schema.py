"""The table of a page's settings: what each is called, and how links are read and written."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from typing import Any

from rnnviz.settings.kinds import BETWEEN, Kind, Several, Text, Whole
from rnnviz.texts import N_, Sentence


@dataclass(frozen=True)
class Setting:
    """One thing that can be chosen.

    label, help: what it is called on the page, and a sentence or two about it where that does not
    say all; both in English, and translated where they are shown. key: stands in links and files;
    the schema gives it its name there. group: the key of the part of the page where it is found;
    the same as of the one before where none is given. optional: None is allowed, and `help` tells
    what it means. live: can be changed while a run is on.
    """

    kind: Kind
    default: Any
    label: str
    help: str = ""
    key: str = ""
    group: str = ""
    optional: bool = False
    live: bool = False

    @property
    def range(self) -> Sentence:
        """The allowed values in words: they stand in the sentence of `check`."""
        found = self.kind.range
        return Sentence("{range}, or None", range=found) if self.optional else found

    def check(self, value: object) -> None:
        """Raise a ValueError that states the range where a value is out of it."""
        if self.kind.allows(value) or (self.optional and value is None):
            return
        holes = {"key": self.key, "range": self.range, "value": repr(value)}
        near = get_close_matches(str(value), map(str, getattr(self.kind, "keys", ())), n=1)
        if near:
            raise ValueError(
                Sentence(
                    "{key} must be {range}, not {value}: did you mean {near}?",
                    near=repr(near[0]),
                    **holes,
                )
            )
        raise ValueError(Sentence("{key} must be {range}, not {value}", **holes))

    def read(self, value: object) -> Any:
        """The nearest allowed value to a link's; the default for what is none at all.

        value: all that a link says under its key (see `parts`). The last counts, or all where a
        setting has several.
        """
        said = parts(value)
        text = BETWEEN.join(said) if isinstance(self.kind, Several) else said[-1]
        found = self.kind.read(text)
        if found is None and not (self.optional and text.strip().lower() in ("", "none")):
            return self.default
        return found

    def fits_link(self, value: Any) -> bool:
        """Whether a link says it; a long text is the visitor's alone."""
        return not isinstance(self.kind, Text) or self.kind.fits_link(value)

    def write(self, value: Any) -> str:
        """What `read` turns into this value."""
        return "none" if value is None and self.optional else self.kind.write(value)


def setting(default: Any, kind: Kind, label: str, help: str = "", **more: Any) -> Any:
    """A dataclass field that declares a setting; more: `Setting`'s other fields."""
    declared = Setting(kind, default, label, help, **more)
    return field(default=default, metadata={"setting": declared})


def seed_setting(help: str) -> Any:
    """The field of a seed; help: what the same seed draws the same."""
    return setting(0, Whole(0, 9999), N_("Seed"), help)


class Schema(Mapping[str, Setting]):
    """Name → setting: of a page, or a part of one. Keys in links are the names, after a prefix.

    ValueError where two settings have one key.
    """

    def __init__(self, settings: Mapping[str, Setting], prefix: str = "") -> None:
        named = {n: replace(one, key=one.key or prefix + n) for n, one in settings.items()}
        key, times = Counter(one.key for one in named.values()).most_common(1)[0]
        if times > 1:
            raise ValueError(f"two settings have the key {key!r}")
        self._settings = named

    @staticmethod
    def of(declared: type, prefix: str = "") -> "Schema":
        """The table of a dataclass whose fields `setting` made."""
        found: dict[str, Setting] = {}
        group = ""
        for one in fields(declared):
            group = one.metadata["setting"].group or group
            found[one.name] = replace(one.metadata["setting"], group=group)
        return Schema(found, prefix)

    def __getitem__(self, name: str) -> Setting:
        return self._settings[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._settings)

    def __len__(self) -> int:
        return len(self._settings)

    @property
    def defaults(self) -> dict[str, Any]:
        """Name → what it is where nothing was chosen."""
        return {name: one.default for name, one in self.items()}

    def group(self, key: str) -> tuple[str, ...]:
        """The names of the settings in one part of the page."""
        return tuple(name for name, one in self.items() if one.group == key)

    def check(self, chosen: Mapping[str, Any]) -> None:
        """Raise a ValueError where a value is out of its range."""
        for name, one in self.items():
            one.check(chosen[name])

    def read(self, query: Mapping[str, Any]) -> dict[str, Any]:
        """Name → value of what a link asks for. Other keys are ignored."""
        return {n: one.read(query[one.key]) for n, one in self.items() if one.key in query}

    def write(self, chosen: Mapping[str, Any]) -> dict[str, str]:
        """The link that `read` turns into these values: what is not the default, as text."""
        return {
            one.key: one.write(chosen[name])
            for name, one in self.items()
            if name in chosen and chosen[name] != one.default and one.fits_link(chosen[name])
        }


def parts(value: object) -> list[str]:
    """What a link says under a key: a text, or a list of them where it says it more than once."""
    return [str(one) for one in value] or [""] if isinstance(value, list | tuple) else [str(value)]
