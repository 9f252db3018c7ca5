"""A class that trains on the server at once, as it does where runs are more than a browser takes:
each has a sentence meanwhile and a turn, a page still opens, and nothing is left of them.

Each learner is a session of the app that polls as the charts do (browser/training/polling.js).
"""

import json
import statistics
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from tests.browser.server import ROOT, running
from tests.processes import needs_proc, resident
from tests.visitors import Visitor, session

QUERY = "precision=float32&cell=RNN+(tanh)&hidden=16&length=20&batch=16&updates=5000&seed={seed}"
CHARTS, ME = "rnnviz.training", "learner"
PAUSE = 0.18  # seconds from an answer to the next poll
ENOUGH, PATIENCE, AFTER = 3, 240.0, 6.0  # updates of a learner's run; seconds
FIRST, PAGE, LEFT = 60.0, 30.0, 2.0
pytestmark = needs_proc


@dataclass
class Learner:
    """began, done: when play was pressed, and when the charts had enough updates. said: what they
    said of what is going on."""

    visitor: Visitor
    polls: int = 0
    known: dict[str, int] = field(default_factory=dict)
    began: float = 0.0
    done: float = 0.0
    said: set[str] = field(default_factory=set)

    def press_play_and_watch(self, is_over: threading.Event) -> None:
        """Poll until it is over for all."""
        self.began = time.monotonic()
        self.poll("play")
        while not is_over.is_set():
            time.sleep(PAUSE)
            self.poll()

    def poll(self, name: str = "") -> None:
        self.polls += 1
        pressed = [{"number": self.polls, "name": name, "value": None}] if name else []
        asked = {"asker": ME, "number": self.polls, "known": self.known, "commands": pressed}
        self.visitor.tell(CHARTS, {"poll": asked})
        while (header := self.shown())["answers"] != [ME, self.polls]:
            self.visitor.hear()
        self.known = {run["id"]: run["update"] for run in header["runs"]}
        self.said.add(header["status"])
        if not self.done and min(self.known.values()) >= ENOUGH:
            self.done = time.monotonic()

    def shown(self):
        sent = self.visitor.components[CHARTS].sent
        return json.loads(sent[4 : 4 + int.from_bytes(sent[:4], "little")])


def watched(learners: list[Learner]) -> float:
    """All press play at once and watch; seconds until another's first page is there meanwhile."""
    is_over, opened = threading.Event(), 0.0
    threads = [
        threading.Thread(target=one.press_play_and_watch, args=(is_over,)) for one in learners
    ]
    for one in threads:
        one.start()
    begin = time.monotonic()
    with session(learners[0].visitor.url):
        opened = time.monotonic() - begin
    while time.monotonic() - begin < PATIENCE and not all(one.done for one in learners):
        time.sleep(0.1)
    is_over.set()
    for one in threads:
        one.join()
    return opened


@pytest.mark.parametrize("size", [20, 100])
def test_a_class_that_trains_at_once_has_its_turns_and_leaves_nothing(size, tmp_path, figure):
    with running(ROOT / "app.py", tmp_path / "log") as server:
        with session(server.url, "Train", QUERY.format(seed=0)) as first:
            Learner(first).poll()
        time.sleep(1)
        before = resident(server.process)
        with ExitStack() as people:
            learners = [
                Learner(people.enter_context(session(server.url, "Train", QUERY.format(seed=k))))
                for k in range(size)
            ]
            each = (resident(server.process) - before) / size
            opened = watched(learners)
        time.sleep(AFTER)
        grown = max(resident(server.process) - before, 0) / size
        assert server.new_tracebacks() == []
    waits = [one.done - one.began if one.done else PATIENCE for one in learners]
    case = f"{size} learners"
    figure(
        "play to three updates, the median of a class", statistics.median(waits), FIRST, "s", case
    )
    figure("play to three updates, the last of a class", max(waits), 2 * FIRST, "s", case)
    figure("the first page while a class trains", opened, PAGE, "s", case)
    figure("memory per learner who trains on the server", each, 15.0, "MB", case)
    figure("memory left of a class, per learner", grown, LEFT, "MB", case)
    assert all(one.done for one in learners)
    assert all(one.said - {""} for one in learners)
    assert grown <= LEFT
