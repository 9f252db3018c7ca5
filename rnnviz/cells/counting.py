"""How many parameters a cell has, as a formula in its sizes: H units, I inputs."""

from collections import Counter
from fractions import Fraction
from typing import Literal, NamedTuple

from rnnviz.representation import Cell, Size

Spelling = Literal["plain", "latex"]
SHAPES: dict[tuple[Size, ...], tuple[str, str]] = {
    ("hidden", "hidden"): ("H²", "H^2"),
    ("hidden", "inputs"): ("HI", "HI"),
    ("hidden",): ("H", "H"),
}
"""Shape → how many numbers that is, plain and in LaTeX."""


class Count(NamedTuple):
    """How many matrices there are on the units, how many on the inputs, and how many vectors."""

    squares: int
    mixed: int
    vectors: int

    def of(self, hidden: int, inputs: int) -> int:
        """The number of parameters at these sizes."""
        return self.squares * hidden**2 + self.mixed * hidden * inputs + self.vectors * hidden

    def formula(self, spelling: Spelling = "plain") -> str:
        """`4(H² + HI + H)`; `3(H² + HI) + 4H`."""
        texts = [pair[spelling == "latex"] for pair in SHAPES.values()]
        alike: dict[int, list[str]] = {}
        for count, text in zip(self, texts, strict=True):
            if count:
                alike.setdefault(count, []).append(text)
        return " + ".join(_times(count, terms) for count, terms in alike.items()) or "0"

    def share_of(self, other: "Count") -> Fraction | None:
        """How many times another's this is, if it is so at all sizes."""
        pairs = list(zip(self, other, strict=True))
        shares = {Fraction(ours, theirs) for ours, theirs in pairs if theirs}
        zero_in_both = all(theirs or not ours for ours, theirs in pairs)
        return shares.pop() if len(shares) == 1 and zero_in_both else None


def count(cell: Cell) -> Count:
    """A cell's parameters, counted by their shapes."""
    shapes = Counter(cell.parameters.values())
    return Count(*(shapes[shape] for shape in SHAPES))


def _times(count: int, terms: list[str]) -> str:
    inner = " + ".join(terms)
    if count == 1:
        return inner
    return f"{count}({inner})" if len(terms) > 1 else f"{count}{inner}"
