"""A teacher at the projector and students on their phones, in one room."""

import json
import re
import threading

import pytest
from playwright.sync_api import expect

from rnnviz.course import UNITS
from tests.browser.pressing import unanswered
from tests.browser.test_course import address

VOTED_ON, HAS_VOTED = "The room votes on this", "The room has voted on this."
UNIT = UNITS["way-back"]
PAGES = (
    *("/", "/Gradients", "/Train", "/Train?lesson=forget+bias", "/Train?view=cliff"),
    *("/Train?view=race", "/Train?view=cells", "/Shapes"),
)
"""Wherever something is asked."""


@pytest.fixture
def open_room(visit):
    """`open_room("/Gradients")` → the teacher's page, its room's word; it ends afterwards."""
    teachers = []

    def opened(path="/", view="light"):
        page = visit(path, view=view)
        page.get_by_role("button", name="rooms:").click()
        page.get_by_role("button", name="open a room").click()
        page.wait_for_url(re.compile(r"[?&]room=\w{4}"))
        teachers.append(page)
        return page, re.search(r"[?&]room=(\w{4})", page.url)[1]

    yield opened
    for page in teachers:
        end = bar(page).get_by_role("button", name="end the room")
        if end.is_visible():
            end.click()
            end.wait_for(state="detached")


def bar(page):
    return page.get_by_test_id("room")


def ask(page):
    """Ask the room the question that is chosen."""
    bar(page).get_by_role("button", name="ask the room").click()
    bar(page).get_by_role("button", name="show everybody").wait_for()


def vote(page, place):
    """Choose an option of what is asked; what it says."""
    option = bar(page).locator("button.option").nth(place)
    option.click()
    bar(page).get_by_text("Your vote is in.").wait_for()
    return option.locator(".text").text_content()


def counts(page):
    return [int(one.get_attribute("data-count")) for one in bar(page).locator(".option").all()]


def expect_counts(page, wanted):
    for place, count in enumerate(wanted):
        option = bar(page).locator(".option").nth(place)
        expect(option).to_have_attribute("data-count", str(count), timeout=15_000)


@pytest.mark.parametrize("view", ["light", "projector"])
def test_the_bar_covers_nothing_of_the_train_page_s_choice_of_views(open_room, view):
    teacher, _ = open_room("/Train", view)
    choice = teacher.locator(".st-key-view").get_by_test_id("stButtonGroup")
    expect(choice).to_be_visible()
    teacher.wait_for_function("""() => {
      const bar = document.querySelector(".st-key-room").getBoundingClientRect();
      const choice = document.querySelector(".st-key-view [data-testid=stButtonGroup]");
      return bar.height > 20 && choice.getBoundingClientRect().top >= bar.bottom;
    }""")
    for one in choice.get_by_role("radio").or_(choice.get_by_role("button")).all():
        one.click(trial=True)  # nothing lies over it


def test_two_phones_vote_and_everybody_sees_how_once_it_is_shown(open_room, visit):
    teacher, word = open_room()
    one = visit(f"/?room={word}", view="phone")
    other = visit("/", view="phone")
    other.get_by_role("button", name="rooms:").click()
    other.get_by_role("textbox", name="word of a room").fill(f" {word.upper()} ")
    other.get_by_role("button", name="join").click()
    bar(teacher).get_by_text("2 students are here.").wait_for()
    ask(teacher)
    vote(one, 0)
    expect_counts(teacher, [1, 0, 0])
    assert bar(one).locator("[data-count]").count() == 0  # of others' votes, nothing yet
    vote(other, 1)
    bar(other).get_by_role("button", name="change it").click()
    vote(other, 2)
    expect_counts(teacher, [1, 0, 1])
    assert one.get_by_text(VOTED_ON).count() == 1
    bar(teacher).get_by_role("button", name="show everybody").click()
    for page in (one, other):
        bar(page).get_by_text("This is how the room has voted.").wait_for()
        expect_counts(page, [1, 0, 1])
        bar(page).get_by_text("✓ right").wait_for()
    one.get_by_text("You said step 9").wait_for()
    other.get_by_text("You said another step").wait_for()
    bar(teacher).get_by_role("button", name="put the question away").click()
    bar(one).get_by_text("You are in").wait_for()


@pytest.mark.parametrize("path", PAGES)
def test_every_question_of_every_page_is_asked_in_the_same_place(open_room, path):
    teacher, _ = open_room(path)
    ask(teacher)
    asked = bar(teacher).locator(".asked").text_content()
    assert len(asked) > 10
    expect(teacher.get_by_text(VOTED_ON)).to_have_count(1)
    options = bar(teacher).locator(".option .text").all_text_contents()
    assert len(options) > 1
    choices = teacher.locator('[data-testid="stPills"], .st-key-question, .rnnviz .question .pill')
    on_page = " ".join(choices.filter(visible=True).all_text_contents())
    assert not all(option in on_page for option in options)
    bar(teacher).get_by_role("button", name="show everybody").click()
    expect(teacher.get_by_text(VOTED_ON).filter(visible=True)).to_have_count(0)


@pytest.mark.parametrize("unit", UNITS.values(), ids=lambda unit: unit.key)
def test_a_room_is_asked_a_units_question_and_no_other_of_its_page(open_room, unit):
    teacher, _ = open_room(address(unit))
    teacher.get_by_test_id("course").filter(visible=True).wait_for()
    ask(teacher)
    assert bar(teacher).locator("select option").count() == 1
    asked = bar(teacher).locator(".asked").text_content()
    assert asked == unit.guess.question.replace("`", "")
    strip = teacher.get_by_test_id("course")
    assert VOTED_ON in strip.inner_text()
    assert strip.locator(".pill").count() == 0
    options = bar(teacher).locator(".option .text").all_text_contents()
    assert options == [one.replace("`", "") for one in unit.guess.options]


def test_in_a_unit_two_students_vote_and_go_on_with_their_votes_as_guesses(open_room, visit):
    teacher, word = open_room(address(UNIT))
    teacher.get_by_test_id("course").filter(visible=True).wait_for()
    one, other = (visit(f"/?room={word}", view="phone") for _ in range(2))
    bar(teacher).get_by_text("2 students are here.").wait_for()
    ask(teacher)
    strips = [page.get_by_test_id("course") for page in (one, other)]
    for strip in strips:
        strip.get_by_text(VOTED_ON).wait_for()  # brought there
        assert strip.get_attribute("data-unit") == UNIT.key
        assert strip.locator(".pill").count() == 0
    above = bar(one).bounding_box()
    assert strips[0].bounding_box()["y"] >= above["y"] + above["height"] - 1
    wrong = next(k for k in range(3) if k != UNIT.guess.answer)
    said = vote(other, wrong)
    vote(one, UNIT.guess.answer)
    wanted = [int(k in (wrong, UNIT.guess.answer)) for k in range(3)]
    expect_counts(teacher, wanted)
    bar(teacher).get_by_role("button", name="show everybody").click()
    for page in (one, other, teacher):
        strip = page.get_by_test_id("course")
        strip.and_(page.locator('[data-stage="acting"]')).wait_for()
        expect(strip.get_by_text(VOTED_ON)).to_have_count(0)
    bar(one).get_by_text(UNIT.guess.outcome[:40]).wait_for()
    expect_counts(one, wanted)
    guesses = [page.evaluate("localStorage['rnnviz course']") for page in (one, other, teacher)]
    kept = [json.loads(text)["units"][UNIT.key]["guess"] for text in guesses]
    assert kept == [UNIT.guess.answer, wrong, -1]
    assert said == UNIT.guess.options[wrong]


CLOSED = {
    "/Train?lesson=forget+bias": ".st-key-question button:visible",
    "/Train?view=race": '.stMain [data-testid="stPills"]:has-text("GRU")',
    "/Train?view=cells": f'[class*="st-key-saying-"]:has-text("{HAS_VOTED}") button',
}
"""Where something is asked that runs are to answer, and its choices."""


@pytest.mark.parametrize("path", CLOSED)
def test_what_a_room_has_voted_on_is_closed_until_it_is_asked_anew(open_room, visit, path):
    teacher, word = open_room(path)
    student = visit(f"{path}&room={word}")
    bar(student).get_by_text("You are in").wait_for()
    ask(teacher)
    student.get_by_text(VOTED_ON).wait_for()
    text = vote(student, 0)
    bar(teacher).get_by_role("button", name="show everybody").click()
    bar(student).get_by_text("This is how the room has voted.").wait_for()
    for page in (student, teacher):
        expect(page.get_by_text(VOTED_ON).filter(visible=True)).to_have_count(0)
        page.wait_for_timeout(500)
        choices = page.locator(CLOSED[path]).filter(visible=True).all_text_contents()
        assert not any(text in one for one in choices)
        assert not any("just show me" in one for one in choices)
    said = ".st-key-question, .stMain [data-testid='stMarkdownContainer']"
    assert any(text in one for one in student.locator(said).all_text_contents())
    bar(teacher).get_by_role("button", name="ask the room").click()
    student.get_by_text(VOTED_ON).wait_for()
    vote(student, 1)
    expect_counts(teacher, [0, 1])


def test_a_lesson_that_was_voted_on_is_started_by_a_button_and_judged_by_the_vote(open_room, visit):
    path = "/Train?lesson=one+step"
    teacher, word = open_room(path)
    student = visit(f"{path}&room={word}")
    bar(student).get_by_text("You are in").wait_for()
    ask(teacher)
    text = vote(student, 0)
    bar(teacher).get_by_role("button", name="show everybody").click()
    student.get_by_role("button", name="Start the runs").click()
    question = student.locator(".st-key-question")
    question.get_by_text("What happens").wait_for(timeout=60_000)
    assert text in question.inner_text()
    assert question.get_by_role("button", name="ask again").count() == 0
    bar(teacher).get_by_role("button", name="put the question away").click()
    question.get_by_role("button", name="ask again").wait_for()


LONG_RUNS = {
    "/Train?view=race&race+lags=100&race+updates=2000&race+seeds=10": "Start the race",
    "/Train?view=cells&length=100&updates=2000": "Measure",
    "/Train?view=sizes": "Start the search",
}


@pytest.mark.parametrize("path", LONG_RUNS)
def test_the_bar_answers_while_the_page_has_many_runs_under_way(open_room, visit, path):
    teacher, word = open_room("/")
    student = visit(f"/?room={word}")
    bar(student).get_by_text("You are in").wait_for()
    ask(teacher)
    student.get_by_text(VOTED_ON).wait_for()
    teacher.goto(f"{path}&room={word}")
    bar(teacher).get_by_role("button", name="show everybody").wait_for()
    teacher.get_by_role("button", name=LONG_RUNS[path]).click()
    cancel = teacher.get_by_role("button", name="Cancel")
    cancel.wait_for()
    left = teacher.get_by_text("at most about").first
    left.wait_for()
    for place in (0, 1, 2):
        if place:
            bar(student).get_by_role("button", name="change it").click()
        vote(student, place)
        wanted = [int(k == place) for k in range(3)]
        for k, count in enumerate(wanted):
            option = bar(teacher).locator(".option").nth(k)
            expect(option).to_have_attribute("data-count", str(count), timeout=5_000)
    assert left.is_visible()
    cancel.click()
    cancel.wait_for(state="hidden")
    assert not left.is_visible()


def test_in_a_room_a_phase_diagram_is_drawn_to_its_end(open_room):
    teacher, _ = open_room("/Gradients")
    teacher.get_by_role("button", name=re.compile("^Compute it")).click()
    teacher.get_by_test_id("phase").wait_for(timeout=120_000)
    assert not teacher.get_by_role("button", name="Cancel").is_visible()


def test_a_vote_that_comes_after_the_votes_are_shown_is_not_counted_and_says_so(open_room, visit):
    teacher, word = open_room()
    student = visit("/", view="phone")
    held, waiting = threading.Event(), []

    def relay(socket):
        server = socket.connect_to_server()

        def pass_on(message):
            waiting.append((server, message)) if held.is_set() else server.send(message)

        socket.on_message(pass_on)

    student.route_web_socket(re.compile("_stcore/stream"), relay)
    student.goto(f"/?room={word}")
    bar(student).get_by_text("You are in").wait_for()
    ask(teacher)
    student.get_by_text(VOTED_ON).wait_for()
    held.set()
    bar(student).locator("button.option").first.click()
    bar(teacher).get_by_role("button", name="show everybody").click()
    expect(bar(teacher).get_by_role("button", name="show everybody")).to_be_hidden()
    held.clear()
    for server, message in waiting:
        server.send(message)
    bar(student).get_by_text("it is not counted").wait_for()
    expect_counts(teacher, [0, 0, 0])


def test_who_is_asked_is_brought_to_what_it_is_about_and_their_page_stays_loaded(open_room, visit):
    teacher, word = open_room("/Gradients?length=40&scale=1.3")
    student = visit(f"/?room={word}", view="phone")
    student.evaluate("window.isTheSame = true")
    ask(teacher)
    student.wait_for_url("**/Gradients?**length=40**")
    student.get_by_text(VOTED_ON).wait_for()
    assert "scale=1.3" in student.url
    assert f"room={word}" in student.url
    assert student.evaluate("window.isTheSame")
    text = vote(student, 2)
    bar(teacher).get_by_role("button", name="show everybody").click()
    student.get_by_text(f"You said {text}").wait_for()


def test_who_looks_elsewhere_while_the_room_votes_is_brought_there_by_voting(open_room, visit):
    teacher, word = open_room("/Train?view=cliff")
    student = visit(f"/Train?view=cliff&room={word}", view="phone")
    bar(student).get_by_text("You are in").wait_for()
    ask(teacher)
    student.get_by_text(VOTED_ON).wait_for()
    student.wait_for_timeout(2000)  # it has been found that nobody needs to be brought
    student.goto(f"/Cells?room={word}")
    bar(student).get_by_role("button", name="show me what it is about").wait_for()
    vote(student, 1)
    student.wait_for_url("**/Train?**view=cliff**")
    expect_counts(teacher, [0, 1, 0])


def test_students_follow_the_teachers_view_with_its_step_and_are_let_go(open_room, visit):
    teacher, word = open_room("/?cell=GRU+(PyTorch)")
    student = visit(f"/Gradients?room={word}", view="phone")
    bar(teacher).get_by_role("button", name="bring everybody").click()
    student.wait_for_url("**cell=GRU**")
    bar(student).get_by_text("You follow your teacher.").wait_for()
    root = teacher.get_by_test_id("stepper")
    root.focus()
    for _ in range(3):
        teacher.keyboard.press("ArrowRight")
    expect(student.get_by_test_id("stepper")).to_have_attribute("data-step", "3", timeout=15_000)
    bar(teacher).get_by_role("button", name="bring everybody").click()
    bar(student).get_by_text("You are in").wait_for()
    root.focus()
    teacher.keyboard.press("Home")
    teacher.wait_for_timeout(2500)
    assert student.get_by_test_id("stepper").get_attribute("data-step") == "3"


def test_a_reload_a_second_tab_and_the_teachers_reload_change_nothing(open_room, visit):
    teacher, word = open_room()
    student = visit(f"/?room={word}", view="phone")
    ask(teacher)
    vote(student, 1)
    expect_counts(teacher, [0, 1, 0])
    student.reload()
    bar(student).get_by_text("Your vote is in.").wait_for()
    tab = student.context.new_page()
    tab.goto(f"/?room={word}")
    bar(tab).get_by_role("button", name="change it").click()
    vote(tab, 2)
    expect_counts(teacher, [0, 0, 1])
    teacher.reload()
    bar(teacher).get_by_role("button", name="show everybody").wait_for()
    expect_counts(teacher, [0, 0, 1])
    bar(teacher).get_by_text("1 student is here.").wait_for()
    assert teacher.context.storage_state()["origins"][0]["localStorage"][0]["value"] not in (
        teacher.url
    )


def test_the_teachers_link_in_another_browser_is_a_students(open_room, visit):
    teacher, _ = open_room()
    other = visit(teacher.url.removeprefix(teacher.context.pages[0].url.split("/?")[0]))
    bar(other).get_by_text("You are in").wait_for()
    assert bar(other).get_by_role("button", name="end the room").count() == 0


def test_a_room_that_ended_and_a_word_of_none_are_said_and_one_can_go(open_room, visit):
    teacher, word = open_room()
    student = visit(f"/?room={word}", view="phone")
    bar(student).get_by_text("You are in").wait_for()
    bar(teacher).get_by_role("button", name="end the room").click()
    bar(teacher).wait_for(state="detached")
    bar(student).get_by_text(f"The room “{word}” has ended.").wait_for()
    student.reload()
    bar(student).get_by_text(f"There is no room “{word}”").wait_for()
    bar(student).get_by_role("button", name="leave the room").click()
    bar(student).wait_for(state="detached")
    student.wait_for_timeout(500)
    assert "room=" not in student.url
    student.reload()
    student.get_by_test_id("stepper").wait_for()
    assert bar(student).count() == 0
    student.get_by_role("button", name="rooms:").wait_for()


def test_a_server_that_does_not_answer_is_said_and_found_again(open_room, visit):
    _, word = open_room()
    student = visit("/", view="phone")
    is_cut = False

    def relay(socket):
        server = socket.connect_to_server()
        socket.on_message(lambda message: None if is_cut else server.send(message))
        server.on_message(lambda message: None if is_cut else socket.send(message))

    student.route_web_socket(re.compile("_stcore/stream"), relay)
    student.goto(f"/?room={word}")
    bar(student).get_by_text("You are in").wait_for()
    is_cut = True
    bar(student).get_by_text("The server does not answer").wait_for(timeout=15_000)
    is_cut = False
    bar(student).get_by_text("You are in").wait_for(timeout=15_000)


def test_on_a_phone_the_bar_is_a_line_and_at_the_projector_all_can_read_it(open_room, visit):
    teacher, word = open_room(view="projector")
    student = visit(f"/?room={word}", view="phone")
    bar(student).get_by_text("You are in").wait_for()
    assert bar(student).bounding_box()["height"] <= 40
    ask(teacher)
    for text in bar(teacher).locator(".asked, .option .text").all():
        assert float(text.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) >= 16
    vote(student, 0)
    assert bar(student).bounding_box()["height"] <= 40
    student.mouse.wheel(0, 900)
    student.wait_for_timeout(300)
    assert bar(student).bounding_box()["y"] >= 0  # in sight, however far one has read


def test_what_looks_pressable_in_the_bar_answers(open_room):
    teacher, _ = open_room("/Shapes")
    put_away = bar(teacher).get_by_role("button", name="put the question away")

    def before():
        teacher.keyboard.press("Escape")
        if put_away.is_visible():
            put_away.click()
            put_away.wait_for(state="hidden")

    bar(teacher).get_by_role("button", name="ask the room").wait_for()
    end = bar(teacher).get_by_role("button", name="end the room")
    end.evaluate("node => node.disabled = true")  # it ends the test, too
    assert unanswered(teacher, bar(teacher), before=before, most=2) == []
    end.evaluate("node => node.disabled = false")
