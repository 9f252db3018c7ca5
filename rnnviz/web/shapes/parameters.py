"""The parameters of a setup, as the page shows them: matrix by matrix, and counted."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from rnnviz.shapes.counts import Count, counts, same_sizes
from rnnviz.shapes.parameters import Parameter, parameters
from rnnviz.shapes.setup import Setup
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
        "formulas": [_formula(one) for one in counts(setup)],
        "kinds": [
            {"name": kind, "count": found, "shown": f"{found:,}", "isThis": kind == setup.kind}
            for kind, found in same_sizes(setup).items()
        ],
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


def _formula(one: Count) -> dict[str, str]:
    title = _("{library} counts", library=one.tool)
    return {
        "title": title,
        "symbols": one.symbols,
        "numbers": one.numbers,
        "total": f"{one.total:,}",
    }


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
