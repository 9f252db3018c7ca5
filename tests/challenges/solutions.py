"""Known solutions of the challenges, each with its reason, and what spoils it.

A solution is parameter → numbers; a parameter that is not there is 0. A break puts other numbers in
the place of some: such a one does not solve the challenge.
"""

from typing import NamedTuple


class Known(NamedTuple):
    why: str
    weights: dict
    breaks: tuple[dict, ...]


KNOWN = {
    "hold": Known(
        "i is σ(4) = 0.98 at a 1 and at most σ(-4) = 0.02 at the little inputs; f keeps 0.998 a "
        "step; o tanh(tanh(0.95) · 0.98) = 0.61",
        {"W_i": [[10]], "b_i": [-6], "b_f": [6], "W_g": [[0.95]], "b_o": [6]},
        ({"b_f": [3]}, {"b_i": [-3]}, {"W_g": [[1.4]]}, {"b_o": [0.8]}),
    ),
    "average": Known(
        "z = exp(-1/5) where its sum is log(z / (1 - z)) = 1.51, and tanh(1.03 x) is x within 0.01",
        {"b_z": [1.5083], "W_n": [[1.03]]},
        ({"b_z": [1.9]}, {"b_z": [1.1]}, {"W_n": [[1.3]]}, {"U_n": [[0.3]]}),
    ),
    "count": Known(
        "ReLU leaves h_prev + x, which is never negative, as it is",
        {"W": [[1]], "U": [[1]]},
        ({"U": [[0.95]]}, {"U": [[1.05]]}, {"W": [[0.9]]}, {"b": [0.1]}),
    ),
    "reset": Known(
        "f is σ(8) without the signal and σ(-8) with it; i is σ(8), and tanh(4) = 0.999 is added "
        "for a 1",
        {"W_f": [[0, -16]], "b_f": [8], "b_i": [8], "W_g": [[4, 0]]},
        ({"b_f": [2]}, {"W_f": [[0, -8]]}, {"b_i": [1]}, {"W_g": [[1, 0]]}),
    ),
    "latch": Known(
        "h = tanh(2 h) is at rest at ±0.957, and 2 · 0.957 is outweighed by an input of 5",
        {"W": [[5, -5]], "U": [[2]]},
        ({"U": [[1.1]]}, {"W": [[1, -1]]}, {"W": [[5, 0]]}, {"b": [1.2]}),
    ),
    "delay-1": Known(
        "unit 1 is tanh(3 x), unit 2 is tanh(3 · unit 1 of the step before): 0 or 0.995",
        {"W": [[3], [0]], "U": [[0, 0], [3, 0]], "readout.W": [[0, 1]]},
        ({"U": [[0, 0], [1, 0]]}, {"readout.W": [[1, 0]]}, {"U": [[0, 0], [3, 1]]}),
    ),
    "delay-3": Known(
        "each unit takes over what the one before it held: 0 or 0.995",
        {
            "W": [[3], [0], [0], [0]],
            "U": [[0, 0, 0, 0], [3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0]],
            "readout.W": [[0, 0, 0, 1]],
        },
        (
            {"U": [[0, 0, 0, 0], [3, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]},
            {"readout.W": [[0, 0, 1, 0]]},
        ),
    ),
    "parity": Known(
        "the old parity p is (h1 - h2) / 2: unit 1 is whether x + p ≥ 1, unit 2 whether x + p ≥ 2, "
        "each tanh(±3); the new p is the one and not the other",
        {
            "W": [[6], [6]],
            "U": [[3, -3], [3, -3]],
            "b": [-3, -9],
            "readout.W": [[0.5, -0.5]],
        },
        ({"b": [-3, -3]}, {"U": [[3, -3], [0, 0]]}, {"b": [-1, -9]}, {"W": [[3], [3]]}),
    ),
    "addition": Known(
        "with the carry, which is unit 2 of the step before, the units say whether at least one, "
        "two, three of the digits are 1; the sum's digit is 1 - 2 + 3 of these",
        {
            "W": [[1, 1], [1, 1], [1, 1]],
            "U": [[0, 1, 0], [0, 1, 0], [0, 1, 0]],
            "b": [-0.5, -1.5, -2.5],
            "readout.W": [[1, -1, 1]],
        },
        (
            {"b": [-0.5, -1.5, -3.5]},
            {"readout.W": [[1, -1, 0]]},
            {"U": [[1, 0, 0], [0, 1, 0], [0, 1, 0]]},
        ),
    ),
    "commands": Known(
        "f falls between memory 0 and 1, i rises between 1 and 2, o falls with silence, σ(±8) "
        "each; tanh(tanh(1.35)) = 0.7",
        {
            "W_f": [[0, -16, 0]],
            "b_f": [8],
            "W_i": [[0, 16, 0]],
            "b_i": [-24],
            "W_o": [[0, 0, -16]],
            "b_o": [8],
            "W_g": [[1.35, 0, 0]],
        },
        (
            {"W_o": [[0, 0, 0]]},
            {"W_f": [[0, -8, 0]]},
            {"b_i": [-12]},
            {"W_g": [[0.8, 0, 0]]},
            {"b_f": [1]},
        ),
    ),
    "gradient": Known(
        "with no weight on h_prev the gradient along c is multiplied by f alone: σ(6)^50 = 0.88",
        {"W_i": [[1]], "b_f": [6], "W_g": [[1]], "b_o": [1]},
        ({"b_f": [4]}, {"U_g": [[2]]}, {"U_f": [[-8]]}, {"W_f": [[-3]]}),
    ),
    "one-input": Known(
        "at the mark z is σ(-8): the candidate, made of this value alone, replaces h; at all other "
        "steps z is σ(8) and h stays",
        {"W_z": [[0, -16]], "b_z": [8], "W_n": [[0.5, 0]]},
        ({"b_z": [2]}, {"W_z": [[0, 0]]}, {"W_n": [[0.02, 0]]}, {"W_z": [[-6, -16]]}),
    ),
}
