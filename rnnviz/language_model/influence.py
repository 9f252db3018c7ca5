"""Which earlier tokens a prediction depends on: its gradient, and what changes with another."""

from typing import NamedTuple

import numpy as np

from rnnviz.language_model.reading import Codes, Reading
from rnnviz.language_model.scores import log_softmax, predicted
from rnnviz.language_model.stepping import first_states, read_on, states_after
from rnnviz.network.arrays import Array
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network


class Leaning(NamedTuple):
    """What L = ln P(token) after some tokens leans on, by its gradient at each of them.

    token: whose probability it is. value: L.
    norm: (tokens,), ‖dL/dx_t‖, x_t being what the first layer reads: the token's one-hot code, or
        its embedding. product: (tokens,), dL/dx_t · x_t: what the linear part of L owes to it.
    """

    token: int
    value: float
    norm: Array
    product: Array


def leaning(network: Network, read: Reading, codes: Codes, token: int | None) -> Leaning:
    """The gradient of ln P(token) after these tokens, (time,), at each of them. token: None is the
    likeliest.

    Raises:
        ValueError: a network that cannot be taken on from its states.
    """
    run = read_on(network, read(codes)[:, None], first_states(network, 1))
    scores = predicted(run.prediction)
    logarithms = log_softmax(scores[-1, 0])
    token = int(logarithms.argmax()) if token is None else token
    dscores = np.zeros_like(scores)
    dscores[-1, 0] = (np.arange(len(logarithms)) == token) - np.exp(logarithms)
    stages = list(run.stages.items())
    first = next(k for k, stage in enumerate(network.body) if isinstance(stage, Layer))
    x = stages[first - 1][1].output if first else run.x
    dx = run.backward(dprediction=dscores).stages[stages[first][0]].x
    norm = np.linalg.norm(dx[:, 0].astype(float), axis=-1)
    return Leaning(token, float(logarithms[token]), norm, (dx * x)[:, 0].sum(axis=-1))


def replacements(network: Network, read: Reading, codes: Codes, token: int, others: Codes) -> Array:
    """(time, others): by how much ln P(token) after these tokens, (time,), changes where the one at
    a step is replaced by another, and all that is read after it stays.

    All of it in one batch that grows: at each step enter the sequences in which it is replaced,
    from the states that the text itself has come to, so that nothing is read twice.

    Raises:
        ValueError: a network that cannot be taken on from its states.
    """
    states = first_states(network, 1)
    for step, code in enumerate(codes):
        entering = {
            name: np.concatenate([state[:-1], np.repeat(state[-1:], len(others) + 1, axis=0)])
            for name, state in states.items()
        }
        tokens = np.concatenate([np.full(step * len(others), code), others, [code]])
        run = read_on(network, read(tokens[None]), entering)
        states = states_after(run)
    logarithms = log_softmax(predicted(run.prediction)[-1])[:, token]
    changes: Array = logarithms[:-1] - logarithms[-1]
    return changes.reshape(len(codes), len(others))
