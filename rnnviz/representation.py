"""The one representation of a recurrent cell: a flat list of steps in single-assignment form.

Every reader (NumPy, JavaScript, notation, diagram) walks `Cell.steps`; what follows from the steps
(states, parameters, sizes, gates) is derived here once. `equations` makes a cell from text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from rnnviz.operations import OPERATIONS
from rnnviz.texts import Sentence

Size = Literal["hidden", "inputs", "number"]
Operand = str | float

_PARAMETER = re.compile(r"[WUVbp](_[A-Za-z0-9_]+)?")


class Step(NamedTuple):
    """One operation: `name` gets `op` of `args`; an argument is a name or a number."""

    name: str
    op: str
    args: tuple[Operand, ...]

    @property
    def operands(self) -> tuple[str, ...]:
        """The arguments that are names."""
        return tuple(a for a in self.args if isinstance(a, str))


@lru_cache(maxsize=1024)
def is_parameter(name: str) -> bool:
    return _PARAMETER.fullmatch(name) is not None


def is_matrix(name: str) -> bool:
    return is_parameter(name) and name[0] in "WUV"


def is_part(name: str) -> bool:
    """Whether a value is one its author left unnamed (`f.1`)."""
    return "." in name


def base_of(name: str) -> str:
    """`h_prev` → `h`."""
    return name.removesuffix("_prev")


def size_of(op: str, sizes: Sequence[Size]) -> Size:
    """The size an operation gives. Raises ValueError where the sizes of its operands do not fit."""
    if op == "matmul":
        return "hidden"
    vectors = {s for s in sizes if s != "number"}
    if len(vectors) == 2:
        raise ValueError(
            Sentence("one has as many numbers as the input x, the other as the hidden state")
        )
    return vectors.pop() if vectors else "number"


@dataclass(frozen=True)
class Cell:
    """A recurrent cell: its steps, and what follows from them.

    Two cells are equal when their steps are. Build one with `parse` or `Cell.from_json`.
    """

    steps: tuple[Step, ...]

    def __repr__(self) -> str:
        named = self.names if len(self.names) <= 12 else (*self.names[:11], "…")
        return f"Cell({', '.join(named)}; states {', '.join(self.states)})"

    def _repr_html_(self) -> str:
        """What a notebook shows: its diagram and equations."""
        from rnnviz.web.notebook.cells import cell_html

        return cell_html(self)

    def _repr_latex_(self) -> str:
        from rnnviz.web.notebook.cells import cell_latex

        return cell_latex(self)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The values that have a name, in the order they are computed."""
        return tuple(s.name for s in self.steps if not is_part(s.name))

    @cached_property
    def states(self) -> tuple[str, ...]:
        """What is carried from step to step: every `n` of an `n_prev`, `h` first."""
        used = {base_of(a) for s in self.steps for a in s.operands if a.endswith("_prev")}
        return tuple(sorted((n for n in self.names if n in used), key=lambda n: n != "h"))

    @property
    def h_and_states(self) -> tuple[str, ...]:
        """h first, which a cell gives whether or not it reads it again, then what is carried."""
        return tuple(dict.fromkeys(("h", *self.states)))

    @cached_property
    def parameters(self) -> dict[str, tuple[Size, ...]]:
        """Parameter → its shape in words: `W_f` is ("hidden", "inputs"), `b_f` is ("hidden",)."""
        shapes: dict[str, tuple[Size, ...]] = {}
        for step in self.steps:
            for name in filter(is_parameter, step.operands):
                columns = (self.sizes[str(step.args[1])],) if is_matrix(name) else ()
                shapes[name] = ("hidden", *columns)
        return shapes

    @cached_property
    def sizes(self) -> dict[str, Size]:
        """Value, part or leaf → "hidden" or "inputs"."""
        sizes: dict[str, Size] = {"x": "inputs"}
        for name, op, args in self.steps:
            for leaf in (a for a in args if isinstance(a, str) and a not in sizes):
                sizes[leaf] = "hidden"
            known: list[Size] = [sizes[a] if isinstance(a, str) else "number" for a in args]
            sizes[name] = size_of(op, known)
        return {n: s for n, s in sizes.items() if not is_matrix(n)}

    @cached_property
    def gates(self) -> tuple[str, ...]:
        """The named values that lie in [0, 1] by construction."""
        gates: list[str] = []
        for step in self.steps:
            complement = step.op == "sub" and step.args[0] == 1.0 and step.args[1] in gates
            operation = OPERATIONS[step.op]
            onto = (operation.low, operation.high) == (0.0, 1.0)
            if not is_part(step.name) and (onto or complement):
                gates.append(step.name)
        return tuple(gates)

    def step(self, name: str) -> Step:
        """The step that computes a value or part. Raises KeyError where there is none."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Step]:
        return {s.name: s for s in self.steps}

    def uses(self, name: str) -> tuple[tuple[Step, int], ...]:
        """The steps of which a value or parameter is an operand, with its slot."""
        return self._uses.get(name, ())

    @cached_property
    def _uses(self) -> dict[str, tuple[tuple[Step, int], ...]]:
        found: dict[str, tuple[tuple[Step, int], ...]] = {}
        for step in self.steps:
            for slot, arg in enumerate(step.args):
                if isinstance(arg, str):
                    found[arg] = (*found.get(arg, ()), (step, slot))
        return found

    def to_json(self) -> dict[str, object]:
        """Steps and all that follows from them, for readers in other languages."""
        return {
            "steps": [[s.name, s.op, list(s.args)] for s in self.steps],
            "names": list(self.names),
            "states": list(self.states),
            "parameters": {n: list(s) for n, s in self.parameters.items()},
            "sizes": dict(self.sizes),
            "gates": list(self.gates),
        }

    @staticmethod
    def from_json(data: dict[str, list[tuple[str, str, list[Operand]]]]) -> "Cell":
        """The inverse of `to_json`; only the steps are read."""
        return Cell(tuple(Step(name, op, tuple(args)) for name, op, args in data["steps"]))


def consumers(steps: Iterable[Step]) -> dict[str, tuple[Step, ...]]:
    """Value or leaf → the steps that use it, in order."""
    found: dict[str, tuple[Step, ...]] = {}
    for step in steps:
        for name in dict.fromkeys(step.operands):
            found[name] = (*found.get(name, ()), step)
    return found
