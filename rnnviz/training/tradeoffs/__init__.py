"""What speaks for a cell: what it costs, counted and measured, and what it scores, side by side.

`arithmetic` and `memory` count from the steps of the cell, `timing` measures here and now; a
`Study` times, trains and asks for longer sequences; `sayings` are what is usually said of cells,
each with a judge that is given the figures.
"""

from rnnviz.training.tradeoffs.contenders import Contender, contenders
from rnnviz.training.tradeoffs.figures import Figures
from rnnviz.training.tradeoffs.judgement import Judgement, Verdict
from rnnviz.training.tradeoffs.sayings import SAYINGS, Saying
from rnnviz.training.tradeoffs.study import Study

__all__ = [
    "SAYINGS", "Contender", "Figures", "Judgement", "Saying", "Study", "Verdict", "contenders",
]  # fmt: skip
