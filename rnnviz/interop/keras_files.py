"""Keras' files → the recurrent networks in them: .keras, whole models as .h5, and weights alone.

The configuration is read as data and no layer of it is run: a layer that is not known is left out
by name, or refused where it stands in the way.
"""

import json
from collections.abc import Mapping
from typing import Any

from rnnviz.interop import hdf5
from rnnviz.interop.archive import Archive
from rnnviz.interop.keras_alone import networks_alone
from rnnviz.interop.keras_graph import DAMAGED_CONFIG, nodes
from rnnviz.interop.keras_networks import networks_of
from rnnviz.interop.keras_weights import by_name, by_place
from rnnviz.network.network import Network
from rnnviz.texts import Sentence

CONFIG, WEIGHTS, METADATA = "config.json", "model.weights.h5", "metadata.json"


def is_keras(data: bytes) -> bool:
    """Whether a file begins as an HDF5 file, or is a zip file with Keras' members."""
    if data.startswith(hdf5.SIGNATURE):
        return True
    return data.startswith(b"PK") and all(name.encode() in data for name in (CONFIG, WEIGHTS))


def networks(data: bytes, most: int, kind: str | None = None) -> Mapping[str, Network]:
    """The recurrent networks of a file of Keras', by the name of the topmost layer.

    Args:
        data: the file.
        most: how many numbers may be read from it.
        kind: the gallery's name of the cell, where the file has weights alone.

    Raises:
        ValueError: what is wrong with it, or not known, in one sentence.
        Undecided: weights alone, and `kind` does not say what they are of.
    """
    if not data.startswith(hdf5.SIGNATURE):
        archive = Archive(data, most)
        found = nodes(_json(archive.read(CONFIG)))
        version = _version(_json(archive.read(METADATA)).get("keras_version"))
        with hdf5.opened(archive.read(WEIGHTS), most) as root:
            return networks_of(found, version, by_place(root, found))
    with hdf5.opened(data, most) as root:
        config = root.text("model_config")
        if config is None:
            return networks_alone(root, kind)
        found = nodes(_json(config.encode()))
        weights = root.group("model_weights")
        if weights is None:
            raise ValueError(Sentence("it holds a model without its weights"))
        version = _version(root.text("keras_version") or weights.text("keras_version"))
        return networks_of(found, version, by_name(weights))


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
