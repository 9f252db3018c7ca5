"""The oracle: a walk over the steps of a cell in torch, whose gradients autograd finds.

It shares nothing with the engine but the representation of a cell. Arrays are (time, batch, size).
"""

from dataclasses import dataclass, field

import numpy as np
import torch


def hard_sigmoid(a):
    """torch's own multiplies gradients with a sixth rounded to float32."""
    return torch.where(a.abs() < 3, a / 6 + 0.5, (a > 0).to(a.dtype))


def hard_sigmoid_02(a):
    """clip(a / 5 + 1/2, 0, 1); torch's clamp passes gradients on at its ends, too."""
    return torch.where(a.abs() < 2.5, a * 0.2 + 0.5, (a > 0).to(a.dtype))


OPERATIONS = {
    "matmul": lambda matrix, vectors: vectors @ matrix.T,
    "add": torch.add,
    "sub": torch.sub,
    "mul": torch.mul,
    "neg": torch.neg,
    "identity": torch.clone,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "exp": torch.exp,
    "softplus": lambda a: torch.logaddexp(a, torch.zeros_like(a)),
    "hard_sigmoid": hard_sigmoid,
    "div": torch.div,
    "hard_sigmoid_02": hard_sigmoid_02,
    "hard_tanh": torch.nn.functional.hardtanh,
    "softsign": torch.nn.functional.softsign,
    "sin": torch.sin,
    "cos": torch.cos,
    "abs": torch.abs,
    "sqrt": torch.sqrt,
    "log": torch.log,
    "max": torch.maximum,
    "min": torch.minimum,
}


@dataclass
class Sample:
    """A cell with arrays that fit it, and the gradients that reach h, and others, from outside."""

    cell: object
    params: dict
    x: np.ndarray
    dh: np.ndarray
    initial: dict
    holds: tuple = ()
    others: dict = field(default_factory=dict)
    present: np.ndarray | None = None

    @property
    def given(self):
        """What the engine's `forward` takes after the cell."""
        names = ("params", "x", "initial", "holds", "present")
        return {name: getattr(self, name) for name in names}


def sample(
    cell, *, time=5, batch=2, inputs=2, hidden=3, dtype=float, seed=0, scale=0.5, holds=(), nets=()
):
    """Random arrays of the asked sizes; `nets` are leading axes for several networks at once."""
    rng, sizes = np.random.default_rng(seed), {"inputs": inputs, "hidden": hidden}

    def normal(*shape):
        return rng.normal(size=shape).astype(dtype)

    return Sample(
        cell,
        {
            name: (scale * normal(*nets, *(sizes[s] for s in words))).astype(dtype)
            for name, words in cell.parameters.items()
        },
        normal(time, *nets, batch, inputs),
        normal(time, *nets, batch, hidden),
        {state: normal(*nets, batch, hidden) for state in cell.states},
        tuple(holds),
    )


def step(cell, params, x, states, holds=(), time=0, track=lambda value: None, present=None):
    """One time step: every value and part, with `x` and the states before. (batch, size) tensors.

    A held unit is a constant: no gradient passes below it, its own is kept. present: (batch,);
    the states of the others are those before.
    """
    row = {"x": x.clone(), **{f"{name}_prev": value.clone() for name, value in states.items()}}
    for value in row.values():
        track(value)
    for name, op, args in cell.steps:
        operands = [
            row.get(a, params.get(a)) if isinstance(a, str) else torch.tensor(a, dtype=x.dtype)
            for a in args
        ]
        row[name] = OPERATIONS[op](*operands).expand(len(x), -1)
        for hold in holds:
            if hold.name == name and (hold.steps is None or time in hold.steps):
                mask = torch.zeros(row[name].shape, dtype=torch.bool)
                mask[:, slice(None) if hold.unit is None else hold.unit] = True
                constant = torch.full_like(row[name], hold.value, requires_grad=True)
                row[name] = torch.where(mask, constant, row[name])
        if present is not None and name in states:
            there = torch.tensor(present)[:, None]
            row[name] = torch.where(there, row[name], row[f"{name}_prev"])
        track(row[name])
    return row


class Walk:
    """A whole run, forward and backward: values, gradients, params, x, initial as arrays."""

    def __init__(self, of):
        params = {name: tensor(array) for name, array in of.params.items()}
        initial = {name: tensor(array) for name, array in of.initial.items()}
        self.leaf, rows, states = tensor(of.x), [], initial
        for time, x in enumerate(self.leaf):
            present = None if of.present is None else of.present[time]
            rows.append(step(of.cell, params, x, states, of.holds, time, tracked, present))
            states = {name: rows[-1][name] for name in of.cell.states}
        given = [("h", of.dh), *of.others.items()]
        loss = sum(
            (row[name] * torch.tensor(gradients[time])).sum()
            for name, gradients in given
            for time, row in enumerate(rows)
        )
        if loss.requires_grad:
            loss.backward()
        self.values = {n: np.stack([r[n].detach().numpy() for r in rows]) for n in rows[0]}
        self.gradients = {n: np.stack([gradient(r[n]) for r in rows]) for n in rows[0]}
        self.params = {name: gradient(leaf) for name, leaf in params.items()}
        self.initial = {name: gradient(leaf) for name, leaf in initial.items()}

    @property
    def x(self):
        return gradient(self.leaf)

    @property
    def largest(self):
        """The largest number of them all, at least 1: what rounding is measured by; or nan."""
        every = (self.values, self.gradients, self.params, self.initial)
        return np.max(
            [1.0, *(np.abs(array).max() for arrays in every for array in arrays.values())]
        )


def tensor(array):
    return torch.tensor(np.asarray(array), requires_grad=True)


def tracked(value):
    if not value.requires_grad:
        value.requires_grad_()
    value.retain_grad()


def gradient(leaf):
    return np.zeros(leaf.shape) if leaf.grad is None else leaf.grad.numpy()
