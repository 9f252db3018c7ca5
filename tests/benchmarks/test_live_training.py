"""Training with the page open against the same loop bare; twenty at once on all cores."""

import statistics
import time

import pytest

from rnnviz import training
from rnnviz.training.comparison.live import Live
from rnnviz.training.runs import runs
from rnnviz.training.workers import chunks
from rnnviz.training.workers.workers import Workers
from tests.browser.test_train_page import counts, press, until
from tests.browser.test_train_page import runs as shown

KNOBS = {"task": "adding problem", "length": 50, "hidden": 32, "updates": 30_000}
QUERY = "task=adding+problem&length=50&hidden=32&updates=30000"
SECONDS = 6.0


def bare_speed(cell):
    """Updates per second of the loop alone."""
    run = training.advance(runs.start(**KNOBS, cell=cell), 20)
    begin, done = time.perf_counter(), 0
    while time.perf_counter() - begin < SECONDS / 2:
        run, done = training.advance(run, 50).without_past(), done + 50
    return done / (time.perf_counter() - begin)


@pytest.mark.parametrize("cell", ["RNN (tanh)", "LSTM"])
def test_live_training_with_the_page_open(visit, figure, cell):
    page = visit(f"/Train?{QUERY}&cell={cell.replace(' ', '+')}")
    press(page, "play")
    until(page, lambda: counts(page)[0] > 100)
    press(page, "pause")
    ratios, rates = [], []
    for _ in range(3):
        bare = bare_speed(cell)
        press(page, "play")
        page.wait_for_timeout(700)
        first, begin = counts(page)[0], time.perf_counter()
        changes = shown(page).evaluate(COUNT_CHANGES, 1000 * SECONDS)
        live = (counts(page)[0] - first) / (time.perf_counter() - begin)
        press(page, "pause")
        page.wait_for_timeout(300)
        ratios.append(bare / live)
        rates.append(changes / SECONDS)
    figure(
        "the bare loop vs live training with the page open, steps per second",
        statistics.median(ratios),
        1 / 0.85,
        case=cell,
    )
    between = 1 / statistics.median(rates)
    figure("from one picture of live training to the next", between, 0.2, "s", case=cell)


COUNT_CHANGES = """
(root, milliseconds) => new Promise((done) => {
  let seen = 0;
  const watch = new MutationObserver(() => { seen += 1; });
  watch.observe(root, { attributes: true, attributeFilter: ["data-updates"] });
  setTimeout(() => { watch.disconnect(); done(seen); }, milliseconds);
})
"""


@pytest.mark.parametrize("cell", ["RNN (tanh)", "LSTM"])
def test_chunks_against_one_long_chunk_in_the_same_process(figure, cell):
    workers, ratios = Workers(1), []
    with workers.session() as session:
        for seed in range(3):
            live = Live(runs.start(**KNOBS, cell=cell, seed=seed))
            while live.run.update < 50:
                _beat([live], [session])
            live.hold()
            session.submit(time.sleep, 0).result()
            first, begin = live.run.update, time.perf_counter()
            while time.perf_counter() - begin < 3:
                _beat([live], [session])
            rate = (live.run.update - first) / (time.perf_counter() - begin)
            live.hold()
            chunk = session.submit(chunks.advanced, live.run, int(3 * rate)).result()
            ratios.append(int(3 * rate) / chunk.seconds / rate)
    workers.shutdown()
    figure(
        "one long chunk vs chunks at a page's pace, steps per second",
        statistics.median(ratios),
        1 / 0.85,
        case=cell,
    )


def test_twenty_sessions_at_once(figure):
    workers = Workers()
    sessions = [workers.session() for _ in range(20)]
    lives = [Live(runs.start(**KNOBS, cell="LSTM", seed=k)) for k in range(20)]
    until_warm = time.monotonic() + 60
    while min(live.run.update for live in lives) < 2 and time.monotonic() < until_warm:
        _beat(lives, sessions)
    before = [live.run.update for live in lives]
    begin = time.monotonic()
    while time.monotonic() - begin < 8:
        _beat(lives, sessions)
    made = [live.run.update - first for live, first in zip(lives, before, strict=True)]
    workers.shutdown(cancel_futures=True)
    figure(
        "twenty runs at once: the mean's steps vs the slowest's",
        statistics.mean(made) / min(made),
        2.0,
    )
    assert min(made) >= statistics.mean(made) / 2


def _beat(lives, sessions):
    for live, session in zip(lives, sessions, strict=True):
        live.take(session, 30_000)
    time.sleep(0.15)
