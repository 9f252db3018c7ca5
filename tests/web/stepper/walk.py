"""The oracle: a walk over the steps of cells in torch, float64, whose gradients autograd finds.

It shares nothing with the program but the representation of a cell and the payload's header.
"""

import numpy as np
import torch

from tests import oracle

# Its vectors stand alone, where the engine's oracle has a batch of them.
OPERATIONS = oracle.OPERATIONS | {"matmul": torch.mv}


def tensor(array):
    return torch.tensor(np.asarray(array, dtype=float), requires_grad=True)


class Layer:
    """One cell over one sequence; `values` and `gradients` are (time, size), parts included."""

    def __init__(self, spec, params, xs, initial, holds):
        self.spec, self.holds, self.params = spec, holds, params
        steps = spec["cell"]["steps"]
        self.rows = [{} for _ in xs]
        self.initial = initial
        state = dict(initial)
        for t in reversed(range(len(xs))) if spec["reverse"] else range(len(xs)):
            row = self.rows[t]
            row["x"] = self.held("x", t, xs[t].clone())
            for name, value in state.items():
                row[f"{name}_prev"] = self.held(f"{name}_prev", t, value.clone())
            for name, op, args in steps:
                operands = [self.operand(a, row) for a in args]
                value = OPERATIONS[op](*operands)
                row[name] = self.held(name, t, value)
            state = {name: row[name] for name in state}

    def operand(self, arg, row):
        if isinstance(arg, float):
            return torch.tensor(arg, dtype=torch.float64)
        return row[arg] if arg in row else self.params[arg]

    def held(self, name, t, value):
        """A held unit is a constant: no gradient passes below it, its own is kept."""
        for hold in self.holds:
            if hold["name"] == name and hold["from"] <= t < hold["to"]:
                units = slice(None) if hold["unit"] is None else hold["unit"]
                mask = torch.zeros(len(value), dtype=torch.bool)
                mask[units] = True
                constant = torch.full_like(value, hold["value"], requires_grad=True)
                value = torch.where(mask, constant, value)
        value.retain_grad()
        return value

    @property
    def output(self):
        return torch.stack([row["h"] for row in self.rows])

    @property
    def values(self):
        return {n: np.stack([r[n].detach().numpy() for r in self.rows]) for n in self.rows[0]}

    @property
    def gradients(self):
        return {n: np.stack([gradient(row[n]) for row in self.rows]) for n in self.rows[0]}


def gradient(leaf):
    return np.zeros(leaf.shape) if leaf.grad is None else leaf.grad.numpy()


class Network:
    """The payload's network over one sequence of the batch, forward and backward."""

    def __init__(self, header, arrays, holds, item):
        self.leaves = {name: tensor(array) for name, array in arrays.items()}
        self.x = tensor(arrays["x"][:, item])
        self.layers, self.item = [], item
        xs = self.x
        for number in sorted({spec["layer"] for spec in header["layers"]}):
            outputs = []
            for index, spec in enumerate(header["layers"]):
                if spec["layer"] == number:
                    self.layers.append(self.layer(index, spec, xs, holds.get(index, [])))
                    outputs.append(self.layers[-1].output)
            xs = torch.cat(outputs, dim=1)
        self.output = xs
        self.prediction = self.probabilities = None
        if header["readout"]:
            self.prediction = xs @ self.leaves["readout.W"].T + self.leaves["readout.b"]
            self.probabilities = torch.softmax(self.prediction, 1)
        self.loss = self.judge(header["loss"])
        self.loss.backward()

    def layer(self, index, spec, xs, holds):
        cell = spec["cell"]
        params = {name: self.leaves[f"{index}.{name}"] for name in cell["parameters"]}
        initial = {}
        for state in cell["states"]:
            name = f"{index}.initial.{state}"
            given = self.leaves.get(name)
            initial[state] = tensor(np.zeros(spec["hidden"])) if given is None else given[self.item]
            initial[state].retain_grad()
        return Layer(spec, params, xs, initial, holds)

    def judge(self, loss):
        steps, targets = loss["steps"], self.leaves["targets"][:, self.item]
        judged = self.output if self.prediction is None else self.prediction
        if loss["kind"] == "sum":
            return self.output[steps].sum()
        if loss["kind"] == "squared error":
            return torch.nn.functional.mse_loss(judged[steps], targets[steps])
        return torch.nn.functional.cross_entropy(judged[steps], targets[steps])
