"""What can be chosen about the cliff."""

from dataclasses import dataclass

from rnnviz.scenes.settings import OWN_EQUATIONS
from rnnviz.settings.equations import equations
from rnnviz.settings.kinds import Number, Whole, choice
from rnnviz.settings.schema import Schema, setting
from rnnviz.texts import N_
from rnnviz.training import cliff


@dataclass(frozen=True)
class CliffSettings:
    """Whose cliff it is, where the walks on it start, and how they go."""

    cell: str = setting(
        "paper",
        choice({"paper": N_("the paper's: h = U·sigmoid(h before) + b")}, OWN_EQUATIONS),
        N_("Cell"),
        N_("One unit of it: any cell of one recurrent matrix and one vector has such a map."),
    )
    equations: str = equations()
    U: float = setting(5.5, Number(*cliff.WEIGHTS, step=0.05), N_("Weight U at the start"))
    b: float = setting(-3.5, Number(*cliff.BIASES, step=0.05), N_("Bias b at the start"))
    rate: float = setting(0.2, Number(0.01, 1.0, step=0.01), N_("Learning rate"))
    kind: str = setting(
        "norm", choice({"norm": N_("norm"), "value": N_("value")}), N_("Clipped by")
    )
    limit: float = setting(0.5, Number(0.05, 2.0, step=0.05), N_("Threshold"))
    steps: int = setting(300, Whole(10, 1000, step=10), N_("Steps"))


CLIFF = Schema.of(CliffSettings, prefix="cliff ")
