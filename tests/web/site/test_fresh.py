"""Fresh weights of the folder's Step page are those that the app draws: the same payload, whole."""

from base64 import b64decode

import numpy as np
import pytest

from rnnviz.cells import MENU
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.web.payload import unpack
from rnnviz.web.site.archive import Archive
from rnnviz.web.site.step import PIECES, add_loss, add_network
from rnnviz.web.step.payload import step_payload
from tests.javascript import run

DRAW = """
import { bytesOf, inflated, openArchive, payloadOf } from "./site/archive.js";
import { withFresh } from "./site/fresh.js";
const archive = openArchive(await inflated(Buffer.from(input.archive).toString("base64")));
const trained = payloadOf(archive, new Map(Object.entries(input.values)));
const found = withFresh(trained, input.seed);
output([Buffer.from(bytesOf(found)).toString("base64"), found.more]);
"""
SEEDS = """
import { generatorOf } from "./maths/seeds.js";
output(input.map(([seed, spawned]) => generatorOf(seed, spawned).random()));
"""


@pytest.mark.parametrize(
    ("cell", "sequence"),
    [
        *((cell, "marked recall") for cell in MENU),
        ("LSTM", "next character"),
        ("LSTM", "noisy sine"),
    ],
)
def test_they_are_the_app_s(cell, sequence):
    trained = StepSettings(sequence=sequence, cell=cell)
    archive = Archive({"pieces": PIECES})
    add_network(archive, trained)
    add_loss(archive, trained)
    values = {"sequence": sequence, "cell": cell, "z": "keeps", "loss": "trained", "step": "1"}
    asked = {"archive": archive.to_bytes(), "values": values, "seed": 4321}
    written, more = run(DRAW, asked)
    header, arrays = unpack(b64decode(written))
    shown = scene(StepSettings(sequence=sequence, cell=cell, weights="fresh", seed=4321))
    expected, numbers = unpack(step_payload(shown))
    assert header | {"id": ""} == expected | {"id": ""}
    assert arrays.keys() == numbers.keys()
    for name, array in numbers.items():
        np.testing.assert_array_equal(arrays[name], array, err_msg=name)
    assert more["notes"] == list(shown.notes)
    assert more["questions"] == []


def test_a_seed_s_streams_are_numpy_s():
    asked = [[0, []], [7, [1, 0, 3]], [2**32 - 1, [1, 0]], [2**40 + 5, [0, 1]], [9999, [0]]]
    streams = [np.random.SeedSequence(seed, spawn_key=key) for seed, key in asked]
    assert run(SEEDS, asked) == [np.random.default_rng(one).random() for one in streams]
