"""Many runs: tried over choices, seeds and parts of the data, on the workers of all sessions."""

from rnnviz.training.trials.search import Search
from rnnviz.training.trials.searching import search
from rnnviz.training.trials.trial import Result, Trial, trials_of
from rnnviz.training.trials.trials import Trials
from rnnviz.training.trials.tried import Tried

__all__ = ["Result", "Search", "Trial", "Trials", "Tried", "search", "trials_of"]
