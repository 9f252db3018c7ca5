"""The parameters of a setup, as the page shows them: matrix by matrix, and counted."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from rnnviz.shapes.parameters import Parameter, count, gates_of, parameters
from rnnviz.shapes.setup import KINDS, SETTINGS, Setup
from rnnviz.texts import _
from rnnviz.web.shapes.written import written


def parameters_header(setup: Setup) -> dict[str, Any]:
    """As browser/shapes/header.js has them."""
    every = groupby(parameters(setup), key=lambda one: (one.module, one.layer, one.reverse))
    groups = [list(found) for _where, found in every]
    return {
        "layers": [
            {
                "title": _title(setup, found[0]),
                "isRecurrent": found[0].module == "rnn",
                "matrices": [_matrix(one) for one in found],
            }
            for found in groups
        ],
        "formulas": [*_formulas(setup)],
        "kinds": [_kind(setup, kind) for kind in KINDS],
        "notes": [*_notes(setup)],
    }


def _title(setup: Setup, one: Parameter) -> str:
    """Where a parameter stands."""
    if one.layer is None:
        return {"embedding": "nn.Embedding", "linear": "nn.Linear"}[one.module]
    if not setup.bidirectional:
        return _("layer {layer}", layer=one.layer)
    if one.reverse:
        return _("layer {layer} backward", layer=one.layer)
    return _("layer {layer} forward", layer=one.layer)


def _matrix(one: Parameter) -> dict[str, Any]:
    rows, *columns = one.shape
    gates = [
        {
            "gate": each.gate,
            "title": _(each.title),
            "role": each.role,
            "start": each.start,
            "stop": each.stop,
        }
        for each in one.rows
    ]
    return {
        "name": one.name,
        "shape": written(one.shape),
        "symbols": written(one.symbols),
        "contents": _(one.contents),
        "shown": f"{one.entries:,}",
        "rows": rows,
        "columns": columns[0] if columns else None,
        "gates": gates,
    }


def _formulas(setup: Setup) -> Iterator[dict[str, str]]:
    """What PyTorch counts, and what Keras would, as sums over the layers."""
    biases = 2 if setup.bias else 0
    yield _formula(_("PyTorch counts"), setup, biases)
    if not setup.proj_size:
        reset_after = setup.kind == "GRU"
        yield _formula(_("Keras counts"), setup, min(biases, 2 if reset_after else 1))


def _formula(title: str, setup: Setup, biases: int) -> dict[str, str]:
    gates, hidden, out = len(gates_of(setup.kind)), setup.hidden_size, setup.h_out
    both = setup.bidirectional
    ending = f" + {biases}" if biases else ""
    projected = f" + {out}·{hidden}" if setup.proj_size else ""
    each, total = [], 0
    for layer in range(setup.num_layers):
        own = f"{gates}·{hidden}·({setup.below(layer)} + {out}{ending}){projected}"
        each.append(f"2·({own})" if both and projected else f"2·{own}" if both else own)
        one = gates * hidden * (setup.below(layer) + out + biases)
        total += setup.directions * (one + (out * hidden if projected else 0))
    symbols = f"{'D·' if both else ''}gates·H_cell·(inputs + H_out{ending})"
    symbols += " + D·H_out·H_cell" if projected and both else " + H_out·H_cell" if projected else ""
    return {
        "title": title,
        "symbols": symbols,
        "numbers": " + ".join(each),
        "total": f"{total:,}",
    }


def _kind(setup: Setup, kind: str) -> dict[str, Any]:
    """The same sizes in another module, without what only an LSTM has."""
    tanh = SETTINGS["nonlinearity"].default
    other = (
        setup if kind == setup.kind else replace(setup, kind=kind, proj_size=0, nonlinearity=tanh)
    )
    found = count(other)
    is_this = kind == setup.kind
    return {"name": kind, "count": found, "shown": f"{found:,}", "isThis": is_this}


def _notes(setup: Setup) -> Iterator[str]:
    yield _(
        "An LSTM has four blocks of rows, a GRU three, a plain RNN one: at the same sizes, without "
        "a projection, a GRU has three quarters of the LSTM's numbers."
    )
    if setup.bias and setup.kind == "GRU":
        yield _(
            "PyTorch keeps two biases in each layer, and so does Keras with its default "
            "reset_after=True: in the candidate only one of them is inside the reset gate."
        )
    elif setup.bias:
        yield _(
            "PyTorch adds two biases where Keras has one: only their sum acts, so the second is "
            "counted and changes nothing that the network can do."
        )
    if setup.vocabulary or setup.outputs:
        yield _("These counts are of the recurrent layers alone.")
