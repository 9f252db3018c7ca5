"""What L is on a page: its kind, the steps that count, and one sentence about it."""

from dataclasses import dataclass

from rnnviz.network.losses import LossKind
from rnnviz.texts import _, ngettext


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
    if kind == "sum":
        return Asked(kind, steps, _of_sum(steps, length, features))
    sentence = _of_cross_entropy if kind == "cross entropy" else _of_squared_error
    return Asked(kind, steps, sentence(steps, length))


# Whole sentences: what changes in one of them stands elsewhere in another language.


def _of_sum(steps: tuple[int, ...], length: int, features: int) -> str:
    if steps == (length - 1,):
        return ngettext(
            "L is the output h, at the last step.",
            "L is the sum of the {count} outputs h, at the last step.",
            features,
        )
    if len(steps) == 1:
        return ngettext(
            "L is the output h, at step {step}.",
            "L is the sum of the {count} outputs h, at step {step}.",
            features,
            step=steps[0] + 1,
        )
    if len(steps) == length:
        return ngettext(
            "L is the output h, added over all steps.",
            "L is the sum of the {count} outputs h, added over all steps.",
            features,
        )
    return ngettext(
        "L is the output h, added over {steps} steps.",
        "L is the sum of the {count} outputs h, added over {steps} steps.",
        features,
        steps=len(steps),
    )


def _of_cross_entropy(steps: tuple[int, ...], length: int) -> str:
    if steps == (length - 1,):
        return _("L is the cross entropy of its answer at the last step.")
    if len(steps) == 1:
        return _("L is the cross entropy of its answer at step {step}.", step=steps[0] + 1)
    if len(steps) == length:
        return _("L is the cross entropy of its answer averaged over all steps.")
    return _("L is the cross entropy of its answer averaged over {steps} steps.", steps=len(steps))


def _of_squared_error(steps: tuple[int, ...], length: int) -> str:
    if steps == (length - 1,):
        return _("L is the squared error of its answer at the last step.")
    if len(steps) == 1:
        return _("L is the squared error of its answer at step {step}.", step=steps[0] + 1)
    if len(steps) == length:
        return _("L is the squared error of its answer averaged over all steps.")
    return _("L is the squared error of its answer averaged over {steps} steps.", steps=len(steps))
