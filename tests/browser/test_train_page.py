"""The Train page in a browser: played, paused, stepped, looked back at, branched, opened, left."""

import statistics
import subprocess
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from rnnviz import training
from tests.browser.settling import settled

SMALL = "task=adding+problem&length=20&hidden=8&batch=8&cell=RNN+(tanh)&updates=4000"
BRANCH = "run A: a new run that goes on from the update looked at; up to four fit"
OPEN = "run A: this network at the update looked at, in the stepper"
SLOW = "task=adding+problem&length=100&hidden=32&cell=LSTM&updates=2000"


def runs(page):
    root = page.get_by_test_id("training")
    root.wait_for()
    return root


def counts(page):
    return [int(n) for n in runs(page).get_attribute("data-updates").split(",")]


def until(page, condition, seconds=60):
    """Wait until something holds of the page."""
    begin = time.monotonic()
    while not condition():
        assert time.monotonic() - begin < seconds, (
            f"still {runs(page).get_attribute('data-updates')}"
        )
        page.wait_for_timeout(40)


def answer(stepper):
    """The network's at the step in view, unrounded."""
    node = stepper.locator('[data-name="prediction"][data-unit="0"]').first
    return float(node.get_attribute("data-value"))


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def pressed_at(page):
    """Where each thing stands that can be pressed, once nothing moves."""
    pressed = settled(runs(page)).locator(".controls").locator("button, select, input")
    return pressed.evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(({ x, y }) => [x, y])"
    )


def is_playing(page):
    return runs(page).get_attribute("data-playing") == "true"


def number(page, letter, name):
    cell = page.locator(f'[data-run="{letter}"][data-name="{name}"]')
    return float(cell.get_attribute("data-value"))


def look_at(page, update):
    page.get_by_test_id("scrubber").evaluate(
        "(node, update) => { node.value = update; for (const kind of ['input', 'change'])"
        " node.dispatchEvent(new Event(kind, { bubbles: true })); }",
        update,
    )
    until(page, lambda: runs(page).get_attribute("data-at") == str(update))
    page.wait_for_timeout(400)


def slide(page, label, place):
    runs(page).get_by_label(label, exact=True).evaluate(
        "(node, place) => { node.value = place; for (const kind of ['input', 'change'])"
        " node.dispatchEvent(new Event(kind, { bubbles: true })); }",
        place,
    )


def test_a_run_is_started_paused_and_stepped(visit):
    page = visit(f"/Train?{SMALL}")
    press(page, "play")
    until(page, lambda: counts(page)[0] > 30)
    press(page, "pause")
    until(page, lambda: not is_playing(page))
    page.wait_for_timeout(700)
    (rests,) = counts(page)
    page.wait_for_timeout(700)
    assert counts(page) == [rests]
    press(page, "1 update")
    until(page, lambda: counts(page) == [rests + 1])
    press(page, "10 updates")
    until(page, lambda: counts(page) == [rests + 11])


def test_back_and_forward_undo_and_redo_a_choice(visit):
    page = visit(f"/Train?{SMALL}")
    hidden = page.get_by_role("spinbutton", name="Hidden size").last
    hidden.fill("6")
    hidden.press("Enter")
    page.wait_for_url("**/Train?*hidden=6*")
    page.go_back()
    until(page, lambda: hidden.input_value() == "8")
    page.go_forward()
    until(page, lambda: hidden.input_value() == "6")
    assert "hidden=6" in page.url


def choose(page, name):
    """Press one of a row of choices above the runs."""
    main = page.get_by_test_id("stMain")
    one, other = (main.get_by_role(role, name=name, exact=True) for role in ("radio", "button"))
    one.or_(other).first.click()


def test_a_run_goes_on_after_a_look_at_the_cliff_and_a_click_on_its_lit_lesson(visit):
    page = visit("/Train?lesson=vanishing")
    press(page, "just show me")
    until(page, lambda: min(counts(page)) > 5)
    before = counts(page)
    choose(page, "The cliff")
    page.get_by_test_id("training").wait_for(state="detached")
    choose(page, "Train")
    until(page, lambda: len(counts(page)) == len(before))
    assert all(now >= then for now, then in zip(counts(page), before, strict=True))
    choose(page, "Marked symbol")
    page.wait_for_timeout(1000)
    assert all(now >= then for now, then in zip(counts(page), before, strict=True))
    assert "lesson=vanishing" in page.url


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768)])
def test_what_can_be_pressed_stays_where_it_is_while_it_runs(visit, size):
    page = visit(f"/Train?{SLOW}")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    before = pressed_at(page)
    press(page, "play")
    until(page, lambda: counts(page)[0] > 1 and is_playing(page))
    assert pressed_at(page) == before


def test_a_click_on_pause_answers_within_300_ms(visit):
    page = visit(f"/Train?{SLOW}")
    taken = []
    for _ in range(5):
        press(page, "play")
        before = counts(page)[0]
        until(page, lambda before=before: counts(page)[0] > before + 5)
        taken.append(page.evaluate(UNTIL_PAUSED))
    assert statistics.median(taken) <= 300, taken


UNTIL_PAUSED = """
() => new Promise((done) => {
  const within = (root, find) => {
    const found = root.querySelector(find);
    if (found) return found;
    for (const node of root.querySelectorAll("*")) {
      const inside = node.shadowRoot && within(node.shadowRoot, find);
      if (inside) return inside;
    }
    return null;
  };
  const root = within(document, '[data-testid="training"]');
  const pause = within(document, 'button[aria-label="pause"]');
  const start = performance.now();
  const watch = new MutationObserver(() => {
    if (root.dataset.playing === "false") { watch.disconnect(); done(performance.now() - start); }
  });
  watch.observe(root, { attributes: true });
  setTimeout(() => done(10000), 10000);
  pause.click();
})
"""


def test_the_charts_move_in_place_while_it_runs(visit):
    page = visit(f"/Train?{SLOW}")
    press(page, "play")
    until(page, lambda: counts(page)[0] > 10)
    root = runs(page)
    canvases = root.locator("canvas").element_handles()
    changes = root.evaluate(
        "(root) => new Promise((done) => { let seen = 0;"
        " const watch = new MutationObserver(() => { seen += 1; });"
        " watch.observe(root, { attributes: true, attributeFilter: ['data-updates'] });"
        " setTimeout(() => { watch.disconnect(); done(seen); }, 4000); })"
    )
    # How often is measured in tests/benchmarks; here, that it is the same canvases that move,
    # through pauses too.
    assert changes > 4
    for _ in range(4):
        press(page, "pause")
        until(page, lambda: not is_playing(page))
        press(page, "play")
        until(page, lambda: is_playing(page))
    assert all(canvas.evaluate("node => node.isConnected") for canvas in canvases)


def test_the_past_is_looked_at_branched_and_goes_on(visit):
    page = visit(f"/Train?{SMALL}")
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10])
    losses = {}
    for update in (3, 7):
        look_at(page, update)
        losses[update] = number(page, "A", "loss")
    press(page, BRANCH)
    until(page, lambda: counts(page) == [10, 7])
    press(page, "1 update")
    until(page, lambda: counts(page) == [11, 8])
    look_at(page, 7)
    assert number(page, "B", "loss") == losses[7] == number(page, "A", "loss")
    look_at(page, 8)
    assert number(page, "B", "loss") == number(page, "A", "loss")
    look_at(page, 3)
    assert number(page, "B", "loss") == losses[3] != losses[7]


def test_after_a_branch_the_strip_turns_the_branch_and_leaves_the_run_it_came_from(visit):
    page = visit(f"/Train?{SMALL}&b=hidden:4")
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10, 10])
    which = runs(page).get_by_label("run that is changed")
    assert which.input_value() == ""
    which.select_option("B")
    look_at(page, 6)
    press(page, BRANCH)
    until(page, lambda: counts(page) == [10, 10, 6])
    assert which.input_value() == "C"
    slide(page, "learning rate", -1)
    changed = page.locator(".happenings li").filter(has_text="learning rate")
    changed.filter(visible=True).first.wait_for()
    assert [one.get_attribute("data-run") for one in changed.filter(visible=True).all()] == ["C"]


DOORS = [
    ("Initial values", "Forget-gate bias", "1", "no bias known to keep its memory"),
    ("Initial values", "Spectral radius", "1.2", "scaled to this radius"),
]


@pytest.mark.parametrize(("door", "label", "typed", "says"), DOORS)
def test_what_is_said_of_a_number_leaves_the_door_open_behind_which_it_was_typed(
    visit, door, label, typed, says
):
    page = visit(f"/Train?{SMALL}")
    sidebar = page.get_by_test_id("stSidebar")
    field = sidebar.get_by_role("spinbutton", name=label)
    assert not field.is_visible()
    sidebar.get_by_text(door, exact=True).click()
    field.fill(typed)
    field.press("Enter")
    sidebar.get_by_text(says).wait_for()
    page.wait_for_timeout(500)
    assert field.is_visible()
    assert sidebar.locator("details[open]").count() == 1


def test_there_is_room_for_four_however_fast_one_branches(visit):
    page = visit(f"/Train?{SMALL}&b=seed:0&c=hidden:7")
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10, 10, 10])
    look_at(page, 5)
    branch = page.get_by_role("button", name=BRANCH, exact=True)
    for _ in range(4):
        branch.evaluate("node => node.click()")
        page.wait_for_timeout(200)
    until(page, lambda: counts(page) == [10, 10, 10, 5])
    page.wait_for_timeout(1500)
    assert counts(page) == [10, 10, 10, 5]
    assert branch.is_disabled()


def test_a_long_look_back_is_told_of_and_can_be_left(visit):
    page = visit("/Train?task=adding+problem&length=60&hidden=256&updates=40")
    press(page, "play")
    until(page, lambda: counts(page) == [40], 120)
    look_at(page, 39)
    press(page, BRANCH)
    leave = page.get_by_role("button", name="look back no more", exact=True)
    leave.wait_for()
    page.get_by_text("computing A at update 39 again").wait_for()
    leave.click()
    leave.wait_for(state="hidden")
    assert counts(page) == [40]
    assert page.get_by_role("button", name=BRANCH, exact=True).is_enabled()


def test_a_double_click_shows_all_and_leaves_what_is_looked_at(visit):
    page = visit(f"/Train?{SMALL}")
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10])
    chart = runs(page).locator("canvas").first
    box = chart.bounding_box()
    chart.dblclick(position={"x": box["width"] / 2, "y": 60})
    page.wait_for_timeout(400)
    assert runs(page).get_attribute("data-at") == "latest"
    look_at(page, 4)
    chart.dblclick(position={"x": box["width"] / 2, "y": 60})
    page.wait_for_timeout(400)
    assert runs(page).get_attribute("data-at") == "4"


def test_a_zoom_outlasts_the_planned_end(visit):
    page = visit(f"/Train?{SMALL.replace('4000', '40')}")
    press(page, "play")
    until(page, lambda: counts(page) == [40] and not is_playing(page))
    chart = runs(page).locator("canvas").first
    box = chart.bounding_box()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 60, steps=4)
    page.mouse.up()
    page.mouse.move(0, 0)
    assert runs(page).get_attribute("data-range") != "0,40"
    zoomed = runs(page).get_attribute("data-range")
    press(page, "1 update")
    until(page, lambda: counts(page) == [41])
    page.wait_for_timeout(300)
    assert runs(page).get_attribute("data-range") == zoomed


def test_the_maps_and_gates_of_a_lower_layer_can_be_looked_at(visit):
    page = visit(f"/Train?{SMALL.replace('RNN+(tanh)', 'GRU')}&layers=2")
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10])
    above = number(page, "A", "back"), number(page, "A", "gate_mean.z")
    page.get_by_label("layer that maps and gates are of").select_option("layer 1")
    page.wait_for_timeout(300)
    below = number(page, "A", "back"), number(page, "A", "gate_mean.z")
    run = training.advance(training.start(task="adding problem", length=20, hidden=8, batch=8,
                                          cell="GRU", layers=2), 10)  # fmt: skip
    for shown, way in ((above, ""), (below, "layers.0.")):
        lengths = run.history[f"{way}dh_norms"][-1]
        gate = run.history[f"{way}gate_mean.z"][-1]
        assert shown == pytest.approx((lengths[0] / lengths[-1], gate), rel=1e-6)


def test_recurrent_dropout_can_be_turned_up_in_a_lesson(visit):
    page = visit("/Train?lesson=first+symbol")
    runs(page).get_by_text("dropout", exact=True).click()
    assert not runs(page).get_by_label("dropout between layers").is_visible()
    slide(page, "recurrent dropout", 0.2)
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10, 10])
    assert "failed" not in runs(page).inner_text()


def test_reset_begins_with_the_same_numbers(visit):
    page = visit(f"/Train?{SMALL}")
    press(page, "1 update")
    until(page, lambda: counts(page) == [1])
    first = number(page, "A", "loss")
    press(page, "back to the very same weights")
    until(page, lambda: counts(page) == [0])
    press(page, "1 update")
    until(page, lambda: counts(page) == [1])
    assert number(page, "A", "loss") == first


def test_variants_start_alike_and_say_what_differs(visit):
    page = visit(f"/Train?{SMALL}&b=clip_norm:0.001;optimizer:sgd")
    root = runs(page)
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10, 10])
    assert "clip by norm: none" in root.inner_text()
    assert "clip by norm 0.001" in root.inner_text()
    look_at(page, 1)
    assert number(page, "A", "loss") == number(page, "B", "loss")
    assert number(page, "B", "after") == pytest.approx(0.001, rel=1e-3)
    look_at(page, 9)
    assert number(page, "A", "loss") != number(page, "B", "loss")


def test_the_first_number_that_is_not_finite_is_marked(visit):
    page = visit("/Train?lesson=to+infinity")
    press(page, "just show me")
    until(page, lambda: "is not finite" in runs(page).inner_text())
    root = runs(page)
    stopped = counts(page)[0]
    assert f"stopped at update {stopped + 1}: the loss is not finite" in root.inner_text()
    until(page, lambda: counts(page)[1] > stopped + 20)
    assert counts(page)[0] == stopped
    press(page, "pause")


def test_the_network_is_opened_in_the_stepper_and_one_comes_back(visit):
    page = visit(f"/Train?{SMALL}")
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10])
    look_at(page, 4)
    press(page, OPEN)
    stepper = page.get_by_test_id("stepper")
    stepper.wait_for()
    page.get_by_text("after 4 updates").first.wait_for()
    stepper.focus()
    page.keyboard.press("ArrowRight")
    assert stepper.get_attribute("data-step") == "1"
    page.get_by_text("Back to the runs").click()
    until(page, lambda: counts(page) == [10])


def test_a_weight_typed_in_a_trained_network_is_followed_and_goes_into_the_file(
    visit, browser, tmp_path
):
    page = visit(f"/Train?{SMALL}")
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10])
    press(page, OPEN)
    root = page.get_by_test_id("stepper")
    root.wait_for()
    trained = answer(root)
    root.get_by_test_id("weights").get_by_role("button", name="Weights").click()
    field = root.locator("[data-parameter]").get_by_role("spinbutton").first
    before = field.get_attribute("data-value")
    field.focus()
    page.keyboard.type("2.5")
    page.keyboard.press("Enter")
    expect(field).to_have_attribute("data-value", "2.5")
    typed = answer(root)
    assert before != "2.5"
    assert typed != trained
    with page.expect_download() as download:
        root.get_by_role("button", name="This view as one HTML file").click()
    download.value.save_as(tmp_path / "typed.html")
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    alone = context.new_page()
    alone.goto((tmp_path / "typed.html").as_uri())
    again = alone.get_by_test_id("stepper")
    again.wait_for()
    assert answer(again) == typed
    context.close()
    page.get_by_text("Leave it").click()
    page.get_by_text("trained beforehand: 450").first.wait_for()


def test_a_link_to_another_cell_leaves_the_trained_network(visit):
    page = visit(f"/Train?{SMALL}")
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10])
    press(page, OPEN)
    page.get_by_text("after 10 updates").first.wait_for()
    page.get_by_role("link", name="Cells", exact=True).click()
    page.get_by_role("link", name="Step through it: MGU").click()
    page.get_by_test_id("result-n").wait_for()
    page.get_by_text("trained beforehand: 450").first.wait_for()


def test_the_page_can_be_left_while_a_run_plays(visit):
    page = visit(f"/Train?{SLOW}")
    press(page, "play")
    for k in range(8):
        until(page, lambda: is_playing(page))
        page.wait_for_timeout(300 + 37 * k)
        page.get_by_role("link", name="Step", exact=True).first.click()
        page.get_by_test_id("stepper").wait_for()
        page.get_by_role("link", name="Train", exact=True).first.click()
        runs(page)


def test_every_click_on_one_update_counts_however_fast(visit):
    page = visit(f"/Train?{SMALL}")
    for _ in range(8):
        press(page, "1 update")
        page.wait_for_timeout(60)
    until(page, lambda: counts(page) == [8] and not is_playing(page))
    page.wait_for_timeout(500)
    assert counts(page) == [8]


def test_turning_a_knob_is_marked_and_acts_at_the_next_update(visit):
    page = visit(f"/Train?{SMALL}")
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10])
    slide(page, "learning rate", -0.7)
    until(page, lambda: "learning rate 0.01 → 0.2 at 10" in runs(page).inner_text())
    press(page, "back to the very same weights")
    until(page, lambda: counts(page) == [0])
    rate = runs(page).get_by_label("learning rate")
    until(page, lambda: float(rate.input_value()) == -2)  # in force is what it says
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10])
    slide(page, "learning rate", -0.7)
    until(page, lambda: "learning rate 0.01 → 0.2 at 10" in runs(page).inner_text())


@pytest.mark.parametrize("view", ["dark", "phone"])
def test_it_fits_and_is_at_home_in_the_dark_and_on_a_phone(visit, view):
    page = visit("/Train?lesson=vanishing", view)
    assert runs(page).is_visible()


@pytest.mark.parametrize("which", ["fair race", "the cliff"])
def test_the_other_views_open(visit, which):
    page = visit(f"/Train?view={which.replace(' ', '+')}")
    page.get_by_text("How to read this.").first.wait_for()


def processes_of(server):
    """The worker processes whose parent is the server of that port."""
    port = urlsplit(server.url).port
    found = subprocess.run(
        ["ps", "-wweo", "pid,ppid,args"], capture_output=True, text=True, check=True
    )
    lines = [line.split(maxsplit=2) for line in found.stdout.splitlines()[1:]]
    (parent,) = [pid for pid, _, args in lines if f"--server.port={port}" in args]
    worker = "rnnviz.training.workers.worker"
    return [pid for pid, ppid, args in lines if ppid == parent and worker in args]


def test_nothing_is_left_when_the_last_tab_has_closed(browser, app):
    page = browser.new_context(base_url=app.url).new_page()
    page.goto(f"/Train?{SLOW}")
    press(page, "play")
    until(page, lambda: counts(page)[0] > 3)
    assert processes_of(app)
    page.context.close()
    begin = time.monotonic()
    while processes_of(app) and time.monotonic() - begin < 30:  # one that starts ends then
        time.sleep(0.1)
    assert processes_of(app) == []
