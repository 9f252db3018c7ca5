"""A class in a room: how soon the teacher sees thirty votes of one second, and what is left of it.

Each student is a session of the app that polls as its bar does (browser/room/room.js). A vote has
arrived when an answer to the teacher's poll counts it.
"""

import statistics
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.browser.server import ROOT, running
from tests.participants import participant
from tests.processes import needs_proc, resident

ASKED = {"key": "k", "text": "Which?", "options": ["a", "b"], "answers": [], "outcome": ""}
TEACHERS, STUDENTS = 0.3, 0.9  # seconds from poll to poll
VOTES, SPREAD = 30, 1.0  # votes, and the seconds in which they are cast
BUDGET, MEMORY, AFTER = 1.0, 15.0, 3.0
pytestmark = needs_proc


def threads(process):
    return len([*Path(f"/proc/{process}/task").iterdir()])


def processor(process):
    """Seconds of processor time so far."""
    ticks = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / 100


class Class:
    """Students who poll in a thread each until it is over; the teacher polls in the caller's."""

    def __init__(self, teacher, students):
        self.teacher, self.students = teacher, students
        self.cast = []
        self.is_over = threading.Event()
        self.failures = []

    def attend(self, place, begin, turn):
        """Poll as a bar does; the first thirty vote at their moment of the second."""
        student, votes_at = self.students[place], begin + 2 + SPREAD * place / VOTES
        time.sleep(STUDENTS * place / len(self.students))
        try:
            while not self.is_over.is_set():
                if place < VOTES and votes_at and time.monotonic() >= votes_at:
                    self.cast.append(time.monotonic())
                    student.poll("vote", {"turn": turn, "option": place % 2})
                    votes_at = None
                else:
                    student.poll()
                next_poll = time.monotonic() + STUDENTS
                wanted = min(next_poll, votes_at) if place < VOTES and votes_at else next_poll
                self.is_over.wait(max(0.0, wanted - time.monotonic()))
        except Exception as fault:
            self.failures.append(fault)

    def vote(self):
        """Seconds to the teacher's bar, from the k-th vote cast to the k-th that is seen."""
        turn = self.teacher.poll("ask", ASKED)["room"]["asked"]["turn"]
        begin = time.monotonic()
        attending = [
            threading.Thread(target=self.attend, args=(place, begin, turn))
            for place in range(len(self.students))
        ]
        for one in attending:
            one.start()
        seen = []
        while len(seen) < VOTES and time.monotonic() - begin < 60:
            asked = self.teacher.poll()["room"]["asked"]
            seen += [time.monotonic()] * (asked["votes"] - len(seen))
            time.sleep(TEACHERS)
        self.is_over.set()
        for one in attending:
            one.join()
        assert self.failures == []
        return [at - cast for cast, at in zip(sorted(self.cast), seen, strict=True)]


@pytest.mark.parametrize("size", [60, 100])
def test_votes_are_seen_within_a_second_and_nothing_is_left_of_the_class(size, tmp_path, figure):
    with running(ROOT / "app.py", tmp_path / "log") as server, ExitStack() as staff:
        teacher = staff.enter_context(participant(server.url))
        word = teacher.open_room()
        with participant(server.url, word) as first:
            first.poll()
        time.sleep(1)
        before, idle = resident(server.process), threads(server.process)
        with ExitStack() as people:
            students = [people.enter_context(participant(server.url, word)) for _ in range(size)]
            each = (resident(server.process) - before) / size
            begin, used = time.monotonic(), processor(server.process)
            delays = Class(teacher, students).vote()
            load = (processor(server.process) - used) / (time.monotonic() - begin)
        teacher.go("end")
        time.sleep(AFTER)
        with participant(server.url, word) as late:
            assert late.poll()["room"] is None
        left = threads(server.process) - idle
        grown = resident(server.process) - before
        assert server.new_tracebacks() == []
    late = statistics.quantiles(delays, n=20)[-1]
    case = f"{size} students"
    figure(
        "a vote to the teacher's bar, 95th percentile, thirty in a second", late, BUDGET, "s", case
    )
    figure("processor time of the server while a room votes vs the clock", load, 1.0, case=case)
    figure("memory per student of a room", each, MEMORY, "MB", case)
    figure("memory left of a room, per student", max(grown, 0) / size, 1.0, "MB", case)
    assert late <= BUDGET
    assert left <= 2
