"""Checkpoint files that no library would write: pickles put together by hand, in a zip file."""

import io
import zipfile

PROTO, STOP = b"\x80\x02", b"."
MARK, TUPLE, EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3 = b"(", b"t", b")", b"\x85", b"\x86", b"\x87"
EMPTY_DICT, EMPTY_LIST, SET_ITEM, APPEND, REDUCE, BUILD, NEW = (
    b"}",
    b"]",
    b"s",
    b"a",
    b"R",
    b"b",
    b"\x81",
)
NONE, TRUE, FALSE, PERSISTENT, DUPLICATE = b"N", b"\x88", b"\x89", b"Q", b"2"


def number(value):
    return b"J" + value.to_bytes(4, "little", signed=True) if abs(value) < 2**31 else large(value)


def large(value):
    digits = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    return b"\x8a" + bytes([len(digits)]) + digits


def text(value):
    encoded = value.encode("utf-8", "surrogatepass")
    return b"X" + len(encoded).to_bytes(4, "little") + encoded


def named(module, name):
    return f"c{module}\n{name}\n".encode()


def row(*items):
    return MARK + b"".join(items) + TUPLE


def numbers(*values):
    return row(*map(number, values))


def call(module, name, *arguments):
    return named(module, name) + row(*arguments) + REDUCE


def storage(size, key="0", kind="FloatStorage"):
    reference = row(text("storage"), named("torch", kind), text(key), text("cpu"), number(size))
    return reference + PERSISTENT


def tensor(size, offset, shape, strides, **options):
    hooks = call("collections", "OrderedDict")
    return call(
        "torch._utils",
        "_rebuild_tensor_v2",
        storage(size, **options),
        number(offset),
        numbers(*shape),
        numbers(*strides),
        FALSE,
        hooks,
    )


def dictionary(**entries):
    filled = b"".join(
        text(name.replace("__", ".")) + value + SET_ITEM for name, value in entries.items()
    )
    return EMPTY_DICT + filled


def zipped(members, *, compression=zipfile.ZIP_STORED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as file:
        for name, content in members:
            file.writestr(name, content)
    return stream.getvalue()


def torch_file(pickle, records=(), **options):
    """A .pt file with this pickle: of the code that makes its root, without its first and last."""
    members = [("archive/data.pkl", PROTO + pickle + STOP)]
    members += [(f"archive/data/{key}", content) for key, content in dict(records).items()]
    return zipped(members, **options)


def rnn_file(hidden=2, inputs=1, numbers=None, **changes):
    """A small network as .pt, its tensors as `changes` says; numbers: the bytes of its record."""
    size = hidden * inputs + hidden * hidden
    tensors = {
        "weight_ih_l0": tensor(size, 0, (hidden, inputs), (inputs, 1)),
        "weight_hh_l0": tensor(size, hidden * inputs, (hidden, hidden), (hidden, 1)),
    }
    return torch_file(dictionary(**(tensors | changes)), {"0": numbers or bytes(4 * size)})
