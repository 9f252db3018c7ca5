"""What a watched training says to whoever trains: rules, each with its threshold and its figure.

Every rule looks at the recorded updates alone, and says nothing where it does not hold.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from rnnviz.cells import named
from rnnviz.texts import N_, Sentence
from rnnviz.watching.watched import Row, Watched, is_clipped
from rnnviz.watching.ways import place, power, rounded, ways_of

LOST = 2.0**-24
"""What is added to a sum that is larger by more than this is rounded away in float32."""
FAINT = 1e-3
GROWN = 100.0
"""The largest gradient of a state over the sum of what reached it from outside, from where on it is
said to explode on its way back."""
SPIKE = 100.0
"""The largest norm of a gradient over their median, from where on it is said to jump."""
ENOUGH = 5
"""So many updates make a share or a median worth saying."""
OFTEN = 0.9
SATURATED = 0.9
FORGETFUL, SHORT = 0.6, 10
"""The mean of a gate that keeps the state, and the steps of a sequence from where on that is too
little."""
KEEPS: Mapping[str, str] = {"LSTM": "f", "GRU (PyTorch)": "z"}
"""Cell → its gate that multiplies the old state."""
BIAS: Mapping[str, str] = {
    "LSTM": N_("try a forget bias of 1 to 3"),
    "GRU (PyTorch)": N_("try a bias of 1 to 3 of the update gate"),
}


class Finding(NamedTuple):
    """kind: which rule found it. figure: the number that it compares with its threshold."""

    kind: str
    figure: float
    sentence: Sentence

    def __str__(self) -> str:
        return str(self.sentence)


def findings(watched: Watched) -> tuple[Finding, ...]:
    """What all rules find, most urgent first."""
    if not watched.rows:
        return ()
    return tuple(found for rule in RULES for found in rule(watched))


def not_finite(watched: Watched) -> Iterator[Finding]:
    """A norm or the loss is no number any more: since when, and what the norm was before."""
    for row, before in zip(watched.rows, (None, *watched.rows), strict=False):
        sizes = np.concatenate(list(row.norms.values()))
        if np.isfinite(sizes).all() and not math.isinf(row.gradient) and not _is_nan_of(row):
            continue
        if before is None:
            yield Finding(
                "not finite",
                row.update,
                Sentence("The gradient is not finite from the first recorded update on."),
            )
        else:
            yield Finding(
                "not finite",
                row.update,
                Sentence(
                    "The gradient is not finite at update {update}; at update {before} its norm "
                    "was {norm}.",
                    update=f"{row.update:,}",
                    before=f"{before.update:,}",
                    norm=f"{before.gradient:.3g}",
                ),
            )
        return


def jumps(watched: Watched) -> Iterator[Finding]:
    """The gradient of the parameters is sometimes far larger than usually."""
    rows = [row for row in watched.rows if 0 < row.gradient < math.inf]
    if len(rows) < ENOUGH:
        return
    median = float(np.median([row.gradient for row in rows]))
    largest = max(rows, key=lambda row: row.gradient)
    ratio = largest.gradient / median
    if ratio >= SPIKE and not is_clipped(largest):
        yield Finding(
            "jumps",
            ratio,
            Sentence(
                "At update {update} the gradient was {ratio} times its median of {median}: clip it "
                "by norm, at two or three times the median.",
                update=f"{largest.update:,}",
                ratio=rounded(ratio),
                median=f"{median:.3g}",
            ),
        )


def explodes(watched: Watched) -> Iterator[Finding]:
    """The recurrence makes more of the gradient than all that reaches it from outside."""
    row = watched.rows[-1]
    found = [
        (float(way.sizes.max() / row.outside[way.prefix]), way)
        for way in ways_of(watched)
        if row.outside[way.prefix] > 0 and np.isfinite(way.sizes).all()
    ]
    ratio, way = max(found, key=lambda one: one[0], default=(0.0, None))
    if way is not None and ratio >= GROWN:
        yield Finding(
            "explodes",
            ratio,
            Sentence(
                "{name}: on its way back through time the gradient of the state grows to {ratio} "
                "times what came from outside, at step {step}. Clip it by norm, or make the "
                "recurrent weights smaller.",
                name=place(watched, way.prefix),
                ratio=rounded(ratio),
                step=way.step(int(way.sizes.argmax())),
            ),
        )


def vanishes(watched: Watched) -> Iterator[Finding]:
    """Back through time the gradient shrinks: which steps it does not reach any more."""
    found = [
        (float(way.sizes[0] / way.sizes.max()), way)
        for way in ways_of(watched)
        if way.sizes.max() > 0 and np.isfinite(way.sizes).all()
    ]
    ratio, way = min(found, key=lambda one: one[0], default=(1.0, None))
    if way is None or ratio >= FAINT:
        return
    peak = int(way.sizes.argmax())
    limit = (LOST if ratio < LOST else FAINT) * way.sizes[peak]
    reach = int(np.flatnonzero(way.sizes[: peak + 1] < limit)[-1]) + 1
    holes = {
        "name": place(watched, way.prefix),
        "first": way.step(0),
        "ratio": power(ratio),
        "peak": way.step(peak),
        "reach": way.step(reach),
    }
    yield Finding("vanishes", ratio, _vanished(ratio, holes, reverse=way.reverse))


def _vanished(ratio: float, holes: Mapping[str, object], *, reverse: bool) -> Sentence:
    if ratio < LOST and reverse:
        return Sentence(
            "{name}: the state's gradient at step {first} is {ratio} of that at step {peak}. "
            "Nothing after step {reach} is learnt from.",
            **holes,
        )
    if ratio < LOST:
        return Sentence(
            "{name}: the state's gradient at step {first} is {ratio} of that at step {peak}. "
            "Nothing before step {reach} is learnt from.",
            **holes,
        )
    if reverse:
        return Sentence(
            "{name}: the state's gradient at step {first} is {ratio} of that at step {peak}. "
            "What stands after step {reach} is hardly learnt from: it gets less than a thousandth.",
            **holes,
        )
    return Sentence(
        "{name}: the state's gradient at step {first} is {ratio} of that at step {peak}. "
        "What stands before step {reach} is hardly learnt from: it gets less than a thousandth.",
        **holes,
    )


def is_always_clipped(watched: Watched) -> Iterator[Finding]:
    """Nearly every gradient is shortened."""
    rows = [row for row in watched.rows if row.gradient > 0 and not math.isnan(row.stepped)]
    share = sum(map(is_clipped, rows)) / len(rows) if rows else 0.0
    if len(rows) < ENOUGH or share < OFTEN:
        return
    shown = f"{100 * share:.0f}"
    if rows[-1].optimizer == "SGD":
        says = Sentence(
            "Clipped on {share} % of the recorded updates: the threshold sets the size of the "
            "step, as much as the learning rate does.",
            share=shown,
        )
    else:
        says = Sentence(
            "Clipped on {share} % of the recorded updates: nearly every gradient is cut to the "
            "same size, and only its direction is left. A higher threshold clips what is "
            "exceptional.",
            share=shown,
        )
    yield Finding("always clipped", share, says)


def forgets(watched: Watched) -> Iterator[Finding]:
    """The gate that keeps the state lets it go within a few steps of a longer sequence."""
    gate, row = KEEPS.get(watched.cell), watched.rows[-1]
    if gate is None:
        return
    means = {prefix: row.gates[prefix + gate].mean for prefix in watched.prefixes}
    prefix, mean = min(means.items(), key=lambda one: one[1])
    steps = len(row.norms[f"{prefix}h"])
    if 0 < mean <= FORGETFUL and steps >= SHORT:
        yield Finding(
            "forgets",
            mean,
            Sentence(
                "{name}: the {gate}'s mean is {mean}, so about half of a state is gone after "
                "{half} steps of {steps}: {advice}.",
                name=place(watched, prefix),
                gate=Sentence(named(watched.cell).about.parts[gate].title),
                mean=f"{mean:.2f}",
                half=f"{math.log(2) / -math.log(mean):.1f}",
                steps=str(steps),
                advice=Sentence(BIAS[watched.cell]),
            ),
        )


def saturates(watched: Watched) -> Iterator[Finding]:
    """A gate stands at its ends nearly everywhere."""
    shares = {name: gate.closed + gate.open for name, gate in watched.rows[-1].gates.items()}
    name, share = max(shares.items(), key=lambda one: one[1], default=("", 0.0))
    if share >= SATURATED:
        prefix, _dot, gate = name.rpartition(".")
        yield Finding(
            "saturates",
            share,
            Sentence(
                "{name}: the {gate} is under 0.1 or over 0.9 in {share} % of its values: it hardly "
                "learns any more, as its slope is near 0 there.",
                name=place(watched, f"{prefix}."),
                gate=Sentence(named(watched.cell).about.parts[gate].title),
                share=f"{100 * share:.0f}",
            ),
        )


RULES: tuple[Callable[[Watched], Iterator[Finding]], ...] = (
    not_finite,
    jumps,
    explodes,
    vanishes,
    is_always_clipped,
    forgets,
    saturates,
)


def _is_nan_of(row: Row) -> bool:
    """Whether the gradient was measured and is no number."""
    return math.isnan(row.gradient) and not math.isnan(row.stepped)
