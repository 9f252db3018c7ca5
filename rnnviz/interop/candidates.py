"""The networks that a file holds, before one of them is built; and which one is meant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rnnviz.interop.names import shown
from rnnviz.interop.questions import Answers, NetworkChoice, Undecided
from rnnviz.interop.refusals import joined
from rnnviz.network.network import Network
from rnnviz.texts import Sentence


@dataclass(frozen=True)
class Candidate:
    """A network in a file: how it is listed, and how it is built.

    build: raises ValueError, one sentence about the file, or `Undecided`, which can be answered.
    """

    choice: NetworkChoice
    build: Callable[[Answers], Network]


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
