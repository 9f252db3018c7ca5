"""What L is on a page: its kind, the steps that count, and one sentence about it."""

from dataclasses import dataclass

from rnnviz.network.losses import LossKind


@dataclass(frozen=True)
class Asked:
    """What L is. steps: those that count, from 0. text: one sentence about it."""

    kind: LossKind
    steps: tuple[int, ...]
    text: str


def asked(kind: LossKind, steps: tuple[int, ...], *, length: int, features: int) -> Asked:
    """What L is, with its sentence.

    Args:
        steps: those that count, each once, in order, of a sequence of `length`.
        features: how many outputs h the last layer has.
    """
    one, last = len(steps) == 1, length - 1
    where = "at the last step" if steps[-1] == last else f"at step {steps[-1] + 1}"
    over = f"over {'all' if len(steps) == length else len(steps)} steps"
    if kind == "sum":
        added = where if one else f"added {over}"
        return Asked(kind, steps, f"L is the sum of the {features} outputs h, {added}.")
    meant = where if one else f"averaged {over}"
    return Asked(kind, steps, f"L is the {kind} of its answer {meant}.")
