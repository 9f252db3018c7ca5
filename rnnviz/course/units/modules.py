"""What nn.LSTM takes and gives back, and which number is which."""

from rnnviz.course.beliefs import BELIEFS
from rnnviz.course.unit import Act, Between, Guess, Seen, Unit
from rnnviz.texts import N_

TWO_LAYERS = "?num_layers=2"
ONE_LAYER = "?num_layers=1"
BOTH_WAYS = "?num_layers=1&bidirectional=True&length=6"
OF_FOUR = "?num_layers=2&batch=4"
SIZES = "?num_layers=1&input_size=8&hidden_size=16"
WHAT_COMES_OUT = Unit(
    key="what-comes-out",
    title=N_("What nn.LSTM returns"),
    page="shapes",
    link=TWO_LAYERS,
    seconds=150,
    guess=Guess(
        N_(
            "output, (h_n, c_n) = rnn(x), with two layers. How many of the two rows of h_n stand "
            "in output as well?"
        ),
        (N_("both"), N_("one of them"), N_("none")),
        1,
        N_(
            "One: that of the last layer. output is the last layer at every step, h_n is every "
            "layer at the last step, and they meet in one place."
        ),
    ),
    acts=(
        Act(
            N_("Under “Which number is it?” set the first place of h_n, its row, to 0."),
            Seen("entries", {"row": 0, "same": False}),
            N_("Row 0 is the lower layer: the output does not show it."),
            f"{TWO_LAYERS}&look=4-2-7_0-2-7_oh",
        ),
        Act(
            N_("Set it back to 1, and leave output at step 4, the last."),
            Seen("entries", {"row": 1, "same": True}),
            N_("Row 1 is the last layer, after the last step: the same number as in output."),
            f"{TWO_LAYERS}&look=4-2-7_1-2-7_oh",
        ),
        Act(
            N_("In the code set num_layers to 3."),
            Seen("knob", {"name": "num_layers", "value": "3"}),
            N_("h_n gets a third row; output keeps its shape, and shows the topmost layer."),
            "?num_layers=3",
        ),
    ),
    belief=BELIEFS[1],
)

BACKWARD_HALF = Unit(
    key="backward-half",
    title=N_("The backward half"),
    page="shapes",
    link=BOTH_WAYS,
    seconds=120,
    guess=Guess(
        N_(
            "This LSTM reads 6 steps in both directions. How many of them has the backward half of "
            "output[-1] read?"
        ),
        (N_("all 6"), N_("one"), N_("none")),
        1,
        N_(
            "One. It begins at the last step and ends at the first: its summary of all 6 stands in "
            "output[0], and in h_n[1]."
        ),
    ),
    acts=(
        Act(
            N_("Under “Which number is it?” set the row of h_n to 1, the backward direction."),
            Seen("entries", {"row": 1, "same": False}),
            N_("The last output does not hold its summary."),
            f"{BOTH_WAYS}&look=5-2-7_1-2-7_oh",
        ),
        Act(
            N_(
                "Find the number of h_n[1, 2, 7] in output: at step 0, and 20 units further, as "
                "the backward half comes second."
            ),
            Seen("entries", {"step": 0, "unit": Between(least=20), "same": True}),
            N_("The same number: at step 0 the backward direction has read everything."),
            f"{BOTH_WAYS}&look=0-2-27_1-2-7_oh",
        ),
    ),
    belief=BELIEFS[2],
)

BATCH_FIRST = Unit(
    key="batch-first",
    title=N_("What batch_first turns"),
    page="shapes",
    link=OF_FOUR,
    seconds=120,
    guess=Guess(
        N_("Two layers, 20 units, a batch of 4, and batch_first=True. Which shape has h_0?"),
        (N_("(4, 2, 20), batch first"), N_("(2, 4, 20), as always"), N_("(4, 1, 20)")),
        1,
        N_("(2, 4, 20): layers, batch, units. batch_first turns x and output, and no state."),
    ),
    acts=(
        Act(
            N_("In the code set batch_first to True."),
            Seen("knob", {"name": "batch_first", "value": "True"}),
            N_("x and output begin with 4 now; h_n is (2, 4, 20) as before."),
            f"{OF_FOUR}&batch_first=True",
        ),
        Act(
            N_("Press “initial state given”."),
            Seen("knob", {"name": "initial", "value": "given"}),
            N_("h_0 and c_0 are (2, 4, 20) as well."),
            f"{OF_FOUR}&batch_first=True&initial=given",
        ),
        Act(
            N_("Under “When PyTorch refuses” open the call with torch.randn(4, 2, 20)."),
            Seen("opened", {"name": "state turned"}),
            N_("PyTorch expected (2, 4, 20) and got [4, 2, 20]."),
        ),
    ),
    belief=BELIEFS[3],
)

FEATURES = Unit(
    key="features",
    title=N_("Units and features"),
    page="shapes",
    link=SIZES,
    seconds=90,
    guess=Guess(
        N_("nn.LSTM(8, 16): each step brings 8 numbers, and there are 16 units. Can that be?"),
        (
            N_("no, there must be as many units as features"),
            N_("yes, a matrix takes any number to any other"),
            N_("yes, but 8 of the units stay at 0"),
        ),
        1,
        N_("It can: weight_ih_l0 has a row for each unit of each gate, and a column per feature."),
    ),
    acts=(
        Act(
            N_("In the code change input_size to any other number."),
            Seen("knob", {"name": "input_size"}),
            N_(
                "Under “What is learnt” weight_ih_l0 has that many columns; h is as wide as before."
            ),
            "?num_layers=1&input_size=5&hidden_size=16",
        ),
        Act(
            N_("Now change hidden_size."),
            Seen("knob", {"name": "hidden_size"}),
            N_("The rows follow: four gates, each with a row for every unit."),
            "?num_layers=1&input_size=5&hidden_size=24",
        ),
    ),
    belief=BELIEFS[5],
)

ACTIVITIES = (BACKWARD_HALF, BATCH_FIRST, FEATURES)
