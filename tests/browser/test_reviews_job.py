"""Rating texts in a browser: from a press to a text word by word, a held gate, the way to Step."""

import pytest
from playwright.sync_api import TimeoutError

from tests.browser.settling import settled
from tests.browser.test_train_page import counts, is_playing, press, until

QUICK = "/Your_data?data=reviews&hidden=8&embedding=4&epochs=0.3&cells=LSTM"
UPDATES = 75
CSV = "".join(
    f"{'A film that is good' if k % 2 else 'A story that is not'} to number {k},{'ab'[k % 2]}\n"
    for k in range(60)
)


def words(page):
    """The first network's table of a text, as lists of its rows' cells."""
    found = page.get_by_test_id("words").first
    found.wait_for()
    rows = found.locator("tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


def choose(page, label, option):
    """Open a list and choose; what is drawn anew meanwhile closes it, and it is opened again."""
    wanted = page.get_by_role("option", name=option)
    for _ in range(5):
        settled(page.get_by_role("combobox", name=label)).click()
        try:
            wanted.click(timeout=4_000)
        except TimeoutError:
            continue
        return
    wanted.click()


def held(page):
    """What is held → the probabilities and the label, as they stand there."""
    rows = page.get_by_test_id("held").first.locator("tbody tr").all()
    return {name: rest for name, *rest in (r.locator("th, td").all_inner_texts() for r in rows)}


def learnt(page, updates=UPDATES):
    words(page)
    press(page, "play")
    until(page, lambda: counts(page) == [updates] and not is_playing(page), 120)
    page.get_by_text("other templates").wait_for()


def test_made_reviews_are_learnt_from_a_press_to_scores_on_other_templates(visit):
    page = visit(QUICK)
    before = words(page)
    learnt(page)
    assert words(page) != before
    matrix = page.get_by_test_id("confusion").first.locator("tbody b").all_inner_texts()
    assert sum(int(count.replace(",", "")) for count in matrix) == 2_001
    page.get_by_text("The surest mistakes").click()
    page.get_by_test_id("mistakes").locator("tbody tr").first.wait_for()


def test_a_text_of_ones_own_is_read_word_by_word_and_its_gates_are_held_at_a_word(visit):
    page = visit(QUICK)
    words(page)
    box = page.get_by_role("textbox", name="A text to be read word by word")
    box.fill("It is not bad")
    box.press("Enter")
    until(page, lambda: words(page)[0][1:] == ["it", "is", "not", "bad"])
    until(page, lambda: "sentence=It+is+not+bad" in page.url)
    choose(page, "Hold gates at", "3 · not")
    page.get_by_text("held at step 3, “not”").wait_for()
    until(page, lambda: "word=3" in page.url)
    found = held(page)
    whole = found["nothing is held"]
    assert {*found} == {"nothing is held", *(
        f"{gate} gate held {how}" for gate in ("input", "forget", "output")
        for how in ("shut", "open")
    )}  # fmt: skip
    assert whole[:3] == [row[-1] for row in words(page)[2:5]]
    assert any(other[:3] != whole[:3] for other in found.values())


def test_the_text_is_stepped_through_with_its_words_and_back(visit):
    page = visit(f"{QUICK}&sentence=It+is+not+bad")
    words(page)
    page.get_by_role("button", name="Step through this text").click()
    stepper = page.get_by_test_id("stepper")
    stepper.wait_for()
    for step in range(3):
        assert stepper.get_attribute("data-step") == str(step)
        stepper.press("ArrowRight")
    assert "not" in stepper.inner_text()
    page.get_by_role("link", name="Back to the runs").click()
    assert words(page)[0][1:] == ["it", "is", "not", "bad"]


def test_an_uploaded_table_is_learnt_by_its_text_and_label(visit, tmp_path):
    file = tmp_path / "reviews.csv"
    file.write_text(f"text,label\n{CSV}", encoding="utf-8")
    page = visit(f"{QUICK.replace('data=reviews', 'data=file')}&job=reviews&epochs=3")
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_text("48 texts are learnt from, 12 are held out").wait_for()
    words(page)
    press(page, "play")
    until(page, lambda: not is_playing(page) and counts(page)[0] > 0, 60)
    matrix = page.get_by_test_id("confusion").first.locator("tbody b")
    until(page, lambda: sum(map(int, matrix.all_inner_texts())) == 12)


def test_several_seeds_are_trained_side_by_side_and_cancelled(visit):
    page = visit(f"{QUICK.replace('epochs=0.3', 'epochs=0.1')}&seeds=2")
    page.get_by_role("button", name="Train each with 2 seeds").click()
    rows = page.get_by_test_id("over seeds").locator("tbody tr")
    until(
        page, lambda: rows.count() == 1 and "2" in rows.first.locator("td").first.inner_text(), 60
    )
    page.get_by_role("button", name="Train each with 2 seeds").wait_for()
    long = visit(f"{QUICK.replace('epochs=0.3', 'epochs=100')}&seeds=2")
    long.get_by_role("button", name="Train each with 2 seeds").click()
    long.get_by_role("button", name="Cancel").click()
    long.get_by_text("Cancelled: runs that had not ended are left out.").wait_for()


def test_many_texts_say_how_far_their_numbering_is_and_it_is_cancelled_and_taken_up_again(
    visit, tmp_path
):
    row = "a film that is {0} good and it goes on {1} times as long as that one " * 12
    file = tmp_path / "many.csv"
    rows = (f"{row.format('not', k % 97)},{'ab'[k % 2]}\n" for k in range(40_000))
    file.write_text("text,label\n" + "".join(rows), encoding="utf-8")
    page = visit(f"{QUICK.replace('data=reviews', 'data=file')}&job=reviews")
    page.locator('input[type="file"]').set_input_files(file)
    said = page.get_by_text("The tokens of 40,000 texts are counted and numbered:")
    said.wait_for(timeout=60_000)
    page.get_by_role("button", name="Cancel").click()
    page.get_by_text("Cancelled: the tokens of these texts are not numbered").wait_for()
    assert page.get_by_test_id("training").count() == 0
    page.get_by_role("button", name="Number their tokens").click()
    said.wait_for()
    page.get_by_text("32,000 texts are learnt from, 8,000 are held out").wait_for(timeout=120_000)
    assert said.count() == 0


LABELS = {
    "two classes": [f"it is {'not ' * (k % 2)}good number {k},{'ab'[k % 2]}" for k in range(80)],
    "two classes, one rare": [
        f"it is {'not ' * (k % 10 == 0)}good number {k},{'yn'[k % 10 == 0]}" for k in range(80)
    ],
    "ten classes": [f"word{k % 10} is not the last one {k},class {k % 10}" for k in range(100)],
}


@pytest.mark.parametrize("rows", LABELS.values(), ids=LABELS)
def test_reviews_of_ones_own_are_learnt_judged_and_stepped_through_from_the_charts(
    visit, tmp_path, rows
):
    """The tutorial's job on a table of one's own, as a person does it: learn, ask what moved it and
    what a held gate changes, look at the mistakes, open the run in Step, and come back."""
    file, labels = tmp_path / "mine.csv", sorted({row.rpartition(",")[2] for row in rows})
    file.write_text("text,label\n" + "\n".join(rows) + "\n", encoding="utf-8")
    page = visit(f"{QUICK.replace('data=reviews', 'data=file')}&job=reviews&epochs=4")
    page.locator('input[type="file"]').set_input_files(file)
    words(page)
    box = page.get_by_role("textbox", name="A text to be read word by word")
    box.fill("it is not good")
    box.press("Enter")
    until(page, lambda: words(page)[0][1:] == ["it", "is", "not", "good"])
    press(page, "play")
    until(page, lambda: not is_playing(page) and counts(page)[0] > 0, 60)
    shares = words(page)[2 : 2 + len(labels)]
    assert [row[0] for row in shares] == labels
    for k in range(1, 5):
        assert abs(sum(float(row[k]) for row in shares) - 1) < 0.006 * len(labels)
    choose(page, "Hold gates at", "3 · not")
    page.get_by_text("held at step 3, “not”").wait_for()
    until(page, lambda: "forget gate held shut" in held(page))
    assert page.get_by_test_id("confusion").first.locator("tbody tr").count() == len(labels)
    page.get_by_text("The surest mistakes").first.click()
    page.get_by_test_id("training").get_by_role("button", name="run A: this network").click()
    stepper = page.get_by_test_id("stepper")
    stepper.wait_for()
    for _ in range(2):
        stepper.press("ArrowRight")
    assert "not" in stepper.inner_text()
    page.get_by_role("link", name="Back to the runs").click()
    assert words(page)[0][1:] == ["it", "is", "not", "good"]
