"""What an attention does to the way back is said with the engine's own numbers."""

from dataclasses import asdict

import pytest

from rnnviz.gradients.curve import curves
from rnnviz.gradients.measured import measure
from rnnviz.gradients.setup import Setup
from rnnviz.network.propagation import propagate
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.web.gradients.payload import gradients_payload
from tests.javascript import run

WORDS = """
import { attended } from "./gradients/attended.js";
import { attentionWords } from "./gradients/attended_words.js";
import { createSetup, SCENE } from "./gradients/setup.js";
import { measure } from "./gradients/measure.js";
import { size } from "./gradients/words.js";
import { short } from "./drawing/number_format.js";
import { unpack } from "./maths/payload.js";
const page = unpack(input.payload);
const setup = createSetup(page);
const shown = input.cells.map((name) => {
  const ran = setup.run(name, input.knobs);
  if (name === SCENE) return { name, ran, found: measure(ran), attended: null };
  const above = attended(ran, page.arrays);
  const measured = { ...measure(above.ran), weights: above.weights };
  return { name, ran, attended: measured, found: measure(ran) };
});
output([attentionWords(shown, input.knobs, "h"), input.sizes.map(size), input.weights.map(short)]);
"""


def words(setup, cells, sizes=(), weights=()):
    payload = gradients_payload(setup, setup.seed, scene(StepSettings()))
    message = {"payload": payload, "knobs": asdict(setup), "cells": cells}
    return run(WORDS, message | {"sizes": list(sizes), "weights": list(weights)})


@pytest.mark.parametrize("loss", ["last", "every", "one"])
def test_the_numbers_said_are_the_engine_s(loss):
    setup = Setup(length=30, hidden=6, loss=loss, step=20)
    network = setup.attended("LSTM")
    with_it = measure(network, setup.x, setup.judge)
    without = measure(setup.network("LSTM"), setup.x, setup.judge)
    read = propagate(network, setup.x[: with_it.start + 1])
    shares = read.stages["attention"].weights[:, 0]
    first = [float(curves(measured)["h"].total[0]) for measured in (with_it, without)]
    said, sizes, weights = words(setup, ["LSTM"], first, [shares.min(), shares.max()])
    assert said.endswith(
        f"LSTM: |dL/dh| at step 1 is {sizes[0]} with it, {sizes[1]} without; each h has between "
        f"{weights[0]} and {weights[1]} of the mean."
    )


def test_the_step_page_s_network_alone_has_none_above():
    said, *_ = words(Setup(), ["scene"])
    assert said == ("The Step page's network is shown as it is: no attention is put above it here.")
