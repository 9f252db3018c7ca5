"""Ten thousand reviews of 100 words: how long until they are numbers."""

import time

import numpy as np

from rnnviz.data import Table, reviews
from tests.benchmarks.timing import one_thread

BUDGET = 2.0
REVIEWS, WORDS, KNOWN = 10_000, 100, 30_000


def made():
    """Reviews of random words, as often used as in any language (Zipf's law)."""
    rng = np.random.default_rng(0)
    ranks = np.minimum(rng.zipf(1.3, (REVIEWS, WORDS)), KNOWN)
    texts = [" ".join(f"w{rank}" for rank in row) for row in ranks.tolist()]
    return Table({"text": np.array(texts), "label": np.arange(REVIEWS) % 3 * 1.0})


def test_ten_thousand_reviews_are_tokenised_and_split_in_time(figure):
    table = made()
    with one_thread():
        start = time.process_time()
        of = reviews(table)
        taken = time.process_time() - start
    assert len(of.train) + len(of.test) == REVIEWS
    assert of.train.codes.shape[0] == WORDS
    figure("10,000 reviews of 100 words → numbers, split", taken, BUDGET, "s")
    assert taken <= BUDGET
