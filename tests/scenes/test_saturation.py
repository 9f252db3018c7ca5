"""Numbers so large that no gate has anything left to decide are said to be, with figures."""

import numpy as np
import pytest
import torch

from rnnviz.interop.modules.conversion import from_torch
from rnnviz.scenes.own_numbers import own_numbers
from rnnviz.scenes.saturation import saturation
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import OWN_NUMBERS, StepSettings
from rnnviz.scenes.uploads import Upload
from tests.interop.checkpoint_files import of_torch

PRICES = "1180 1192 1201 1187 1165 1200"


def module(kind=torch.nn.LSTM, **options):
    torch.manual_seed(0)
    return kind(1, 16, **options)


def shown(text, module, **choice):
    settings = StepSettings(weights="file", sequence=OWN_NUMBERS, numbers=text, **choice)
    return scene(settings, Upload("m.pt", of_torch(module.state_dict())))


def test_it_is_said_with_the_largest_number_and_the_share_that_torch_has():
    lstm = module()
    hint = shown(PRICES, lstm).notes[-1]
    x = torch.tensor([float(n) for n in PRICES.split()])[:, None]
    with torch.no_grad():
        h, c, found = torch.zeros(1, 16), torch.zeros(1, 16), []
        for row in x:
            sums = row @ lstm.weight_ih_l0.T + lstm.bias_ih_l0 + h @ lstm.weight_hh_l0.T
            i, f, g, o = (sums + lstm.bias_hh_l0).chunk(4, dim=1)
            found += [one.sigmoid() for one in (i, f, o)]
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
    gates = torch.stack(found)
    share = ((gates < 0.01) | (gates > 0.99)).double().mean().item()
    assert share > 0.9
    assert hint.startswith(f"These numbers go up to 1,201, and {100 * share:.0f}% of the first")
    assert "Scale them" in hint


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0.5 1 -0.3 2", torch.nn.LSTM),
        ("9 -9 8", torch.nn.LSTM),
    ],
)
def test_of_numbers_of_the_usual_size_nothing_is_said(text, kind):
    assert not any("Scale" in note for note in shown(text, module(kind)).notes)


def test_of_large_numbers_that_leave_the_gates_free_nothing_is_said():
    lstm = module()
    with torch.no_grad():
        lstm.weight_ih_l0 *= 1e-4
    assert not any("Scale" in note for note in shown(PRICES, lstm).notes)


def test_where_there_are_no_gates_h_is_looked_at():
    hint = shown(PRICES, module(torch.nn.RNN), kind="RNN (tanh)").notes[-1]
    assert "of the first layer's values of h are within 0.01 of −1, 0 or 1" in hint
    relu = from_torch(module(torch.nn.RNN, nonlinearity="relu"))
    assert saturation(relu, own_numbers(PRICES)) is None


def test_numbers_of_tokens_are_no_quantities():
    state = torch.nn.ModuleDict({"embedding": torch.nn.Embedding(2000, 1), "lstm": module()})
    settings = StepSettings(weights="file", sequence=OWN_NUMBERS, numbers=PRICES)
    found = scene(settings, Upload("m.pt", of_torch(state.state_dict())))
    np.testing.assert_array_equal(found.reading.x[:, 0, 0], [float(n) for n in PRICES.split()])
    assert not any("Scale" in note for note in found.notes)
