"""Numbers as the page writes them, and whether they are the engine's."""

import re

import numpy as np

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
POWER = re.compile(r"(−?[\d.]+)×10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)")


def agrees(text, value):
    """Whether a text is a value, as far as its last digit tells."""
    if text == "exactly 0":
        return value == 0
    if text == "∞":
        return value == np.inf
    if text == "not a number":
        return bool(np.isnan(value))
    if text.endswith(" times"):
        return agrees(text.removesuffix(" times"), value)
    if text.endswith("%"):
        return of_percent(text, value)
    number, unit = digits(text)
    return abs(number - value) <= 0.51 * unit + 1e-9 * abs(number)


def agrees_log10(text, exponent):
    """The same of a value given by its decimal logarithm, which may be beyond float64."""
    if text == "exactly 0":
        return exponent == -np.inf
    if text == "beyond float64":
        return not np.isfinite(exponent)
    if found := POWER.fullmatch(text):
        said = np.log10(float(found[1])) + int(found[2].translate(SUPERSCRIPTS))
        return abs(said - exponent) < 0.03
    return agrees(text, 10**exponent)


def of_percent(text, value):
    if text == ">99%":
        return 0.995 < value < 1
    if text == "<1%":
        return 0 < value < 0.005
    return abs(float(text[:-1]) / 100 - value) <= 0.0051


def digits(text):
    """The number, and what one more in its last digit is worth."""
    power = POWER.fullmatch(text)
    mantissa = (power[1] if power else text).replace("−", "-")
    scale = 10.0 ** int(power[2].translate(SUPERSCRIPTS)) if power else 1.0
    decimals = len(mantissa.partition(".")[2])
    return float(mantissa) * scale, 10.0**-decimals * scale


def steps_of(text):
    """ "1–3, 6" → the steps, from 0."""
    found = []
    for part in text.split(", "):
        first, _, last = part.partition("–")
        found += range(int(first) - 1, int(last or first))
    return found
