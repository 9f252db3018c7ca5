"""Calls that do not fit a setup: the code, what PyTorch says to it, and what to do.

Some are worse than an error: PyTorch says nothing and computes something else. `words` is then
empty.
"""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rnnviz.shapes import refusals
from rnnviz.shapes.refusals import Refusal
from rnnviz.shapes.setup import Setup
from rnnviz.shapes.tensors import tensors
from rnnviz.texts import _

Shape = tuple[int, ...]


class Mistake(NamedTuple):
    """code: what was written; `rnn` and `x` in it are the setup's. error: the name of what PyTorch
    raises, "UserWarning" where it warns; "" where it says nothing. words: its message. advice: a
    sentence or two on what to do.
    """

    key: str
    code: str
    error: str
    words: str
    advice: str


def mistakes(setup: Setup) -> tuple[Mistake, ...]:
    """Those that this setup invites, the most common first."""
    return tuple(one for make in _ALL for one in make(setup))


def _said(key: str, code: str, refusal: Refusal | None, advice: str) -> Mistake:
    return Mistake(key, code, *(refusal or Refusal("", "")), advice)


def _of(shape: Shape) -> str:
    return f"torch.randn({', '.join(map(str, shape))})"


def _input_size(setup: Setup) -> Iterator[Mistake]:
    *before, size = tensors(setup)["x"].shape
    wrong = (*before, size + 1)
    advice = _("The last axis of x has input_size numbers, {size}.", size=size)
    refusal = refusals.to_call(setup, wrong)
    yield _said("input size", f"rnn({_of(wrong)})", refusal, advice)


def _axes(setup: Setup) -> Iterator[Mistake]:
    shape = (1, *tensors(setup)["x"].shape)
    advice = _(
        "x has the axes time, batch and features, or time and features for a single sequence; "
        "take others away with squeeze, or merge them with flatten."
    )
    if len(shape) == 4:
        yield _said("axes", f"rnn({_of(shape)})", refusals.to_call(setup, shape), advice)


def _turned(setup: Setup) -> Iterator[Mistake]:
    if not setup.batch:
        return
    length, batch, size = setup.length, setup.batch, setup.input_size
    shape = (length, batch, size) if setup.batch_first else (batch, length, size)
    advice = _(
        "PyTorch says nothing: it reads {batch} as the number of steps and {length} as that of "
        "sequences. Write batch_first=True, or turn x with x.transpose(0, 1).",
        batch=batch,
        length=length,
    )
    if setup.batch_first:
        advice = _(
            "PyTorch says nothing: it reads {batch} as the number of steps and {length} as that of "
            "sequences. Leave out batch_first=True, or turn x with x.transpose(0, 1).",
            batch=batch,
            length=length,
        )
    if length != batch:
        yield _said("turned", f"rnn({_of(shape)})", refusals.to_call(setup, shape), advice)


def _one_step(setup: Setup) -> Iterator[Mistake]:
    if not setup.batch:
        return
    shape = (setup.batch, setup.input_size)
    advice = _(
        "PyTorch says nothing: two axes are one sequence of {batch} steps. For one step of {batch} "
        "sequences add the axis of time with x.unsqueeze({axis}).",
        batch=setup.batch,
        axis=int(setup.batch_first),
    )
    yield _said("one step", f"rnn({_of(shape)})", refusals.to_call(setup, shape), advice)


def _state_turned(setup: Setup) -> Iterator[Mistake]:
    if not setup.batch:
        return
    rows, batch, _units = tensors(setup)["h_0"].shape
    advice = _(
        "h_0 is (layers and directions, batch, units) whatever batch_first says: turn it with "
        "h_0.transpose(0, 1)."
    )
    if rows == batch:
        return
    yield _with_states(setup, "state turned", lambda shape: (shape[1], shape[0], shape[2]), advice)


def _state_rows(setup: Setup) -> Iterator[Mistake]:
    rows = setup.num_layers * setup.directions
    if rows == 1:
        return
    advice = _("There is a row for each layer: {rows}.", rows=rows)
    if setup.bidirectional:
        advice = _("There is a row for each direction of each layer: {rows}.", rows=rows)
    yield _with_states(setup, "state rows", lambda shape: (1, *shape[1:]), advice)


def _last_batch(setup: Setup) -> Iterator[Mistake]:
    if setup.batch < 2:
        return
    before = setup.batch + 1
    advice = _(
        "The last batch of a DataLoader may be smaller, and a state that was kept does not fit it: "
        "set drop_last=True, or begin again without a state."
    )
    yield _with_states(setup, "last batch", lambda shape: (shape[0], before, shape[2]), advice)


def _with_states(setup: Setup, key: str, changed: Callable[[Shape], Shape], advice: str) -> Mistake:
    """A call with states of other shapes."""
    found = tensors(setup)
    shapes = tuple(changed(found[f"{state}_0"].shape) for state in setup.states)
    given: refusals.State = shapes if len(shapes) > 1 else shapes[0]
    written = ", ".join(map(_of, shapes))
    written = f"({written})" if len(shapes) > 1 else written
    return _said(
        key, f"rnn(x, {written})", refusals.to_call(setup, found["x"].shape, given), advice
    )


def _pair(setup: Setup) -> Iterator[Mistake]:
    found = tensors(setup)
    shape, x = found["h_0"].shape, found["x"].shape
    if setup.kind == "LSTM":
        advice = _("An LSTM takes a pair of states: rnn(x, (h_0, c_0)).")
        refusal = refusals.to_call(setup, x, shape)
        yield _said("pair", f"rnn(x, {_of(shape)})", refusal, advice)
        advice = _("An LSTM gives back a pair, and in it a pair: output, (h_n, c_n) = rnn(x).")
        refusal = Refusal("ValueError", "not enough values to unpack (expected 3, got 2)")
        yield _said("unpacking", "output, h_n, c_n = rnn(x)", refusal, advice)
        return
    advice = _("There is no c here: rnn(x, h_0).")
    refusal = refusals.to_call(setup, x, (shape, shape))
    yield _said("pair", f"rnn(x, ({_of(shape)}, {_of(shape)}))", refusal, advice)
    if shape[0] == 2:
        advice = _(
            "PyTorch says nothing: h_n has two rows, and what is called c_n is the second of them. "
            "There is no c here: output, h_n = rnn(x)."
        )
        yield _said("unpacking", "output, (h_n, c_n) = rnn(x)", None, advice)


def _projection(setup: Setup) -> Iterator[Mistake]:
    size = setup.hidden_size
    options = {"input_size": setup.input_size, "hidden_size": size, "num_layers": 1}
    options |= {"dropout": 0, "proj_size": size}
    advice = _("A projection makes h smaller: proj_size is at most {most}.", most=size - 1)
    if setup.kind != "LSTM":
        advice = _("Only nn.LSTM has a projection; put an nn.Linear behind another module.")
    code = f"nn.{setup.kind}({setup.input_size}, {size}, proj_size={size})"
    yield _said("projection", code, refusals.to_build(setup.kind, options), advice)


def _dropout(setup: Setup) -> Iterator[Mistake]:
    alone = Setup(setup.kind, num_layers=1, dropout=setup.dropout or 0.5)
    code = f"nn.{setup.kind}({setup.input_size}, {setup.hidden_size}, dropout={alone.dropout})"
    advice = _(
        "dropout acts between layers, on what one hands to the next, never along time: one layer "
        "has no use of it."
    )
    yield Mistake("dropout", code, "UserWarning", refusals.warning(alone), advice)


def _linear(setup: Setup) -> Iterator[Mistake]:
    *before, features = tensors(setup)["output"].shape
    outputs = setup.outputs or 2
    if setup.bidirectional:
        code = f"nn.Linear({setup.h_out}, {outputs})(rnn(x)[0])"
        rows = math.prod(before)
        if not setup.is_packed:
            refusal = refusals.to_read_out(rows, features, setup.h_out, outputs)
            advice = _(
                "Both directions stand side by side in the output: in_features is {features}.",
                features=features,
            )
            yield _said("linear", code, refusal, advice)
    advice = _("A recurrent module gives back a tuple: take its output out before the Linear.")
    words = "linear(): argument 'input' (position 1) must be Tensor, not tuple"
    code = f"nn.Sequential(rnn, nn.Linear({features}, {outputs}))(x)"
    yield Mistake("sequential", code, "TypeError", words, advice)


def _lengths(setup: Setup) -> Iterator[Mistake]:
    if setup.batch < 2 or setup.length < 2:
        return
    rising = tuple(sorted(setup.steps))
    if rising[0] == rising[-1]:
        rising = (setup.length - 1, *rising[1:])
    first = ", batch_first=True" if setup.batch_first else ""
    code = f"pack_padded_sequence(x, [{', '.join(map(str, rising))}]{first})"
    advice = _(
        "Write enforce_sorted=False: PyTorch then sorts the sequences and puts them back; only an "
        "export to ONNX needs them sorted."
    )
    yield _said("lengths", code, refusals.to_pack(setup.batch, rising), advice)


def _tokens(setup: Setup) -> Iterator[Mistake]:
    if not setup.vocabulary:
        return
    size = f"{setup.vocabulary}, {setup.input_size}"
    code = f"nn.Embedding({size})(torch.tensor([{setup.vocabulary}]))"
    advice = _("Tokens count from 0: the last one is {last}.", last=setup.vocabulary - 1)
    yield Mistake("tokens", code, "IndexError", "index out of range in self", advice)


def _double(setup: Setup) -> Iterator[Mistake]:
    words = (
        "RNN input dtype (torch.float64) does not match weight dtype (torch.float32). Convert "
        "input: input.to(torch.float32), or convert model: model.to(torch.float64)"
    )
    advice = _("NumPy computes in float64 and PyTorch in float32: write x.float().")
    yield Mistake("double", "rnn(x.double())", "ValueError", words, advice)


_ALL: tuple[Callable[[Setup], Iterator[Mistake]], ...] = (
    *(_input_size, _axes, _turned, _one_step, _state_turned, _state_rows, _pair, _last_batch),
    *(_linear, _lengths, _tokens, _double, _projection, _dropout),
)
