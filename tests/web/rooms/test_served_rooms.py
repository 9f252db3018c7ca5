"""A room on a running app: a session for its teacher and one for each student."""

from contextlib import ExitStack

import pytest

from tests.browser.server import ROOT, running
from tests.participants import participant

ASKED = {
    "key": "k",
    "text": "Which?",
    "options": ["a", "b"],
    "answers": [1],
    "outcome": "It was b.",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(ROOT / "app.py", tmp_path_factory.mktemp("server") / "log") as server:
        yield server
        assert server.new_tracebacks() == []


def test_votes_of_many_sessions_are_counted_and_shown_when_they_are_revealed(server):
    with ExitStack() as people:
        teacher = people.enter_context(participant(server.url))
        word = teacher.open_room()
        assert teacher.poll()["room"]["isTeacher"]
        students = [people.enter_context(participant(server.url, word)) for _ in range(8)]
        assert not any(one.poll()["room"]["isTeacher"] for one in students)
        assert teacher.poll("ask", ASKED)["room"]["present"] == 8
        for k, one in enumerate(students):
            turn = one.poll()["room"]["asked"]["turn"]
            seen = one.poll("vote", {"turn": turn, "option": k % 3})["room"]["asked"]
            assert (seen["counts"], seen["answers"], seen["outcome"]) == (None, [], "")
        assert teacher.poll()["room"]["asked"]["counts"] == [3, 3]  # two chose what there is not
        revealed = teacher.poll("reveal")["room"]["asked"]
        assert (revealed["answers"], revealed["outcome"]) == ([1], "It was b.")
        assert students[0].poll()["room"]["asked"]["counts"] == [3, 3]
        teacher.go("end")
        assert students[0].poll()["room"] is None


def test_a_student_who_presses_what_is_the_teachers_changes_nothing(server):
    with participant(server.url) as teacher:
        word = teacher.open_room()
        teacher.poll("ask", ASKED)
        with participant(server.url, word) as student:
            for name, value in (("reveal", None), ("ask", ASKED), ("lead", None), ("end", None)):
                before = teacher.poll()["room"]
                student.poll(name, value)
                after = teacher.poll()["room"]
                assert (after["asked"], after["move"]) == (before["asked"], before["move"])
            assert student.poll()["room"]["offered"] is None
        teacher.go("end")


def test_the_same_browser_has_one_vote_in_however_many_tabs(server):
    with participant(server.url) as teacher:
        word = teacher.open_room()
        turn = teacher.poll("ask", ASKED)["room"]["asked"]["turn"]
        with participant(server.url, word) as tab, participant(server.url, word) as other:
            other.me = tab.me
            tab.poll("vote", {"turn": turn, "option": 0})
            seen = other.poll("vote", {"turn": turn, "option": 1})["room"]["asked"]
            assert (seen["mine"], seen["votes"]) == (1, 1)
            assert tab.poll()["room"]["asked"]["mine"] == 1
        teacher.go("end")


def test_a_teacher_who_reloads_is_still_the_teacher_and_the_votes_are_there(server):
    with participant(server.url) as teacher:
        word = teacher.open_room()
        turn = teacher.poll("ask", ASKED)["room"]["asked"]["turn"]
        with participant(server.url, word) as student:
            student.poll("vote", {"turn": turn, "option": 0})
        number = teacher.me
    with participant(server.url, word) as again:
        again.me = number
        room = again.poll()["room"]
        assert room["isTeacher"]
        assert room["asked"]["counts"] == [1, 0]
        again.go("end")


def test_who_types_another_word_is_in_no_room(server):
    with participant(server.url, "zzzz") as lost:
        assert lost.poll()["room"] is None
        assert not lost.seen()["isFull"]


def test_what_the_page_asks_is_at_the_teachers_hand(server):
    with participant(server.url) as teacher:
        teacher.open_room()
        teacher.poll()
        (asked,) = teacher.poll()["room"]["offered"]
        assert asked["text"].endswith("?")
        assert len(asked["options"]) > 1
        assert asked["answers"]
        teacher.go("end")
