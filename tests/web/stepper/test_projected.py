"""An LSTM with `proj_size` on the Step page: its h has as many numbers as PyTorch's, no more."""

import io

import numpy as np
import pytest
import torch

from rnnviz.interop.pytorch.projections import own_parameters, widened_parameters
from rnnviz.interop.questions import Answers
from rnnviz.interop.readers import Readers
from rnnviz.network.given import GivenWeights
from rnnviz.network.network import Network
from rnnviz.recording.recording import trace
from rnnviz.scenes.scene import scene, with_weights
from rnnviz.scenes.settings import StepSettings
from rnnviz.scenes.uploads import Upload
from rnnviz.web.step.payload import step_payload
from rnnviz.web.step.recorded import recorded_payload
from rnnviz.web.step.weights import layout
from tests.javascript import run
from tests.web.stepper.agreement import assert_same

NUMBERS, UNITS, INPUTS = 2, 6, 5
KINDS = [{}, {"num_layers": 2}, {"bidirectional": True}, {"num_layers": 2, "bidirectional": True}]
RUN = """
import { unpack } from "./maths/payload.js";
import { runNetwork } from "./maths/network.js";

const { header, arrays } = unpack(input);
const { x, dx, output: out, prediction, loss, layers } = runNetwork(header, arrays);
output({
  ...{ x, dx, out, prediction, loss },
  layers: layers.map(({ run, gradients }) => ({
    values: Object.fromEntries(run.values),
    params: Object.fromEntries(gradients.params),
  })),
});
"""


class Model(torch.nn.Module):
    def __init__(self, **options):
        super().__init__()
        self.lstm = torch.nn.LSTM(INPUTS, UNITS, proj_size=NUMBERS, **options)
        self.head = torch.nn.Linear(NUMBERS * (1 + self.lstm.bidirectional), 3)

    def forward(self, x):
        return self.head(self.lstm(x)[0])


def built(**options):
    torch.manual_seed(0)
    return Model(**options).double()


def shown(model, *, head=True):
    stream = io.BytesIO()
    torch.save((model if head else model.lstm).state_dict(), stream)
    return scene(StepSettings(weights="file"), Upload("m.pt", stream.getvalue()))


@pytest.mark.parametrize("options", KINDS)
def test_the_browser_s_run_and_gradients_are_torch_s_in_torch_s_sizes(options):
    model = built(**options)
    ours = run(RUN, step_payload(shown(model, head=False)))
    x = torch.tensor(np.reshape(ours["x"], (-1, INPUTS)), requires_grad=True)
    output, (h, _c) = model.lstm(x)
    output[-1].sum().backward()
    assert_same(ours["out"], output.detach(), "output")
    assert_same(ours["dx"], x.grad, "gradient of x")
    assert_same(ours["loss"], output[-1].sum().item(), "L")
    for k, layer in enumerate(ours["layers"]):
        ways = 1 + model.lstm.bidirectional
        ending = f"_l{k // ways}{'_reverse' if k % ways else ''}"
        values = np.reshape(layer["values"]["h"], (-1, NUMBERS))
        last = values[0 if k % ways else -1]
        assert_same(last, h[k].detach(), f"h_n of {ending}")
        theirs = {n: getattr(model.lstm, f"weight_{n}{ending}").grad for n in ("ih", "hh", "hr")}
        for name, part in {"W": "ih", "U": "hh"}.items():
            gates = [np.ravel(layer["params"][f"{name}_{gate}"]) for gate in "ifgo"]
            assert_same(np.concatenate(gates), theirs[part], f"{name} of {ending}")
        assert_same(layer["params"]["V"], theirs["hr"], f"V of {ending}")


@pytest.mark.parametrize("options", KINDS)
def test_so_is_the_answer_of_a_readout(options):
    model = built(**options)
    ours = run(RUN, step_payload(shown(model)))
    x = torch.tensor(np.reshape(ours["x"], (-1, INPUTS)))
    assert_same(ours["prediction"], model(x).detach(), "prediction")


@pytest.mark.parametrize("options", KINDS)
def test_own_parameters_are_those_of_pytorch_and_are_widened_again(options):
    network = shown(built(**options)).network
    own = own_parameters(network)
    assert own["layers.0.V"].shape == (NUMBERS, UNITS)
    assert own["layers.0.U_i"].shape == (UNITS, NUMBERS)
    assert own["readout.W"].shape == (3, NUMBERS * (1 + bool(options.get("bidirectional"))))
    again = widened_parameters(network, own)
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(again[name], array)
    shapes = {one["name"]: tuple(one["form"]["shape"]) for one in layout(network)["parameters"]}
    assert {name: shapes[name] for name in own} == {name: a.shape for name, a in own.items()}
    assert shapes["layers.0.initial.h"] == (NUMBERS,)


@pytest.mark.parametrize("options", KINDS)
def test_l_is_said_to_be_the_sum_of_as_many_numbers_as_there_are(options):
    ways = 1 + bool(options.get("bidirectional"))
    said = shown(built(**options), head=False).asked.text
    assert f"the sum of the {ways * NUMBERS} outputs h" in said


def test_a_recording_of_it_is_a_page_of_its_own():
    rec = trace(built().lstm, np.random.default_rng(0).standard_normal((4, INPUTS)))
    ours = run(RUN, recorded_payload(rec, title="projected"))
    assert_same(ours["out"], rec.output, "output")
    assert_same(ours["dx"], rec.backward(at=-1).x, "gradient of x")


def test_weights_that_are_typed_there_are_the_network_s():
    first = shown(built())
    own = {name: array + 1 for name, array in own_parameters(first.network).items()}
    state = {"layers.0.initial.h": np.ones(NUMBERS), "layers.0.initial.c": np.ones(UNITS)}
    typed = with_weights(first, GivenWeights.of({**own, **state}))
    for name, array in own_parameters(typed.network).items():
        np.testing.assert_allclose(array, own[name])
    assert not typed.network.parameters["layers.0.V"][NUMBERS:].any()
    assert len(run(RUN, step_payload(typed))["out"]) % NUMBERS == 0


def test_a_network_without_a_projection_has_its_parameters_as_they_are():
    network = Network.from_torch(torch.nn.LSTM(3, 4, 2))
    for name, array in own_parameters(network).items():
        np.testing.assert_array_equal(array, network.parameters[name])


def test_the_process_that_reads_visitors_files_hands_on_how_many_numbers_h_has():
    stream = io.BytesIO()
    torch.save(built(num_layers=2).state_dict(), stream)
    session = Readers().session()
    try:
        found = session.load("m.pt", stream.getvalue(), Answers(embedding=None))
    finally:
        session.close()
    assert [layer.projected for layer in found.layers] == [NUMBERS, NUMBERS]
