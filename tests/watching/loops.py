"""Training loops, watched and not, and what torch itself finds of a loop over cells."""

from dataclasses import dataclass

import torch

TIME, BATCH, INPUTS, HIDDEN = 9, 4, 3, 5
KINDS = {"LSTM": torch.nn.LSTM, "GRU": torch.nn.GRU, "RNN": torch.nn.RNN}
CELLS = {"LSTM": torch.nn.LSTMCell, "GRU": torch.nn.GRUCell, "RNN": torch.nn.RNNCell}


def sequences(count, *, time=TIME, dtype=torch.float64, seed=3):
    """`count` batches, each (time, batch, inputs)."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(count, time, BATCH, INPUTS, generator=generator, dtype=dtype)


def built(kind, seed=0, **options):
    torch.manual_seed(seed)
    return KINDS[kind](INPUTS, HIDDEN, dtype=torch.float64, **options)


@dataclass
class Walked:
    """A layer and direction walked with torch's operations: h and c at each step, time as in the
    sequence, with their gradients retained."""

    h: list
    c: list

    def norms(self, state):
        return [t.grad.norm().item() for t in getattr(self, state)]


def walk(kind, weights, x, h, c, *, reverse=False, lengths=None):
    """Written out gate by gate, so that dL/dc is the total derivative (LSTMCell's c gets only what
    comes through the next step). Of padded items the state stays as it is."""
    w_ih, w_hh, b_ih, b_hh, *w_hr = weights
    steps = range(len(x))
    hs, cs = [None] * len(x), [None] * len(x)
    for t in reversed(steps) if reverse else steps:
        a, b = x[t] @ w_ih.T + b_ih, h @ w_hh.T + b_hh
        new_c = c
        if kind == "LSTM":
            i, f, g, o = (a + b).chunk(4, -1)
            new_c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            new_c.retain_grad()
            new_h = torch.sigmoid(o) * torch.tanh(new_c)
            new_h = new_h @ w_hr[0].T if w_hr else new_h
        elif kind == "GRU":
            (ar, az, an), (br, bz, bn) = a.chunk(3, -1), b.chunk(3, -1)
            r, z = torch.sigmoid(ar + br), torch.sigmoid(az + bz)
            n = torch.tanh(an + r * bn)
            new_h = (1 - z) * n + z * h
        else:
            new_h = torch.tanh(a + b)
        new_h.retain_grad()
        hs[t], cs[t] = new_h, new_c
        if lengths is None:
            h, c = new_h, new_c
        else:
            reads = (t < torch.tensor(lengths))[:, None]
            h, c = torch.where(reads, new_h, h), torch.where(reads, new_c, c)
    return Walked(hs, cs), h, c


def walked(kind, module, x, state=None, lengths=None):
    """All layers and directions of a module: {(layer, reverse): Walked}, output, h_n, c_n."""
    ways = 1 + module.bidirectional
    c0 = torch.zeros(module.num_layers * ways, x.shape[1], HIDDEN, dtype=x.dtype)
    h0 = c0[..., : module.proj_size or HIDDEN]
    h0, c0 = state if isinstance(state, tuple) else (h0 if state is None else state, c0)
    found, read, ends = {}, x, []
    for layer in range(module.num_layers):
        outputs = []
        for way in range(ways):
            ending = f"l{layer}" + ("_reverse" if way else "")
            names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
            names += ["weight_hr"] if module.proj_size else []
            weights = [getattr(module, f"{name}_{ending}") for name in names]
            place = layer * ways + way
            one, h, c = walk(
                kind, weights, read, h0[place], c0[place], reverse=bool(way), lengths=lengths
            )
            found[layer, bool(way)] = one
            outputs.append(torch.stack(one.h))
            ends.append((h, c))
        read = torch.cat(outputs, -1)
    return found, read, torch.stack([h for h, _ in ends]), torch.stack([c for _, c in ends])
