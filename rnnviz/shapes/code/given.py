"""What the module is called with, as the code tells it: the input, its lengths, the states."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from rnnviz.shapes import refusals
from rnnviz.shapes.code.layers import Module, Unknown
from rnnviz.shapes.code.problems import Misread, refuse
from rnnviz.shapes.code.values import Call, Shaped, Values, are_sizes
from rnnviz.shapes.setup import SETTINGS, Setup
from rnnviz.texts import Sentence, sentence_of

_STATE = re.compile(r"(self\.)?(h|c|hx|cx|hidden|cell|state)_?(0|1|n|t|state|prev)?", re.IGNORECASE)
_LENGTHS = re.compile(r"(self\.)?(\w+_)?(lengths|lens)", re.IGNORECASE)


class Given(NamedTuple):
    """The values of some code, and the module of interest among them."""

    values: Values
    module: Module

    def fill(self, setup: Setup) -> Setup:
        """The setup with what the code tells of the input.

        Raises:
            Misread: PyTorch would refuse it, or it is larger than can be shown.
        """
        x = self.x
        if x is not None:
            setup = self._with_input(setup, x)
        state = self.state
        if self.call is None and state is None:
            return setup
        is_tuple = isinstance(state, tuple) and not isinstance(state, Shaped)
        tensors = state if is_tuple else (state,)
        if x is not None and all(isinstance(one, Shaped) for one in tensors):
            shapes = tuple(one.shape for one in tensors)
            given = shapes if is_tuple else shapes[0]
            refuse(refusals.to_call(setup, x.shape, given), tensors[0].start)
        return replace(setup, initial="zeros" if state is None else "given")

    @property
    def call(self) -> Call | None:
        """The line that calls the module, if there is one."""
        return next((one for one in self.values.calls if one.module is self.module), None)

    @property
    def x(self) -> Shaped | None:
        """What the module reads, where the code tells its shape."""
        if self.call:
            read = self.call.arguments[0].value if self.call.arguments else None
            return read if isinstance(read, Shaped) else None
        found = [value for name, value in self._tensors() if not _STATE.fullmatch(name)]
        return next((one for one in found if one.vocabulary is None), None)

    @property
    def state(self) -> Any:
        """What it begins with: a tensor or a tuple of them; None where it is zeros."""
        if self.call:
            return next((one.value for one in self.call.arguments[1:2]), None)
        found = tuple(value for name, value in self._tensors() if _STATE.fullmatch(name))
        return found if len(found) > 1 else next(iter(found), None)

    @property
    def lengths(self) -> Any:
        """The lengths that stand in a list, packed or not; None where there are none."""
        named = ((name, value) for name, value in self.values.names.items() if are_sizes(value))
        return next((value for name, value in named if _LENGTHS.fullmatch(name)), None)

    def _tensors(self) -> Iterator[tuple[str, Shaped]]:
        for name, value in self.values.names.items():
            if isinstance(value, Shaped):
                yield name, value

    def _with_input(self, setup: Setup, x: Shaped) -> Setup:
        refuse(refusals.to_call(setup, x.shape), x.start)
        if min(x.shape) < 1:
            raise Misread(Sentence("every size of a tensor is at least 1 here"), x.start)
        self._check_tokens(setup, x)
        length, batch = x.shape[:2] if len(x.shape) == 3 else (x.shape[0], 0)
        if setup.batch_first and batch:
            length, batch = batch, length
        lengths = self.lengths if x.lengths is None else x.lengths
        if isinstance(lengths, Unknown):
            untold = Sentence(
                "what `{text}` is stands nowhere here: write the lengths", text=lengths.text
            )
            raise Misread(untold, x.start)
        if x.lengths is not None:
            _check_lengths(batch, x)
        packed = x.lengths is not None or SETTINGS["packed"].default
        if lengths and x.lengths is None:
            packed = False
        lengths = tuple(lengths or ()) if batch else ()
        found = {"length": length, "batch": batch, "lengths": lengths, "packed": packed}
        return checked({**vars(setup), **found}, x.start)

    def _check_tokens(self, setup: Setup, x: Shaped) -> None:
        """A token beyond the Embedding's table."""
        tokens = x.tokens
        if tokens and tokens.vocabulary and setup.vocabulary < tokens.vocabulary:
            words = refusals.Refusal("IndexError", "index out of range in self")
            refuse(words, tokens.start)


def _check_lengths(batch: int, x: Shaped) -> None:
    """Lengths that are packed: of each sequence one, falling where they have to."""
    if not are_sizes(x.lengths) or not x.lengths:
        raise Misread(Sentence("the lengths are to be a list of whole numbers"), x.start)
    if x.enforce_sorted or len(x.lengths) != batch:
        refuse(refusals.to_pack(batch, x.lengths), x.start)


def checked(values: Mapping[str, Any], start: int) -> Setup:
    """The setup of these values. Misread where one is out of its range."""
    try:
        SETTINGS.check({**SETTINGS.defaults, **values})
        return Setup.nearest(**values)
    except ValueError as error:
        problem = sentence_of(error)
        raise Misread(Sentence("{problem}", problem=problem), start) from None
