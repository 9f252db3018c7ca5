"""Explanations are true: their terms give the number they explain, to the last bit."""

import pytest

from rnnviz.cells import GALLERY
from tests.javascript import run
from tests.web.stepper.networks import example
from tests.web.stepper.test_holds import hold

EXPLAIN = """
import { runNetwork } from "./maths/network.js";
import { unpack } from "./maths/payload.js";
import * as arithmetic from "./maths/arithmetic.js";
const { header, arrays } = unpack(input.payload);
const network = runNetwork(header, arrays, { holds: new Map(input.holds) });
const layer = network.layers[input.layer ?? 0];
"""


def explain(one, name, unit, t, layer=0):
    source = f"{EXPLAIN} output(arithmetic.explain(layer.run, input.name, input.unit, input.t));"
    return run(source, one.message | {"name": name, "unit": unit, "t": t, "layer": layer})


ALL = f"""{EXPLAIN}
const faults = [];
const check = (fine, ...what) => fine || faults.push(what.join(" "));
function follow(reason, run) {{
  if (reason.name !== undefined && !run.params.has(reason.name)) {{
    const size = run.slots.get(reason.name).size;
    check(Object.is(reason.value, run.values.get(reason.name)[reason.t * size + reason.unit]),
      reason.name, reason.unit, reason.t, reason.value);
  }}
  reason.operands?.forEach((operand) => follow(operand, run));
  for (const {{ weight, value, product, from }} of reason.terms ?? []) {{
    check(product === weight * value, "product");
    const size = run.slots.get(from.name).size;
    check(value === run.values.get(from.name)[from.t * size + from.unit], "from", from.name);
  }}
  const {{ from }} = reason;
  if (from) follow(arithmetic.explain(run, from.name, from.unit, from.t), run);
}}
for (const {{ run, gradients }} of network.layers) {{
  for (const [name, values] of run.values) {{
    const size = values.length / run.T;
    values.forEach((value, at) => {{
      const unit = at % size, t = Math.floor(at / size);
      const reason = arithmetic.explain(run, name, unit, t);
      check(Object.is(reason.value, value), "value of", name, unit, t);
      if (reason.kind !== "held") follow(reason, run);
      const why = arithmetic.explainGradient(run, name, unit, t);
      const sum = why.contributions.reduce((total, {{ product }}) => total + product, 0);
      check(why.value === gradients.values.get(name)[at], "gradient of", name, unit, t);
      check(Math.abs(sum - why.value) <= 1e-14 * (1 + Math.abs(sum)), name, unit, t, sum);
    }});
  }}
}}
output({{ faults, layers: network.layers.length }});
"""


@pytest.mark.parametrize("name", GALLERY)
def test_every_number_and_every_gradient_is_explained(name):
    cell = GALLERY[name]
    product = next(step.name for step in cell.steps if step.op == "matmul")
    holds = {
        0: [hold(product, unit=2)],
        1: [hold("h", unit=0), hold(f"{cell.states[0]}_prev", unit=1)],
    }
    told = run(ALL, example(cell, both=True, layers=2, holds=holds).message)
    assert told == {"faults": [], "layers": 4}


def test_a_gate_opens_into_products_bias_and_sigmoid():
    one = example(GALLERY["LSTM"], inputs=2, hidden=3)
    gate = explain(one, "i", 1, 2)
    (total,) = gate["operands"]
    products, bias = total["operands"]
    assert (gate["op"], total["name"], total["op"]) == ("sigmoid", "i.4", "add")
    assert bias == {"kind": "parameter", "name": "b_i", "unit": 1, "value": one.arrays["0.b_i"][1]}
    inputs, hidden = products["operands"]
    assert (inputs["matrix"], inputs["vector"]) == ("W_i", "x")
    assert [term["weight"] for term in inputs["terms"]] == one.arrays["0.W_i"][1].tolist()
    assert [term["value"] for term in inputs["terms"]] == one.arrays["x"][2, 0].tolist()
    assert hidden["terms"][2]["label"] == "U_i[1, 2]"
    assert hidden["terms"][2]["from"] == {"name": "h_prev", "unit": 2, "t": 2}


def test_a_part_is_explained_by_itself():
    part = explain(example(GALLERY["LSTM"]), "i.2", 0, 1)
    assert (part["kind"], part["name"], len(part["terms"])) == ("matmul", "i.2", 3)


def test_named_values_are_leaves_and_states_say_where_they_come_from():
    one = example(GALLERY["LSTM"])
    kept, written = explain(one, "c", 0, 3)["operands"]
    forget, before = kept["operands"]
    assert [forget["kind"], before["kind"]] == ["value", "state"]
    assert before["from"] == {"name": "c", "unit": 0, "t": 2}
    assert [operand["name"] for operand in written["operands"]] == ["i", "g"]
    assert explain(one, "c_prev", 0, 0)["from"] is None


def test_the_reverse_direction_comes_from_the_step_after():
    one = example(GALLERY["LSTM"], both=True)
    assert explain(one, "c_prev", 0, 3, layer=1)["from"] == {"name": "c", "unit": 0, "t": 4}
    assert explain(one, "c_prev", 0, 4, layer=1)["from"] is None


def test_a_held_number_says_what_the_equations_give_instead():
    one = example(GALLERY["LSTM"], holds={0: [hold("f", value=0.0)]})
    free = explain(example(GALLERY["LSTM"]), "f", 0, 1)
    held = explain(one, "f", 0, 1)
    assert (held["kind"], held["value"]) == ("held", 0)
    assert held["computed"] == free


def test_a_number_in_the_text_is_a_number():
    kept = explain(example(GALLERY["GRU (PyTorch)"]), "h", 0, 1)["operands"][0]["operands"][0]
    assert kept["op"] == "sub"
    assert kept["operands"][0] == {"kind": "number", "value": 1}


def test_a_prediction_is_its_products_and_its_bias():
    one = example(GALLERY["LSTM"], outputs=2, loss="squared error")
    source = f"""{EXPLAIN}
    const reason = arithmetic.explainPrediction(network, arrays, 1, 3);
    output([reason, network.prediction[3 * 2 + 1], network.output]);
    """
    reason, prediction, output = run(source, one.message)
    assert reason["value"] == prediction
    products, bias = reason["operands"]
    assert bias["value"] == one.arrays["readout.b"][1]
    assert [term["weight"] for term in products["terms"]] == one.arrays["readout.W"][1].tolist()
    assert [term["value"] for term in products["terms"]] == output[9:12].tolist()
