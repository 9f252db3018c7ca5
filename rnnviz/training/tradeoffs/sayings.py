"""What is usually said of cells: who says it, what is measured to judge it, and the judge."""

from dataclasses import dataclass

from rnnviz.tasks import Task
from rnnviz.texts import N_
from rnnviz.training.tradeoffs import judging_costs, judging_lengths
from rnnviz.training.tradeoffs.ending import is_own
from rnnviz.training.tradeoffs.judgement import Judge


@dataclass(frozen=True)
class Saying:
    """A received sentence. source: one well-known place where it, or nearly it, can be read.
    measured: what is measured here to judge it. on_own: the same on a visitor's own data, where
    that is something else."""

    key: str
    text: str
    source: str
    measured: str
    judge: Judge
    on_own: str = ""

    def is_measured_otherwise(self, task: Task | None) -> bool:
        """Whether on the data of a task it is what `on_own` says that is measured."""
        return bool(self.on_own) and task is not None and is_own(task)


SAYINGS = (
    Saying(
        "faster",
        N_("A GRU is faster than an LSTM."),
        N_("Dive into Deep Learning, “Gated Recurrent Units”: “significantly faster to compute”"),
        N_("the time of an update, in rounds"),
        judging_costs.faster,
    ),
    Saying(
        "quarter",
        N_("A GRU has a quarter fewer parameters than an LSTM."),
        N_("counted by gates: three products against four (Cho et al. 2014 has the equations)"),
        N_("the parameters of the recurrent layers, at equal units"),
        judging_costs.a_quarter_fewer,
    ),
    Saying(
        "longer",
        N_("An LSTM remembers longer than a GRU."),
        N_(
            "Data Science Stack Exchange, “When to use GRU over LSTM?”: “LSTMs should in theory "
            "remember longer sequences”"
        ),
        N_("the longest sequences that are solved on most seeds"),
        judging_lengths.remembers_longer,
        N_(
            "how many of the last steps decide nine tenths of an answer: where all before them are "
            "swapped for another sequence's, it changes by a tenth of what it does where all are"
        ),
    ),
    Saying(
        "overfits",
        N_("A GRU overfits less than an LSTM."),
        N_(
            "as the rule of thumb to take a GRU where there is little training data (Pal & "
            "Prakash, Practical Time Series Analysis, 2017)"
        ),
        N_("held-out loss less training loss, at the end"),
        judging_costs.overfits_less,
    ),
    Saying(
        "short",
        N_("For short sequences a plain RNN is enough."),
        N_(
            "Christopher Olah, “Understanding LSTM Networks”: where the gap is small, “RNNs can "
            "learn to use the past information”"
        ),
        N_("the seeds that solve the shortest sequences that are run"),
        judging_lengths.enough_when_short,
        N_(
            "the accuracy after few steps, on the shorter half of what is held out: at most two "
            "points behind the best of the others is enough; of a series, the seeds that solve the "
            "shortest sequences that are run"
        ),
    ),
    Saying(
        "deeper",
        N_("A deeper network scores better."),
        N_(
            "as Graves, Mohamed & Hinton (2013) found for speech: “depth is more important than "
            "layer size”"
        ),
        N_("the score of the most layers against that of the fewest"),
        judging_costs.deeper,
    ),
)
"""In the order in which a page has them."""
