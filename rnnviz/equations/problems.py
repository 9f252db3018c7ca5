"""What is wrong with a text that is no cell, and what would be right."""

import difflib
import re

from rnnviz.equations.language import QUOTABLE
from rnnviz.operations import FUNCTIONS
from rnnviz.representation import base_of, is_parameter
from rnnviz.texts import N_, Sentence, _

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
TAKES = {
    1: N_("`{name}` takes one value, as in `{name}(c)`"),
    2: N_("`{name}` takes two values, as in `{name}(c, d)`"),
}
"""How many values a function takes → what is said where there are others."""


class PlacedError(ValueError):
    """Text that is not what was asked for; `line` and `column`, from 1, tell where."""

    def __init__(self, problem: Sentence, line: int = 1, column: int = 1) -> None:
        super().__init__(problem)
        self.line = line
        self.column = column

    @property
    def message(self) -> str:
        """What is wrong, and at which place."""
        return _(
            "Line {line}, column {column}: {problem}",
            line=self.line,
            column=self.column,
            problem=self,
        )


class EquationError(PlacedError):
    """Text that is no cell; the message says what is right."""


def place_of(source: str, position: int) -> tuple[int, int]:
    """The line and column of a character, from 1."""
    return source.count("\n", 0, position) + 1, position - source.rfind("\n", 0, position)


def bad_character(character: str) -> Sentence:
    if re.fullmatch(r"[0-9.]", character):
        return Sentence("that is no number; write numbers like 1, 0.5 or 1e-3")
    if re.fullmatch(QUOTABLE, character):
        return Sentence(
            "`{character}` has no meaning here; use letters, numbers, + - * / @ = ( ) and commas",
            character=character,
        )
    return Sentence(
        "the character {code} has no meaning here; "
        "use letters, numbers, + - * / @ = ( ) and commas",
        code=f"{ord(character):#06x}",
    )


def bad_target(name: str) -> Sentence | None:
    """Why a name cannot be given a value, if it cannot."""
    if not NAME.fullmatch(name):
        return Sentence("`{name}` is no name; a name begins with a letter", name=name)
    if name in FUNCTIONS or name == "x":
        return Sentence("`{name}` has a meaning already; choose another name", name=name)
    if is_parameter(name):
        return Sentence("`{name}` is spelled like a parameter; parameters are learned", name=name)
    if name.endswith("_prev"):
        return Sentence(
            "`{name}` is `{base}` of the step before; it cannot be set",
            name=name,
            base=base_of(name),
        )
    return None


def constant(name: str) -> Sentence:
    if name == "h":
        return Sentence(
            "`{name}` would be the same number always; it must depend on the input `x`", name=name
        )
    return Sentence("`{name}` would be the same number always; leave it out", name=name)


def no_function(called: str) -> Sentence:
    close = difflib.get_close_matches(called, FUNCTIONS, 1, 0.5)
    if close:
        return Sentence(
            "`{name}` is no function here; did you mean `{near}`?", name=called, near=close[0]
        )
    return Sentence(
        "`{name}` is no function here; there are {functions}",
        name=called,
        functions=", ".join(FUNCTIONS),
    )


def unknown_name(name: str, near: str) -> Sentence:
    """What is wrong about a name that is given no value; near: what may have been meant, if any."""
    if name in FUNCTIONS:
        return Sentence("`{name}` is a function: write `{name}(…)`", name=name)
    if not name.endswith("_prev"):
        if near:
            return Sentence("`{name}` is unknown; did you mean `{near}`?", name=name, near=near)
        return Sentence("`{name}` is unknown; give it a line of its own above", name=name)
    base = base_of(name)
    if near:
        return Sentence(
            "`{name}` needs a line `{base} = …`; did you mean `{near}`?",
            name=name,
            base=base,
            near=near,
        )
    return Sentence(
        "`{name}` needs a line `{base} = …`; give it a line of its own above",
        name=name,
        base=base,
    )
