"""What nn.LSTM does with its state, with padding, and with dropout."""

from rnnviz.course.beliefs import BELIEFS
from rnnviz.course.unit import Act, Guess, Seen, Unit
from rnnviz.course.units.modules import ONE_LAYER
from rnnviz.texts import N_

PADDED = "?num_layers=1&length=6&lengths=6%3B4%3B2"

DROPOUT = Unit(
    key="dropout",
    title=N_("Where dropout acts"),
    page="shapes",
    link=ONE_LAYER,
    seconds=90,
    guess=Guess(
        N_("nn.LSTM(10, 20, dropout=0.5) has one layer. What does it leave out in training?"),
        (
            N_("half of h at every step of its output"),
            N_("half of what goes from one step to the next"),
            N_("nothing"),
        ),
        2,
        N_("Nothing: it acts on what one layer hands to the next, and here there is no next."),
    ),
    acts=(
        Act(
            N_("In the code set dropout to 0.5."),
            Seen("knob", {"name": "dropout"}),
            N_("PyTorch builds it all the same: it is no error."),
            f"{ONE_LAYER}&dropout=0.5",
        ),
        Act(
            N_("Under “When PyTorch refuses” open the last call, nn.LSTM with a dropout."),
            Seen("opened", {"name": "dropout"}),
            N_("It warns: dropout is added “after all but last recurrent layer”."),
        ),
        Act(
            N_("Set num_layers to 2."),
            Seen("knob", {"name": "num_layers", "value": "2"}),
            N_("Now it has a place to act: between layer 0 and layer 1, at each step."),
            "?num_layers=2&dropout=0.5",
        ),
    ),
    belief=BELIEFS[6],
)

STATE_RESET = Unit(
    key="state-reset",
    title=N_("What a module remembers"),
    page="shapes",
    link=ONE_LAYER,
    seconds=120,
    guess=Guess(
        N_(
            "output, state = rnn(x_1), and then output, state = rnn(x_2). With what state does the "
            "second call begin?"
        ),
        (
            N_("with the one that the first call ended with"),
            N_("with zeros"),
            N_("with whatever training has taught it"),
        ),
        1,
        N_("With zeros. Weights stay in the module; a state is handed on by you, or not at all."),
    ),
    acts=(
        Act(
            N_("Press “initial state given”, and look at the last line of the code."),
            Seen("knob", {"name": "initial", "value": "given"}),
            N_("(h_0, c_0) stands in the call now: there is no other way in for a state."),
            f"{ONE_LAYER}&initial=given",
        ),
        Act(
            N_("Under “When PyTorch refuses” open the call with torch.randn(1, 4, 20)."),
            Seen("opened", {"name": "last batch"}),
            N_("There is one state for each sequence: four of them do not fit a batch of three."),
        ),
    ),
    belief=BELIEFS[17],
)

STATE_GRADIENT = Unit(
    key="state-gradient",
    title=N_("Carried on: what of the gradient?"),
    page="shapes",
    link=ONE_LAYER,
    seconds=120,
    guess=Guess(
        N_(
            "The state of a first call is handed to a second one. Does the gradient of the second "
            "output reach what the first call has read?"
        ),
        (N_("no, only numbers are handed on"), N_("yes, until the state is detached")),
        1,
        N_(
            "It does: the state remembers how it was made. detach() hands on the same numbers "
            "without that memory."
        ),
    ),
    acts=(
        Act(
            N_(
                "Under “The state is carried on” open “what PyTorch then says”, to a backward "
                "after each call."
            ),
            Seen("opened", {"name": "second backward"}),
            N_("The second backward went on into the first call, whose values were freed already."),
        ),
        Act(
            N_("In the code choose GRU in place of LSTM, and compare the bars again."),
            Seen("knob", {"name": "kind", "value": "GRU"}),
            N_("It is no matter of the cell: over x_1 there are bars only where it is carried on."),
            f"{ONE_LAYER}&kind=GRU",
        ),
    ),
    belief=BELIEFS[18],
)

PADDING = Unit(
    key="padding",
    title=N_("What padding does"),
    page="shapes",
    link=f"{PADDED}&packed=False",
    seconds=120,
    guess=Guess(
        N_(
            "Sequences of 6, 4 and 2 steps are padded with zeros to 6, and not packed. What is "
            "output[-1] of the shortest?"
        ),
        (
            N_("h after its own 2 steps"),
            N_("zeros"),
            N_("h after 4 steps of padding more"),
        ),
        2,
        N_("h after the padding: the module reads zeros as it reads anything, and h moves on."),
    ),
    acts=(
        Act(
            N_("Press “packed”: now the module knows the lengths."),
            Seen("knob", {"name": "packed", "value": "True"}),
            N_("output[-1] of the shortest is 0, and its h_n is taken at its own end."),
            PADDED,
        ),
        Act(
            N_("Under “Which number is it?” set the step of output to 1, the end of sequence 2."),
            Seen("entries", {"step": 1, "same": True}),
            N_("Its own last step and h_n are the same number."),
            f"{PADDED}&look=1-2-7_0-2-7_oh",
        ),
    ),
    belief=BELIEFS[20],
)

ACTIVITIES = (DROPOUT, STATE_RESET, STATE_GRADIENT, PADDING)
