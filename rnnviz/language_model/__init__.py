"""What a network makes of a text: how well it foretells it, how it goes on with one, how its own
words lead it astray, and what a prediction leans on; and what can be foretold by counting.

Tokens are whole numbers from 0: those that are known, and the number after the last of them, which
stands for what is not known. A network predicts scores of the known ones, before the softmax; what
is not known is read, and never foretold.
"""

from rnnviz.language_model.exposure import Exposure, exposure, spread_places
from rnnviz.language_model.influence import Leaning, leaning, replacements
from rnnviz.language_model.ngrams import Ngrams
from rnnviz.language_model.reading import Codes, Reading, one_hot, read
from rnnviz.language_model.sampling import Drawing, Sample, sample
from rnnviz.language_model.scores import Score, foretold, log_softmax, score
from rnnviz.language_model.stepping import check_is_of

__all__ = [
    "Codes",
    "Drawing",
    "Exposure",
    "Leaning",
    "Ngrams",
    "Reading",
    "Sample",
    "Score",
    "check_is_of",
    "exposure",
    "foretold",
    "leaning",
    "log_softmax",
    "one_hot",
    "read",
    "replacements",
    "sample",
    "score",
    "spread_places",
]
