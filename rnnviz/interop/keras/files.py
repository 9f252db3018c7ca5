"""Keras' files → the recurrent networks in them: .keras, whole models as .h5, and weights alone.

The configuration is read as data and no layer of it is run: a layer that is not known is left out
by name, or refused where it stands in the way.
"""

import io
import json
from collections.abc import Sequence
from typing import Any

from rnnviz.interop.candidates import Candidate
from rnnviz.interop.keras import hdf5
from rnnviz.interop.keras.alone import candidates_alone
from rnnviz.interop.keras.graph import nodes
from rnnviz.interop.keras.networks import candidates_of
from rnnviz.interop.keras.node import DAMAGED_CONFIG
from rnnviz.interop.keras.weights import by_name, by_place
from rnnviz.interop.stored import Opened
from rnnviz.texts import Sentence

CONFIG, WEIGHTS, METADATA = "config.json", "model.weights.h5", "metadata.json"


def holds(opened: Opened) -> bool:
    """Whether it is an HDF5 file, or a zip file with Keras' members."""
    names = opened.archive.names if opened.archive else ()
    return opened.head.startswith(hdf5.SIGNATURE) or {CONFIG, WEIGHTS} <= {*names}


def candidates_in(opened: Opened, most: int) -> Sequence[Candidate]:
    """The recurrent networks of a file of Keras', by the name of the topmost layer.

    Args:
        opened: the file.
        most: how many numbers may be read from it.

    Raises:
        ValueError: what is wrong with it, or not known, in one sentence.
    """
    if opened.archive is not None:
        model = nodes(_json(opened.archive.read(CONFIG)))
        version = _version(_json(opened.archive.read(METADATA)).get("keras_version"))
        with hdf5.opened(io.BytesIO(opened.archive.read(WEIGHTS)), most) as root:
            return candidates_of(model, version, by_place(root))
    with hdf5.opened(opened.file, most) as root:
        config = root.text("model_config")
        if config is None:
            return candidates_alone(root)
        model = nodes(_json(config.encode(errors="surrogateescape")))
        weights = root.group("model_weights")
        if weights is None:
            raise ValueError(Sentence("it holds a model without its weights"))
        version = _version(root.text("keras_version") or weights.text("keras_version"))
        return candidates_of(model, version, by_name(weights))


def _json(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError(DAMAGED_CONFIG) from None
    if not isinstance(found, dict):
        raise ValueError(DAMAGED_CONFIG)
    return found


def _version(text: object) -> int:
    """The major one of Keras; a file that does not say is Keras 2's."""
    major = str(text).partition(".")[0] if text else "2"
    if major == "1":
        raise ValueError(Sentence("it was saved by Keras 1: load it in Keras 2 and save it again"))
    return int(major) if major.isdecimal() and len(major) < 3 else 2
