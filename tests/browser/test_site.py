"""The folder that `rnnviz site` writes, opened from the disk without a network: every page works,
its numbers are the engine's, and it asks nobody anything."""

import io
import re
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, quote, urlsplit

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

import rnnviz
from rnnviz.cells import MENU
from rnnviz.course import COURSE, UNITS
from rnnviz.gradients.setup import Setup
from rnnviz.scenes.by_hand import BY_HAND, ByHandSettings, by_hand_scene
from rnnviz.scenes.examples import PRESETS
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.shapes import SETTINGS as SHAPES
from rnnviz.shapes import Setup as Shape
from rnnviz.shapes.code import lines
from rnnviz.shapes.tensors import tensors
from rnnviz.training.loop.loop import advance
from rnnviz.training.recipes import RECIPES
from rnnviz.training.runs.runs import start
from rnnviz.training.workers.workers import Workers
from rnnviz.web.shapes.written import written
from rnnviz.web.site import folder
from rnnviz.web.site import training as lessons
from rnnviz.web.site.course import NAMES, is_here, query_of
from rnnviz.web.site.files import FILES, lesson_file
from tests.browser.conftest import VIEWS
from tests.browser.pressing import unanswered
from tests.browser.test_export import READ_SHOWN
from tests.browser.test_gradients_page import agree, turn
from tests.browser.test_gradients_page import opened as gradients_opened

LESSON, LARGE = "vanishing", "adam and clipping"
SAVED = 5
"""Updates of runs that are saved."""
LARGEST = 6_000_000
"""Bytes of all pages, without saved runs."""
READY = "#page .component"
ROOTS = {
    "Step": '[data-testid="stepper"]',
    "Gradients": '[data-testid="gradients"]',
    "By hand": "[data-step]",
    "Shapes": '[data-testid="shapes"]',
}
"""Of a page's component, what tests find it by."""
VIOLATIONS = """
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  console.error(`policy: ${violatedDirective} ${blockedURI}`));
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder; written once."""
    path = tmp_path_factory.mktemp("site")
    folder.write(path, say=lambda line: None, lessons=[LESSON])
    return path


@pytest.fixture(scope="session")
def saved(tmp_path_factory):
    """The page of a lesson of which a file does not hold the sequences; after a few updates."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lessons, "MOST_SEQUENCES", 0)
        return written_lesson(LESSON, tmp_path_factory.mktemp("saved"))


@pytest.fixture(scope="session")
def large(tmp_path_factory):
    """The page of a lesson that the app has its server train."""
    return written_lesson(LARGE, tmp_path_factory.mktemp("large"))


def written_lesson(name, folder):
    """A lesson's page; its runs were taken a few updates far."""

    def few(comparison, session):
        comparison.play(SAVED)
        while comparison.is_busy:
            comparison.proceed(session)

    path = folder / lesson_file(name)
    with pytest.MonkeyPatch.context() as patch, Workers() as workers:
        patch.setattr(lessons, "train", few)
        page = lessons.lesson_page(RECIPES[name], workers.session())
    path.write_text(page.to_html(), encoding="utf-8")
    return path


@pytest.fixture
def open_page(browser, site):
    """`open_page("index.html#…", view="phone")` → its page. At the end no page has said a word,
    asked for anything but its own file, or was held back by its policy."""
    pages, heard, asked, folders = [], [], [], {site}

    def open_it(address, view="light", folder=site):
        context = browser.new_context(offline=True, **VIEWS[view])
        context.add_init_script(VIOLATIONS)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(f"error: {error}"))
        page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
        page.goto(f"{folder.as_uri()}/{address}")
        page.locator(READY).first.wait_for()
        pages.append(page)
        folders.add(folder)
        return page

    yield open_it
    for page in pages:
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1
        page.context.close()
    names = {*FILES.values(), lesson_file(LARGE)}
    own = {f"{folder.as_uri()}/{name}" for folder in folders for name in names}
    assert [one for one in asked if one not in own and not one.startswith(("data:", "blob:"))] == []
    assert heard == []


class Silent(SimpleHTTPRequestHandler):
    """Writes nothing of what it is asked for."""

    def log_message(self, *_said):
        pass


@contextmanager
def served(folder):
    """A host of static files, on this machine alone; its address."""
    handler = partial(Silent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def address(name, view="", **query):
    """A page's address with this after its #."""
    words = [f"{key}={quote(str(value))}" for key, value in query.items()]
    return f"{FILES[name]}#{'&'.join([*words, *([f'view={view}'] if view else [])])}"


def compare(page, rec, step, testid="stepper"):
    """Every value that the page shows at a step is that of the recording."""
    root = page.get_by_test_id(testid).first
    assert root.get_attribute("data-step") == str(step)
    shown = {tuple(key.rsplit(" ", 1)): one for key, one in root.evaluate(READ_SHOWN).items()}
    named = {(name, unit): value for (name, unit), value in shown.items() if name in rec.names}
    assert {name for name, _ in named} == set(rec.names)
    for (name, unit), value in named.items():
        expected = rec[name][step, int(unit)]
        assert value == pytest.approx(expected, rel=1e-9, abs=1e-12), (name, unit)


def test_the_whole_is_small_enough_to_be_handed_out(site):
    sizes = {path.name: path.stat().st_size for path in site.glob("*") if "train" not in path.name}
    assert sum(sizes.values()) <= LARGEST, sizes


def test_no_page_may_load_or_run_anything_that_is_not_in_it(site):
    for name in FILES.values():
        text = (site / name).read_text(encoding="utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        assert rules["default-src"] == "'none'"
        assert re.fullmatch(r"'sha256-[\w+/]+='", rules["script-src"])
        assert rules["img-src"] == "data:"
        assert not re.search(r'(?:src|href)="(?!data:|[\w-]+\.html")', text.partition("<script")[0])


@pytest.mark.parametrize("sequence", PRESETS)
def test_every_network_steps_through_every_sequence(open_page, sequence):
    page = open_page(address("Step", sequence=sequence))
    for cell in MENU:
        page.get_by_label("Cell", exact=True).select_option(cell)
        shown = scene(StepSettings(sequence=sequence, cell=cell))
        rec = rnnviz.trace(shown.network, shown.reading.x[:, 0])
        page.get_by_test_id("stepper").first.focus()
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        compare(page, rec, 2)


def test_a_link_is_the_view_and_back_undoes(open_page):
    view = "unit:3,sequence:2,step:5,hold:1:f:every:3-6:0,end"
    page = open_page(address("Step", view, cell="MGU", sequence="temporal order"))
    shown = scene(StepSettings(sequence="temporal order", cell="MGU"))
    held = rnnviz.Hold("f", 0.0, steps=range(2, 6))
    rec = rnnviz.trace(shown.network, shown.reading.x[:, 1], hold=held)
    compare(page, rec, 4)
    page.get_by_label("Cell", exact=True).select_option("JANET")
    assert "cell=JANET" in page.url
    page.go_back()
    expect(page.get_by_label("Cell", exact=True)).to_have_value("MGU")
    compare(page, rec, 4)


def test_where_l_is_and_the_other_notation_are_chosen(open_page):
    page = open_page(address("Step", cell="GRU (Cho)", z="takes", loss="one", step=4))
    settings = StepSettings(cell="GRU (Cho)", z="takes", loss="one", step=4)
    shown = scene(settings)
    compare(page, rnnviz.trace(shown.network, shown.reading.x[:, 0]), 0)
    assert page.get_by_text(shown.asked.text).count() > 0
    page.get_by_label("Cell", exact=True).select_option("LSTM")
    assert not page.get_by_label("Update gate z").is_visible()
    assert "z=" not in page.url


def test_another_network_stands_beside(open_page):
    page = open_page(address("Step", beside="MGU"))
    pair = page.get_by_test_id("beside")
    assert [one.inner_text() for one in pair.locator("h2").all()] == [
        "LSTM",
        "MGU (minimal gated unit)",
    ]


def test_a_guess_is_judged_and_stands_in_the_link(open_page):
    page = open_page(address("Step"))
    question = page.get_by_test_id("question")
    question.get_by_role("button", name="step 9, •B").click()
    assert question.get_by_text("right").is_visible()
    assert "guess=1-1" in page.url
    again = open_page(page.url.rpartition("/")[2])
    assert again.get_by_test_id("question").get_by_text("right").is_visible()
    page.go_back()
    question.get_by_text("Guess first:").wait_for()


def test_one_s_own_text_and_numbers_are_read(open_page):
    page = open_page(address("Step", "step:3,end", sequence="text", text="hello", cell="MGU"))
    shown = scene(StepSettings(sequence="text", text="hello", cell="MGU"))
    compare(page, rnnviz.trace(shown.network, shown.reading.x[:, 0]), 2)
    assert not page.get_by_test_id("question").is_visible()
    page.get_by_role("textbox", name="Your text").fill("Hello")
    page.get_by_role("textbox", name="Your text").press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("“H”, character 1, is not among the letters")
    page.get_by_label("Sequence", exact=True).select_option("numbers")
    page.get_by_role("textbox", name="Your numbers").fill("1 0\n0.5 1\n0.25 1")
    page.get_by_role("textbox", name="Your numbers").press("Tab")
    expect(page).to_have_url(re.compile("numbers=1\\+0%0A0.5"))
    shown = scene(
        StepSettings(sequence="numbers", numbers="1 0\n0.5 1\n0.25 1", cell="MGU"),
    )
    compare(page, rnnviz.trace(shown.network, shown.reading.x[:, 0]), 0)


def test_a_link_that_asks_for_what_is_not_there_says_so(open_page):
    page = open_page(address("Step", sequence="random", hidden=32, weights="fresh", cell="GRU"))
    notes = page.get_by_test_id("notes")
    expect(notes).to_contain_text("what this folder has not, under hidden, sequence")


def test_fresh_weights_are_drawn_here_and_are_the_app_s(open_page):
    page = open_page(address("Step", cell="GRU (PyTorch)", weights="fresh", seed=12))
    shown = scene(StepSettings(cell="GRU (PyTorch)", weights="fresh", seed=12))
    compare(page, rnnviz.trace(shown.network, shown.reading.x[:, 0]), 0)
    expect(page.get_by_text("fresh weights, seed 12").first).to_be_visible()
    assert not page.get_by_test_id("question").is_visible()
    page.get_by_label("Weights", exact=True).select_option("trained")
    assert not page.get_by_label("Seed", exact=True).is_visible()
    assert "seed" not in page.url


SAME = """
root => {
  const seen = [...root.querySelectorAll("[data-name][data-value], [data-shape]")];
  return seen.filter((node) => node.checkVisibility()).map((node) => {
    const { name, unit, value, shape } = node.dataset;
    if (shape) return `${shape} ${node.textContent}`;
    return `${name} ${unit} ${Number(value).toPrecision(6)}`;
  });
}
"""
"""All numbers and shapes in sight. Of a call on the Shapes page the site has those of float32."""


@pytest.mark.parametrize(
    ("name", "path", "link"),
    [
        ("Step", "/", "?sequence=temporal+order&cell=MGU&loss=every"),
        ("Step", "/", "?sequence=text&text=hello&cell=GRU+(Cho)&z=takes"),
        ("Step", "/", "?sequence=numbers&numbers=1+0%0A0.5+1&hide=beside"),
        ("Gradients", "/Gradients", "?seed=3&length=30&hidden=8&scale=1.2"),
        ("By hand", "/By_hand", "?cell=GRU+(Cho)&units=2&inputs=2&length=6"),
        ("Shapes", "/Shapes", "?kind=GRU&bidirectional=True&num_layers=2"),
    ],
)
def test_the_app_s_link_is_the_same_view_here_and_back(visit, open_page, name, path, link):
    theirs = visit(path + link)
    root = theirs.locator(ROOTS[name]).first
    root.wait_for()
    if name == "Step":
        root.focus()
        theirs.keyboard.press("ArrowRight")
        theirs.wait_for_url("**#view=**")
    _, _, _, query, view = urlsplit(theirs.url)
    assert dict(parse_qsl(link[1:])).items() <= dict(parse_qsl(query)).items()
    ours = open_page(f"{FILES[name]}#{'&'.join(filter(None, [query, view]))}")
    for page in (theirs, ours):
        page.wait_for_timeout(1000)
    found = ours.locator(ROOTS[name]).first.evaluate(SAME)
    assert found == root.evaluate(SAME) != []
    said, _, looked = f"&{urlsplit(ours.url).fragment}".partition("&view=")
    assert sorted(parse_qsl(said)) == sorted(parse_qsl(query))
    assert looked == view.removeprefix("view=")


def test_presenter_mode_is_turned_on_and_goes_along_to_other_pages(open_page):
    page = open_page(address("Step", "step:3,end", cell="GRU"))
    page.get_by_role("button", name="presenter mode").click()
    page.wait_for_function("document.documentElement.hasAttribute('data-presenter')")
    expect(page).to_have_url(re.compile("#cell=GRU&presenter=on&view=step:3,end$"))
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 18
    assert not page.locator(".lead").is_visible()
    page.get_by_label("Cell", exact=True).select_option("MGU")
    page.get_by_role("link", name="Gradients").click()
    expect(page).to_have_url(re.compile(r"gradients\.html#presenter=on$"))
    page.wait_for_function("document.documentElement.hasAttribute('data-presenter')")
    page.get_by_role("button", name="presenter mode").click()
    page.get_by_role("link", name="Step").click()
    expect(page).to_have_url(re.compile(r"index\.html$"))


def test_a_view_may_be_the_presenter_s_as_in_the_app(open_page):
    page = open_page(f"{FILES['Step']}#view=presenter")
    page.wait_for_function("document.documentElement.hasAttribute('data-presenter')")
    page.get_by_role("button", name="presenter mode").click()
    page.wait_for_function("!document.documentElement.hasAttribute('data-presenter')")
    assert "presenter" not in page.url


def test_what_a_link_leaves_out_is_not_there_and_stays_so_while_one_chooses(open_page):
    page = open_page(address("Step", hide="cell,stepper-try", lock="on"))
    assert not page.get_by_label("Cell", exact=True).is_visible()
    assert not page.get_by_role("button", name="hide controls").is_visible()
    page.get_by_label("Sequence", exact=True).select_option("temporal order")
    expect(page).to_have_url(re.compile("sequence=temporal.order&hide=cell"))
    assert not page.get_by_label("Cell", exact=True).is_visible()


def test_a_file_says_why_it_has_no_code_and_gives_its_link(open_page):
    page = open_page(FILES["Step"])
    page.get_by_role("button", name="share this view").click()
    panel = page.get_by_role("dialog", name="share this view")
    assert panel.get_by_role("textbox").input_value() == page.url
    expect(panel).to_contain_text("no phone finds it by its address")
    assert panel.get_by_role("img").count() == 0


def test_on_a_host_of_web_pages_a_camera_reads_the_view_s_address(browser, site):
    with served(site) as host, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{host}/{address('Step', 'step:3,end', cell='GRU')}")
        page.locator(READY).first.wait_for()
        page.get_by_role("button", name="share this view").click()
        code = page.get_by_role("img", name="QR code of the link")
        found = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))
        assert [one.text for one in found] == [page.url]


@pytest.mark.parametrize("knobs", [{"seed": 3, "length": 30}, {"scale": 1.2, "hidden": 8}])
def test_the_knobs_of_the_gradients_page_are_the_engine_s(open_page, knobs):
    page = open_page(address("Gradients", **knobs))
    root = gradients_opened(page)
    agree(root, Setup(**knobs))
    turn(page, root, "forget_bias", -0.5)
    agree(root, Setup(**knobs, forget_bias=-0.5))


def test_knobs_stand_in_the_link_and_back_undoes(open_page):
    page = open_page(address("Gradients"))
    page.get_by_label("Seed").fill("2")
    page.get_by_label("Seed").press("Enter")
    expect(page).to_have_url(re.compile("seed=2"))
    page.go_back()
    expect(page.get_by_label("Seed")).to_have_value("0")


@pytest.mark.parametrize(
    "settings",
    [
        ByHandSettings(),
        ByHandSettings(
            cell="GRU (Cho)", units=2, inputs=3, outputs=1, length=7, begin="drawn", seed=3
        ),
        ByHandSettings(challenge="average"),
    ],
)
def test_a_network_by_hand_is_the_engine_s(open_page, settings):
    page = open_page(address("By hand", **BY_HAND.write(vars(settings))))
    shown = by_hand_scene(settings)
    rec = rnnviz.trace(shown.network, shown.reading.x[:, 0])
    root = page.locator("[data-step]").first
    shown_values = root.evaluate(READ_SHOWN)
    for name in rec.names:
        for unit in range(rec[name].shape[-1]):
            if f"{name} {unit}" in shown_values:
                assert shown_values[f"{name} {unit}"] == pytest.approx(
                    rec[name][0, unit], abs=1e-12
                )
    assert any(key.split(" ")[0] in rec.names for key in shown_values)


def test_challenges_and_the_bifurcation_open_and_are_left(open_page):
    page = open_page(address("By hand"))
    page.get_by_role("button", name="Hold a bit for 10 steps").click()
    page.get_by_test_id("miss").wait_for()
    assert "challenge=" in page.url
    page.get_by_role("button", name="Leave the challenge").click()
    page.get_by_test_id("bifurcation").click()
    page.get_by_text("Push its recurrent weight").wait_for()


def test_a_call_of_the_shapes_page_is_the_app_s_and_its_switches_lead_to_others(open_page):
    page = open_page(address("Shapes", kind="GRU", bidirectional="True"))
    root = page.get_by_test_id("shapes")
    setup = Shape(kind="GRU", bidirectional=True)
    for key, text in ((None, None), ("lengths", "5;4;2"), ("initial", "given")):
        if key:
            page.locator(f'[data-switch="{key}"]').click()
            setup = replace(setup, **{key: SHAPES[key].read(text)})
            expect(page).to_have_url(re.compile(f"{key}="))
        for line in lines(setup, in_full=True):
            expect(root.locator(".code-lines")).to_contain_text(line[0].text)
        for tensor in tensors(setup).values():
            if tensor.name in ("output", "h_n"):
                shape = root.locator(f'[data-shape="{tensor.name}"]')
                expect(shape).to_have_text(written(tensor.shape))
    page.locator('[data-switch="vocabulary"]').click()
    expect(root.get_by_role("alert")).to_contain_text("gave way")
    page.go_back()
    expect(page).to_have_url(re.compile("lengths="))


def shown_losses(page, letter, updates):
    """What the table has for a run at each of these."""
    shown = page.locator(f'td[data-name="loss"][data-run="{letter}"]')
    found = []
    for update in updates:
        page.get_by_test_id("scrubber").fill(str(update))
        expect(page.get_by_test_id("training")).to_have_attribute("data-at", str(update))
        expect(shown).not_to_have_attribute("data-value", "NaN")
        found.append(float(shown.get_attribute("data-value")))
    return found


def test_a_lesson_trains_in_the_browser_as_in_python(open_page):
    page = open_page(address("Train"))
    expect(page.get_by_test_id("training")).to_have_attribute("data-updates", "0,0,0")
    page.get_by_role("button", name="The LSTM and the GRU learn it.").click()
    expect(page.get_by_test_id("made")).to_contain_text("train here, in this browser")
    made = re.compile(r"^(2[1-9]|[3-9]\d|\d{3}),\d\d")
    expect(page.get_by_test_id("training")).to_have_attribute("data-updates", made, timeout=60_000)
    page.get_by_role("button", name="pause").click()
    for others in ("go on from here", "in the stepper"):  # a server makes these
        assert not page.get_by_text(others).is_visible()
    for letter, knobs in zip("ABC", RECIPES[LESSON].runs(), strict=True):
        loss = advance(start(**knobs), 20).history["loss"]
        np.testing.assert_allclose(shown_losses(page, letter, range(1, 21)), loss, rtol=1e-10)


def test_what_came_out_is_said_at_the_end_or_when_asked_for(open_page):
    page = open_page(address("Train", guess=1))
    page.get_by_text("what came out is said when they have ended").wait_for()
    assert not page.get_by_text("✓ So it is.").is_visible()
    page.get_by_role("button", name="show what came out now").click()
    expect(page.get_by_text("✓ So it is.")).to_be_visible()
    page.get_by_role("button", name="ask again").click()
    expect(page.get_by_test_id("training")).to_have_attribute("data-updates", "0,0,0")
    page.get_by_role("button", name="just show me").click()
    expect(page.get_by_test_id("training")).not_to_have_attribute("data-updates", "0,0,0")


def test_a_lesson_that_the_app_s_server_trains_trains_here_beside_its_saved_runs(open_page, large):
    page = open_page(large.name, folder=large.parent)
    page.get_by_role("button", name="just show me").click()
    training, made = page.get_by_test_id("training"), page.get_by_test_id("made")
    expect(made).to_contain_text("float64")
    expect(training).to_have_attribute("data-updates", re.compile(r"^(\d\d+),\d\d"), timeout=60_000)
    expect(made).to_contain_text(re.compile(r"About \d+(\.\d)? updates a second here\."))
    page.get_by_role("button", name="pause").click()
    for letter, knobs in zip("AB", RECIPES[LARGE].runs(), strict=True):
        loss = advance(start(**knobs | {"precision": "float64"}), 8).history["loss"]
        np.testing.assert_allclose(shown_losses(page, letter, range(1, 9)), loss, rtol=1e-10)
    page.get_by_role("button", name="show the saved runs").click()
    expect(training).to_have_attribute("data-updates", f"{SAVED},{SAVED}")
    expect(made).to_contain_text("Saved run")
    expect(page.get_by_text("What happens")).to_be_visible()
    page.get_by_role("button", name="train them here").click()
    expect(made).to_contain_text("train here, in this browser")
    expect(training).not_to_have_attribute("data-updates", f"{SAVED},{SAVED}")
    expect(training).to_have_attribute("data-updates", re.compile(r"^[1-9]"), timeout=60_000)


def test_every_lesson_trains_in_its_file_but_one_that_says_why():
    saved = [one for one in RECIPES.values() if not lessons.fits(lessons.comparison_of(one))]
    assert [one.name for one in saved] == ["to infinity"]
    assert "float32" in RECIPES["to infinity"].single


def test_runs_that_no_file_holds_are_saved_ones_and_say_so(open_page, saved):
    page = open_page(saved.name, folder=saved.parent)
    expect(page.get_by_test_id("training")).to_have_attribute("data-updates", "0,0,0")
    page.get_by_role("button", name="The LSTM and the GRU learn it.").click()
    expect(page.get_by_text("What happens")).to_be_visible()
    expect(page.get_by_test_id("made")).to_contain_text("Saved run")
    expect(page.get_by_test_id("made")).to_contain_text("more than a file is to hold")
    assert not page.get_by_role("button", name="play").is_visible()
    loss = advance(start(**RECIPES[LESSON].runs()[1]), SAVED).history["loss"]
    assert shown_losses(page, "B", [2, 3]) == pytest.approx(loss[1:3].tolist(), rel=1e-6)
    assert "guess=1" in page.url
    again = open_page(page.url.rpartition("/")[2], folder=saved.parent)
    expect(again.get_by_test_id("training")).to_have_attribute("data-at", "3")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("view", ["phone", "dark"])
def test_every_page_fits_a_phone_and_has_dark_colours(open_page, name, view):
    page = open_page(FILES[name], view=view)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(18, 22, 28)" if view == "dark" else "rgb(255, 255, 255)")
    is_dark = page.locator(".rnnviz").first.evaluate("node => node.classList.contains('dark')")
    assert is_dark == (view == "dark")


def test_on_a_phone_the_longest_badge_fits_and_too_large_numbers_are_said_to_be(open_page):
    page = open_page("index.html#sequence=numbers&numbers=1200+900+1100", view="phone")
    badge = page.get_by_text("mean squared error 0.017").bounding_box()
    assert badge["x"] + badge["width"] <= page.evaluate("innerWidth")
    expect(page.get_by_test_id("notes")).to_contain_text("These numbers go up to 1,200")


@pytest.mark.parametrize("name", FILES)
def test_whatever_looks_pressable_answers(open_page, name):
    page = open_page(FILES[name])
    first = page.url

    def before():
        if page.url != first:
            page.goto("about:blank")
            page.goto(first)
            page.locator(READY).first.wait_for()

    assert unanswered(page, page.locator("body"), before=before) == []


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_offered_that_a_server_would_have_to_do(open_page, name):
    """What the components offer besides is pressed in the app's own walks."""
    page = open_page(FILES[name])
    for label in ("This view as one HTML file", "Train from", "Read it", "Stop training"):
        assert not page.get_by_text(label).first.is_visible()


def test_a_unit_of_the_course_is_done_as_a_learner_does_it(open_page):
    page = open_page(FILES["Course"])
    page.get_by_role("button", name="Begin").click()
    strip = page.get_by_test_id("course")
    expect(strip).to_have_attribute("data-stage", "asking")
    assert not page.get_by_role("heading", level=1).is_visible()
    strip.locator(".pill").first.click()
    expect(strip).to_have_attribute("data-act", "0")
    page.get_by_test_id("stepper").first.focus()
    page.keyboard.press("End")
    for act in range(len(COURSE[0].acts) - 1):
        expect(strip).to_have_attribute("data-act", re.compile(rf"^[{act}-9]$"))
        if strip.get_attribute("data-act") == str(act):
            strip.get_by_role("button", name="just show me").click()
    page.get_by_role("button", name="leave the course").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("unit", [one.key for one in UNITS.values() if is_here(one)])
def test_every_unit_opens_where_it_takes_place_and_can_be_shown_to_its_end(open_page, unit):
    one = UNITS[unit]
    lesson = query_of(one.link).get("lesson", [LESSON])[0]
    if lesson != LESSON:
        pytest.skip("its lesson is not among those that this folder was written with")
    fragment = "&".join(filter(None, [f"course={unit}", *one.link.lstrip("?").split("#")]))
    page = open_page(f"{FILES[NAMES[one.page]]}#{fragment}")
    strip = page.get_by_test_id("course")
    expect(strip).to_have_attribute("data-unit", unit)
    strip.locator(".pill").first.click()
    for _ in one.acts:
        show = strip.get_by_role("button", name="just show me")
        if show.count():
            show.first.click()
    expect(strip).to_have_attribute("data-stage", "ended")
    alerts = page.locator(".complaint").all_inner_texts()
    assert not any("gave way" in one or "no call" in one for one in alerts)


def test_the_whole_course_can_be_done_in_the_site():
    assert all(map(is_here, COURSE))


@pytest.mark.parametrize("name", FILES)
def test_a_term_opens_its_entry_in_the_glossary(open_page, name):
    page = open_page(FILES[name])
    term = page.locator(".term").first
    if term.count() and term.is_visible():
        term.click()
    else:
        page.get_by_role("button", name="glossary").click()
    expect(page.locator(".glossary-body")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".glossary-body")).not_to_be_visible()
