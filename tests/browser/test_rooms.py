"""A teacher at the projector and students on their phones, in one room."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pressing import unanswered

VOTED_ON = "The room votes on this"
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
