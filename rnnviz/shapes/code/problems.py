"""What is wrong with a piece of code, and at which place."""

from collections.abc import Iterable
from difflib import get_close_matches

from rnnviz.equations.problems import PlacedError
from rnnviz.shapes.refusals import Refusal
from rnnviz.texts import Sentence


class CodeError(PlacedError):
    """Code that makes no recurrent module, or one that PyTorch refuses."""


class Misread(Exception):
    """A problem, and the character where it is; `read` makes a CodeError of it."""

    def __init__(self, problem: Sentence, start: int = 0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.start = start


def nearest(name: str, known: Iterable[str]) -> str:
    """Which of those known may have been meant, however it is spelled in capitals; or nothing."""
    spelled = {one.casefold(): one for one in known}
    close = get_close_matches(name.casefold(), spelled, 1, 0.6)
    return spelled[close[0]] if close else ""


def refuse(refusal: Refusal | None, start: int) -> None:
    """Raise what PyTorch would, where it would raise anything."""
    if refusal is not None:
        said = Sentence("PyTorch says “{words}”", words=refusal.words)
        raise Misread(said, start)
