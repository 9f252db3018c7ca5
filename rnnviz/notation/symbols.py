"""One name or one number in writing, in each spelling."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite, isnan
from typing import Literal

from rnnviz.representation import base_of, is_parameter

Spelling = Literal["plain", "screen", "latex"]

GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "zeta": "ζ",
    "eta": "η",
    "theta": "θ",
    "kappa": "κ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "pi": "π",
    "rho": "ρ",
    "tau": "τ",
    "phi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
}
CENT = Decimal("0.01")
TWO_DIGITS = Context(prec=2, rounding=ROUND_HALF_UP)
ACCENTS = {"tilde": "\u0303", "hat": "\u0302", "bar": "\u0304"}


def symbol(name: str, spelling: Spelling = "screen") -> str:
    """A value, leaf or parameter by itself: `h_prev` is `h_t−1` on the screen, LaTeX `h_{t-1}`."""
    if spelling == "plain":
        return name
    base, accent, subscripts = _pieces(name)
    if spelling == "screen":
        text = "".join((GREEK.get(base, base), ACCENTS.get(accent, "")))
        below = ",".join(GREEK.get(s, s) for s in subscripts)
        return f"{text}_{below}" if below else text
    text = f"\\{accent}{{{_latex_word(base)}}}" if accent else _latex_word(base)
    below = ",".join(_latex_word(s) for s in subscripts)
    return f"{text}_{{{below}}}" if below else text


def number(value: float, spelling: Spelling = "screen") -> str:
    """A computed number, rounded, halves away from zero (as JavaScript's toFixed): two decimals;
    below 0.1 two digits; below 0.001 and from 10000 on two digits and a power of ten."""
    if not isfinite(value):
        text = "NaN" if isnan(value) else "∞" if value > 0 else "-∞"
        return _minus(text.replace("∞", r"\infty") if spelling == "latex" else text, spelling)
    exact = Decimal(value)
    if value == 0:
        return "0.00"
    if 0.001 <= abs(value) < 10000:
        shown = TWO_DIGITS.plus(exact) if abs(value) < 0.1 else exact.quantize(CENT, ROUND_HALF_UP)
        return _minus(f"{shown:f}", spelling)
    power = exact.adjusted()
    mantissa = exact.scaleb(-power).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if abs(mantissa) >= 10:
        mantissa, power = mantissa / 10, power + 1
    return _minus(_scientific(f"{mantissa:.1f}", power, spelling), spelling)


def percent(share: float) -> str:
    """A probability in per cent, never rounding to a certainty it does not have."""
    if not isfinite(share):
        return number(share)
    if 0.995 < share < 1:
        return ">99%"
    if 0 < share < 0.005:
        return "<1%"
    return f"{Decimal(100 * share).quantize(Decimal(1), ROUND_HALF_UP)}%"


def _scientific(mantissa: str, power: int, spelling: Spelling) -> str:
    if spelling == "latex":
        return rf"{mantissa} \times 10^{{{power}}}"
    return f"{mantissa}e{power}"


def literal(value: float, spelling: Spelling) -> str:
    """A number as its author wrote it, every digit."""
    text = repr(int(value)) if value.is_integer() else repr(value)
    mantissa, _, power = text.partition("e")
    return _minus(_scientific(mantissa, int(power), spelling) if power else text, spelling)


def _minus(text: str, spelling: Spelling) -> str:
    return text.replace("-", "−") if spelling == "screen" else text


def _pieces(name: str) -> tuple[str, str, tuple[str, ...]]:
    """A name's base, its accent and its subscripts, the time among them."""
    if is_parameter(name):
        return name[0], "", tuple(filter(None, [name[2:]]))
    time = "t−1" if name.endswith("_prev") else "t"
    base, *rest = base_of(name).split("_")
    numbered = re.fullmatch(r"([A-Za-z])([0-9]+)", base)
    if numbered:
        base, rest = numbered[1], [numbered[2], *rest]
    accent = rest.pop() if rest and rest[-1] in ACCENTS else ""
    return base, accent, (*filter(None, rest), time)


def _latex_word(word: str) -> str:
    if word in GREEK:
        return f"\\{word}"
    if word == "t−1" or word.isdigit() or (len(word) == 1 and word != "_"):
        return word.replace("−", "-")
    escaped = word.replace("_", r"\_")
    return rf"\mathrm{{{escaped}}}"
