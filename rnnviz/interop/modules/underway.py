"""What a watched module has done since the last update: its calls, and the gradients that came."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rnnviz.interop.modules.seen_calls import SeenCall
from rnnviz.texts import Sentence

if TYPE_CHECKING:
    import torch

LARGEST = 2**28
"""Bytes of what one update's calls may hold: beyond it the update is let go."""


@dataclass
class Underway:
    """What leads to the next update, as far as it has come.

    arrived: the calls that a gradient came back to, by their number. on_tensors: hooks on what they
    gave. versions: how often each parameter had been changed. norms: of each parameter's gradient.
    """

    has_read: bool = False
    is_too_large: bool = False
    calls: int = 0
    sequences: int = 0
    arrived: dict[int, SeenCall] = field(default_factory=dict)
    on_tensors: list[Any] = field(default_factory=list)
    versions: tuple[int, ...] = ()
    norms: dict[int, float] = field(default_factory=dict)
    notes: list[Sentence] = field(default_factory=list)

    def note(self, sentence: Sentence) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def arrives(self, call: SeenCall, name: str, gradient: "torch.Tensor") -> None:
        """A call is kept only once a gradient comes back to it: what was only looked at goes with
        its graph."""
        if self.is_too_large:
            return
        self.arrived[call.number] = call
        call.add(name, gradient)
        if sum(each.size for each in self.arrived.values()) > LARGEST:
            self.arrived.clear()
            self.is_too_large = True
            self.note(
                Sentence(
                    "more than {size} MB were read between two steps of an optimizer: too much to "
                    "be kept",
                    size=LARGEST >> 20,
                )
            )
