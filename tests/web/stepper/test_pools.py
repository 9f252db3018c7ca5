"""What a readout reads is explained down to the states, with the numbers of the engine."""

import numpy as np
import pytest

from rnnviz import Network, trace
from rnnviz.cells import GALLERY
from rnnviz.web.step.recorded import recorded_payload
from tests.javascript import run

TIME, SIZE = 7, 3
POOLS = ("last", "mean", "maximum", "attention")
WORDS = ["not", "good", "at", "all", "this", "one", "was"]
CODES = np.array([3, 1, 4, 1, 5, 2, 6])
EXPLAIN = """
import { unpack } from "./maths/payload.js";
import { runNetwork } from "./maths/network.js";
import { explainPrediction } from "./maths/arithmetic.js";
import { explainPool, explainSum, placeOfRead } from "./maths/pool_reasons.js";
const { header, arrays } = unpack(input);
const network = runNetwork(header, arrays);
const REASONS = new Map([["readout.pool", explainPool], ["readout.sum", explainSum]]);
const follow = ({ name, unit, t, layer }) => {
  const why = REASONS.get(name);
  if (why === undefined) {
    const { data, stride } = network.layers[layer].run.slots.get(name);
    return { name, layer, unit, t, value: data[t * stride + unit], parts: [] };
  }
  const { value, terms, operands } = why(network, unit, t);
  const places = terms ? terms.map(({ from }) => from) : operands;
  const weights = terms ? terms.map(({ weight }) => weight) : operands.map(() => 1);
  return { name, unit, t, value, parts: places.map(follow), weights };
};
const found = [];
for (let t = 0; t < network.T; t++) {
  const { operands: [product], value } = explainPrediction(network, arrays, 1, t);
  const read = product.terms.map(({ from }) => follow(placeOfRead(network, from.unit, from.t)));
  found.push({ value, terms: product.terms.map(({ value }) => value), read });
}
output(found);
"""


def network(pooling, *, skip, both):
    sizes = {"inputs": 1, "tokens": 9, "embedding": 4, "hidden": SIZE, "outputs": 2, "layers": 2}
    return Network.fresh(
        GALLERY["LSTM"], **sizes, pooling=pooling, skip=skip, bidirectional=both, seed=5
    )


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("pooling", POOLS)
def test_every_number_behind_a_prediction_is_the_engines_and_adds_up(pooling, skip, both):
    rec = trace(network(pooling, skip=skip, both=both), CODES[:, None].astype(float))
    for t, one in enumerate(run(EXPLAIN, recorded_payload(rec, title="", labels=WORDS))):
        assert one["value"] == pytest.approx(rec.prediction[t, 1], rel=1e-12)
        np.testing.assert_allclose(one["terms"], rec.output[t], rtol=1e-12)
        for unit, read in enumerate(one["read"]):
            assert read["value"] == pytest.approx(rec.output[t, unit], rel=1e-12)
            check(rec, read)
            names = {part["name"] for part in read["parts"]}
            expected = {"readout.sum"} if skip else {"h"}
            assert names == (expected if pooling != "last" else {"h", "x"} if skip else set())


def check(rec, found):
    """Its parts, with their weights, make the number; what has none is a value of the run."""
    if not found["parts"]:
        layer = rec.layer(
            found["layer"] // len(rec.network.layers[0].directions),
            reverse=bool(found["layer"] % len(rec.network.layers[0].directions)),
        )
        value = layer[found["name"]][found["t"], found["unit"]]
        assert found["value"] == pytest.approx(value, rel=1e-12)
        return
    pairs = zip(found["weights"], found["parts"], strict=True)
    total = sum(weight * part["value"] for weight, part in pairs)
    assert total == pytest.approx(found["value"], rel=1e-10, abs=1e-14)
    for part in found["parts"]:
        check(rec, part)


ATTENDED = """
import { unpack } from "./maths/payload.js";
import { runNetwork } from "./maths/network.js";
import { poolOf } from "./maths/pool_reasons.js";
const { header, arrays } = unpack(input);
const pool = poolOf(runNetwork(header, arrays));
const steps = [...Array(7).keys()];
output(pool && { kind: pool.kind, weights: steps.map((t) => pool.weightsAt(t, 1)) });
"""


@pytest.mark.parametrize("pooling", POOLS)
def test_a_pools_weights_at_every_step_are_those_of_the_steps_so_far(pooling):
    built = network(pooling, skip=False, both=False)
    x = CODES[:, None].astype(float)
    found = run(ATTENDED, recorded_payload(trace(built, x), title="", labels=WORDS))
    if pooling == "last":
        assert found is None
        return
    assert found["kind"] == pooling
    for t, weights in enumerate(found["weights"]):
        cut, later = trace(built, x[: t + 1]), np.zeros(TIME - t - 1)
        np.testing.assert_allclose(weights, [*weights_of(pooling, cut), *later], rtol=1e-12)


def weights_of(pooling, rec):
    """Of each step, in what is handed up of unit 1 at the last."""
    steps = len(rec.x)
    if pooling == "mean":
        return np.full(steps, 1 / steps)
    if pooling == "maximum":
        return np.eye(steps)[rec["h"][:, 1].argmax()]
    return rec.propagation.stages["attention"].weights[:, 0]


def test_the_words_stay_with_their_vectors():
    rec = trace(network("attention", skip=True, both=False), CODES[:, None].astype(float))
    payload = recorded_payload(rec, title="", labels=WORDS)
    script = 'import { unpack } from "./maths/payload.js"; output(unpack(input).header.sequence);'
    told = run(script, payload)
    assert told["labels"] == WORDS
    assert told["input_names"] == [f"embedding {k}" for k in (1, 2, 3, 4)]
    assert not told["one_hot"]


def test_of_equal_numbers_the_first_is_the_largest_in_the_browser_too():
    built = network("maximum", skip=False, both=False)
    flat = built.replace({n: np.zeros_like(a) for n, a in built.parameters.items()})
    rec = trace(flat, CODES[:, None].astype(float))
    found = run(ATTENDED, recorded_payload(rec, title="", labels=WORDS))
    np.testing.assert_array_equal(found["weights"], [[1.0, *[0.0] * (TIME - 1)]] * TIME)
