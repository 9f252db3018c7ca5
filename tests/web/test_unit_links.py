"""Every link of the course opens its page, set up as it says, with what its sentences name."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from rnnviz.course import UNITS, Unit
from rnnviz.scenes.examples import reading, trained
from rnnviz.scenes.experiments import experiments
from rnnviz.scenes.settings import SETTINGS as STEP
from rnnviz.shapes import SETTINGS as SHAPES
from rnnviz.shapes.calls import TITLES
from rnnviz.shapes.mistakes import mistakes
from rnnviz.shapes.setup import Setup
from rnnviz.training.comparison.choices import PAGE as TRAIN
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.web.course.course_payload import PATHS
from rnnviz.web.gradients.knobs import PAGE as GRADIENTS
from rnnviz.web.training.link import VIEW
from tests.texts.sources import ROOT
from tests.web.components import components

BROWSER = ROOT / "rnnviz" / "web" / "browser"
FOLDERS = {"step": "stepper", "gradients": "gradients", "train": "training", "shapes": "shapes"}
SCHEMAS = {
    "step": (STEP,),
    "gradients": (GRADIENTS,),
    "train": (TRAIN, KNOBS, VIEW),
    "shapes": (SHAPES,),
}
BY_THE_BROWSER = {"shapes": {"look"}}
QUOTED = re.compile("“([^”]+)”")
WRITTEN = re.compile(r'"((?:[^"\\\n]|\\.)+)"')
LINKS = [
    pytest.param(unit, link, id=f"{unit.key} {link}")
    for unit in UNITS.values()
    for link in dict.fromkeys([unit.link, unit.revealed, *(act.link for act in unit.acts)])
    if link
]


def query(link: str) -> dict[str, str]:
    return {key: value for key, (value,) in parse_qs(link.partition("#")[0][1:]).items()}


@pytest.mark.parametrize(("unit", "link"), LINKS)
def test_the_page_takes_all_that_a_link_says(unit, link):
    settings = {one.key: one for schema in SCHEMAS[unit.page] for one in schema.values()}
    for key, text in query(link).items():
        if key in BY_THE_BROWSER.get(unit.page, ()):
            continue
        one = settings[key]
        assert str(one.read(text)) == str(one.read(one.write(one.read(text))))
        same = one.write(one.read(text)) == text
        assert same or float(one.write(one.read(text))) == float(text)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_the_link_of_a_unit_opens_its_page(unit):
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    if unit.page != "step":
        (file,) = (ROOT / "pages").glob(f"*_{PATHS[unit.page]}.py")
        page.switch_page(f"pages/{file.name}")
    page.query_params.update({**query(unit.link), "course": unit.key})
    page.run()
    assert not page.exception
    sent = [one.proto for one in components(page)]
    (strip,) = (proto.bytes for proto in sent if proto.component_name == "rnnviz.course")
    length = int.from_bytes(strip[:4], "little")
    header = json.loads(strip[4 : 4 + length])
    assert header["unit"] == unit.key
    shown = {proto.component_name.removeprefix("rnnviz.") for proto in sent}
    assert FOLDERS[unit.page] in shown


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_what_a_unit_names_is_on_its_page(unit):
    named = {name for act in unit.acts for name in QUOTED.findall(f"{act.text} {act.found}")}
    there = set(words_of(unit))
    assert [name for name in named if not any(name in text for text in there)] == []


def words_of(unit: Unit) -> Iterator[str]:
    """All that the page may say: the texts of its modules, its labels and options, and what is made
    for what the link shows."""
    for folder in (FOLDERS[unit.page], "drawing"):
        for path in Path(BROWSER / folder).rglob("*.js"):
            yield from WRITTEN.findall(path.read_text())
    for schema in SCHEMAS[unit.page]:
        for one in schema.values():
            yield one.label
            yield from map(str, getattr(one.kind, "options", {}).values())
    asked = query(unit.link)
    if unit.page == "step":
        shown = reading(asked["sequence"])
        network, _record = trained(asked["sequence"], asked["cell"])
        yield from (one.text for one in experiments(network, shown, 0))
    if unit.page == "shapes":
        setup = Setup.nearest(**{**SHAPES.defaults, **SHAPES.read(asked)})
        yield from (one.words for one in mistakes(setup))
        yield from TITLES.values()


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_call_that_is_to_be_opened_is_there(unit):
    """And stands where the sentence says: its code is named."""
    for act, before in zip(unit.acts, (unit.link, *(act.link for act in unit.acts)), strict=False):
        if act.seen.what != "opened" or act.seen.values["name"] == "second backward":
            continue
        setup = Setup.nearest(**{**SHAPES.defaults, **SHAPES.read(query(before))})
        (found,) = (one for one in mistakes(setup) if one.key == act.seen.values["name"])
        code = re.search(r"torch\.randn\([\d, ]+\)|nn\.LSTM", act.text)
        assert code
        assert code[0] in found.code
