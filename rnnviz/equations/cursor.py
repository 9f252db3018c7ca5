"""Where a parser is among its tokens."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar


class Token(Protocol):
    """A piece of a text. kind: "mark" for signs and brackets, "end" for the end of a line."""

    @property
    def kind(self) -> str: ...

    @property
    def text(self) -> str: ...


T = TypeVar("T", bound=Token)


class Cursor(Generic[T]):
    """Goes through the tokens once."""

    def __init__(self, tokens: Sequence[T]) -> None:
        self.tokens = tokens
        self.place = 0

    @property
    def next(self) -> T:
        return self.tokens[self.place]

    def take(self, *texts: str) -> str:
        """The next token's text if it is a mark that is one of these, which is then over; or ""."""
        token = self.next
        if token.kind != "mark" or token.text not in texts:
            return ""
        self.place += 1
        return token.text
