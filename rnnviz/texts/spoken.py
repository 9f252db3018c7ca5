"""The language in force where a text is made."""

from collections.abc import Callable
from gettext import NullTranslations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rnnviz.texts.sentence import Sentence


class Speech(NamedTuple):
    """A language: its code, as in `lang="zh"`, and its translations."""

    code: str
    translations: NullTranslations


ENGLISH = Speech("en", NullTranslations())


class _Speaker:
    """Who knows which language is in force: nobody, until the app starts and knows its visitors."""

    find: Callable[[], Speech] = staticmethod(lambda: ENGLISH)


def speak(find: Callable[[], Speech]) -> None:
    """From here on this tells, whenever a text is made, which language it is made in.

    It is asked in the thread that makes the text, since each serves another visitor.
    """
    _Speaker.find = staticmethod(find)


def language() -> str:
    """The code of the language in force. Who keeps what contains texts, keeps it by this too."""
    return _Speaker.find().code


def N_(message: str) -> str:
    """Mark a text that stands in a table: it is translated with `_` where it is shown."""
    return message


def _(message: "str | Sentence", /, **holes: object) -> str:
    """The text in the language in force, its {holes} filled; no text stays none, and a `Sentence`
    has its own."""
    if not isinstance(message, str):
        return str(message)
    translated = _Speaker.find().translations.gettext(message) if message else ""
    return _filled(translated, holes)


def pgettext(context: str, message: str, /, **holes: object) -> str:
    """The same for a text that means two things in English: context says which."""
    return _filled(_Speaker.find().translations.pgettext(context, message), holes)


def ngettext(one: str, many: str, count: int, /, **holes: object) -> str:
    """The form of a text that belongs to a count, which fills the hole {count}."""
    form = _Speaker.find().translations.ngettext(one, many, count)
    return _filled(form, {"count": count, **holes})


def _filled(text: str, holes: dict[str, object]) -> str:
    return text.format(**holes) if holes else text
