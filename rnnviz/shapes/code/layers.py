"""The layers of torch.nn that the code may make, and their arguments: a closed list."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from rnnviz.shapes.code.problems import Misread, nearest
from rnnviz.texts import Sentence

_OF_ALL = ("bias", "batch_first", "dropout", "bidirectional")
LAYERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "RNN": ("input_size", "hidden_size", "num_layers", "nonlinearity", *_OF_ALL),
        "LSTM": ("input_size", "hidden_size", "num_layers", *_OF_ALL, "proj_size"),
        "GRU": ("input_size", "hidden_size", "num_layers", *_OF_ALL),
        "Embedding": ("num_embeddings", "embedding_dim", "padding_idx"),
        "Linear": ("in_features", "out_features", "bias"),
    }
)
"""Layer → its arguments, in their order; of each the first two must be given."""
CHANGES_NO_SHAPE = frozenset(
    {"device", "dtype", "padding_idx", "max_norm", "norm_type", "scale_grad_by_freq", "sparse"}
)
NEIGHBOURS = frozenset(
    {"Bilinear", "EmbeddingBag", "LazyLinear", "RNNBase", "RNNCellBase", "Identity"}
)
"""Layers of torch.nn that are spelled like one of these and are none."""
CELLS = frozenset({"RNNCell", "LSTMCell", "GRUCell"})
OF_KERAS = frozenset({"units", "return_sequences", "return_state", "recurrent_dropout", "stateful"})


class Module(NamedTuple):
    """A layer that the code makes. options: by the names of its arguments. start: where."""

    kind: str
    options: Mapping[str, Any]
    start: int


class Argument(NamedTuple):
    """An argument of a call. name: "" where it is given by its place. start: where."""

    name: str
    value: Any
    start: int


class Unknown(NamedTuple):
    """A value that the code does not tell, and how it is written."""

    text: str


def layer_called(name: str, start: int) -> str:
    """The layer that a name of torch.nn stands for; "" for those that are of no concern.

    Raises:
        Misread: it is nearly a layer's name, or a cell's.
    """
    if name in LAYERS:
        return name
    if name in CELLS:
        module = name.removesuffix("Cell")
        single = Sentence(
            "`nn.{name}` computes a single step; write `nn.{module}`", name=name, module=module
        )
        raise Misread(single, start)
    near = nearest(name, LAYERS)
    if name in NEIGHBOURS or not near:
        return ""
    raise Misread(
        Sentence("`nn.{name}` is no layer; did you mean `nn.{near}`?", name=name, near=near), start
    )


def module_of(kind: str, arguments: Iterable[Argument], start: int) -> Module:
    """A layer with these arguments.

    Raises:
        Misread: one is unknown, missing, given twice, or its value is not told.
    """
    names, found = LAYERS[kind], dict[str, Any]()
    for place, one in enumerate(arguments):
        name = one.name or (names[place] if place < len(names) else "")
        _check_name(kind, name, found, one.start)
        if name in CHANGES_NO_SHAPE:
            continue
        if isinstance(one.value, Unknown):
            _refuse_small(one)
            untold = Sentence(
                "what `{text}` is stands nowhere here: write the number", text=one.value.text
            )
            raise Misread(untold, one.start)
        found[name] = one.value
    for name in names[:2]:
        if name not in found:
            missing = Sentence("`nn.{kind}` needs its `{name}`", kind=kind, name=name)
            raise Misread(missing, start)
    return Module(kind, found, start)


def _refuse_small(argument: Argument) -> None:
    """`true` and `false`, as other languages write them."""
    capital = argument.value.text.capitalize()
    if capital in ("True", "False"):
        small = Sentence(
            "`{text}` is no value; did you mean `{near}`?", text=argument.value.text, near=capital
        )
        raise Misread(small, argument.start)


def _check_name(kind: str, name: str, found: Mapping[str, Any], start: int) -> None:
    names = LAYERS[kind]
    if not name:
        raise Misread(Sentence("`nn.{kind}` has no more arguments", kind=kind), start)
    if name in found:
        raise Misread(Sentence("`{name}` is given twice", name=name), start)
    if name in names or name in CHANGES_NO_SHAPE:
        return
    if name == "proj_size":
        raise Misread(Sentence("only an LSTM has a projection: leave proj_size at 0"), start)
    if name in OF_KERAS:
        keras = Sentence("`{name}` is an argument of Keras; PyTorch's line is read here", name=name)
        raise Misread(keras, start)
    near = nearest(name, names)
    if near:
        mistyped = Sentence("`{name}` is no argument; did you mean `{near}`?", name=name, near=near)
        raise Misread(mistyped, start)
    known = ", ".join(names)
    raise Misread(
        Sentence("`{name}` is no argument; there are {known}", name=name, known=known), start
    )
