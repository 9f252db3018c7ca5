"""The challenges: what each asks, where it comes from, and how it helps on.

The exercises are described in our own words; the numbers are those of the list of exercises that
courses set.
"""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from rnnviz.challenges import sequences
from rnnviz.challenges.challenge import Challenge
from rnnviz.texts import N_

D2L = N_("Zhang et al., Dive into Deep Learning, chapter on GRUs, exercise 1")
HINTON = N_("University of Toronto, CSC321 (2018), homework 5, question 1; after Hinton's lectures")
ONE_UNIT = N_("University of Toronto, CSC321 (2018), homework 5, question 2")
COMMANDS = N_("NYU Deep Learning (2020), practicum 6: the LSTM's four behaviours")
PARITY = N_("Plunkett & Elman (1997), Exercises in rethinking innateness, chapter 8")
ECHO = N_("NYU Deep Learning (2020), practicum 9: echoing a signal")
MACHINES = N_("MIT 6.036, homework 11: state machines as recurrent networks")
SCHMIDHUBER = N_("Hochreiter & Schmidhuber (1997): the constant error carousel")
GERS = N_("Gers, Schmidhuber & Cummins (2000): learning to forget")
BISTABLE = N_("Bengio, Simard & Frasconi (1994): latching information")
TALLEC = N_("Tallec & Ollivier (2018): a gate as a time constant")

_ALL = (
    Challenge(
        key="hold",
        title=N_("Hold a bit for 10 steps"),
        task=N_(
            "One step brings a 1: bring h into the band at once, keep it there for ten steps more, "
            "and let smaller inputs change nothing."
        ),
        cell="LSTM",
        units=1,
        input_names=("x",),
        measure="value",
        of="h",
        tolerance=0.1,
        draw=sequences.hold,
        start={"W_i": [[3]], "b_i": [-1.2], "b_f": [1.1], "W_g": [[2.4]], "b_o": [2.4]},
        hints=(
            N_("What must the forget gate be so that nothing of c is lost in ten steps?"),
            N_("The input gate must be open at an input of 1 and closed at 0.2: which weight and "
               "which bias put its working point on either side of the curve?"),
            N_("tanh(c) is near 0.6 when c is near 0.7, so the candidate is to be near 0.7 where "
               "the input gate is open: a weight a little below 1 does that."),
        ),
        source=SCHMIDHUBER,
    ),
    Challenge(
        key="average",
        title=N_("A leaky average with a time constant of 5"),
        task=N_(
            "Let h follow the input slowly: after a jump, what is left to go shrinks to 1/e in "
            "five steps."
        ),
        cell="GRU (PyTorch)",
        units=1,
        input_names=("x",),
        measure="value",
        of="h",
        tolerance=0.03,
        draw=sequences.average,
        start={"W_n": [[0.5]]},
        hints=(
            N_("With a constant z, h = z · h_prev + (1 − z) · n is such an average of n."),
            N_("z to the power of 5 is to be 1/e. What must z be, and what does its sum have to "
               "be for the sigmoid to give that?"),
            N_("For inputs of 0.4 and less tanh hardly bends: with a weight of 1, n is about x. z "
               "is 0.82 where its bias is 1.5."),
        ),
        source=TALLEC,
    ),
    Challenge(
        key="count",
        title=N_("Count the ones"),
        task=N_("Let h be the number of ones read so far."),
        cell="RNN (ReLU)",
        units=1,
        input_names=("x",),
        measure="value",
        of="h",
        tolerance=0.25,
        draw=sequences.count,
        start={"W": [[0.5]], "U": [[0.5]]},
        hints=(
            N_("ReLU leaves positive numbers as they are: what is added stays exact."),
            N_("How much of the old h has to be left, and how much is a 1 to add?"),
        ),
        source=MACHINES,
        exercise=18,
    ),
    Challenge(
        key="reset",
        title=N_("Reset on a signal"),
        task=N_("Let c be the number of ones since the last signal: the signal sets it to 0."),
        cell="LSTM",
        units=1,
        input_names=("x", N_("signal")),
        measure="value",
        of="c",
        tolerance=0.25,
        draw=sequences.count_since,
        start={"W_g": [[1, 0]], "b_f": [1]},
        hints=(
            N_("Which gate throws the old c away, and by which weight does it hear the signal?"),
            N_("Without the signal the forget gate has to be all but 1, with it all but 0: a large "
               "bias, and a weight twice as large the other way."),
            N_("A 1 is to add 1: the input gate open, and a candidate near 1 for an input of 1."),
        ),
        source=GERS,
    ),
    Challenge(
        key="latch",
        title=N_("A latch with a reset"),
        task=N_(
            "A signal on “set” is to bring h to 0.9 and one on “reset” to −0.9, and there it is to "
            "stay until the other comes."
        ),
        cell="RNN (tanh)",
        units=1,
        input_names=(N_("set"), N_("reset")),
        measure="value",
        of="h",
        tolerance=0.15,
        draw=sequences.latch,
        start={"W": [[1, -1]], "U": [[0.5]]},
        hints=(
            N_("Look at the map from the old h to the new one, without input: where does it cross "
               "the diagonal?"),
            N_("With a recurrent weight above 1 there are three crossings, and the two outer ones "
               "attract: two things it can remember."),
            N_("An input has to be strong enough to carry h past the middle crossing."),
        ),
        source=BISTABLE,
    ),
    Challenge(
        key="delay-1",
        title=N_("Echo one step later"),
        task=N_("Let the output y be the bit that was read one step before."),
        cell="RNN (tanh)",
        units=2,
        input_names=("x",),
        outputs=1,
        measure="value",
        of="y",
        tolerance=0.1,
        draw=partial(sequences.delay, 1),
        start={"W": [[1], [0]], "readout.W": [[0, 1]]},
        hints=(
            N_("One unit can hold the bit that is read now. What has the other one to read?"),
            N_("A weight of 3 brings tanh near 1; unit 2 is to read unit 1, not itself."),
        ),
        source=ECHO,
        exercise=9,
    ),
    Challenge(
        key="delay-3",
        title=N_("Echo three steps later"),
        task=N_("Let the output y be the bit that was read three steps before."),
        cell="RNN (tanh)",
        units=4,
        input_names=("x",),
        outputs=1,
        measure="value",
        of="y",
        tolerance=0.1,
        draw=partial(sequences.delay, 3),
        start={"W": [[1], [0], [0], [0]], "readout.W": [[0, 0, 0, 1]]},
        hints=(
            N_("A queue: each unit takes over what the one before it held."),
            N_("Which entries of U are not 0, then? The row is who reads, the column is who is "
               "read."),
        ),
        source=ECHO,
        exercise=9,
    ),
    Challenge(
        key="parity",
        title=N_("Odd or even, with two units"),
        task=N_("Let the output y be 1 while the number of ones read so far is odd, and 0 while "
                "it is even."),
        cell="RNN (tanh)",
        units=2,
        input_names=("x",),
        outputs=1,
        measure="value",
        of="y",
        tolerance=0.1,
        draw=sequences.parity,
        start={"W": [[1], [1]], "readout.W": [[0.5, -0.5]]},
        hints=(
            N_("The new parity is odd if of the input and the old parity exactly one is 1: their "
               "sum is at least 1, but not 2."),
            N_("Let unit 1 say whether that sum is at least 1, and unit 2 whether it is 2: the "
               "parity is the one and not the other."),
            N_("With units at −1 and 1 half their difference is the old parity. Both units read "
               "it alike, and differ in their bias: −0.5 and −1.5, in units of the input's "
               "weight."),
        ),
        source=PARITY,
        exercise=8,
    ),
    Challenge(
        key="addition",
        title=N_("Add two binary numbers"),
        task=N_("Two numbers come digit by digit, the lowest first: let the output y be the digits "
                "of their sum."),
        cell="h = sigmoid(1000 * (W @ x + U @ h_prev + b))",
        units=3,
        input_names=("a", "b"),
        outputs=1,
        measure="value",
        of="y",
        tolerance=0.1,
        draw=sequences.addition,
        start={"W": [[1, 1], [1, 1], [1, 1]]},
        hints=(
            N_("A unit here is a threshold: 1 where its sum is above 0, else 0. Three units can "
               "say whether at least one, two or three of the digits and the carry are 1."),
            N_("The carry is 1 where at least two of the three were 1: one of the units says so at "
               "the step before, and all three read that one."),
            N_("The digit is 1 where one or three of them are 1: at least one, but not two, unless "
               "three."),
        ),
        source=HINTON,
        exercise=6,
    ),
    Challenge(
        key="commands",
        title=N_("Silence, erase, keep, overwrite"),
        task=N_(
            "Let “memory” command c: 0 keeps it, 1 erases it, 2 overwrites it with the value; and "
            "let “silence” bring h to 0 without touching c. h is to be 0.7 times the value kept."
        ),
        cell="LSTM",
        units=1,
        input_names=(N_("value"), N_("memory"), N_("silence")),
        measure="value",
        of="h",
        tolerance=0.1,
        draw=sequences.commands,
        start={"W_g": [[1, 0, 0]]},
        hints=(
            N_("Write down what the forget gate and the input gate have to be for each of the "
               "three commands: only two of the four combinations differ in the input gate."),
            N_("Each gate is a threshold on “memory”: the forget gate falls between 0 and 1, the "
               "input gate rises between 1 and 2."),
            N_("The output gate alone silences. For the size, c has to be near 0.87 where h is to "
               "be 0.7."),
        ),
        source=COMMANDS,
        exercise=4,
    ),
    Challenge(
        key="gradient",
        title=N_("A gradient that lasts 50 steps"),
        task=N_(
            "Let the gradient along c neither vanish nor explode on its way back over fifty steps, "
            "whatever the input."
        ),
        cell="LSTM",
        units=1,
        input_names=("x",),
        measure="gradient",
        of="c",
        tolerance=0.3,
        draw=sequences.fifty_steps,
        start={"W_i": [[1]], "b_f": [2], "W_g": [[1]], "U_f": [[0.5]], "b_o": [1]},
        hints=(
            N_("A step back multiplies the gradient along c by the forget gate. What is 0.95 to "
               "the power of fifty?"),
            N_("There is a second way: c shows in h, and h is read by the gates. Which weights "
               "close it?"),
        ),
        source=ONE_UNIT,
        exercise=7,
    ),
    Challenge(
        key="one-input",
        title=N_("Only one input matters"),
        task=N_(
            "Let h at the last step depend on the value at the marked step, and on no other value."
        ),
        cell="GRU (PyTorch)",
        units=1,
        input_names=(N_("value"), N_("mark")),
        measure="share",
        of="0",
        tolerance=0.05,
        draw=sequences.one_input,
        start={"W_n": [[1, 0]]},
        hints=(
            N_("What have r and z to be at the marked step, so that the candidate replaces all, "
               "and is made of this input alone? And what has z to be after it?"),
            N_("z is to be near 1 everywhere but at the mark: a large bias, and a weight on the "
               "mark twice as large the other way."),
        ),
        source=D2L,
        exercise=1,
    ),
)  # fmt: skip

CHALLENGES: Mapping[str, Challenge] = MappingProxyType({one.key: one for one in _ALL})
