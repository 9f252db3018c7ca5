"""Many runs: tried over choices, seeds and parts of the data, on the workers of all sessions."""

from rnnviz.training.trials.trial import Result, Trial, trials_of
from rnnviz.training.trials.trials import Trials

__all__ = ["Result", "Trial", "Trials", "trials_of"]
