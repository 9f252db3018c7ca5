"""The oracle: PyTorch's recurrent layers written out by hand, every tensor keeping its gradient.

Nothing here comes from the project: the equations are those of PyTorch's documentation, on the
module's own parameters.
"""

import torch


def rnn(nonlinearity):
    def step(x, h, c, weights, biases):
        (w, u), (b, d) = weights, biases
        return {"h": nonlinearity(x @ w.T + b + h @ u.T + d)}

    return step


def lstm(x, h, c, weights, biases):
    (w, u), (b, d) = weights, biases
    i, f, g, o = (x @ w.T + b + h @ u.T + d).chunk(4, dim=-1)
    values = {"i": i.sigmoid(), "f": f.sigmoid(), "g": g.tanh(), "o": o.sigmoid()}
    values["c"] = values["f"] * c + values["i"] * values["g"]
    values["h"] = values["o"] * values["c"].tanh()
    return values


def gru(x, h, c, weights, biases):
    (w, u), (b, d) = weights, biases
    of_x, of_h = (x @ w.T + b).chunk(3, dim=-1), (h @ u.T + d).chunk(3, dim=-1)
    r, z = (of_x[0] + of_h[0]).sigmoid(), (of_x[1] + of_h[1]).sigmoid()
    n = (of_x[2] + r * of_h[2]).tanh()
    return {"r": r, "z": z, "n": n, "h": (1 - z) * n + z * h}


STEPS = {"RNN_TANH": rnn(torch.tanh), "RNN_RELU": rnn(torch.relu), "LSTM": lstm, "GRU": gru}


def unroll(module, x, start=None):
    """Run a module (time, batch, inputs) by hand.

    Returns the output and {(layer, reverse): {name: [tensor of each time step]}}; every tensor
    has `retain_grad`. `start` is (h0, c0) as the module takes them.
    """
    values, below = {}, [x[t] for t in range(len(x))]
    ways = 2 if module.bidirectional else 1
    for layer in range(module.num_layers):
        above = []
        for way in range(ways):
            weights, biases = parameters(module, f"_l{layer}{'_reverse' if way else ''}")
            zero = x.new_zeros(x.shape[1], module.hidden_size)
            place = layer * ways + way
            h, c = (zero, zero) if start is None else (start[0][place], start[1][place])
            kept = values[layer, bool(way)] = {}
            for t in reversed(range(len(x))) if way else range(len(x)):
                step = STEPS[module.mode](below[t], h, c, weights, biases)
                for name, tensor in step.items():
                    tensor.retain_grad()
                    kept.setdefault(name, {})[t] = tensor
                h, c = step["h"], step.get("c", c)
            above.append([kept["h"][t] for t in range(len(x))])
        below = [torch.cat(side_by_side, dim=-1) for side_by_side in zip(*above, strict=True)]
    return torch.stack(below), values


def parameters(module, ending):
    weights = [getattr(module, f"weight_{of}{ending}") for of in ("ih", "hh")]
    zero = weights[0].new_zeros(len(weights[0]))
    return weights, [getattr(module, f"bias_{of}{ending}", zero) for of in ("ih", "hh")]


def gradients(kept, name):
    """(time, batch, size): dL/d(value) of every step; zero where L does not depend on it."""
    steps = [kept[name][t] for t in range(len(kept[name]))]
    return torch.stack([torch.zeros_like(s) if s.grad is None else s.grad for s in steps]).numpy()
