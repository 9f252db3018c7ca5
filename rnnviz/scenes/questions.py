"""Predict, commit, reveal: one question about a scene, and its outcome as the engine computes it.

Everything is about the first sequence shown, unless the outcome says otherwise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.network.losses import Loss
from rnnviz.recording.recorded_gradients import Gradients
from rnnviz.recording.recording import trace
from rnnviz.scenes.examples import PRESETS
from rnnviz.scenes.reading import short
from rnnviz.scenes.scene import Scene

ALIKE = 0.01


@dataclass(frozen=True)
class Question:
    """options: what can be guessed. answers: the right ones' indices. says: what was measured."""

    text: str
    options: tuple[str, ...]
    answers: tuple[int, ...]
    says: str


def question(scene: Scene) -> Question:
    """The question its preset asks; of other sequences, how far back the gradient reaches."""
    kind = "gradient"
    with np.errstate(all="ignore"):  # what overflows is asked about like anything else
        if scene.preset and scene.asked.kind != "sum" and np.isfinite(_predictions(scene)).all():
            kind = PRESETS[scene.preset].question
        return QUESTIONS[kind](scene)


def _reach(scene: Scene) -> Question:
    norms = _gradients(scene).norms("h")
    options = (
        "over a tenth",
        "a tenth to a thousandth",
        "less than a thousandth",
        "it is 0 or infinite",
    )
    text = "How much of the gradient dL/dh is left at step 1, compared with its largest?"
    largest = norms.max()
    if not np.isfinite(norms).all() or largest == 0.0:
        says = "It is 0 at every step." if largest == 0.0 else "Some of it is no finite number."
        return Question(text, options, (3,), says)
    ratio = norms[0] / largest
    answer = (0 if ratio > 0.1 else 1 if ratio > 1e-3 else 2,)
    says = f"|dL/dh| is {norms[0]:.2g} at step 1 and at most {largest:.2g}: {ratio:.2g} of it."
    return Question(text, options, answer, says)


def _strongest(scene: Scene) -> Question:
    labels, last = scene.reading.labels[0], scene.reading.steps - 1
    notable = [t for t, word in enumerate(labels) if word[0] == "•" or word in ("X", "Y")]
    costs = _costs_of_another_letter(scene)
    strongest = int(costs.argmax())
    places = [*notable, *([last] if last not in notable else [])]
    options = [f"step {t + 1}, {labels[t]}" for t in notable]
    options += ["the last step"] if last not in notable else []
    alike = {int(t) for t in np.flatnonzero(costs >= costs[strongest] - ALIKE)}
    answer = tuple(k for k, t in enumerate(places) if t in alike) or (len(places),)
    says = (
        "Another letter there costs the right answer "
        f"{costs[strongest]:.0%} of probability, the most of all steps; at the last step it is "
        f"{max(costs[last], 0.0):.0%}."
    )
    if answer == (len(places),):
        says = f"It is step {strongest + 1} ({labels[strongest]}). {says}"
    text = "Put another letter at one step: where does that hurt its final answer most?"
    return Question(text, (*options, "another step"), answer, says)


def _costs_of_another_letter(scene: Scene) -> Array:
    """By how much the right answer's probability falls, for each step the mean over letters."""
    letters = len([name for name in scene.reading.input_names if name != "marker"])
    x = scene.reading.x[:, 0]
    now = x[:, :letters].argmax(axis=-1)
    changed = [(t, k) for t in range(len(x)) for k in range(letters) if k != now[t]]
    variants = np.repeat(x[:, None], len(changed), axis=1)
    for item, (step, letter) in enumerate(changed):
        variants[step, item, :letters] = np.eye(letters)[letter]
    right = int(_targets(scene)[-1, 0].argmax())
    before = _probabilities(scene, x[:, None])[0, right]
    after = _probabilities(scene, variants)[:, right]
    costs: Array = (before - after).reshape(len(x), letters - 1).mean(axis=1)
    return costs


def _probabilities(scene: Scene, x: Array) -> Array:
    """(batch, classes): of the answers at the last step."""
    y = _predictions(scene, x)[-1]
    scores = np.exp(y - y.max(axis=-1, keepdims=True))
    shares: Array = scores / scores.sum(axis=-1, keepdims=True)
    return shares


def _near(scene: Scene) -> Question:
    said = float(_predictions(scene)[-1, 0, 0])
    right = float(_targets(scene)[-1, 0, 0])
    off = abs(said - right)
    options = ("by less than 0.05", "by 0.05 to 0.2", "by more")
    says = f"It says {said:.3f}; the sum is {right:.3f}: off by {off:.3f}."
    answer = (0 if off < 0.05 else 1 if off <= 0.2 else 2,)
    return Question("By how much will its last answer miss the sum?", options, answer, says)


def _flip(scene: Scene) -> Question:
    step = min(2, scene.reading.steps - 1)
    x = scene.reading.x[:, :1].copy()
    before = _predictions(scene, x)
    x[step] = 1.0 - x[step]
    after = _predictions(scene, x)
    changed = (before.argmax(-1) != after.argmax(-1))[step:, 0]
    count, of = int(changed.sum()), len(changed)
    says = f"{count} of the {of} answers from step {step + 1} on change."
    options = ("none", "some", "all of them")
    answer = (0 if count == 0 else 2 if count == of else 1,)
    bit = f"If the bit at step {step + 1} were the other one"
    text = f"{bit}, how many answers from there on would change?"
    return Question(text, options, answer, says)


def _settling(scene: Scene) -> Question:
    errors = (_predictions(scene) - _targets(scene)) ** 2
    thirds = [float(np.sqrt(part.mean())) for part in np.array_split(errors, 3)]
    worst = int(np.argmax(thirds))
    says = (
        f"Root mean squared error in the three thirds: {', '.join(map(short, thirds))} "
        f"(over the {scene.reading.batch} sequences)."
    )
    options = ("in the first third", "in the middle", "in the last third")
    return Question("Where are its answers furthest off?", options, (worst,), says)


def _word_starts(scene: Scene) -> Question:
    y, targets = _predictions(scene), _targets(scene)
    shifted = y - y.max(axis=-1, keepdims=True)
    losses = -(targets * (shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)))).sum(-1)
    starts = np.array([[word in "␣⏎" for word in item] for item in scene.reading.labels]).T
    if not starts.any() or starts.all():
        return _reach(scene)
    at_start, inside = float(losses[starts].mean()), float(losses[~starts].mean())
    says = (
        f"Its loss is {at_start:.2g} nats where a word begins and {inside:.2g} elsewhere "
        f"(over the {scene.reading.batch} sequences)."
    )
    options = ("the first letter of a word", "all other characters")
    text = "Which characters does it find harder to guess?"
    return Question(text, options, (0 if at_start > inside else 1,), says)


QUESTIONS: Mapping[str, Callable[[Scene], Question]] = MappingProxyType(
    {
        "gradient": _reach,
        "strongest step": _strongest,
        "near": _near,
        "flip": _flip,
        "settling": _settling,
        "word starts": _word_starts,
    }
)


def _gradients(scene: Scene) -> Gradients:
    """Of L of the first sequence alone, as the stepper computes it."""
    targets = None if scene.asked.kind == "sum" else _targets(scene)[:, 0]
    loss = Loss(scene.asked.kind, scene.asked.steps, targets)
    return trace(scene.network, scene.reading.x[:, 0]).backward(loss=loss)


def _predictions(scene: Scene, x: Array | None = None) -> Array:
    """(time, batch, outputs), before the softmax."""
    prediction = trace(scene.network, scene.reading.x if x is None else x).prediction
    assert prediction is not None, "only a network with a readout is asked"
    return prediction


def _targets(scene: Scene) -> Array:
    assert scene.reading.targets is not None, "only a task's sequences have targets"
    return scene.reading.targets
