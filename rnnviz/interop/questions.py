"""What only who has trained a network can answer about its file: one question, and what can be
answered, so that a notebook's error names it and a page lists it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from rnnviz.texts import Sentence

Keyword = Literal["kind", "name", "readout"]
NONE = "none"
"""The answer that no matrix reads h."""


class Answers(NamedTuple):
    """What is said of a file, as `load` takes it: the cell; which network; the matrix that reads h,
    by its name or `NONE`; whether an embedding in front is read. None where the file is to say it.
    """

    kind: str | None = None
    name: str | None = None
    readout: str | None = None
    embedding: bool | None = False


UNANSWERED = Answers()


class CellChoice(NamedTuple):
    """A cell of the gallery that the arrays may be of."""

    name: str


class NetworkChoice(NamedTuple):
    """One of several networks in a file. weights: how many numbers it has in the file.

    cell: the gallery's name; "RNN" where tanh and ReLU cannot be told apart.
    """

    name: str
    cell: str
    layers: int
    directions: int
    inputs: int
    hidden: int
    weights: int

    def __str__(self) -> str:
        return f"{self.name} ({self.layers} × {self.cell}, {self.inputs} → {self.hidden})"


class ReadoutChoice(NamedTuple):
    """A matrix that may read h, with its shape, (outputs, numbers of h); or `NONE`, without one."""

    name: str
    shape: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.name} {self.shape}" if self.shape else self.name


Choice = CellChoice | NetworkChoice | ReadoutChoice
_OF: Mapping[str, Callable[..., Choice]] = MappingProxyType(
    {"kind": CellChoice, "name": NetworkChoice, "readout": ReadoutChoice}
)


@dataclass(frozen=True)
class Question:
    """about: the keyword of `load` that answers it, with the `name` of one of the choices."""

    about: Keyword
    choices: tuple[Choice, ...]

    def to_json(self) -> dict[str, Any]:
        """For another process."""
        return {"about": self.about, "choices": [list(choice) for choice in self.choices]}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Question":
        """The inverse of `to_json`."""
        of = _OF[data["about"]]
        choices = [[tuple(v) if isinstance(v, list) else v for v in c] for c in data["choices"]]
        return Question(data["about"], tuple(of(*values) for values in choices))


class Undecided(ValueError):
    """What the file does not tell; the sentence says how a notebook answers."""

    def __init__(self, sentence: Sentence, about: Keyword, choices: Sequence[Choice]) -> None:
        super().__init__(sentence)
        self.question = Question(about, tuple(choices))
