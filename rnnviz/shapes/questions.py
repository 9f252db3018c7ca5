"""Predict, commit, reveal: questions about a setup, each outcome computed from it.

Where a setup cannot be asked a question (one direction, no batch, no padding), one is asked about
that differs in just this (`asked_about`); every question quotes the module that it is about.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.notation import number
from rnnviz.scenes.questions import Question
from rnnviz.shapes import refusals
from rnnviz.shapes.calls import CARRIED, RESET, calls
from rnnviz.shapes.code import lines
from rnnviz.shapes.example import by_place, example
from rnnviz.shapes.facts import last, row
from rnnviz.shapes.lengths import falling
from rnnviz.shapes.parameters import count
from rnnviz.shapes.setup import LONGEST, WIDEST, Setup
from rnnviz.shapes.tensors import tensors
from rnnviz.texts import _, ngettext

SEVERAL = 5
"""Steps, where a setup has one and that is too few to be asked about."""


def question(key: str, setup: Setup) -> Question:
    """One of `QUESTIONS`, about a setup or the nearest that it can be asked about."""
    return QUESTIONS[key](asked_about(key, setup))


def asked_about(key: str, setup: Setup) -> Setup:
    """The setup that a question is about."""
    changed = _ASKED_ABOUT.get(key)
    return changed(setup) if changed else setup


def module_line(setup: Setup) -> str:
    """`nn.LSTM(10, 20, num_layers=2)`."""
    written = ("".join(piece.text for piece in line) for line in lines(setup))
    return next(line for line in written if line.startswith("rnn = ")).removeprefix("rnn = ")


def _output_and_h_n(setup: Setup) -> Question:
    found = example(setup)
    h, h_n = found.h[-1], by_place(found.setup, found.run.final, "h")
    rows = [any(_stands_in(each, way) for way in h) for layer in h_n for each in layer]
    options = (_("all of them"), _("those of the last layer only"), _("none of them"))
    answer = 0 if all(rows) else 1 if any(rows) else 2
    text = _("`{module}`: which rows of `h_n` stand in `output` too?", module=module_line(setup))
    outcome = ngettext(
        "`h_n` has {rows} row, one for each layer and direction, and {found} of them can be found "
        "in `output`: it shows the last layer, at every step.",
        "`h_n` has {rows} rows, one for each layer and direction, and {found} of them can be found "
        "in `output`: it shows the last layer, at every step.",
        len(rows),
        rows=len(rows),
        found=sum(rows),
    )
    return Question(text, options, (answer,), outcome)


def _stands_in(states: Array, h: Array) -> bool:
    """Whether the states (batch, units) are those of a direction's h (time, batch, units), of each
    sequence at some step."""
    equal = (h == states).all(axis=-1)
    return bool(equal.any(axis=0).all())


def _backward_half(setup: Setup) -> Question:
    found = example(setup)
    sides = last(found.setup, f"{found.setup.h_out}:"), row(-1)
    values = [side.take(found.arrays[side.tensor]) for side in sides]
    difference, steps = float(np.abs(values[0] - values[1]).max()), setup.length
    code = last(setup, f"{setup.h_out}:").code
    options = (_("one"), _("all {steps}", steps=steps))
    text = _(
        "`{module}`: how many of the {steps} steps has the backward half of the last output, "
        "`{code}`, taken?",
        module=module_line(setup),
        steps=steps,
        code=code,
    )
    outcome = _(
        "The backward direction begins at the last step and is finished at step 0: `{code}` and "
        "`h_n[-1]`, where it has taken all, differ by up to {difference}.",
        code=code,
        difference=number(difference),
    )
    return Question(text, options, (0,), outcome)


def _batch_first(setup: Setup) -> Question:
    sizes = tensors(setup)
    rows, batch, units = sizes["h_0"].shape
    shapes = dict.fromkeys([(batch, rows, units), (rows, batch, units), (batch, 1, units)])
    said = [_said_to(setup, shape) for shape in shapes]
    answers = tuple(k for k, refusal in enumerate(said) if refusal is None)
    text = _("`{module}`: which shape must `h_0` have?", module=module_line(setup))
    outcome = _(
        "batch_first turns `x` and `output`, and leaves `h_0` and `h_n`: {shape} is layers and "
        "directions, batch, units.",
        shape=sizes["h_0"].shape,
    )
    wrong = next(filter(None, said), None)
    if wrong:
        outcome += " " + _("To another PyTorch says “{words}”.", words=wrong.words)
    return Question(text, tuple(str(shape) for shape in shapes), answers, outcome)


def _said_to(setup: Setup, shape: tuple[int, ...]) -> refusals.Refusal | None:
    """What PyTorch says to a call with an h_0 of this shape."""
    found = tensors(setup)
    state: refusals.State = shape
    if setup.kind == "LSTM":
        state = (shape, found["c_0"].shape)
    return refusals.to_call(setup, found["x"].shape, state)


def _units(setup: Setup) -> Question:
    others = (setup.length * 2, setup.length * 3, setup.length // 2, setup.length // 3)
    other = next(n for n in others if 1 <= n <= LONGEST and n != setup.hidden_size)
    before, after = count(setup), count(Setup.nearest(**{**vars(setup), "length": other}))
    doubled = min(2 * setup.hidden_size, WIDEST)
    wider = count(replace(setup, hidden_size=doubled))
    text = _(
        "`{module}`: if the sequences have {other} steps in place of {steps}, what becomes of its "
        "number of parameters?",
        module=module_line(setup),
        other=other,
        steps=setup.length,
    )
    options = (
        _("it stays"),
        _("it changes with the number of steps"),
        _("it stays only if hidden_size becomes {other}", other=other),
    )
    outcome = _(
        "{before} at a length of {steps} and {after} at {other}: the same matrices act at every "
        "step. hidden_size is how wide h is; at {doubled} there are {wider} parameters.",
        before=f"{before:,}",
        steps=setup.length,
        after=f"{after:,}",
        other=other,
        doubled=doubled,
        wider=f"{wider:,}",
    )
    return Question(text, options, (0 if before == after else 1,), outcome)


def _reset(setup: Setup) -> Question:
    found = calls(setup)
    text = _(
        "`{module}` is called twice, the second time without a state. What does the second call "
        "begin with?",
        module=module_line(setup),
    )
    options = (_("with zeros"), _("with what the first call ended with"))
    gone_on = np.abs(found[RESET].output - found[CARRIED].output).max()
    outcome = _(
        "A module remembers nothing between calls. The output differs by up to {difference} from "
        "one that is handed the state of the first call.",
        difference=number(float(gone_on)),
    )
    return Question(text, options, (0,) if gone_on else (0, 1), outcome)


def _gradient(setup: Setup) -> Question:
    found = calls(setup)[CARRIED]
    half = len(found.gradient) // 2
    text = _(
        "`{module}` is called twice, and the state is handed on. Does the gradient of the second "
        "call's output reach what the first call has read?",
        module=module_line(setup),
    )
    outcome = _(
        "‖dL/dx‖ is {before} at the first call's last step and {first} at its first: handing the "
        "state on hands the way back on, until it is detached.",
        before=number(float(found.gradient[half - 1])),
        first=number(float(found.gradient[0])),
    )
    if not found.gradient.any():
        outcome = _("It is 0 at every step: no unit of this network passes anything on.")
    options = (_("yes"), _("no, only numbers are handed on"))
    return Question(text, options, (0 if found.reaches_back else 1,), outcome)


def _padding(setup: Setup) -> Question:
    found, side = example(setup), last(setup)
    b = int(np.argmin(setup.steps))
    steps = setup.steps[b]
    there = side.take(found.arrays["output"])[b]
    own = example(replace(found.setup, packed=True)).h[-1, 0, steps - 1, b]
    after = example(replace(found.setup, packed=False)).h[-1, 0, -1, b]
    forward = there[: found.setup.h_out]
    holds = np.array_equal(forward, own), not there.any(), np.array_equal(forward, after)
    holes = {"module": module_line(setup), "code": side.code}
    holes["lengths"] = ", ".join(map(str, setup.steps))
    text = _(
        "`{module}` reads a packed batch of the lengths {lengths}. What is `{code}` of the "
        "shortest sequence?",
        **holes,
    )
    if not setup.is_packed:
        text = _(
            "`{module}` reads a batch of the lengths {lengths}, padded with zeros and not packed. "
            "What is `{code}` of the shortest sequence?",
            **holes,
        )
    after_all = _("h after the padding was read as well")
    options = (_("h after its own last step"), _("zeros"), after_all)
    outcome = _(
        "The largest |number| there is {largest}, and at the sequence's own last step, {step}, it "
        "is {own}.",
        largest=number(float(np.abs(there).max())),
        step=steps - 1,
        own=number(float(np.abs(own).max())),
    )
    return Question(text, options, tuple(k for k, true in enumerate(holds) if true), outcome)


def _both_ways(setup: Setup) -> Setup:
    """In both directions over several steps, all sequences whole."""
    steps = setup.length if setup.length > 1 else SEVERAL
    return replace(setup, bidirectional=True, length=steps, lengths=(), packed=True)


def _with_lengths(setup: Setup) -> Setup:
    """With sequences of different lengths."""
    if len(set(setup.steps)) > 1:
        return setup
    length = setup.length if setup.length > 1 else SEVERAL
    batch = setup.batch if setup.batch > 1 else 3
    return replace(setup, length=length, batch=batch, lengths=falling(length, batch))


QUESTIONS: Mapping[str, Callable[[Setup], Question]] = MappingProxyType(
    {
        "output and h_n": _output_and_h_n,
        "backward half": _backward_half,
        "batch_first": _batch_first,
        "units": _units,
        "reset": _reset,
        "gradient": _gradient,
        "padding": _padding,
    }
)
_ASKED_ABOUT: Mapping[str, Callable[[Setup], Setup]] = MappingProxyType(
    {
        "backward half": _both_ways,
        "batch_first": lambda setup: replace(setup, batch=setup.batch or 3, batch_first=True),
        "padding": _with_lengths,
    }
)
