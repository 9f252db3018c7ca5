"""The networks that a file holds, before one of them is built; and which one is meant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rnnviz.interop.names import shown
from rnnviz.interop.questions import NetworkChoice, Undecided
from rnnviz.interop.refusals import joined
from rnnviz.network.network import Network
from rnnviz.texts import Sentence


class Asked(NamedTuple):
    """What `load` was told: the cell; the matrix that reads h by its name or "none"; whether an
    embedding in front is read, None where that is for the file to say."""

    kind: str | None = None
    readout: str | None = None
    embedding: bool | None = False


@dataclass(frozen=True)
class Candidate:
    """A network in a file: how it is listed, and how it is built.

    build: raises ValueError, one sentence about the file, or `Undecided`, which can be answered.
    """

    choice: NetworkChoice
    build: Callable[[Asked], Network]


def chosen(candidates: Sequence[Candidate], name: str | None) -> Candidate:
    """The candidate of that name, or of a name that ends so; without a name the only one.

    Raises:
        ValueError: there is no such one. Undecided: there are several.
    """
    choices = [candidate.choice for candidate in candidates]
    if name is None:
        found = list(candidates)
    else:
        exact = [c for c in candidates if c.choice.name == name]
        found = exact or [c for c in candidates if c.choice.name.endswith(f".{name}")]
    if len(found) == 1:
        return found[0]
    listed = joined([str(choice) for choice in choices])
    if not found:
        problem = Sentence(
            "it has no {name}: it holds {names}", name=shown(str(name)), names=listed
        )
        raise ValueError(problem)
    raise Undecided(
        Sentence(
            'it holds several networks, so choose one, as in load(path, name="{first}"): {names}',
            names=listed,
            first=shown(choices[0].name),
        ),
        "name",
        choices,
    )
