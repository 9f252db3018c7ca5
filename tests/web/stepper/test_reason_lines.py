"""An explanation read aloud is arithmetic that comes out."""

import pytest

from rnnviz.cells import GALLERY
from tests.javascript import run
from tests.web.stepper.networks import example

LINES = """
import { runNetwork } from "./maths/network.js";
import { unpack } from "./maths/payload.js";
import { largestTerms, linesOf, reasonFor } from "./stepper/explanation/reason_lines.js";
const { header, arrays } = unpack(input.payload);
const network = runNetwork(header, arrays, {});
const SPELLED = Object.entries(
  { "σ(": "sigma(", "tanh(": "Math.tanh(", "ReLU(": "relu(", "·": "*", "−": "-" });
const spell = (text) => SPELLED.reduce((so, [from, to]) => so.replaceAll(from, to), text);
const js = (words) => words.map((w) => typeof w === "string" ? spell(w) : `(${w.value})`).join("");
"""

COMES_OUT = """
const sigma = (a) => 1 / (1 + Math.exp(-a)), relu = (a) => Math.max(a, 0);
const softplus = (a) => Math.log1p(Math.exp(-Math.abs(a))) + Math.max(a, 0);
const { exp, sqrt, max } = Math;
const functions = { sigma, relu, softplus, exp, sqrt, max };
const faults = [];
let formulas = 0;
for (const name of header.layers[0].cell.names) {
  const reason = reasonFor(network, arrays, 0, { name, unit: 1, step: 2 });
  for (const line of linesOf(reason, header.operations)) {
    if (line.kind !== "formula") continue;
    formulas += 1;
    const text = js(line.words), [left, right] = text.split(" = ");
    const names = Object.keys(functions);
    const told = new Function(...names, `return ${left}`)(...Object.values(functions));
    const value = new Function(`return ${right}`)();
    if (!(Math.abs(told - value) <= 1e-14)) faults.push(text);
  }
}
output({ faults, formulas, count: header.layers[0].cell.names.length });
"""


@pytest.mark.parametrize("name", GALLERY)
def test_every_formula_comes_out(name):
    told = run(LINES + COMES_OUT, example(GALLERY[name]).message)
    assert told["faults"] == []
    assert told["formulas"] >= told["count"]


def test_sums_are_written_in_one_line():
    source = """
    const reason = reasonFor(network, arrays, 0, { name: "f", unit: 0, step: 1 });
    const written = (words) => words.map((w) => typeof w === "string" ? w : "n").join("");
    const [first, second] = linesOf(reason, header.operations).map(({ words }) => words);
    output([first, second].map((words) => written(words).replaceAll("(n)", "n")));
    """
    assert run(LINES + source, example(GALLERY["LSTM"]).message) == ["σn = n", "n + n + n = n"]


def test_the_largest_products_are_kept():
    source = """
    const terms = [1, -5, 3, -3, 0].map((product) => ({ product }));
    output([...largestTerms(terms, 3)].sort());
    """
    assert run(LINES + source, example(GALLERY["LSTM"]).message) == [1, 2, 3]


def test_every_operand_is_explained_in_turn():
    source = """
    const lines = linesOf(
      reasonFor(network, arrays, 0, { name: "f", unit: 0, step: 1 }), header.operations);
    output(lines.map(({ kind, reason }) => [kind, reason?.matrix ?? reason?.name ?? ""]));
    """
    assert run(LINES + source, example(GALLERY["LSTM"]).message) == [
        ["formula", ""],
        ["formula", ""],
        ["product", "W_f"],
        ["product", "U_f"],
        ["leaf", "b_f"],
    ]
