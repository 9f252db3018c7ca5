"""Do two samples of results come from one distribution? (Mann & Whitney 1947, exact, with ties.)"""

import math
from collections.abc import Sequence
from itertools import combinations

import numpy as np


def chance_by_ranks(one: Sequence[float | None], other: Sequence[float | None]) -> float:
    """Of all ways to part the results in two, the share whose rank sums differ at least as much.

    None, which is "never", ranks behind every number.
    """
    values = np.array([math.inf if value is None else value for value in (*one, *other)])
    ranks = (values[:, None] > values).sum(1) + (values[:, None] == values).sum(1) / 2
    parts = np.array(list(combinations(range(len(values)), len(one))))
    off = np.abs(ranks[parts].sum(1) - ranks.mean() * len(one))
    return float((off >= off[0]).mean())
