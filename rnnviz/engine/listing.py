"""What a schedule comes to, as text: the calls of one step forward and of one step back.

`python -m rnnviz.engine.listing LSTM` prints those of a cell of the gallery.
"""

import sys

from rnnviz.engine.calls import Call, Kind, Place, Use, Work
from rnnviz.engine.schedule import Schedule, schedule
from rnnviz.engine.way_back import backward_calls
from rnnviz.representation import Operand

SAID = {
    Kind.GRADIENT: "d{}",
    Kind.SLOPE_BY_FIRST: "slope of {}",
    Kind.SLOPE_BY_SECOND: "slope of {} by its second operand",
    Kind.HELD_AT: "what {} is held at",
    Kind.MASK: "where {} is held",
    Kind.PASSED: "what passes below {}",
    Kind.ABSENT: "where {} is absent",
    Use.MATRICES: "[{}]",
    Use.TRANSPOSED: "[{}]ᵀ",
    Use.SHARE: "share of {}",
}


def listing(plan: Schedule) -> str:
    """The calls of one step of a cell, the loss being asked of h at every step."""
    back, _ = backward_calls(plan, frozenset({"h"}))
    lines = [
        f"forward, {len(plan.during)} calls:",
        *(f"  {line}" for line in map(_Names(plan).line, plan.during)),
        f"back, {len(back)} calls:",
        *(f"  {line}" for line in map(_Names(plan).line, back)),
    ]
    return "\n".join(lines)


class _Names:
    """What lies where: `f i o` for the rows that hold these three."""

    def __init__(self, plan: Schedule) -> None:
        self.plan = plan
        self.stacks = {stack.name for stack in plan.stacks}

    def line(self, call: Call) -> str:
        operands = ", ".join(self.name(operand) for operand in call.operands)
        return f"{self.name(call.target)} ← {call.rule.__name__}({operands})"

    def name(self, operand: Place | Work | Operand) -> str:
        if isinstance(operand, Work):
            rows = Place(operand.name, 0, len(self.plan.cell.steps))
            is_stack = operand.name in self.stacks
            return SAID[operand.use].format(self._held(rows) if is_stack else operand.name)
        if isinstance(operand, Place):
            held = self._held(operand)
            return SAID.get(operand.kind, "{}").format(held)
        return f"{operand:g}" if isinstance(operand, float) else operand

    def _held(self, place: Place) -> str:
        """The values that lie in these rows; what is kept of a held one lies under its name."""
        if place.kind in (Kind.HELD_AT, Kind.MASK, Kind.PASSED):
            return place.buffer
        inside = [
            name
            for name, one in (*self.plan.places.items(), *self.plan.vectors.items())
            if one.buffer == place.buffer
            and one.later == place.later
            and place.start <= one.start < place.stop
        ]
        names = list(dict.fromkeys(inside)) or [place.buffer]
        return names[0] if len(names) == 1 else f"({' '.join(names)})"


if __name__ == "__main__":
    from rnnviz.cells import GALLERY

    print(listing(schedule(GALLERY[sys.argv[1] if len(sys.argv) > 1 else "LSTM"])))
