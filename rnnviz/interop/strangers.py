"""What a file is that no reader knows, and what its owner can do about it."""

from typing import NamedTuple

from rnnviz.interop.archive import DAMAGED
from rnnviz.interop.stored import Opened
from rnnviz.texts import Sentence

ENDINGS = (
    *(".pt", ".pth", ".ckpt", ".tar", ".bin"),
    *(".safetensors", ".npz", ".keras", ".h5", ".hdf5", ".onnx"),
)
READ = ", ".join(ENDINGS)
UNKNOWN = Sentence("it is no file of weights: {formats} are read", formats=READ)


class Stranger(NamedTuple):
    """How files begin that are often taken for a checkpoint."""

    beginnings: tuple[bytes, ...]
    sentence: Sentence


STRANGERS = (
    Stranger(
        (b"version https://git-lfs",),
        Sentence("it is not the file itself, only where Git LFS keeps it: run git lfs pull"),
    ),
    Stranger(
        (b"<!DOCTYPE", b"<!doctype", b"<html", b"<HTML"),
        Sentence("it is a web page, not the file that was to be downloaded: download it again"),
    ),
    Stranger(
        (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"Rar!"),
        Sentence("it is packed: unpack it, and give the checkpoint that is in it"),
    ),
    Stranger(
        (b"\x93NUMPY",),
        Sentence("it is a single array: save all of them by name with np.savez(path, **arrays)"),
    ),
    Stranger(
        (b"{",),
        Sentence("it is text (JSON), which holds no weights: give the file that holds them"),
    ),
    Stranger(
        (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"),
        Sentence("it is a pickle, which is not safe to open: save it with torch.save or np.savez"),
    ),
)


def what_it_is(opened: Opened) -> Sentence:
    """One sentence about a file that is of no known format."""
    if opened.archive is not None:
        return Sentence("it is a zip file without weights: {formats} are read", formats=READ)
    if opened.head[257:262] == b"ustar":
        return Sentence("it is packed: unpack it, and give the checkpoint that is in it")
    known = (each.sentence for each in STRANGERS if opened.head.startswith(each.beginnings))
    return next(known, DAMAGED if opened.name.lower().endswith(ENDINGS) else UNKNOWN)
