"""No label is a key: with every text of every choice turned to nonsense, all goes on as before.

Links are read and written, widgets chosen from, runs made, lessons asked, guessed and answered,
races run, files found and written: the same numbers and the same addresses come out.
"""

import itertools
import json
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rnnviz import tasks
from rnnviz.cells import ABOUT
from rnnviz.scenes.examples import PRESETS, trained
from rnnviz.settings.kinds import Choice, Several
from rnnviz.training.comparison.choices import VIEWS
from rnnviz.training.knobs import clipping
from rnnviz.training.recipes import RECIPES, outcomes
from rnnviz.training.runs import exports
from rnnviz.web.training import state as training_state
from rnnviz.web.training import variants
from tests.settings.pages import SCHEMAS
from tests.web.components import components
from tests.web.training.inline import Inline

APP = Path(__file__).parent.parent.parent / "app.py"


def worded():
    """Every object that has texts for the eye, and which of its attributes they are, or hold."""
    declared = [one for schema in SCHEMAS.values() for one in schema.values()]
    for one in (*declared, clipping.CLIPPING, variants.MANY, variants.DIFFERING):
        yield one, ("label", "help")
        kind = one.kind.of if isinstance(one.kind, Several) else one.kind
        if isinstance(kind, Choice):
            yield kind, ("options",)
    for recipe in RECIPES.values():
        yield recipe, ("title", "question", "why", "told")
        yield recipe.look, ("text",)
        yield from ((option, ("text",)) for option in recipe.options)
        yield from ((variant, ("says",)) for variant in recipe.variants)
    yield from ((task, ("title", "story", "source")) for task in tasks.TASKS.values())
    yield from ((preset, ("title", "story")) for preset in PRESETS.values())
    yield from ((about, ("title", "paper")) for about in ABOUT.values())


@contextmanager
def nonsense():
    """Every text is another one, and no two are alike."""
    count, before = itertools.count(), []
    for thing, attributes in worded():
        for name in attributes:
            text = getattr(thing, name)
            before.append((thing, name, text))
            match text:
                case dict():
                    new = {key: f"~{next(count)}" for key in text}
                case tuple():
                    new = tuple(f"~{next(count)}" for _ in text)
                case _:
                    new = f"~{next(count)}"
            object.__setattr__(thing, name, new)
    try:
        yield
    finally:
        for thing, name, text in reversed(before):
            object.__setattr__(thing, name, text)


@pytest.fixture(autouse=True)
def workers(monkeypatch):
    monkeypatch.setattr(training_state, "_workers", Inline)


def page(path, **query):
    at = AppTest.from_file(str(APP), default_timeout=60)
    if path:
        at.switch_page(f"pages/{path}.py")
    at.query_params.update(query)
    return drawn(at)


def drawn(at):
    at.run()
    assert not at.exception, at.exception
    return at


def address(at):
    return {key: at.query_params[key] for key in at.query_params}


def numbers(at, which=0):
    """What the component on the page was sent, its header left out."""
    payload = components(at)[which].proto.bytes
    size = int.from_bytes(payload[:4], "little")
    return json.loads(payload[4 : 4 + size])["arrays"], payload[-(-(4 + size) // 8) * 8 :]


def the_step_page():
    at = page(None, cell="GRU (Cho)", z="takes the new", loss="each step")
    found = [address(at), numbers(at)]
    for key, value in [
        ("weights", "fresh"),
        ("initial", "scaled"),
        ("memory", "number"),
        ("loss", "one"),
        ("sequence", "noisy sine"),
        ("sequence", "numbers"),
        ("cell", "own"),
        ("weights", "file"),
    ]:
        widgets = at.button_group if key == "weights" else at.selectbox
        widgets(key=key).set_value(value)
        found += [address(drawn(at)), numbers(at)]
    return found


def its_question():
    at = page(None)
    next(one for one in at.button_group if "just show me" in one.options).set_value(0)
    (answer,) = (one.value for one in drawn(at).markdown if "You said" in one.value)
    return [*at.session_state["guesses"].values()], answer


def the_gradients_page():
    at = page("1_Gradients", cells="mgu;lstm", loss="one step", step="3", scene="shown")
    found = [address(at), numbers(at)]
    at.session_state["gradients"] = {"knobs": {"loss": "every", "activation": "relu", "scene": ""}}
    return [*found, address(drawn(at))]


def desk(at):
    return at.session_state[training_state.DESK]


def runs(at):
    return [one.run.knobs for one in desk(at).comparison.members]


def the_train_page():
    at = page("2_Train", task="recall", cell="GRU", gate_function="as written", b="hidden:4")
    found = [address(at), runs(at)]
    for which, key, value in [
        ("selectbox", "A cell", "MGU"),
        ("selectbox", "A optimizer", "sgd"),
        ("selectbox", "A gate_function", "hard_sigmoid"),
        ("button_group", "clipping", "value"),
        ("number_input", "clipping at", 0.5),
        ("multiselect", "variants names", ["clip_norm", "cell"]),
        ("selectbox", "B cell", "own"),
    ]:
        getattr(at, which)(key=f"train 0 {key}").set_value(value)
        found += [address(drawn(at)), runs(at)]
    return found


def a_lesson():
    at = page("2_Train", lesson="one step")
    comparison = desk(at).comparison
    at.button(key="guess 1").click()
    drawn(at)
    while comparison.is_busy:
        drawn(at)
    figures = drawn(at).table[0].value.values.tolist()
    tables = [exports.csv_of(one.run) for one in comparison.members]
    right = any("✓" in one.value for one in at.markdown)
    known = [at.session_state[training_state.DESK].guesses, address(at), right]
    return [*known, [row[1:] for row in figures], tables]


def a_race():
    at = page("2_Train", view="fair race", **{"race task": "latch", "race matched": "units"})
    at.multiselect(key="race cells").set_value(["RNN (tanh)", "MGU"])
    at.multiselect(key="race lags").set_value([5])
    at.slider(key="race seeds").set_value(1)
    at.slider(key="race updates").set_value(100)
    drawn(at)
    next(button for button in at.button if button.label == "Start the race").click()
    address_then, table = address(drawn(at)), at.session_state["the fair race"].to_csv()
    until_solved = [row.split(",")[:6] for row in table.splitlines()]  # the rest is by the clock
    return address_then, until_solved


def the_cliff():
    at = page("2_Train", view="the cliff", **{"cliff kind": "value", "cliff steps": "20"})
    ends = at.table[0].value.values.tolist()
    at.button_group(key="cliff kind").set_value("norm")
    return [address(drawn(at)), ends, at.table[0].value.values.tolist()]


def the_files():
    networks = {
        (task, cell): trained(task, cell)[1] for task in PRESETS for cell in ("LSTM", "MGU")
    }
    return networks, [
        outcomes.recorded_of(one, variant) for one in RECIPES.values() for variant in one.variants
    ]


@pytest.mark.parametrize(
    "visit",
    [
        the_step_page,
        its_question,
        the_gradients_page,
        the_train_page,
        a_lesson,
        a_race,
        the_cliff,
        the_files,
    ],
)
def test_all_goes_on_as_before(visit):
    before = visit()
    with nonsense():
        assert VIEWS.label("race").startswith("~")
        assert visit() == before
