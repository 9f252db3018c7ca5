"""Two calls in a row: what becomes of the state between them, of the numbers and of the gradient.

The second call reads on where the first has ended. Its state is handed over as it is (`carried`),
without its history (`detached`), or not at all (`reset`). L is the sum of the second call's output.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.shapes.example import Example, by_name, example, initial_state
from rnnviz.shapes.running import Run, run
from rnnviz.shapes.setup import Setup
from rnnviz.texts import N_, _

CARRIED, DETACHED, RESET = "carried", "detached", "reset"
SECOND_TIME = (
    "Trying to backward through the graph a second time (or directly access saved tensors after "
    "they have already been freed). Saved intermediate values of the graph are freed when you call "
    ".backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the "
    "graph a second time or if you need to access saved tensors after calling backward."
)
"""What PyTorch says where a graph that was freed is needed again."""
ROUNDING, MOST_STEPS = 1e-12, 50
TITLES: Mapping[str, str] = {
    CARRIED: N_("The state is carried on"),
    DETACHED: N_("The state is carried on, detached"),
    RESET: N_("The state is reset"),
}


@dataclass(frozen=True, eq=False)
class Calls:
    """What comes of two calls with one way to treat the state.

    code: the two calls. output: (2 · time, batch, features), of both calls. difference: the largest
    to one call that reads all 2 · time steps. gradient: (2 · time,), ‖dL/dx‖ at each step, over all
    sequences. graph: after each of four calls, over how many steps PyTorch keeps values for a way
    back. raises: what a `backward` after each call raises at the second; "" where it does not.
    """

    way: str
    code: str
    output: Array
    difference: float
    gradient: Array
    graph: tuple[int, ...]
    raises: str

    @property
    def is_one_call(self) -> bool:
        """Whether the numbers are those of one long call."""
        return self.difference <= ROUNDING

    @property
    def reaches_back(self) -> bool:
        """Whether the gradient reaches what the first call has read."""
        return bool(self.gradient[: len(self.gradient) // 2].any())


@dataclass(frozen=True)
class OneEach:
    """That there is one state for each sequence of a batch.

    alone: the largest difference between a sequence's output in the batch and by itself.
    turned: by how much the second call's output changes at most where its sequences stand in the
    reversed order and the states do not; 0 where there is one sequence only.
    """

    alone: float
    turned: float


@lru_cache(maxsize=8)
def calls(setup: Setup) -> Mapping[str, Calls]:
    """The three ways, of sequences without padding; in each call as many steps as the setup has, at
    most `MOST_STEPS`."""
    long = _long(setup)
    return MappingProxyType({way: _calls(long, way) for way in TITLES})


@lru_cache(maxsize=8)
def one_each(setup: Setup) -> OneEach:
    """Whether the states of a batch mix, and what it does to confuse them."""
    long = _long(setup)
    first, second = _halves(long)
    before = _run(long, first, _start(long)).final
    together = _output(long, _run(long, second, before))
    alone = np.concatenate(
        [
            _output(long, _run(long, second[:, [b]], {n: a[[b]] for n, a in before.items()}))
            for b in range(second.shape[1])
        ],
        axis=1,
    )
    turned = _output(long, _run(long, second[:, ::-1], before))[:, ::-1]
    return OneEach(_largest(together - alone), _largest(together - turned))


def in_words(found: Calls, setup: Setup) -> tuple[str, str, str]:
    """What happens to the numbers, to the gradient and to the memory: a sentence each."""
    numbers = _("The numbers are those of one long call.")
    if not found.is_one_call:
        numbers = _("The second call begins anew, and its numbers are not those of one long call.")
    if not found.is_one_call and found.way != RESET and setup.bidirectional:
        numbers = _(
            "The numbers are not those of one long call: in the first call the backward direction "
            "has not seen what the second one reads."
        )
    gradient = _("The gradient stops where the second call begins.")
    if found.reaches_back:
        gradient = _("The gradient reaches back into the first call.")
    memory = _("Memory stays as it is: only the last call's values are kept for the way back.")
    if found.raises:
        memory = _(
            "Memory grows with every call, as all values are kept for the way back; and where each "
            "call is followed by a backward, the second one fails."
        )
    return numbers, gradient, memory


def _long(setup: Setup) -> Example:
    """What both calls read, as one."""
    steps = 2 * min(setup.length, MOST_STEPS)
    return example(replace(setup, length=steps, lengths=(), packed=True))


def _calls(long: Example, way: str) -> Calls:
    first, second = (_run(long, part, start) for part, start in _parts(long, way))
    back = second.backward(np.ones((*second.x.shape[:2], second.network.features)))
    before = np.zeros_like(first.x)
    if way == CARRIED:
        before = first.backward(final=back.start).x
    output = np.concatenate([_output(long, first), _output(long, second)])
    gradient = np.concatenate([before, back.x])
    time = len(first.x)
    kept = tuple(time * n if way == CARRIED else time for n in range(1, 5))
    return Calls(
        way,
        _code(long.setup, way),
        output,
        _largest(output - _output(long, long.run)),
        np.sqrt((gradient**2).sum(axis=(1, 2))),
        kept,
        SECOND_TIME if way == CARRIED else "",
    )


def _parts(long: Example, way: str) -> Iterator[tuple[Array, Mapping[str, Array]]]:
    """What each call reads and the state it begins with."""
    first, second = _halves(long)
    start = _start(long)
    yield first, start
    yield second, {} if way == RESET else _run(long, first, start).final


def _halves(long: Example) -> tuple[Array, Array]:
    time = len(long.run.x) // 2
    return long.run.x[:time], long.run.x[time:]


def _start(long: Example) -> dict[str, Array]:
    states = {state: initial_state(long.setup, state) for state in long.setup.states}
    return by_name(long.run.network, states)


def _run(long: Example, x: Array, start: Mapping[str, Array]) -> Run:
    return run(long.run.network, x, (len(x),) * x.shape[1], start)


def _output(long: Example, done: Run) -> Array:
    """(time, batch, features): as PyTorch gives it, but time first."""
    return np.concatenate(list(done.values("h")[-1, ..., : long.setup.h_out]), axis=-1)


def _largest(difference: Array) -> float:
    return float(np.abs(difference).max())


def _code(setup: Setup, way: str) -> str:
    """The two lines."""
    names = {n: ", ".join(f"{s}_{n}" for s in setup.states) for n in ("0", "n")}
    names["detached"] = ", ".join(f"{s}_n.detach()" for s in setup.states)
    if len(setup.states) > 1:
        names = {key: f"({name})" for key, name in names.items()}
    given = f", {names['0']}" if setup.initial == "given" else ""
    handed = {CARRIED: f", {names['n']}", DETACHED: f", {names['detached']}", RESET: ""}[way]
    after = names["n"]
    return f"output_1, {after} = rnn(x_1{given})\noutput_2, {after} = rnn(x_2{handed})"
