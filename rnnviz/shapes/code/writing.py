"""A setup → the code that `read` reads as this setup, in pieces of which each says a setting."""

from collections.abc import Iterator
from typing import NamedTuple

from rnnviz.shapes.setup import SETTINGS, Setup
from rnnviz.shapes.tensors import tensors


class Piece(NamedTuple):
    """A stretch of code. setting: the name of the setting whose value it is; "" of all else."""

    text: str
    setting: str = ""


Line = tuple[Piece, ...]
OPTIONS = (
    *("num_layers", "nonlinearity", "bias", "batch_first", "dropout", "bidirectional"),
    "proj_size",
)
"""What stands by keyword, in PyTorch's order."""


def write(setup: Setup) -> str:
    """The code, without what is PyTorch's default."""
    return "\n".join("".join(piece.text for piece in line) for line in lines(setup))


def lines(setup: Setup, *, in_full: bool = False) -> tuple[Line, ...]:
    """The code line by line: what makes the module, and then what calls it.

    in_full: with every option that this module has, its defaults too.
    """
    return (*_making(setup, in_full=in_full), *_giving(setup), *_calling(setup))


def _making(setup: Setup, *, in_full: bool) -> Iterator[Line]:
    if setup.vocabulary:
        vocabulary = Piece(str(setup.vocabulary), "vocabulary")
        padding = Piece(", padding_idx=0)" if setup.lengths else ")")
        size = Piece(str(setup.input_size), "input_size")
        yield Piece("embedding = nn.Embedding("), vocabulary, Piece(", "), size, padding
    yield _module(setup, in_full=in_full)
    if setup.outputs:
        reads = Piece(f"linear = nn.Linear({setup.features}, ")
        yield reads, Piece(str(setup.outputs), "outputs"), Piece(")")


def _module(setup: Setup, *, in_full: bool) -> Line:
    pieces = [Piece("rnn = nn."), Piece(setup.kind, "kind"), Piece("(")]
    for name in ("input_size", "hidden_size"):
        pieces += [Piece(f"{name}=" if in_full else ""), Piece(str(getattr(setup, name)), name)]
        pieces.append(Piece(", "))
    for name in OPTIONS:
        value, default = getattr(setup, name), SETTINGS[name].default
        is_default = value == (1 if name == "num_layers" else default)
        if not is_default or (in_full and _has(setup, name)):
            text = f'"{value}"' if name == "nonlinearity" else str(value)
            pieces += [Piece(f"{name}="), Piece(text, name), Piece(", ")]
    return (*(piece for piece in pieces[:-1] if piece.text), Piece(")"))


def _has(setup: Setup, option: str) -> bool:
    """Whether its kind of module has such an option."""
    kinds = {"nonlinearity": "RNN", "proj_size": "LSTM"}
    return setup.kind == kinds.get(option, setup.kind)


def _giving(setup: Setup) -> Iterator[Line]:
    """The tensors that it is called with."""
    length, batch = Piece(str(setup.length), "length"), Piece(str(setup.batch), "batch")
    sizes: tuple[Piece, ...] = (length,)
    if setup.batch:
        sizes = (batch, length) if setup.batch_first else (length, batch)
    shape = [piece for size in sizes for piece in (size, Piece(", "))]
    if setup.vocabulary:
        ending = Piece("))" if setup.batch else ",))")
        yield Piece(f"tokens = torch.randint({setup.vocabulary}, ("), *shape[:-1], ending
        yield (Piece("x = embedding(tokens)"),)
    else:
        yield Piece("x = torch.randn("), *shape, Piece(f"{setup.input_size})")
    if setup.initial == "given":
        for name in (f"{state}_0" for state in setup.states):
            sizes_of = ", ".join(map(str, tensors(setup)[name].shape))
            yield Piece(f"{name} = "), Piece("torch.randn", "initial"), Piece(f"({sizes_of})")
    if setup.lengths:
        named = ", ".join(map(str, setup.lengths))
        yield Piece("lengths = ["), Piece(named, "lengths"), Piece("]")


def _calling(setup: Setup) -> Iterator[Line]:
    first = ", batch_first=True" if setup.batch_first else ""
    before = ", ".join(f"{state}_0" for state in setup.states)
    after = ", ".join(f"{state}_n" for state in setup.states)
    if len(setup.states) > 1:
        before, after = f"({before})", f"({after})"
    given = f", {before}" if setup.initial == "given" else ""
    if setup.is_packed:
        falls = list(setup.lengths) == sorted(setup.lengths, reverse=True)
        order = "" if falls else ", enforce_sorted=False"
        pack = Piece("pack_padded_sequence", "packed")
        yield Piece("packed = "), pack, Piece(f"(x, lengths{first}{order})")
        yield (Piece(f"packed, {after} = rnn(packed{given})"),)
        yield (Piece(f"output, lengths = pad_packed_sequence(packed{first})"),)
    else:
        yield (Piece(f"output, {after} = rnn(x{given})"),)
    if setup.outputs:
        yield (Piece("y = linear(output)"),)
