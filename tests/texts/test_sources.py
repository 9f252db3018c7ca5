"""What visitors read can be translated: its texts are in the catalogues' template, and new ones
cannot go past it."""

import ast
import importlib
import pkgutil
import re

import pytest

import rnnviz
from rnnviz.cells import ABOUT, OWN_TITLE
from rnnviz.operations import OPERATIONS
from rnnviz.settings.kinds import Choice, Several
from rnnviz.settings.schema import Schema, Setting
from rnnviz.tasks import TASKS
from tests.texts.pseudo import ROOT, load_tool
from tests.texts.sources import (
    bare_words,
    browser_files,
    called,
    module_constants,
    not_literal,
    python_files,
    python_literals,
    script_faults,
    script_literals,
)

SHOWING = {
    *("markdown", "caption", "write", "text", "title", "header", "subheader", "badge"),
    *("error", "warning", "info", "success", "toast", "spinner", "status", "progress", "metric"),
    *("button", "download_button", "link_button", "page_link", "toggle", "checkbox", "radio"),
    *("selectbox", "multiselect", "pills", "segmented_control", "slider", "select_slider"),
    *("number_input", "text_input", "text_area", "file_uploader", "expander", "popover", "tabs"),
}
"""Streamlit's calls that show a text."""
FUNCTION_NAMES = {operation.spelled.screen for operation in OPERATIONS.values()}
NO_PAGES = {"web/command.py", "web/gallery.py"}
"""What speaks to who starts the app, and to who works on it."""
KEYS = {"key", "query_params"}
"""Arguments that are no text for the eye."""


@pytest.fixture(scope="module")
def template():
    """Every text there is a place for in the catalogues."""
    ids = (message.id for message in load_tool().template(ROOT) if message.id)
    return {text for one in ids for text in ([one] if isinstance(one, str) else one)}


def settings_by_module():
    """(module as a path, setting) for those that stand in one, in a schema or alone."""
    for info in pkgutil.walk_packages(rnnviz.__path__, "rnnviz."):
        if info.name.endswith("__main__") or re.search(r"\.(reader|worker|gallery)$", info.name):
            continue
        for value in vars(importlib.import_module(info.name)).values():
            several = value.values() if isinstance(value, Schema) else [value]
            place = info.name.removeprefix("rnnviz.").replace(".", "/")
            yield from ((place, one) for one in several if isinstance(one, Setting))


def texts_of(setting):
    """What is shown of a setting; an option's label where it is not its key."""
    yield from filter(None, (setting.label, setting.help))
    kind = setting.kind.of if isinstance(setting.kind, Several) else setting.kind
    if isinstance(kind, Choice):
        yield from (label for key, label in kind.options.items() if label != str(key))


def is_of(path, rooms):
    return any(path == room or path.startswith(f"{room}/") for room in rooms)


def has_words(text):
    """Whether there is anything to translate: a function's name is the same everywhere."""
    return re.search(r"[^\W\d_]{3,}", text) is not None and text not in FUNCTION_NAMES


def test_every_label_of_a_setting_has_its_place_in_the_catalogues(template):
    missing = {
        text: module
        for module, setting in settings_by_module()
        for text in texts_of(setting)
        if text not in template and has_words(text)
    }
    assert missing == {}


def test_every_part_of_a_cell_has_its_place_in_the_catalogues(template):
    parts = [part for about in ABOUT.values() for part in about.parts.values()]
    texts = {text for part in parts for text in (part.title, part.purpose, part.does) if text}
    notations = {about.counterpart.switch for about in ABOUT.values() if about.counterpart}
    assert {*texts, *notations, OWN_TITLE} - template == set()


def test_every_task_has_its_place_in_the_catalogues(template):
    texts = {text for task in TASKS.values() for text in (task.title, task.story)}
    assert texts - template == set()


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_text_stands_in_the_call_that_makes_it_or_in_a_table(path):
    faults = not_literal(ast.parse(path.read_text()))
    if "texts" not in path.parts:
        assert [f"line {node.lineno}: {ast.unparse(node)[:80]}" for node in faults] == []


@pytest.mark.parametrize("path", browser_files(), ids=lambda path: path.name)
def test_so_it_does_in_the_browser(path):
    if path.name != "texts.js":
        assert [*script_faults(path.read_text())] == []


def test_every_text_of_a_call_has_its_place_in_the_catalogues(template):
    found = {
        text: path.name
        for path in python_files()
        for text in python_literals(ast.parse(path.read_text()))
    } | {
        text: path.name
        for path in browser_files()
        if path.name != "texts.js"
        for text in script_literals(path.read_text())
    }
    assert len(found) > 1000
    assert {text: name for text, name in found.items() if text not in template} == {}


@pytest.mark.parametrize(
    "path",
    [ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("rnnviz/web/**/*.py")],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_what_streamlit_shows_has_gone_through_the_catalogue(path):
    tree = ast.parse(path.read_text())
    constants = module_constants(tree)
    found = [
        f"line {node.lineno}: {words[:60]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in SHOWING
        for argument in (*node.args, *(one.value for one in node.keywords if one.arg not in KEYS))
        for words in bare_words(argument, constants)
    ]
    place = path.relative_to(ROOT).as_posix().removeprefix("rnnviz/")
    assert found == [] or is_of(place, NO_PAGES)


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ('_("a text")', True),
        ('_("two literals " "are one")', True),
        ('_("a {hole}", hole=f"{x}")', True),
        ("_(setting.label)", True),
        ("_(TABLE[key])", True),
        ("_(kind.label(key))", True),
        ("_(option.text if option else UNKNOWN)", True),
        ('ngettext("{count} unit", "{count} units", n)', True),
        ('_(f"a {text}")', False),
        ('_("glued " + text)', False),
        ('_("a {}".format(1))', False),
        ('_("one" if one else "other")', False),
        ("_(made())", False),
        ("N_(text)", False),
        ('ngettext("{count} unit", f"{n} units", n)', False),
        ('Sentence(f"it holds {n}")', False),
    ],
)
def test_what_a_text_may_stand_as(source, is_one):
    assert (not [*not_literal(ast.parse(source))]) == is_one


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ('x = _("a text, with \\"marks\\"", { a: f(1, 2) });', True),
        ("x = _(row.label);", True),
        ("x = _(TABLE[key]);", True),
        ("x = _((WORDS.get(guess)));", True),
        ("x = _(row?.title ?? name);", True),
        ("x = _(isCopied ? COPIED : REFUSED);", True),
        ('x = ngettext("{count} unit", "{count} units", units.length);', True),
        ("// _(`in a comment`)", True),
        ("x = _(`a text`);", False),
        ("x = _(`a ${b}`);", False),
        ('x = _("glued " + b);', False),
        ('x = _(a ? "one" : "other");', False),
        ('x = ngettext("{count} unit", `${n} units`, n);', False),
        ("x = N_(text);", False),
        ("x = `${_(`a ${b}`)}`;", False),
    ],
)
def test_what_a_text_may_stand_as_in_the_browser(source, is_one):
    assert (not [*script_faults(source)]) == is_one


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('st.caption(_("two words"))', []),
        ("st.caption(f\"## {_('two words')}\")", []),
        ('st.caption("two words")', ["two words"]),
        ('st.caption(f"{n} two words")', [" two words"]),
        ('st.button("go", help="two words")', ["two words"]),
        ("st.caption(HOW)", ["how to read"]),
        ("st.caption(MARKED)", ["how to read"]),
        ("st.caption(_(MARKED))", []),
    ],
)
def test_what_is_shown_and_no_text(source, words):
    constants = module_constants(ast.parse('HOW = "how to read"\nMARKED = N_("how to read")'))
    assert [*bare_words(ast.parse(source), constants)] == words
