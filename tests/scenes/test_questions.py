"""The outcome of a question is what the engine says, found another way."""

import numpy as np
import pytest
import torch

from rnnviz import trace
from rnnviz.cells import MENU
from rnnviz.notation import percent
from rnnviz.scenes.examples import PRESETS, trained
from rnnviz.scenes.questions import question
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import OWN_NUMBERS, StepSettings


@pytest.mark.parametrize("sequence", [*PRESETS, OWN_NUMBERS])
@pytest.mark.parametrize("cell", MENU)
@pytest.mark.parametrize("weights", ["trained", "fresh"])
def test_every_view_has_a_question_with_an_answer(sequence, cell, weights):
    asked = question(scene(StepSettings(sequence=sequence, cell=cell, weights=weights)))
    assert len(set(asked.options)) == len(asked.options) >= 2
    assert asked.answers
    assert all(0 <= answer < len(asked.options) for answer in asked.answers)
    assert asked.text.endswith("?")
    assert asked.outcome.endswith(".")


def marked(reading, item):
    """The step of the first mark."""
    return next(step for step, word in enumerate(reading.labels[item]) if word[0] == "•")


@pytest.mark.parametrize("item", range(4))
@pytest.mark.parametrize(
    "cell", [name for name in MENU if trained("marked recall", name)[1].solved]
)
def test_a_network_that_recalls_hangs_on_the_marked_letter_of_the_sequence_in_view(cell, item):
    shown = scene(StepSettings(cell=cell))
    step = marked(shown.reading, item)
    asked = question(shown, item)
    right = [asked.options[answer] for answer in asked.answers]
    assert f"step {step + 1}, {shown.reading.labels[item][step]}" in right


@pytest.mark.parametrize("item", range(4))
def test_what_a_swap_does_is_what_the_network_says_of_the_edited_sequence(item):
    shown = scene(StepSettings(sequence="marked recall"))
    x, right = shown.reading.x[:, item], int(shown.reading.targets[-1, item].argmax())

    def probability(sequence):
        y = torch.tensor(trace(shown.network, sequence).prediction[-1])
        return float(torch.softmax(y, -1)[right])

    def swapped(step):
        others = set(range(4)) - {int(x[step, :4].argmax())}
        edited = np.repeat(x[None], 3, axis=0)
        for sequence, letter in zip(edited, others, strict=True):
            sequence[step, :4] = np.eye(4)[letter]
        return np.mean([probability(sequence) for sequence in edited])

    step = marked(shown.reading, item)
    now, there, at_end = (percent(p) for p in (probability(x), swapped(step), swapped(14)))
    outcome = question(shown, item).outcome
    assert f"from {now} to {there}, a swap at the last step to {at_end} " in outcome


def test_flipping_a_bit_turns_every_answer_after_it():
    asked = question(scene(StepSettings(sequence="parity at every step")))
    assert asked.options[asked.answers[0]] == "all of them"
    assert asked.outcome.endswith("14 of 14.")


def test_a_gradient_that_vanished_is_measured_by_torch_autograd():
    """A fresh tanh network on 40 numbers: the share that is left at step 1."""
    numbers = " ".join(map(str, np.random.default_rng(0).normal(size=40).round(2)))
    shown = scene(
        StepSettings(sequence=OWN_NUMBERS, numbers=numbers, cell="RNN (tanh)", weights="fresh")
    )
    params = {n: torch.tensor(a) for n, a in shown.network.layers[0].params.items()}
    h, states = torch.zeros(16, dtype=torch.float64), []
    for x in torch.tensor(shown.reading.x[:, 0]):
        h = torch.tanh(params["W"] @ x + params["U"] @ h + params["b"])
        h.requires_grad_().retain_grad()
        states.append(h)
    h.sum().backward()
    norms = [float(state.grad.norm()) for state in states]
    asked = question(shown)
    assert f"{norms[0] / max(norms):.3g} of it" in asked.outcome
    assert asked.options[asked.answers[0]] == "less than a thousandth"


def test_a_gradient_that_is_nowhere_has_no_share():
    """h never moves: ReLU of nothing positive, with the loss at the last step."""
    shown = scene(
        StepSettings(
            sequence=OWN_NUMBERS,
            numbers="1 1 1",
            cell="own",
            equations="h = relu(0 * (W @ x) + 0 * h_prev - 1)",
        )
    )
    asked = question(shown)
    assert asked.options[asked.answers[0]] in (
        "over a tenth",
        "less than a thousandth",
        "it is 0 or infinite",
    )
