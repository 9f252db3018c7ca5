"""A page's archive: the pieces that the browser puts together are the app's own payloads."""

from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz.cells import MENU
from rnnviz.course import UNITS
from rnnviz.scenes.beside import beside
from rnnviz.scenes.by_hand import BY_HAND, LONGEST, ByHandSettings
from rnnviz.scenes.questions import question
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import SETTINGS, StepSettings
from rnnviz.shapes import SETTINGS as SHAPES
from rnnviz.shapes import Setup
from rnnviz.shapes.questions import QUESTIONS
from rnnviz.web.by_hand.payload import by_hand_payload
from rnnviz.web.payload import pack, unpack
from rnnviz.web.shapes.payload import call_payload
from rnnviz.web.shapes.state import Place
from rnnviz.web.site import by_hand, shapes, step, training
from rnnviz.web.site.archive import Archive
from rnnviz.web.site.course import links_of, query_of
from rnnviz.web.step.payload import step_payload
from tests.javascript import run

OPENED = """
import { bytesOf, inflated, openArchive, payloadOf } from "./site/archive.js";
import { unpack } from "./maths/payload.js";
const archive = openArchive(await inflated(Buffer.from(input.archive).toString("base64")));
const found = input.asked.map((values) => payloadOf(archive, new Map(Object.entries(values))));
output(found.map((one) => [Buffer.from(bytesOf(one)).toString("base64"), one.more]));
"""
"""Settings → the payloads that a page's component gets, and what the page knows besides."""
BESIDE = """
import { bytesOf, inflated, openArchive, payloadOf } from "./site/archive.js";
import { parted } from "./stepper/beside.js";
import { unpack } from "./maths/payload.js";
const archive = openArchive(await inflated(Buffer.from(input.archive).toString("base64")));
const payload = (values) => payloadOf(archive, new Map(Object.entries(values)));
const [own, second] = input.asked.map(payload);
const { titles } = input;
const { own: left, other: right } = parted(unpack(bytesOf(own, { titles, other: second })));
output([left.header.beside, [...left.arrays.keys()], Object.fromEntries(right.arrays)]);
"""
NOT_OF_BY_HAND = {"experiments", "learnt", "isBifurcation", "training", "answered"}
"""What a header of the By hand page has for others: the Step page, the server, the address."""


def texts(schema, chosen):
    return {one.key: one.write(getattr(chosen, name)) for name, one in schema.items()}


def opened(archive, schema, *chosen):
    """The payloads of some settings, as the browser puts them together: header, arrays, more."""
    asked = [texts(schema, one) for one in chosen]
    found = run(OPENED, {"archive": archive.to_bytes(), "asked": asked})
    return [(*unpack(b64decode(payload)), more) for payload, more in found]


def assert_same(found, payload, but=frozenset()):
    """The header but for its id, and every number to the last bit."""
    header, arrays = unpack(payload)
    assert {k: v for k, v in found[0].items() if k not in {"id", *but}} == {
        k: v for k, v in header.items() if k not in {"id", *but}
    }
    assert found[1].keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(found[1][name], array, err_msg=name)


@given(
    st.dictionaries(
        st.text("abcx.", min_size=1, max_size=4),
        st.lists(st.floats(allow_nan=False) | st.floats(width=32), max_size=7),
        max_size=4,
    )
)
@settings(max_examples=40)
def test_numbers_come_back_to_the_last_bit_whether_they_are_kept_short_or_long(arrays):
    archive = Archive({"pieces": {"only": []}})
    header = {"a": {"deep": [{"b": 1}, {"b": 1, "c": [1, 2]}]}, "text": "ü|“", "none": None}
    archive.add("only", header, arrays)
    ((payload, _more),) = run(OPENED, {"archive": archive.to_bytes(), "asked": [{}]})
    assert_same(unpack(b64decode(payload)), pack(header, arrays))


def test_what_is_alike_stands_once():
    archive, twice = Archive({}), Archive({})
    numbers = np.random.default_rng(0).standard_normal(4000)
    for one, keys in ((archive, ["a"]), (twice, ["a", "b"])):
        for key in keys:
            one.add(key, {"text": "long " * 500}, {"x": numbers})
    assert len(twice.to_bytes()) < len(archive.to_bytes()) + 100


@pytest.mark.parametrize("cell", ["LSTM", "GRU (PyTorch)", "Selective SSM"])
def test_a_run_of_the_step_page_is_the_app_s(cell):
    archive = Archive({"pieces": step.PIECES})
    chosen = [
        StepSettings(sequence="temporal order", cell=cell, loss=loss, step=place)
        for loss, place in [("trained", 1), ("every", 1), ("one", 3), ("one", 24)]
    ]
    if cell.startswith("GRU"):
        chosen.append(StepSettings(sequence="temporal order", cell=cell, z="takes"))
    for one in chosen:
        step.add_network(archive, replace(one, loss="trained", step=1))
        step.add_loss(archive, one)
    for one, found in zip(chosen, opened(archive, SETTINGS, *chosen), strict=True):
        shown = scene(one)
        assert_same(found, step_payload(shown))
        assert found[2]["notes"] == list(shown.notes)
        asked = [question(shown, item) for item in range(shown.reading.batch)]
        assert [one["text"] for one in found[2]["questions"]] == [one.text for one in asked]
        for guess, said in enumerate(found[2]["questions"][1]["said"][1:]):
            assert said.endswith(asked[1].outcome)
            assert ("**right**" in said) == (guess in asked[1].answers)


def test_another_network_stands_beside_a_run_as_in_the_app():
    archive = Archive({"pieces": step.PIECES})
    own, other = (StepSettings(cell=cell) for cell in ("LSTM", "MGU"))
    for one in (own, other):
        step.add_network(archive, one)
        step.add_loss(archive, one)
    found, _notes = beside(StepSettings(beside="MGU"), scene(own))
    titles, names, arrays = run(
        BESIDE,
        {
            "archive": archive.to_bytes(),
            "asked": [texts(SETTINGS, one) for one in (own, other)],
            "titles": list(found.titles),
        },
    )
    assert titles == list(found.titles)
    assert names == list(unpack(step_payload(scene(own)))[1])
    for name, array in unpack(step_payload(found.scene))[1].items():
        np.testing.assert_array_equal(arrays[name], array.ravel())


@st.composite
def by_hand_settings(draw):
    return ByHandSettings(
        cell=draw(st.sampled_from(MENU)),
        units=draw(st.integers(1, 3)),
        inputs=draw(st.integers(1, 3)),
        outputs=draw(st.integers(0, 3)),
        length=draw(st.integers(2, LONGEST)),
        begin=(begin := draw(st.sampled_from(BY_HAND["begin"].kind.keys))),
        seed=draw(st.integers(0, by_hand.SEEDS - 1)) if begin == "drawn" else 0,
        loss=draw(st.sampled_from(BY_HAND["loss"].kind.keys)),
    )


@given(st.lists(by_hand_settings(), min_size=1, max_size=5))
@settings(max_examples=6, deadline=None)
def test_a_network_of_the_by_hand_page_is_the_app_s(chosen):
    archive = Archive({"pieces": by_hand.PIECES})
    for one in chosen:
        by_hand.add_network(archive, one)
        by_hand.add_sequence(archive, one)
    for one, found in zip(chosen, opened(archive, BY_HAND, *chosen), strict=True):
        assert_same(found, by_hand_payload(one), NOT_OF_BY_HAND)


def test_a_call_of_the_shapes_page_is_the_app_s_in_float32():
    prepared = [*shapes.setups()]
    archive = Archive({"pieces": {"call": [one.key for one in SHAPES.values()]}})
    chosen = [prepared[k] for k in (0, 30, len(prepared) - 1)]
    for one in chosen:
        shapes.add_call(archive, one, prepared)
    for one, (header, arrays, more) in zip(chosen, opened(archive, SHAPES, *chosen), strict=True):
        own, numbers = unpack(call_payload(Place(one)))
        of_the_page = {"id", "settings", "turn", "moves", "look", "refusal", "pasted", "isRefused"}
        assert {k: v for k, v in header.items() if k not in of_the_page | {"arrays"}} == {
            k: v for k, v in own.items() if k not in of_the_page
        }
        for name, array in numbers.items():
            np.testing.assert_allclose(arrays[name], array, rtol=1e-6, atol=1e-9)
        assert header["settings"]["num_layers"]["value"] == str(one.num_layers)
        assert len(more["questions"]) == len(QUESTIONS)


def test_the_units_of_the_course_lead_to_calls_that_are_there():
    there = {*shapes.setups(), *shapes.of_the_course()}
    wanted = [
        Setup.nearest(**SHAPES.read(query_of(link)))
        for unit in UNITS.values()
        if unit.page == "shapes"
        for link in links_of(unit)
    ]
    assert wanted
    assert {*wanted} <= there


@given(st.lists(st.floats(allow_nan=False), max_size=20))
def test_saved_numbers_keep_seven_digits_of_any_size(numbers):
    array = np.array(numbers)
    found = training.shortened(array)
    np.testing.assert_allclose(found, array, rtol=2.0**-23, atol=5e-324 * 2**29)
    np.testing.assert_array_equal(training.shortened(found), found)


def test_bytes_that_are_kept_as_numbers_come_back_whatever_they_say():
    """A payload within a payload: eight bytes to a number, of which some are no number."""
    data = np.frombuffer(b"\x01\xf0\xff\xff\xff\xff\xff\x7f" * 3, "<f8")
    assert np.isnan(data).all()
    archive = Archive({"pieces": {"only": []}})
    archive.add("only", {}, {"inner": data})
    ((payload, _more),) = run(OPENED, {"archive": archive.to_bytes(), "asked": [{}]})
    assert unpack(b64decode(payload))[1]["inner"].tobytes() == data.tobytes()
