"""The packages of the extra `files`, imported when a file needs one."""

from importlib import import_module
from typing import Any

from rnnviz.texts import Sentence

PACKAGES = ("h5py", "onnx")


def library(name: str) -> Any:
    """One of `PACKAGES`. ValueError with how to install it where it is missing."""
    try:
        return import_module(name)
    except ImportError:
        raise ValueError(
            Sentence(
                'reading it takes the package {package}: pip install "rnnviz[files]"', package=name
            )
        ) from None
