"""Each sentence of the Step page that claims something holds for every setting a link can reach.

Every setting is turned to its ends alone, and a seeded sample of all together; what the page says
is compared with the engine in Python, which the page's own numbers do not come from.
"""

import random
import re

import numpy as np
import pytest

from rnnviz import Hold, trace
from rnnviz.notation import number, percent
from rnnviz.scenes.examples import PRESETS
from rnnviz.scenes.experiments import INPUT, experiments
from rnnviz.scenes.questions import question
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import SETTINGS, YOUR_FILE, StepSettings
from rnnviz.settings.kinds import Choice, Number
from rnnviz.web.step.payload import step_payload
from tests.javascript import run

OWN = "m = 0.9 * m_prev + W @ x\nh = relu(m + U @ h_prev)"
SAMPLES = 40


def ends(kind):
    """What a setting can be turned to, as far as it goes."""
    if isinstance(kind, Choice):
        return [key for key in kind.keys if key != YOUR_FILE]
    return [kind.low, kind.high] if isinstance(kind, Number) else []


def every_end():
    for name, one in SETTINGS.items():
        for value in ends(one.kind):
            yield {name: value}
            if name in ("seed", "initial", "radius", "memory", "bias", "step"):
                rest = {"radius": {"initial": "scaled"}, "bias": {"memory": "number"}}
                yield {name: value, "weights": "fresh", "loss": "one", **rest.get(name, {})}


def sampled():
    draw = random.Random(7)
    for _ in range(SAMPLES):
        yield {
            name: draw.choice(choices)
            for name, one in SETTINGS.items()
            if (choices := ends(one.kind)) and draw.random() < 0.5
        }


CASES = [*every_end(), *sampled()]


def shown_for(choice):
    return scene(StepSettings(**{"equations": OWN, **choice}))


@pytest.fixture(
    scope="module", params=CASES, ids=lambda choice: " ".join(map(str, choice.values()))
)
def shown(request):
    return shown_for(request.param)


def engine(shown, item=0, holds=(), cut=()):
    """A recording of one sequence, the steps of `cut` read as zeros, and the gradients of its L."""
    x = shown.reading.x[:, item].copy()
    x[list(cut)] = 0
    with np.errstate(all="ignore"):
        recording = trace(shown.network, x, hold=holds)
        targets = None if shown.loss.targets is None else shown.loss.targets[:, item]
        loss = type(shown.loss)(shown.loss.kind, shown.loss.steps, targets)
        return recording, recording.backward(loss=loss)


def on_screen(value):
    """As the browser writes a number."""
    mantissa, _, power = number(value).partition("e")
    raised = power.translate(str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"))
    if mantissa == "NaN":
        return "not a number"
    return f"{mantissa}×10{raised}" if power else mantissa


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


SAY = """
import { answerAt, sentenceOf, shownOutputs } from "./stepper/answer.js";
import { inWords } from "./stepper/lines/gradient_chart.js";
import { createModel } from "./stepper/model.js";
import { outcomeOf } from "./stepper/changes/outcome.js";
import { unpack } from "./maths/payload.js";
const payload = unpack(input), { header } = payload, model = createModel(payload, 0);
function said() {
  const outcome = outcomeOf(header, model, header.layers.length - 1);
  const norms = [...model.live.layers.at(-1).norms].map(([name, numbers]) => ({ name, numbers }));
  const answers = header.readout === null ? [] : Array.from({ length: model.T }, (_, t) =>
    sentenceOf(header.readout, answerAt(header, model, t)));
  return { outcome, plain: inWords(norms, header.loss.steps), answers, loss: model.live.loss };
}
const found = [said()];
for (const { changes } of header.experiments[0]) { model.run(changes); found.push(said()); }
output({ found, labels: header.readout?.labels ?? null });
"""


def holds_of(shown, experiment):
    directions = [
        (layer, way == 1)
        for layer, one in enumerate(shown.network.layers)
        for way in range(len(one.directions))
    ]
    return [
        Hold(
            held.name,
            held.value,
            steps=range(held.first, held.end),
            layer=directions[held.direction][0],
            reverse=directions[held.direction][1],
        )
        for held in experiment.holds
        if held.name != INPUT
    ]


def finite(*arrays):
    return all(np.isfinite(array).all() for array in arrays if array is not None)


def test_what_the_stepper_says_is_what_the_engine_finds(shown):
    said = run(SAY, step_payload(shown))
    before, grads = engine(shown)
    if not finite(before.output, before.prediction):
        return  # what is no number any more is said in words, see below
    first, *tried = said["found"]
    assert first["outcome"] == [f"Loss L = {on_screen(grads.loss)}.", shown.asked.text]
    _check_answers(shown, said["labels"], before, first["answers"])
    _check_words(shown, grads, first["plain"])
    for experiment, one in zip(experiments(shown.network, shown.reading, 0), tried, strict=True):
        cut = {t for held in experiment.holds if held.name == INPUT for t in steps_of(held)}
        if cut and shown.network.layers[0].reverse is not None:
            continue  # no sequence says what both directions read
        after, changed = engine(shown, holds=holds_of(shown, experiment), cut=cut)
        told = " ".join(one["outcome"])
        if not finite(after.output, after.prediction):
            continue
        assert f"Loss {on_screen(grads.loss)} → {on_screen(changed.loss)}." in told
        readout, asked = shown.network.readout, shown.asked
        if readout is None:
            assert "nswer" not in told
            continue
        counted = [shown.reading.steps - 1] if asked.kind == "sum" else list(asked.steps)
        step, ends = _effect(readout, said["labels"], before.prediction, after.prediction, counted)
        moved = f"step {step + 1}: {' → '.join(ends)}."
        assert f"{'nswer at' if len(counted) == 1 else 'The answer moved most at'} {moved}" in told
        if shown.asked.kind == "cross entropy" and len(shown.asked.steps) > 1:
            steps = list(shown.asked.steps)
            others = before.prediction[steps].argmax(-1) != after.prediction[steps].argmax(-1)
            assert f"Answers that changed: {others.sum()} of {len(steps)}." in told


def steps_of(held):
    return range(held.first, held.end)


def _effect(readout, labels, before, after, counted):
    """The counted step at which the answer moved most, and what it was and is."""
    if readout.kind == "softmax":
        shares = [softmax(scores[counted]) for scores in (before, after)]
        likeliest = shares[0].argmax(-1)[:, None]
        moved = np.abs(np.subtract(*(np.take_along_axis(one, likeliest, -1) for one in shares)))
        step = counted[int(moved[:, 0].argmax())]
        return step, [_briefly(labels, scores[step]) for scores in (before, after)]
    moved = np.abs(after[counted] - before[counted])
    place, output = np.unravel_index(moved.argmax(), moved.shape)
    step = counted[int(place)]
    name = f"{labels[output]} " if len(labels) > 1 else ""
    return step, [f"{name}{on_screen(scores[step, output])}" for scores in (before, after)]


def _briefly(labels, scores):
    shares = softmax(scores)
    return f"{labels[int(shares.argmax())]} {percent(shares.max())}"


def _check_answers(shown, labels, recording, answers):
    if shown.network.readout is None:
        assert answers == []
        return
    asked = set(shown.asked.steps) if shown.asked.kind != "sum" else set()
    for step, answer in enumerate(answers):
        if shown.network.readout.kind == "softmax":
            assert answer.startswith(_briefly(labels, recording.prediction[step]))
        else:
            numbers = recording.prediction[step]
            largest = int(np.argmax(numbers))
            name = f"{labels[largest]}: " if len(numbers) > 1 else ""
            assert answer.startswith(f"{name}{on_screen(numbers[largest])}")
        assert ("target" in answer) == (step in asked)
        if step in asked and shown.asked.kind == "cross entropy":
            target = labels[int(shown.reading.targets[step, 0].argmax())]
            assert f"(target {target})" in answer


def _check_words(shown, grads, plain):
    """Where a gradient is exactly 0 is said of just those steps, in whichever of two sentences."""
    layers = shown.network.layers
    last = grads.layer(len(layers) - 1, reverse=layers[-1].reverse is not None)
    for state in layers[-1].cell.states:
        zero = {step + 1 for step in np.flatnonzero(last.norms(state) == 0)}
        after = re.search(
            rf"After step (\d+), the last where the loss is, {state} can no longer",
            plain,
        )
        at = re.search(rf"dL/d{state} is exactly 0 at step ([\d–, ]+):", plain)
        if after:
            first = int(after[1])
            assert first == max(shown.asked.steps) + 1
            assert zero == set(range(first + 1, shown.reading.steps + 1))
        elif at:
            spans = [list(map(int, span.split("–"))) for span in at[1].split(", ")]
            assert zero == {step for span in spans for step in range(span[0], span[-1] + 1)}
        else:
            assert zero == set()


def test_what_l_is_said_to_be_is_what_it_is(shown):
    kind, steps, text = shown.asked.kind, shown.asked.steps, shown.asked.text
    recording, grads = engine(shown)
    if kind == "sum":
        value = recording.output[list(steps)].sum()
    elif kind == "squared error":
        errors = recording.prediction - shown.reading.targets[:, 0]
        value = (errors[list(steps)] ** 2).mean()
    else:
        shares = (softmax(recording.prediction) * shown.reading.targets[:, 0]).sum(-1)
        value = -np.log(shares[list(steps)]).mean()
    np.testing.assert_allclose(grads.loss, value, rtol=1e-6, equal_nan=True)
    assert kind in text or kind == "sum"
    assert ("last step" in text) == (steps == (shown.reading.steps - 1,))


def test_the_notes_are_so(shown):
    said = " ".join(shown.notes)
    assert ("its weights are random" in said) <= shown.badge.startswith("fresh weights")
    assert ("read only that one step" in said) == (
        shown.network.layers[-1].reverse is not None
        and shown.asked.steps == (shown.reading.steps - 1,)
        and shown.reading.steps > 1
    )
    if "reads only the first" in said:
        assert f"first {shown.reading.steps} of the" in said
    if (late := re.search(r"no step (\d+): the loss is at its last step, (\d+)", said)) is not None:
        assert int(late[1]) > int(late[2]) == shown.reading.steps
        assert shown.asked.steps == (shown.reading.steps - 1,)


def test_the_answer_to_the_question_is_what_is_measured(shown):
    for item in range(shown.reading.batch):
        asked = question(shown, item)
        assert asked.answers
        assert len(set(asked.options)) == len(asked.options) > max(asked.answers)
        right = [asked.options[k] for k in asked.answers]
        recording, grads = engine(shown, item)
        if asked.text.startswith("How much of the gradient"):
            _check_reach(grads, right, asked.outcome)
        elif asked.text.startswith("By how much"):
            off = abs(recording.prediction[-1, 0] - shown.reading.targets[-1, item, 0])
            bounds = {"by less than 0.05": (0, 0.05), "by 0.05 to 0.2": (0.05, 0.2)}
            low, high = bounds.get(right[0], (0.2, np.inf))
            assert low - 0.0015 <= off <= high + 0.0015
        elif asked.text.startswith("If the bit"):
            _check_flip(shown, item, right, asked)
        elif asked.text.startswith("If one letter"):
            _check_swap(shown, item, right, asked)
        else:
            assert shown.preset in PRESETS


def _check_reach(grads, right, outcome):
    norms = grads.norms("h")
    if not np.isfinite(norms).all() or not norms.any():
        assert right == ["it is 0 or infinite"]
        return
    ratio = norms[0] / norms.max()
    sizes = {"over a tenth": (0.1, 1), "a tenth to a thousandth": (1e-3, 0.1)}
    low, high = sizes.get(right[0], (0, 1e-3))
    assert low <= ratio <= high
    assert f"{ratio:.3g} of it" in outcome


def _check_flip(shown, item, right, asked):
    step = int(re.search(r"at step (\d+)", asked.text)[1]) - 1
    x = shown.reading.x[:, item].copy()
    before = trace(shown.network, x).prediction.argmax(-1)
    x[step] = 1 - x[step]
    changed = (trace(shown.network, x).prediction.argmax(-1) != before)[step:]
    word = "all of them" if changed.all() else "some" if changed.any() else "none"
    assert right == [word]
    assert asked.outcome.endswith(f"{changed.sum()} of {len(changed)}.")


def _check_swap(shown, item, right, asked):
    """No step that is not called right costs the right answer more than those that are."""
    letters = len(shown.reading.symbols)
    x, target = shown.reading.x[:, item], int(shown.reading.targets[-1, item].argmax())
    after = []
    for step in range(len(x)):
        variants = np.repeat(x[:, None], letters - 1, axis=1)
        others = [k for k in range(letters) if not x[step, k]]
        variants[step, :, :letters] = np.eye(letters)[others]
        after.append(softmax(trace(shown.network, variants).prediction[-1])[:, target].mean())
    words = shown.reading.labels[item]
    named = {f"step {t + 1}, {words[t]}": t for t in range(len(x))} | {"the last step": len(x) - 1}
    listed = [named[option] for option in asked.options if option in named]
    rest = [after[t] for t in range(len(x)) if t not in listed]
    least = {option: after[named[option]] for option in asked.options if option in named}
    least["another step"] = min(rest, default=np.inf)
    worst = min(after)
    assert set(right) == {option for option, p in least.items() if p <= worst + 0.01}
    for share in (min(after), after[-1]):
        if "It matters little" not in asked.outcome:
            assert percent(share) in asked.outcome
