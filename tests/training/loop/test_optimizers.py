"""The optimizers step as PyTorch's classes do, to the last bit, and load no compiler."""

import pytest
import torch

from rnnviz.training.knobs.knobs import Knobs
from rnnviz.training.loop.optimizers import OPTIMIZERS
from tests.test_borders import heavy_after

RATE, KNOBS = 0.03, {"beta_1": 0.8, "beta_2": 0.97, "rms_decay": 0.9, "momentum": 0.7}
CLASSES = {
    "sgd": lambda p, decay: torch.optim.SGD(p, RATE, weight_decay=decay),
    "momentum": lambda p, decay: torch.optim.SGD(p, RATE, momentum=0.7, weight_decay=decay),
    "rmsprop": lambda p, decay: torch.optim.RMSprop(p, RATE, alpha=0.9, weight_decay=decay),
    "adam": lambda p, decay: torch.optim.Adam(p, RATE, (0.8, 0.97), weight_decay=decay),
    "adamw": lambda p, decay: torch.optim.AdamW(p, RATE, (0.8, 0.97), weight_decay=decay),
}


def test_every_optimizer_has_a_class_of_torch_to_stand_beside():
    assert CLASSES.keys() == OPTIMIZERS.keys()


@pytest.mark.parametrize("decay", [0.0, 0.1])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_steps_and_what_is_remembered_are_those_of_the_class(name, dtype, decay):
    generator = torch.Generator().manual_seed(5)
    theirs = torch.nn.Parameter(torch.randn(41, generator=generator, dtype=dtype))
    ours, state = theirs.detach().clone(), {}
    optimizer = CLASSES[name]([theirs], decay)
    knobs = Knobs(optimizer=name, weight_decay=decay, **KNOBS)
    for _ in range(20):
        gradient = torch.randn(41, generator=generator, dtype=dtype)
        theirs.grad = gradient.clone()
        optimizer.step()
        OPTIMIZERS[name](ours, gradient, state, RATE, knobs)
        assert torch.equal(ours, theirs)
    remembered = {n: v for n, v in optimizer.state[theirs].items() if v is not None}
    assert state.keys() == remembered.keys()
    assert all(torch.equal(state[n], remembered[n]) for n in state)


def test_an_update_loads_no_compiler():
    """Its import takes as long as that of torch, before the first number is on the charts."""
    one = "from rnnviz.training.workers import chunks; chunks.warm_up()"
    for name in OPTIMIZERS:
        one += f"; chunks.advanced(chunks.start(length=2, hidden=1, optimizer={name!r}), 2)"
    assert heavy_after(one, modules=("torch._dynamo", "sympy", "torch.optim")) == ["torch.optim"]
