"""Predict, commit, reveal: a question about a scene, and its outcome as the engine computes it.

It is about one of the sequences shown; where the outcome is an average over all, it says so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.network.losses import Loss
from rnnviz.network.softmax import log_softmax, softmax
from rnnviz.notation import percent
from rnnviz.recording.recorded_gradients import Gradients
from rnnviz.recording.recording import trace
from rnnviz.scenes.examples import PRESETS
from rnnviz.scenes.reading import notable, short
from rnnviz.scenes.scene import Scene
from rnnviz.texts import _

ALIKE = 0.01


@dataclass(frozen=True)
class Question:
    """options: what can be guessed. answers: indices of the right ones. outcome: what was found."""

    text: str
    options: tuple[str, ...]
    answers: tuple[int, ...]
    outcome: str


def question(scene: Scene, item: int = 0) -> Question:
    """The question its preset asks; of other sequences, how far back the gradient reaches.

    item: which of the sequences shown it is about, from 0.
    """
    kind = "gradient"
    with np.errstate(all="ignore"):  # what overflows is asked about like anything else
        if scene.preset and scene.asked.kind != "sum" and np.isfinite(_predictions(scene)).all():
            kind = PRESETS[scene.preset].question
        return QUESTIONS[kind](scene, item)


def _reach(scene: Scene, item: int) -> Question:
    norms = _gradients(scene, item).norms("h")
    options = (
        _("over a tenth"),
        _("a tenth to a thousandth"),
        _("less than a thousandth"),
        _("it is 0 or infinite"),
    )
    text = _("How much of the gradient dL/dh is left at step 1, compared with its largest?")
    if len(scene.network.layers) > 1:
        text = _(
            "How much of the gradient dL/dh of layer {layer} is left at step 1, compared with its "
            "largest?",
            layer=len(scene.network.layers),
        )
    largest = norms.max()
    if not np.isfinite(norms).all():
        return Question(text, options, (3,), _("At some step it is not a finite number."))
    if largest == 0.0:
        return Question(text, options, (3,), _("It is 0 at every step."))
    ratio = norms[0] / largest
    answer = (0 if ratio > 0.1 else 1 if ratio > 1e-3 else 2,)
    outcome = _(
        "|dL/dh| is {first} at step 1 and at most {largest}: {ratio} of it.",
        first=f"{norms[0]:.3g}",
        largest=f"{largest:.3g}",
        ratio=f"{ratio:.3g}",
    )
    return Question(text, options, answer, outcome)


def _strongest(scene: Scene, item: int) -> Question:
    labels, last = scene.reading.labels[item], scene.reading.steps - 1
    before, after = _swaps(scene, item)
    costs = before - after
    alike = {int(t) for t in np.flatnonzero(costs >= costs.max() - ALIKE)}
    places = notable(labels)
    options = [_("step {step}, {letter}", step=t + 1, letter=labels[t]) for t in places]
    if last not in places:
        places.append(last)
        options.append(_("the last step"))
    answers = [k for k, t in enumerate(places) if t in alike]
    if alike - set(places):
        answers.append(len(places))
    outcome = _swapped(before, after, alike, labels)
    text = _(
        "If one letter is swapped for another, at which step would that spoil the last answer most?"
    )
    return Question(text, (*options, _("another step")), tuple(answers), outcome)


def _swapped(before: float, after: Array, alike: set[int], labels: Sequence[str]) -> str:
    """What swaps did, in words; alike: the steps at which they cost as much as anywhere."""
    strongest, last = int(after.argmin()), len(after) - 1
    if len(alike) == len(labels):
        return _(
            "It matters little where: a swap takes the right answer from {before} to between "
            "{least} and {most} (averages over the other letters).",
            before=percent(before),
            least=percent(after.min()),
            most=percent(after.max()),
        )
    if strongest == last:
        return _(
            "A swap at the last step takes the right answer from {before} to {after} (the average "
            "over the other letters).",
            before=percent(before),
            after=percent(after[last]),
        )
    return _(
        "A swap at step {step} ({letter}) takes the right answer from {before} to {after}, a swap "
        "at the last step to {last} (averages over the other letters).",
        step=strongest + 1,
        letter=labels[strongest],
        before=percent(before),
        after=percent(after[strongest]),
        last=percent(after[last]),
    )


def _swaps(scene: Scene, item: int) -> tuple[float, Array]:
    """The right answer's probability at the last step as it is, and (time,): with another letter
    at each step, the mean over letters."""
    letters = len(scene.reading.symbols)
    x = scene.reading.x[:, item]
    now = x[:, :letters].argmax(axis=-1)
    changed = [(t, k) for t in range(len(x)) for k in range(letters) if k != now[t]]
    edited = np.repeat(x[:, None], len(changed), axis=1)
    for place, (step, letter) in enumerate(changed):
        edited[step, place, :letters] = np.eye(letters)[letter]
    right = int(_targets(scene)[-1, item].argmax())
    before = float(_probabilities(scene, x[:, None])[0, right])
    after = _probabilities(scene, edited)[:, right]
    means: Array = after.reshape(len(x), letters - 1).mean(axis=1)
    return before, means


def _probabilities(scene: Scene, x: Array) -> Array:
    """(batch, classes): of the answers at the last step."""
    return softmax(_predictions(scene, x)[-1])


def _near(scene: Scene, item: int) -> Question:
    answer = round(float(_predictions(scene)[-1, item, 0]), 3)
    target = round(float(_targets(scene)[-1, item, 0]), 3)
    off = round(abs(answer - target), 3)
    options = (_("by less than 0.05"), _("by 0.05 to 0.2"), _("by more than 0.2"))
    outcome = _(
        "Its last answer is {answer}; the sum is {target}: off by {off}.",
        answer=f"{answer:.3f}",
        target=f"{target:.3f}",
        off=f"{off:.3f}",
    )
    right = (0 if off < 0.05 else 1 if off <= 0.2 else 2,)
    return Question(_("By how much will its last answer miss the sum?"), options, right, outcome)


def _flip(scene: Scene, item: int) -> Question:
    step = min(2, scene.reading.steps - 1)
    x = scene.reading.x[:, item : item + 1].copy()
    before = _predictions(scene, x)
    x[step] = 1.0 - x[step]
    after = _predictions(scene, x)
    changed = (before.argmax(-1) != after.argmax(-1))[step:, 0]
    count, of = int(changed.sum()), len(changed)
    outcome = _(
        "Answers that change, from step {step} on: {changed} of {answers}.",
        step=step + 1,
        changed=count,
        answers=of,
    )
    options = (_("none"), _("some"), _("all of them"))
    answer = (0 if count == 0 else 2 if count == of else 1,)
    text = _(
        "If the bit at step {step} were the other one, how many answers from there on would "
        "change?",
        step=step + 1,
    )
    return Question(text, options, answer, outcome)


def _settling(scene: Scene, item: int) -> Question:
    if scene.reading.steps < 3:
        return _reach(scene, item)
    errors = (_predictions(scene) - _targets(scene)) ** 2
    thirds = [float(np.sqrt(part.mean())) for part in np.array_split(errors, 3)]
    worst = int(np.argmax(thirds))
    first, middle, last = map(short, thirds)
    outcome = _(
        "Root mean squared error: {first} in the first third, {middle} in the middle, {last} in "
        "the last third (over all {sequences} sequences).",
        first=first,
        middle=middle,
        last=last,
        sequences=scene.reading.batch,
    )
    options = (_("in the first third"), _("in the middle"), _("in the last third"))
    return Question(_("Where are its answers furthest off?"), options, (worst,), outcome)


def _word_starts(scene: Scene, item: int) -> Question:
    losses = -(_targets(scene) * log_softmax(_predictions(scene))).sum(-1)
    starts = np.array([[word in "␣⏎" for word in words] for words in scene.reading.labels]).T
    if not starts.any() or starts.all():
        return _reach(scene, item)
    at_start, inside = float(losses[starts].mean()), float(losses[~starts].mean())
    outcome = _(
        "Its cross entropy averages {at_start} where a word begins and {elsewhere} elsewhere (over "
        "all {sequences} sequences).",
        at_start=f"{at_start:.3g}",
        elsewhere=f"{inside:.3g}",
        sequences=scene.reading.batch,
    )
    options = (_("the first letter of a word"), _("all other characters"))
    text = _("Which characters does it find harder to guess?")
    return Question(text, options, (0 if at_start > inside else 1,), outcome)


QUESTIONS: Mapping[str, Callable[[Scene, int], Question]] = MappingProxyType(
    {
        "gradient": _reach,
        "strongest step": _strongest,
        "near": _near,
        "flip": _flip,
        "settling": _settling,
        "word starts": _word_starts,
    }
)


def _gradients(scene: Scene, item: int) -> Gradients:
    """Of L of one sequence alone, as the stepper computes it."""
    targets = None if scene.asked.kind == "sum" else _targets(scene)[:, item]
    loss = Loss(scene.asked.kind, scene.asked.steps, targets)
    return trace(scene.network, scene.reading.x[:, item]).backward(loss=loss)


def _predictions(scene: Scene, x: Array | None = None) -> Array:
    """(time, batch, outputs), before the softmax."""
    prediction = trace(scene.network, scene.reading.x if x is None else x).prediction
    assert prediction is not None, "only a network with a readout is asked"
    return prediction


def _targets(scene: Scene) -> Array:
    assert scene.reading.targets is not None, "only a task's sequences have targets"
    return scene.reading.targets
