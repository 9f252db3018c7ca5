"""What each claiming sentence of the Gradients page must be true of: its pattern, and a check
against the engine. A claim is given what its pattern found and what is measured.
"""

import re
from typing import NamedTuple

import numpy as np

from rnnviz.gradients.bound import bound, plain
from rnnviz.gradients.credit import credit
from rnnviz.gradients.curve import Curve, curves
from rnnviz.gradients.magnitude import norms
from rnnviz.gradients.measured import Measured, measure
from rnnviz.gradients.setup import Setup
from rnnviz.gradients.spectra import jacobians
from rnnviz.gradients.truncation import shares, truncate
from rnnviz.gradients.waterfall import waterfall
from tests.web.gradients.written_numbers import agrees, agrees_log10, steps_of

EXPONENTS = {
    "about as much": 0, "a tenth": -1, "a thousandth": -3, "a millionth": -6, "10⁻¹² or less": -12,
}  # fmt: skip


class Case(NamedTuple):
    """A cell at some knobs, and where on the page its sentence stands."""

    setup: Setup
    measured: Measured
    curve: Curve
    cell: str
    at: int | None = None

    @property
    def waterfall(self):
        return waterfall(self.measured)

    @property
    def gradients(self):
        """(time, parameters): the shares of the steps."""
        time, steps = len(self.measured.x), self.measured.steps
        each = shares(self.measured, steps).values()
        return np.concatenate([one.reshape(time, -1) for one in each], axis=1)

    @property
    def slopes(self):
        """Of the plain cell's function, by its h."""
        h = self.measured.run.value("h")
        slopes = {"tanh": 1 - h**2, "relu": (h > 0) * 1.0, "identity": np.ones_like(h)}
        slopes["sigmoid"] = h * (1 - h)
        return slopes[plain(self.measured.run.cell).function]


def case_of(setup, name, *, state="h"):
    found = measure(setup.network(name), setup.x, setup.judge)
    every = curves(found)
    curve = every["h"] if state == "h" and "h" in every else list(every.values())[-1]
    return Case(setup, found, curve, name)


def nearest(answer, ratio):
    """Whether of all answers this one is the nearest to a ratio, given by its logarithm."""
    if answer == "much more: it grows":
        return ratio > 0.5
    off = {one: abs(exponent - ratio) for one, exponent in EXPONENTS.items()}
    off["10⁻¹² or less"] = 0 if ratio < -12 else off["10⁻¹² or less"]
    return ratio <= 0.5 and off[answer] == min(off.values())


def radius(case):
    """The spectral radius of the plain cell's U."""
    return np.abs(np.linalg.eigvals(case.measured.run.params["U"])).max()


def verdict(case, measured, answer):
    ratio = case.curve.log10_ratio
    return agrees_log10(measured, ratio) and nearest(answer, ratio)


def slope(case, text):
    return agrees(text, case.slopes.mean())


def shrinking(case, count, steps):
    total = case.curve.total
    return (int(count), int(steps)) == ((total[:-1] < total[1:]).sum(), len(total) - 1)


def exactly_zero(case, _state, steps):
    total = case.curve.total[: case.curve.start + 1]
    return steps_of(steps) == [t for t, size in enumerate(total) if size == 0]


def infinite(case, state, steps, *, is_number=True):
    total = case.curve.total
    beyond = ~np.isfinite(total[: case.curve.start + 1])
    holds_nan = np.isnan([*total, case.curve.before]).any()
    return steps_of(steps) == list(np.flatnonzero(beyond)) and holds_nan == (not is_number)


def bounded(case, largest, steepest, factor):
    limits = bound(case.measured)
    total, room = case.curve.total, 1 + 1e-9
    with np.errstate(all="ignore"):
        holds = [
            not (total > room * limits.measured).any(),
            not (limits.measured > room * limits.theory).any(),
        ]
    said = [(largest, limits.largest_singular), (steepest, limits.steepest)]
    return all(holds) and all(agrees(*one) for one in [*said, (factor, limits.factor)])


def gate(case, _state, name, _again):
    return factor_is(case, case.measured.run.value(name))


def one_minus(case, _state, name, _again):
    return factor_is(case, 1 - case.measured.run.value(name))


def factor_is(case, gates):
    """The factor is the gate, and no gate leaves [0, 1]: below 1 it shrinks what it multiplies."""
    found = case.waterfall.factors.squeeze()
    gates = np.asarray(gates).squeeze()
    return np.allclose(found, gates, atol=1e-11) and ((gates >= 0) & (gates <= 1)).all()


def typical(case, factor, made, steps, most):
    with np.errstate(all="ignore"):
        factors = np.abs(case.waterfall.factors[: case.curve.start + 1])
        logs = np.log10(factors).sum(0).ravel()
        mean = logs.mean()
        return (
            int(steps) == case.curve.start + 1
            and agrees_log10(factor, mean / int(steps))
            and agrees_log10(made, mean)
            and agrees_log10(most, logs.max())
        )


def came(case, _state, direct, rest):
    sizes = case.waterfall.norms()
    floor = 1e-12 * sizes["total"][0]  # of a difference, no digit is left there
    is_rest = agrees(rest, sizes["rest"][0]) or sizes["rest"][0] <= floor
    return agrees(direct, sizes["direct"][0]) and is_rest


def worst(case, step, factor, *, shrinks=True):
    killer = case.waterfall.killers()["total"]
    said = (int(step) - 1, agrees(factor, killer.factor), killer.factor < 1)
    return said == (killer.step, True, shrinks)


def unit(case, number, arrives, factor, step):
    of, place = case.waterfall, int(number) - 1
    factors = np.abs(of.factors[: case.curve.start + 1, 0, place])
    return (
        agrees(arrives, abs(of.direct[0, 0, place]))
        and factors[int(step) - 1] == factors.min()
        and agrees(factor, of.factors[int(step) - 1, 0, place])
    )


def early(case, last, part):
    found = case.gradients
    with np.errstate(all="ignore"):
        half, whole = (norms(one.sum(0)[None])[0] for one in (found[: int(last)], found))
        return int(last) == len(found) // 2 and agrees(part, half / whole)


def cut(case, step, part, angle):
    lost = truncate(case.measured, case.at).total
    turned = abs(lost.angle) < 2e-6 or agrees(angle, lost.angle)
    return int(step) == case.at + 1 and agrees(part, lost.lost / lost.full) and turned


def no_direction(case, step, part):
    lost = truncate(case.measured, case.at).total
    return np.isnan(lost.angle) and agrees(part, lost.lost / lost.full)


def gate_shares(case, step, said):
    found = credit(case.measured)
    given = [one.split(" ", 1) for one in said.split(", ")]
    rounding = 1e-14 * found.shares.max(initial=0.0)  # what cancels, as an sLSTM's a, leaves that
    return [gate for gate, _ in given] == list(found.gates) and all(
        agrees(text, size) or size <= rounding
        for (_, text), size in zip(given, found.shares[int(step) - 1], strict=True)
    )


def matrix(case, step, limit, again, largest, smallest):
    one = jacobians(case.measured.run)[int(step) - 1, 0]
    singular = np.linalg.svd(one, compute_uv=False)
    is_small = agrees(smallest, singular[-1]) or singular[-1] <= 1e-14 * singular[0]
    holds = limit == again and float(limit) >= np.abs(one).max()
    return holds and agrees(largest, singular[0]) and is_small


def whole(case):
    """The length of the whole gradient of the weights."""
    with np.errstate(all="ignore"):
        return norms(case.gradients.sum(0)[None])[0]


N, R = r"([^ ]+(?: \w+)?|exactly 0|not a number)", r"(.+?)"
CLAIMS = [
    (rf"You said {R}\.", lambda case, guess: guess in (*EXPONENTS, "much more: it grows")),
    (rf"Measured: {R}\. Nearest is “{R}”\.", verdict),
    (
        rf"Measured: {R}\. Your guess is the nearest\.",
        lambda case, measured: verdict(case, measured, case.at),
    ),
    (
        r"The gradient left the range of float64 \(10³⁰⁸\): there is no ratio\.",
        lambda case: not case.curve.log10_ratio < np.inf,
    ),
    (
        rf"Each step back multiplies by U \(spectral radius {R}\) and by the slope of tanh: 1 at "
        rf"most, here {R} on average\.",
        lambda case, size, mean: agrees(size, radius(case)) and slope(case, mean),
    ),
    (
        rf"Each step back multiplies by U \(spectral radius {R}\) and by the slope of ReLU: 1 "
        rf"where h is above 0, else 0; here it is 1 in {R} of all cases\.",
        lambda case, size, mean: agrees(size, radius(case)) and slope(case, mean),
    ),
    (
        rf"Each step back multiplies by U \(spectral radius {R}\) and by nothing else: there is no "
        r"function\.",
        lambda case, size: agrees(size, radius(case)) and (case.slopes == 1).all(),
    ),
    (r"(\d+) of the (\d+) steps back made the gradient smaller\.", shrinking),
    (
        r".+: the loss is at step 1, so there is no way back to travel\.",
        lambda case: case.curve.start == 0,
    ),
    (
        r".+: dL/d(\w+) is exactly 0 already at step (\d+), where the loss is; nothing sets out\.",
        lambda case, state, step: (
            case.curve.start == int(step) - 1 and case.curve.total[int(step) - 1] == 0
        ),
    ),
    (
        rf".+: dL/d(\w+) is exactly 0 at step {R}: nothing of the loss arrives there\.",
        exactly_zero,
    ),
    (
        rf".+: dL/d(\w+) is infinite at step {R}: it left the range of float64 \(10³⁰⁸\)\.",
        infinite,
    ),
    (
        rf".+: dL/d(\w+) is not a number at step {R}: it left the range of float64 \(10³⁰⁸\)\.",
        lambda *found: infinite(*found, is_number=False),
    ),
    (
        r".+: before step 1 dL/d(\w+) left the range of float64 \(10³⁰⁸\)\.",
        lambda case, state: (
            np.isfinite(case.curve.total).all() and not np.isfinite(case.curve.before)
        ),
    ),
    (
        r"Dotted grey: .+ can never have more\. Each step back multiplies by at most σ₁\(U\), the "
        rf"largest stretch of U, times the steepest slope of the function: {R} × {R} = {R}; .+",
        bounded,
    ),
    (r"No bound is drawn for .+\. .+", lambda case: bound(case.measured) is None),
    (
        r".+: along the direct path each step back multiplies dL/d(\w+) by the gate (\w+), so it "
        r"shrinks wherever (\w+) is below 1\.",
        gate,
    ),
    (
        r".+: along the direct path each step back multiplies dL/d(\w+) by 1 − (\w+), so it "
        r"shrinks wherever the gate (\w+) is above 0\.",
        one_minus,
    ),
    (
        r".+: along the direct path each step back multiplies dL/d(\w+) by a factor for each unit, "
        r"so it shrinks wherever that is between −1 and 1\.",
        lambda case, state: case.waterfall.has_direct_path,
    ),
    (
        rf"For a typical unit each step back multiplies by {R} \(geometric mean\), which makes {R} "
        rf"of (\d+) steps; for the unit that keeps most it makes {R}\.",
        typical,
    ),
    (
        rf"Of dL/d(\w+) before step 1, {R} came along the direct path and {R} through the matrices "
        r"\(lengths of vectors: they need not add up\)\.",
        came,
    ),
    (rf"Largest loss in one step: step (\d+), × {R}\.", worst),
    (
        rf"No step back makes it smaller; the smallest factor is {R}, at step (\d+)\.",
        lambda case, factor, step: worst(case, step, factor, shrinks=False),
    ),
    (
        r".+: (?:no part of \w+|nothing) is handed on as it is(?:; all of it goes through matrices "
        r"and functions)?\.",
        lambda case: not case.waterfall.has_direct_path,
    ),
    (
        r"Each step back multiplies by U and by nothing else: there is no function\.",
        lambda case: (case.slopes == 1).all(),
    ),
    (
        r"Each step back multiplies by U and by the slope of ReLU, which is 1 where h is above 0, "
        rf"else 0; here it is 1 in {R} of all cases\.",
        slope,
    ),
    (
        r"Each step back multiplies by U and by the slope of tanh, 1 − h²: 1 at most, here "
        rf"{R} on average\.",
        slope,
    ),
    (
        rf"Each step back multiplies by U and by the slope of sigmoid: {R} at most, here {R} on "
        r"average\.",
        lambda case, most, mean: agrees(most, 0.25) and slope(case, mean),
    ),
    (
        rf"Unit (\d+) \(◇\): {R} arrives before step 1 along the direct path; its smallest factor "
        rf"is {R}, at step (\d+)\.",
        unit,
    ),
    (
        r"There is one step: it supplies the whole gradient of the weights\.",
        lambda case: case.setup.length == 1,
    ),
    (
        r"There are no shares to compare: the gradient is 0 or left the range of float64\.",
        lambda case: not 0 < whole(case) < np.inf,
    ),
    (rf"What step (1) supplies is {R} as long as the whole gradient of the weights .+", early),
    (
        rf"What steps 1–(\d+) supply together is {R} as long as the whole gradient of the weights "
        r".+",
        early,
    ),
    (
        r"Cut before step 1: nothing is left out, this is the whole gradient of the weights\.",
        lambda case: case.at == 0,
    ),
    (
        r"The gradient left the range of float64: there is nothing to compare\.",
        lambda case: not np.isfinite(whole(case)),
    ),
    (
        r"The whole gradient is exactly 0: a cut can leave nothing out\.",
        lambda case: whole(case) == 0,
    ),
    (
        r"If backpropagation stops before step (\d+), nothing of the gradient is left out\.",
        lambda case, step: truncate(case.measured, case.at).total.lost == 0,
    ),
    (
        rf"If backpropagation stops before step (\d+), what it leaves out is {R} as long as the "
        r"whole gradient, and what is left has no direction\.",
        no_direction,
    ),
    (
        rf"If backpropagation stops before step (\d+), what it leaves out is {R} as long as the "
        rf"whole gradient, and what is left points {R}° away from it\.",
        cut,
    ),
    (
        r"Unit (\d+) \(◇\): along the direct path its gradient left the range of float64\.",
        lambda case, number: not np.isfinite(case.waterfall.direct[0, 0, int(number) - 1]),
    ),
    (rf"step (\d+), size of each share: {R}", gate_shares),
    (
        r"The Jacobian of step (\d+): how each unit after the step \(row\) depends on each before "
        rf"it \(column\)\. Colours from −{R} \(blue\) through 0 to {R} \(orange\); singular values "
        rf"from {R} down to {R}\.(?: The states stand below one another: .+\.)?",
        matrix,
    ),
]


def holds(sentence, case):
    """Whether a sentence is true of a case; AssertionError where it is none that is known."""
    found = [(one, check) for pattern, check in CLAIMS if (one := re.fullmatch(pattern, sentence))]
    assert found, f"no claim is known of this form: {sentence}"
    return all(check(case, *one.groups()) for one, check in found[:1])
