"""The same layers in other tongues: PyTorch, Keras, ONNX, rnnviz, and how each lays out its gates.

Sources: torch.nn.LSTM and GRU; keras.layers.LSTM and GRU (Keras 3); the operators LSTM, GRU and RNN
of ONNX (opset 14).
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from rnnviz.cells import ABOUT
from rnnviz.shapes.code import write
from rnnviz.shapes.parameters import cell_of, gates_of, parameters
from rnnviz.shapes.setup import Setup
from rnnviz.texts import _

Shape = tuple[int, ...]
GATES: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {
        **{("PyTorch", kind): gates_of(kind) for kind in ("RNN", "LSTM", "GRU")},
        ("Keras", "RNN"): ("h",),
        ("Keras", "LSTM"): ("i", "f", "g", "o"),
        ("Keras", "GRU"): ("z", "r", "n"),
        ("ONNX", "RNN"): ("h",),
        ("ONNX", "LSTM"): ("i", "o", "f", "g"),
        ("ONNX", "GRU"): ("z", "r", "n"),
    }
)
"""Tool and kind of module → its gates, by our names, in the order in which they are stacked. rnnviz
stacks nothing."""
CANDIDATES: Mapping[str, str] = MappingProxyType({"g": "c", "n": "h"})
"""Our names of candidates → what Keras and ONNX call them."""


class Elsewhere(NamedTuple):
    """The same layers in a tool.

    lines: code; "" where the tool has no such layer, and `reason` says why. gates: by our names, in
    the order in which they are stacked; none where they are not. arrays: name → shape of the first
    layer's parameters, forward. notes: sentences on what differs.
    """

    tool: str
    lines: str
    gates: tuple[str, ...]
    arrays: Mapping[str, Shape]
    notes: tuple[str, ...] = ()
    reason: str = ""

    @property
    def letters(self) -> tuple[str, ...]:
        """What the tool itself calls its gates, in the same order."""
        if self.tool == "PyTorch":
            return self.gates
        return tuple(CANDIDATES.get(gate, gate) for gate in self.gates)


def elsewhere(setup: Setup) -> tuple[Elsewhere, ...]:
    """PyTorch's line and those of the others."""
    return tuple(of(setup) for of in (_torch, _keras, _onnx, _rnnviz))


def _torch(setup: Setup) -> Elsewhere:
    arrays = {
        one.name: one.shape for one in parameters(setup) if one.layer == 0 and not one.reverse
    }
    stacked = {
        "LSTM": _("Gates are stacked as rows; there are two biases, which are added."),
        "GRU": _(
            "Gates are stacked as rows; there are two biases, which are added, but for the "
            "candidate's: there the reset gate stands between them."
        ),
    }
    notes = (stacked[setup.kind],) if setup.bias and setup.kind in stacked else ()
    return Elsewhere("PyTorch", write(setup), GATES["PyTorch", setup.kind], arrays, notes)


def _keras(setup: Setup) -> Elsewhere:
    gates, size = GATES["Keras", setup.kind], setup.hidden_size
    if setup.proj_size:
        reason = _("Keras has no LSTM with a projection.")
        return Elsewhere("Keras", "", gates, {}, reason=reason)
    wide = len(gates) * size
    arrays: dict[str, Shape] = {
        "kernel": (setup.input_size, wide),
        "recurrent_kernel": (size, wide),
    }
    if setup.bias:
        arrays["bias"] = (2, wide) if setup.kind == "GRU" else (wide,)
    notes = [_("The batch always stands first; the state is given back without an axis of layers.")]
    if setup.kind == "GRU":
        notes.append(
            _(
                "reset_after=True is PyTorch's GRU: the reset gate acts after the product, and "
                "there are two biases."
            )
        )
    elif setup.bias:
        notes.append(_("There is one bias for each gate, where PyTorch has two."))
    return Elsewhere("Keras", "\n".join(_keras_lines(setup)), gates, arrays, tuple(notes))


def _keras_lines(setup: Setup) -> Iterator[str]:
    yield _keras_input(setup)
    if setup.vocabulary:
        masked = ", mask_zero=True" if setup.is_packed else ""
        size = f"{setup.vocabulary}, {setup.input_size}"
        yield f"x = keras.layers.Embedding({size}{masked})(tokens)"
    elif setup.is_packed:
        yield "x = keras.layers.Masking(0.0)(x)"
    options = [str(setup.hidden_size), "return_sequences=True", "return_state=True"]
    options += ['activation="relu"'] if setup.kind == "RNN" and setup.nonlinearity == "relu" else []
    options += ["reset_after=True"] if setup.kind == "GRU" else []
    options += [] if setup.bias else ["use_bias=False"]
    name = "SimpleRNN" if setup.kind == "RNN" else setup.kind
    layer = f"keras.layers.{name}({', '.join(options)})"
    if setup.bidirectional:
        layer = f"keras.layers.Bidirectional({layer})"
    for k in range(setup.num_layers):
        above = k == setup.num_layers - 1
        yield f"{'output' if above else 'x'}, *state_{k} = {layer}({_keras_read(setup, k)})"
        if setup.dropout and not above:
            yield f"x = keras.layers.Dropout({setup.dropout})(x)"
    if setup.outputs:
        yield f"y = keras.layers.Dense({setup.outputs})(output)"


def _keras_input(setup: Setup) -> str:
    if setup.vocabulary:
        return f'tokens = keras.Input(({setup.length},), dtype="int32")'
    return f"x = keras.Input(({setup.length}, {setup.input_size}))"


def _keras_read(setup: Setup, layer: int) -> str:
    """What a layer is called with."""
    if setup.initial == "zeros":
        return "x"
    count = len(setup.states) * setup.directions
    given = [f"start_{layer}_{k}" for k in range(count)]
    return f"x, initial_state=[{', '.join(given)}]"


def _onnx(setup: Setup) -> Elsewhere:
    gates, size, ways = GATES["ONNX", setup.kind], setup.hidden_size, setup.directions
    if setup.proj_size:
        reason = _("ONNX's LSTM has no projection.")
        return Elsewhere("ONNX", "", gates, {}, reason=reason)
    rows = len(gates) * size
    arrays: dict[str, Shape] = {"W": (ways, rows, setup.input_size), "R": (ways, rows, size)}
    if setup.bias:
        arrays["B"] = (ways, 2 * rows)
    notes = [
        _("One node is one layer with its directions; Y is (seq_len, directions, batch, units)."),
    ]
    if setup.kind == "GRU":
        notes.append(
            _("linear_before_reset=1 is PyTorch's GRU: the reset gate acts after the product.")
        )
    if setup.num_layers > 1:
        notes.append(
            _("Between two nodes Y is transposed and reshaped: directions are to lie side by side.")
        )
    return Elsewhere("ONNX", "\n".join(_onnx_lines(setup)), gates, arrays, tuple(notes))


def _onnx_lines(setup: Setup) -> Iterator[str]:
    options = [f"hidden_size={setup.hidden_size}"]
    if setup.bidirectional:
        options.append('direction="bidirectional"')
    if setup.kind == "GRU":
        options.append("linear_before_reset=1")
    if setup.kind == "RNN" and setup.nonlinearity == "relu":
        options.append(f"activations={['Relu'] * setup.directions}".replace("'", '"'))
    for k in range(setup.num_layers):
        read = "X" if k == 0 else f"X_{k}"
        inputs = [read, f"W_{k}", f"R_{k}", f"B_{k}" if setup.bias else ""]
        inputs.append("sequence_lens" if setup.is_packed else "")
        if setup.initial == "given":
            inputs += [f"initial_{state}_{k}" for state in setup.states]
        while not inputs[-1]:
            inputs.pop()
        gives = [f"Y_{k}", *(f"Y_{state}_{k}" for state in setup.states)]
        quoted = [", ".join(f'"{name}"' for name in names) for names in (inputs, gives)]
        yield (
            f'onnx.helper.make_node("{setup.kind}", [{quoted[0]}], [{quoted[1]}], '
            f"{', '.join(options)})"
        )


def _rnnviz(setup: Setup) -> Elsewhere:
    if setup.proj_size:
        reason = _(
            "In rnnviz h is as wide as c: a projection is a matrix after h, "
            "`h = V @ (o * tanh(c))`, with rows of zeros."
        )
        return Elsewhere("rnnviz", "", (), {}, reason=reason)
    cell = ABOUT[cell_of(setup)]
    equations = cell.equations if setup.bias else re.sub(r" \+ b(_\w+)?", "", cell.equations)
    names = dict.fromkeys(re.findall(r"\b[WUb](?:_\w+)?\b", equations))
    widths = {"W": (setup.input_size,), "U": (setup.hidden_size,), "b": ()}
    arrays = {name: (setup.hidden_size, *widths[name[0]]) for name in names}
    notes = [_("Time always stands first, and each gate has its arrays by name.")]
    if setup.kind == "GRU" and setup.bias:
        notes.append(
            _("Of PyTorch's two biases only b_hn is kept apart: the reset gate scales it.")
        )
    elif setup.bias:
        notes.append(_("There is one bias for each gate, where PyTorch has two."))
    lines = "\n".join(_rnnviz_lines(setup, equations))
    return Elsewhere("rnnviz", lines, (), arrays, tuple(notes))


def _rnnviz_lines(setup: Setup, equations: str) -> Iterator[str]:
    cell = f'rnnviz.cells.GALLERY["{cell_of(setup)}"]'
    if not setup.bias:
        yield f'cell = rnnviz.parse("""\n{equations}""")'
        cell = "cell"
    sizes = {"inputs": setup.input_size, "hidden": setup.hidden_size, "layers": setup.num_layers}
    options = [f"{name}={value}" for name, value in sizes.items()]
    options += ["bidirectional=True"] if setup.bidirectional else []
    options += [f"outputs={setup.outputs}"] if setup.outputs else []
    yield f"net = rnnviz.Network.fresh({cell}, {', '.join(options)})"
    if setup.vocabulary:
        yield "x = table[tokens]"
    given = [f"lengths={list(setup.lengths)}"] if setup.is_packed else []
    states = ", ".join(f"{state}_0" for state in setup.states)
    if setup.initial == "given":
        given.append(f"initial=({states})" if len(setup.states) > 1 else f"initial={states}")
    yield f"rec = rnnviz.trace({', '.join(['net', 'x', *given])})"
    yield "output = rec.output"
    if setup.outputs:
        yield "y = rec.prediction"
