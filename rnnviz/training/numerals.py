"""Numbers as a sentence has them."""

import math

import numpy as np

from rnnviz.texts import _

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def numeral(number: float, digits: int = 2) -> str:
    """So many digits: 2000, 0.031, 0.94; beyond a million and below a hundredth 3.1×10⁻³¹."""
    if not math.isfinite(number):
        return _("beyond float64")
    if number == 0 or 0.01 <= abs(number) < 1e6:
        return np.format_float_positional(number, digits, fractional=False, trim="-")
    mantissa, exponent = f"{number:.{digits - 1}e}".split("e")
    return f"{mantissa}×10{str(int(exponent)).translate(RAISED)}"


def percent(share: float) -> str:
    """A share as “25%”."""
    return f"{100 * share:.0f}%"
