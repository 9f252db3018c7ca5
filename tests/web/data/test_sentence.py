"""A coloured text shows what a trace, its gradients and the replacements say, and each number in
words."""

import json

import numpy as np
import pytest

from rnnviz import data, trace
from rnnviz.language_model import log_softmax
from rnnviz.tasks import RHYMES
from rnnviz.training.runs import runs
from rnnviz.web.data.text.payload import sentence_payload
from tests.javascript import run

READ = "jack and\n<b>ß"
LOOKS = """
import { unpack } from "./maths/payload.js";
import { changesAt, lookOf, sourcesOf, unitsOf } from "./sentence/looks.js";
import { nameOf, replacedSays, tokenSays } from "./sentence/words.js";
const payload = unpack(input.bytes);
const sources = sourcesOf(payload.header);
output(sources.map((source) => ({
  name: nameOf(source),
  kind: source.kind,
  of: source.kind === "influence" ? source.of : source.of.name,
  looks: [null, ...Array.from({ length: unitsOf(source) }, (_unit, k) => k)]
    .map((unit) => lookOf(payload, source, unit)),
  says: tokenSays(payload.header, lookOf(payload, source, null), 2),
  replaced: replacedSays(payload.header, 2, changesAt(payload, 2)),
})));
"""


def text_and_network(by="characters", **sizes):
    found = data.text(RHYMES * 3, by, window=4)
    return found, runs.start(task=found, hidden=3, seed=1, **sizes).network


def header(payload):
    length = int.from_bytes(payload[:4], "little")
    return json.loads(payload[4 : 4 + length])


@pytest.fixture(scope="module", params=[{"layers": 2}, {"by": "words", "cell": "GRU"}])
def looked_at(request):
    """The text, what is traced of it, its gradients, and what the browser makes of all that."""
    found, network = text_and_network(**request.param)
    payload = sentence_payload(found, network, READ, "\n")
    rec = trace(network, found.read(found.encode(READ)))
    gradient = np.zeros_like(rec.prediction)
    gradient[-1] = -np.exp(log_softmax(rec.prediction[-1]))
    gradient[-1, found.tokens.index("\n")] += 1
    grads = rec.backward(dprediction=gradient)
    shown = run(LOOKS, {"bytes": payload})
    return found, network, rec, grads, shown


def test_each_value_and_gradient_colours_by_unit_and_by_all(looked_at):
    _, network, rec, grads, shown = looked_at
    there = [one for one in shown if one["kind"] != "influence"]
    names = [f"{k}.{n}" for k, layer in enumerate(network.layers) for n in layer.cell.names]
    assert sorted(one["of"] for one in there) == sorted(names * 2)
    for one in there:
        layer, name = one["of"].split(".")
        of = rec if one["kind"] == "value" else grads
        numbers = of.layer(int(layer))[name]
        together, *units = (np.array(look["numbers"]) for look in one["looks"])
        np.testing.assert_allclose(np.stack(units, axis=1), numbers, atol=1e-15)
        if one["kind"] == "value":
            np.testing.assert_allclose(together, numbers.mean(axis=1), atol=1e-15)
        else:
            np.testing.assert_allclose(together, np.linalg.norm(numbers, axis=1), atol=1e-15)


def test_influence_colours_as_the_text_has_it(looked_at):
    found, network, *_, shown = looked_at
    expected = found.influence(network, READ, asked="\n", others=60)
    by = {"changes": expected.largest, "norm": expected.norm, "product": expected.product}
    for one in shown[:3]:
        np.testing.assert_allclose(one["looks"][0]["numbers"], by[one["of"]], atol=1e-15)


def test_every_number_is_within_its_scale(looked_at):
    for one in looked_at[-1]:
        for look in one["looks"]:
            assert min(look["numbers"]) >= look["low"]
            assert max(look["numbers"]) <= look["high"]


def test_what_is_said_of_a_token_is_what_colours_it(looked_at):
    found, network, *_, shown = looked_at
    tokens = found.decode(found.encode(READ))
    noun = "Character" if found.by == "characters" else "Word"
    seen = {"\n": "⏎", " ": "␣"}.get(tokens[2], tokens[2])
    for one in shown:
        assert one["says"].startswith(f"{noun} 3 of {len(tokens)}, “{seen}”: ")
    expected = found.influence(network, READ, asked="\n", others=60)
    shares = np.exp(expected.value + expected.changes[2])
    for share in (shares.min(), shares.max()):
        assert f"{round(100 * share)}% (“" in shown[0]["replaced"]


def test_signs_that_nobody_sees_are_shown_and_unknown_ones_too():
    found, network = text_and_network()
    sent = header(sentence_payload(found, network, READ, None))
    assert sent["tokens"] == [*"jack␣and⏎", "�", "b", "�", "�"]
