"""The Train page where the visitor's browser trains: the same charts, commands and digits, and no
worker process of the server's."""

import subprocess
from base64 import b64decode

import pytest

from rnnviz import training
from rnnviz.training.comparison import Comparison
from rnnviz.training.recipes import RECIPES
from rnnviz.web.export import one_file
from rnnviz.web.training.payload import standalone_payload
from tests.browser.conftest import SETTLED, VIEWS
from tests.browser.server import ROOT, running
from tests.browser.test_train_page import (
    BRANCH,
    OPEN,
    choose,
    counts,
    is_playing,
    look_at,
    number,
    press,
    pressed_at,
    runs,
    until,
)

CHOSEN = {
    "task": "adding problem",
    "length": 20,
    "hidden": 8,
    "batch": 8,
    "cell": "RNN (tanh)",
    "updates": 300,
}
LINK = "&".join(f"{name}={str(one).replace(' ', '+')}" for name, one in CHOSEN.items())


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    log = tmp_path_factory.mktemp("server") / "log"
    with running(ROOT / "app.py", log, more={"RNNVIZ_TRAIN": "browser"}) as found:
        yield found


@pytest.fixture
def train(browser, server):
    """Opens the Train page at a link; afterwards nothing was printed or thrown, and no process of
    the server's had trained."""
    faults = []
    with browser.new_context(**VIEWS["light"]) as context:

        def visit(link):
            page = context.new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.goto(f"{server.url}/Train?{link}", wait_until="commit")
            runs(page)
            return page

        yield visit
    assert not faults
    assert not server.new_tracebacks()


def workers_of(server):
    listed = subprocess.run(
        ["pgrep", "-P", str(server.process), "-f", "rnnviz.training.worker"],
        capture_output=True,
        text=True,
    )
    return listed.stdout.split()


def in_python(updates, **knobs):
    return training.advance(training.start(**{**CHOSEN, **knobs}), updates)


def frames_of(page):
    """What the page sends and is sent from now on, as it goes over its socket."""
    sent, received = [], []
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    for event, found in [("Sent", sent), ("Received", received)]:
        client.on(
            f"Network.webSocketFrame{event}",
            lambda frame, found=found: found.append(b64decode(frame["response"]["payloadData"])),
        )
    return sent, received


def test_what_the_browser_has_of_the_runs_is_sent_again_to_who_reloads_alone(train):
    page = train("lesson=vanishing")
    sent, received = frames_of(page)
    page.reload()
    until(page, lambda: any(b'"known":{"' in frame for frame in sent))
    page.wait_for_selector(SETTLED)
    assert sum(map(len, received)) > 300_000
    received.clear()
    choose(page, "just show me")
    until(page, lambda: min(counts(page)) > 0)
    assert sum(map(len, received)) < 100_000
    received.clear()
    page.reload()
    until(page, lambda: sum(map(len, received)) > 300_000)
    press(page, "play")
    until(page, lambda: min(counts(page)) > 0)


def test_a_run_is_played_paused_stepped_and_set_back(train, server):
    page = train(LINK.replace("updates=300", "updates=4000"))
    assert page.get_by_test_id("where-it-trains").inner_text() == "in this browser"
    press(page, "play")
    until(page, lambda: counts(page)[0] > 30)
    press(page, "pause")
    until(page, lambda: not is_playing(page))
    paused = counts(page)[0]
    page.wait_for_timeout(600)
    assert counts(page) == [paused]
    press(page, "1 update")
    until(page, lambda: counts(page) == [paused + 1])
    press(page, "10 updates")
    until(page, lambda: counts(page) == [paused + 11])
    press(page, "back to the very same weights")
    until(page, lambda: counts(page) == [0])
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10])
    ours = in_python(10)
    assert number(page, "A", "loss") == pytest.approx(ours.history["loss"][-1], rel=1e-10)
    assert workers_of(server) == []


def test_what_can_be_pressed_stays_where_it_is_while_it_runs(train):
    page = train(LINK.replace("updates=300", "updates=4000"))
    before = pressed_at(page)
    press(page, "play")
    until(page, lambda: counts(page)[0] > 1 and is_playing(page))
    assert pressed_at(page) == before


def test_the_charts_have_pythons_numbers_at_the_end_and_on_the_way(train):
    page = train(LINK)
    press(page, "play")
    until(page, lambda: counts(page) == [300])
    ours = in_python(300)
    for update in (300, 137):
        if update != 300:
            look_at(page, update)
        for name, known in (("loss", "loss"), ("norm", "grad_norm")):
            found, wanted = number(page, "A", name), ours.history[known][update - 1]
            assert found == pytest.approx(wanted, rel=1e-8), (name, update)


def test_a_knob_turned_on_the_way_is_in_force_from_there_on(train):
    page = train(LINK)
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10])
    field = runs(page).get_by_label("learning rate", exact=True)
    field.evaluate(
        "node => { node.value = '1'; node.dispatchEvent(new Event('input', { bubbles: true }));"
        " node.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    press(page, "10 updates")
    until(page, lambda: counts(page) == [20])
    rate = number(page, "A", "rate")
    assert rate != training.Knobs().learning_rate
    ours = training.advance(training.change(in_python(10), learning_rate=rate), 10)
    assert number(page, "A", "loss") == pytest.approx(ours.history["loss"][-1], rel=1e-9)


def test_the_network_of_an_earlier_update_is_opened_in_the_stepper(train, server):
    page = train(LINK)
    press(page, "play")
    until(page, lambda: counts(page) == [300])
    look_at(page, 63)
    runs(page).get_by_role("button", name=OPEN, exact=True).click()
    page.get_by_test_id("stepper").wait_for()
    page.get_by_text("after 63 updates").first.wait_for()
    assert workers_of(server) == []


def test_a_branch_goes_on_in_the_browser(train, server):
    page = train(LINK)
    press(page, "play")
    until(page, lambda: counts(page) == [300])
    look_at(page, 40)
    runs(page).get_by_role("button", name=BRANCH, exact=True).click()
    until(page, lambda: counts(page) == [300, 40])
    press(page, "play")
    until(page, lambda: counts(page) == [300, 300])
    first, second = (number(page, letter, "loss") for letter in "AB")
    assert first == pytest.approx(second, rel=1e-9)
    assert workers_of(server) == []


def test_more_updates_than_were_planned(train):
    page = train(LINK)
    press(page, "play")
    until(page, lambda: counts(page) == [300])
    press(page, "play")
    until(page, lambda: counts(page)[0] > 300)


def test_runs_survive_a_visit_to_another_page(train):
    page = train(LINK)
    press(page, "play")
    until(page, lambda: counts(page) == [300])
    page.wait_for_timeout(1500)
    page.get_by_role("link", name="Gradients").first.click()
    page.wait_for_timeout(1500)
    page.go_back()
    until(page, lambda: counts(page) == [300])
    press(page, "play")
    until(page, lambda: counts(page)[0] > 310)


def test_the_worker_ends_with_its_page(train):
    page = train(LINK.replace("updates=300", "updates=4000"))
    press(page, "play")
    until(page, lambda: counts(page)[0] > 10)
    assert len(page.workers) == 1
    page.get_by_role("link", name="Gradients").first.click()
    page.wait_for_timeout(2500)
    assert page.workers == []


def test_a_lesson_is_guessed_trained_and_judged_in_the_browser(train, server):
    """As Python has it by then: what is learnt later differs with how sums are rounded."""
    recipe, early = RECIPES["first symbol"], 12
    page = train("lesson=first+symbol")
    assert page.get_by_test_id("where-it-trains").inner_text() == "in this browser"
    choose(page, "Both learn it.")
    until(page, lambda: min(counts(page)) > 0)
    assert len(page.workers) == len(recipe.variants)
    page.get_by_text("What happens", exact=True).wait_for(timeout=120_000)
    assert counts(page) == [recipe.shared["updates"]] * len(recipe.variants)
    look_at(page, early)
    for letter, knobs in zip("AB", recipe.runs(), strict=True):
        ours = training.advance(training.start(**knobs), early)
        assert number(page, letter, "loss") == pytest.approx(ours.history["loss"][-1], rel=1e-10)
    assert workers_of(server) == []
    page.get_by_role("link", name="Gradients").first.click()
    page.wait_for_timeout(2500)
    assert page.workers == []


def test_at_a_guess_the_runs_begin_before_the_server_has_heard_of_it(browser, server):
    """What the page sends is held back from the click on; then let go, and it is as ever."""
    held, is_holding = [], []
    with browser.new_context(**VIEWS["light"]) as context:
        page = context.new_page()

        def between(socket):
            to_server = socket.connect_to_server()
            socket.on_message(
                lambda said: held.append((to_server, said)) if is_holding else to_server.send(said)
            )

        page.route_web_socket("**/_stcore/stream", between)
        page.goto(f"{server.url}/Train?lesson=first+symbol", wait_until="commit")
        runs(page)
        page.get_by_role("button", name="Both learn it.").wait_for()
        until(page, lambda: len(page.workers) == 2)
        is_holding.append(True)
        page.get_by_role("button", name="Both learn it.").click()
        until(page, lambda: min(counts(page)) > 0)
        assert page.get_by_text("You guessed").count() == 0
        is_holding.clear()
        for to_server, said in held:
            to_server.send(said)
        page.get_by_text("You guessed").wait_for()
        page.get_by_text("What happens", exact=True).wait_for(timeout=120_000)
        updates = RECIPES["first symbol"].shared["updates"]
        assert counts(page) == [updates] * 2
    assert not server.new_tracebacks()


def test_runs_that_train_at_once_stay_together_and_stop_together(train):
    """However much slower one is: nobody is further ahead than the last goes between two polls."""
    page = train("lesson=vanishing")
    press(page, "play")
    until(page, lambda: min(counts(page)) > 20)
    first, *_, last = sorted(counts(page), reverse=True)
    assert first <= 3 * last
    press(page, "pause")
    until(page, lambda: not is_playing(page))
    assert len(set(counts(page))) == 1
    at = counts(page)[0]
    press(page, "10 updates")
    until(page, lambda: counts(page) == [at + 10] * 3)


@pytest.mark.parametrize("cell", ["RNN (tanh)", "LSTM"])
def test_a_file_trains_by_itself_and_asks_nobody(browser, tmp_path, monkeypatch, cell):
    monkeypatch.setenv("RNNVIZ_TRAIN", "browser")
    made = Comparison([{**CHOSEN, "cell": cell}], ["a run"])
    made.is_elsewhere = True
    file = tmp_path / "training.html"
    file.write_text(one_file(standalone_payload(made), "Training", "training"))
    asked, printed = [], []
    with browser.new_context(**VIEWS["light"]) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: printed.append(message.text))
        page.goto(file.as_uri())
        press(page, "play")
        until(page, lambda: counts(page) == [300])
        loss = in_python(300, cell=cell).history["loss"][-1]
        assert number(page, "A", "loss") == pytest.approx(loss, rel=1e-8)
        press(page, "back to the very same weights")
        until(page, lambda: counts(page) == [0])
        press(page, "10 updates")
        until(page, lambda: counts(page) == [10])
    assert printed == []
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
