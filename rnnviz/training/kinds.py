"""Kinds of values that only a training run has: a cell, and a text to be read."""

from dataclasses import dataclass

from rnnviz import tasks
from rnnviz.equations import EquationError, parse
from rnnviz.notation.writer import plain
from rnnviz.representation import Cell
from rnnviz.settings.kinds import Choice, Text

SHORT_NAMES = {"RNN": "RNN (tanh)", "GRU": "GRU (PyTorch)"}
LONGEST_TEXT = 4000
"""Of a text, or of a cell's equations: the address carries it."""


@dataclass(frozen=True)
class CellOrEquations(Choice):
    """A cell of the gallery, by its name, or a Cell of one's own; a link has its equations."""

    def allows(self, value: object) -> bool:
        return isinstance(value, Cell) or super().allows(value)

    def read(self, text: str) -> str | Cell | None:
        named: str | None = super().read(SHORT_NAMES.get(text.strip().upper(), text))
        try:
            return parse(text[:LONGEST_TEXT]) if named is None else named
        except EquationError:
            return None

    def write(self, value: str | Cell) -> str:
        return plain(value) if isinstance(value, Cell) else value


@dataclass(frozen=True)
class OwnText(Text):
    """A text that a task reads in place of its own; None where it reads its own."""

    longest: int = LONGEST_TEXT

    @property
    def range(self) -> str:
        return "a text"

    def allows(self, value: object) -> bool:
        return isinstance(value, str | None)

    def read(self, text: str) -> str | None:
        return own_text(text[: self.longest])

    def write(self, value: str | None) -> str:
        return value or ""


def own_text(typed: str) -> str | None:
    """What was typed to be read; None for the rhymes, or for nothing. ValueError if too long."""
    if not typed.strip() or typed.strip() == tasks.RHYMES.strip():
        return None
    if len(typed) > LONGEST_TEXT:
        raise ValueError(
            f"the text has {len(typed):,} characters, and up to {LONGEST_TEXT:,} can be taken here"
        )
    return typed
