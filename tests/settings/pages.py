"""Every page's settings, and values that they can have."""

from hypothesis import strategies as st

from rnnviz.cells import named, own
from rnnviz.data.made.series import made_series
from rnnviz.gradients.setup import KNOBS as SETUP
from rnnviz.network.given import GivenWeights
from rnnviz.scenes.by_hand import BY_HAND
from rnnviz.scenes.settings import SETTINGS
from rnnviz.settings.kinds import Choice, Number, Several, Text, Whole
from rnnviz.settings.sizes import SIZES
from rnnviz.shapes.lengths import Lengths
from rnnviz.shapes.setup import SETTINGS as SHAPES
from rnnviz.training.comparison.choices import PAGE
from rnnviz.training.knobs.kinds import CellOrEquations, Given, OwnText
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.web.data.series.settings import schema_of
from rnnviz.web.data.settings import DATA, JOB, PASTED, READING
from rnnviz.web.data.text.settings import TEXT
from rnnviz.web.gradients.knobs import PAGE as GRADIENTS
from rnnviz.web.training.cliff_settings import CLIFF
from rnnviz.web.training.race import RACES
from rnnviz.web.training.sizes_settings import SEARCHES
from rnnviz.web.training.tradeoffs.settings import COMPARE
from tests.strategies import cells

SCHEMAS = {
    "Step": SETTINGS,
    "setup": SETUP,
    "Gradients": GRADIENTS,
    "run": KNOBS,
    "Train": PAGE,
    "By hand": BY_HAND,
    "race": RACES,
    "sizes": SEARCHES,
    "compare": COMPARE,
    "cliff": CLIFF,
    "Cells": SIZES,
    "Shapes": SHAPES,
    "Your data": DATA,
    "job": JOB,
    "series": schema_of(made_series("shop", rows=60), "shop"),
    "text": TEXT,
    "paste": PASTED,
    "reading": READING,
}
EVERY = [(page, name) for page, schema in SCHEMAS.items() for name in schema]


def values(setting):
    """All that a setting can be."""
    found = of_kind(setting.kind)
    return found | st.none() if setting.optional else found


def of_kind(kind):
    match kind:
        case CellOrEquations():
            return st.sampled_from(kind.keys).map(named) | cells().map(own)
        case Choice():
            return st.sampled_from(kind.keys)
        case Several():
            some = st.lists(st.sampled_from(kind.of.keys), min_size=kind.fewest, unique=True)
            return some.map(tuple)
        case Whole():
            return st.integers(kind.low, kind.high)
        case Number():
            return st.floats(kind.low, kind.high)
        case OwnText():
            text = st.text(min_size=1, max_size=kind.longest).filter(str.strip)
            return text | st.none()
        case Given():
            numbers = st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1)
            return st.dictionaries(st.text(), numbers, max_size=3).map(GivenWeights.of)
        case Lengths():
            one = st.integers(1, kind.most)
            return st.lists(one, max_size=kind.count).map(tuple)
        case Text():
            return st.text(max_size=kind.longest)
    raise TypeError(f"no values are known of {kind}")


def chosen(schema):
    """All that a page can be: name → value."""
    return st.fixed_dictionaries({name: values(one) for name, one in schema.items()})
