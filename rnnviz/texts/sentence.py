"""A sentence that is made in one place and read in another: raised, kept, or sent by a process.

Nobody's language is in force where it is made, so it is the English text, which is the key to the
catalogues, and what fills its holes; `str` makes the text in the language in force where it is
read. An exception that carries one is read so too: `str(error)`.
"""

from typing import Any

from rnnviz.texts.spoken import _, ngettext


class Sentence:
    """A text with {holes}, to be translated where it is read.

    Args:
        message: the English text, a literal.
        holes: what fills it: numbers as they are to be read, names, other sentences.
    """

    def __init__(self, message: str, /, **holes: object) -> None:
        self.message = message
        self.holes = holes

    def __str__(self) -> str:
        return _(self.message, **self.holes)

    def __repr__(self) -> str:
        return repr(str(self))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    @property
    def _parts(self) -> tuple[object, ...]:
        return (self.message, *self.holes.items())


class Counted(Sentence):
    """The same where a number decides the form; it fills the hole {count}."""

    def __init__(self, one: str, many: str, count: int, /, **holes: object) -> None:
        super().__init__(one, **holes)
        self.many, self.count = many, count

    def __str__(self) -> str:
        return ngettext(self.message, self.many, self.count, **self.holes)

    @property
    def _parts(self) -> tuple[object, ...]:
        return (self.many, self.count, *super()._parts)


def sentence_of(error: Exception) -> Sentence | str:
    """What an exception says, to be read later."""
    return error.args[0] if error.args and isinstance(error.args[0], Sentence) else str(error)


def to_json(text: object) -> Any:
    """A sentence as plain JSON, for another process; what is none as its text."""
    if not isinstance(text, Sentence):
        return str(text)
    found = {"message": text.message, "holes": {n: to_json(h) for n, h in text.holes.items()}}
    return found | ({"many": text.many, "count": text.count} if isinstance(text, Counted) else {})


def from_json(data: Any) -> Sentence | str:
    """The inverse of `to_json`."""
    if isinstance(data, str):
        return data
    holes = {name: from_json(hole) for name, hole in data["holes"].items()}
    if "many" in data:
        return Counted(data["message"], data["many"], data["count"], **holes)
    return Sentence(data["message"], **holes)
