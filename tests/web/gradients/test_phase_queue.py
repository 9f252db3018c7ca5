"""Phase diagrams of many visitors: one at a time, shared, left with those who leave."""

import gc
import threading
import time
import weakref

import numpy as np
import pytest

from rnnviz.gradients import phase
from rnnviz.gradients.phase import PhaseDiagram
from rnnviz.gradients.setup import Setup
from rnnviz.web.gradients.phase_queue import PhaseQueue, Request

SIZES = {"cells": ["RNN (tanh)", "LSTM"], "scales": [0.5, 1.0, 1.5], "lengths": [2, 30]}
BLOCKS = 4
PATIENCE = 10.0
LOG10 = phase._Block.log10


class Watch:
    """What is computed: by how many at once each time, and how many had arrays for it."""

    def __init__(self):
        self.computed, self.at_once, self.there = [], 0, weakref.WeakSet()
        self.most_there = 0

    def log10(self, block, scales):
        self.there.add(block)
        self.most_there = max(self.most_there, len(self.there))
        self.at_once += 1
        self.computed.append(self.at_once)
        time.sleep(0.001)
        found = LOG10(block, scales)
        self.at_once -= 1
        return found


@pytest.fixture(autouse=True)
def watched(monkeypatch):
    watch = Watch()
    monkeypatch.setattr(phase._Block, "log10", lambda *of: watch.log10(*of))
    return watch


@pytest.fixture
def queue(monkeypatch):
    """A queue of diagrams of a few networks each."""
    monkeypatch.setattr(phase.PhaseDiagram.__init__, "__kwdefaults__", {**SIZES, "seeds": 25})
    queue = PhaseQueue()
    monkeypatch.setattr("rnnviz.web.gradients.phase_queue.cells_of", lambda _: SIZES["cells"])
    return queue


def watch(queue, request):
    """A visitor who stays until a diagram is whole."""
    with queue.watching(request):
        while not request.diagram.is_whole:
            queue.proceed(request)


def all_of(*visitors):
    """Each in a thread of its own, until all have come back."""
    threads = [threading.Thread(target=watch, args=who, daemon=True) for who in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)


def test_a_class_on_one_link_computes_one_diagram(queue, watched):
    base = Setup(hidden=3)
    requests = [queue.ask(base) for _ in range(30)]
    all_of(*((queue, request) for request in requests))
    assert len(set(map(id, requests))) == 1
    assert watched.computed == [1] * BLOCKS
    *_, alone = PhaseDiagram(base, **SIZES, seeds=25).blocks()
    np.testing.assert_array_equal(queue.ask(base).diagram.phase.log10, alone.log10)


def test_of_different_diagrams_one_is_computed_at_a_time_and_one_alone_has_arrays(queue, watched):
    requests = [queue.ask(Setup(hidden=3, seed=seed)) for seed in range(8)]
    all_of(*((queue, request) for request in requests * 3))
    assert watched.computed == [1] * 8 * BLOCKS
    assert watched.most_there == 1
    del requests
    gc.collect()
    assert not watched.there


def test_who_asked_first_is_first_and_the_others_see_how_many_are_before_them(queue, watched):
    first, second, third = (queue.ask(Setup(hidden=3, seed=seed)) for seed in range(3))
    with queue.watching(third), queue.watching(first), queue.watching(second):
        assert [queue.ahead(one) for one in (first, second, third)] == [0, 1, 2]
        queue.proceed(third)
        assert not watched.computed
        queue.proceed(first)
        assert len(watched.computed) == 1
    with queue.watching(second):
        assert queue.ahead(second) == 0


def test_who_leaves_gives_the_turn_and_the_arrays_back_and_goes_on_later(queue, watched):
    one, other = (queue.ask(Setup(hidden=3, seed=seed)) for seed in range(2))
    with queue.watching(one), queue.watching(other):
        queue.proceed(one)
    gc.collect()
    assert not watched.there
    watch(queue, other)
    watch(queue, one)
    assert len(watched.computed) == 2 * BLOCKS
    assert one.diagram.is_whole


def test_one_who_cancels_takes_nothing_from_those_who_wait_for_the_same(queue, watched):
    request, again = queue.ask(Setup(hidden=3)), queue.ask(Setup(hidden=3))
    later = queue.ask(Setup(hidden=3, seed=1))
    with queue.watching(request):
        with queue.watching(again):
            queue.proceed(again)
        assert queue.ahead(later) == 1
        watch(queue, request)
    assert len(watched.computed) == BLOCKS


def no_room(*of):
    raise MemoryError("no room")


def test_a_block_that_fails_is_tried_again_by_who_comes_next(queue, monkeypatch):
    request = queue.ask(Setup(hidden=3))
    with queue.watching(request):
        with monkeypatch.context() as patch:
            patch.setattr(phase, "log10_ratios", no_room)
            with pytest.raises(MemoryError), queue.watching(request):
                queue.proceed(request)
        all_of((queue, request))
    assert request.diagram.is_whole


def test_what_is_asked_for_and_dropped_is_not_kept(queue):
    request = weakref.ref(queue.ask(Setup(hidden=3)))
    gc.collect()
    assert request() is None


def test_a_diagram_of_a_queue_that_is_gone_goes_on_in_another(queue):
    """Streamlit lets any client clear the caches, the queue among them."""
    request = queue.ask(Setup(hidden=3))
    with queue.watching(request):
        queue.proceed(request)
        all_of((PhaseQueue(), request))
    assert isinstance(request, Request)
    assert request.diagram.is_whole
