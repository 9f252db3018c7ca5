"""A scene of words as the vectors that an embedding makes of them: what a screen can show."""

from dataclasses import replace

import numpy as np

from rnnviz.network.embedding import Embedding
from rnnviz.network.stage import Pass
from rnnviz.scenes.scene import Scene
from rnnviz.texts import _


def read_as_vectors(scene: Scene) -> Scene:
    """The same without the embedding: each step is still called by its word, and its vector can be
    looked at, changed number by number, and has a gradient. Any other scene as it is."""
    first, *above = scene.network.body
    if not isinstance(first, Embedding):
        return scene
    vectors = first.forward(scene.reading.x, Embedding.full_name, Pass()).output
    names = tuple(_("embedding {number}", number=k + 1) for k in range(first.outputs))
    reading = replace(scene.reading, x=np.array(vectors, float), input_names=names)
    return replace(scene, network=replace(scene.network, body=tuple(above)), reading=reading)
