"""What is looked at is written as Python reads it, and read as it was written."""

from hypothesis import given, settings

from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.web.gradients.knobs import PAGE, Knobs
from rnnviz.web.gradients.look import LOOK
from rnnviz.web.gradients.payload import gradients_payload
from tests.javascript import run
from tests.settings.pages import chosen

SHOWN = scene(StepSettings())
READ = """
import { stateOf, textsOf, whereOf } from "./gradients/looking.js";
import { cellNames } from "./gradients/series.js";
import { unpack } from "./maths/payload.js";
const { header } = unpack(input);
const known = cellNames(header);
const again = (where) => whereOf(stateOf(where, known));
const first = again({ knobs: header.start, look: header.look, asked: header.asked });
output({
  texts: textsOf(first, header.address),
  step: first.knobs.step,
  isSame: JSON.stringify(again(first)) === JSON.stringify(first),
});
"""


def read(query):
    knobs = Knobs.read(query, "")
    return knobs, run(READ, gradients_payload(knobs, knobs.setup.seed, SHOWN))


@given(chosen(PAGE))
@settings(max_examples=25)
def test_the_browser_writes_what_python_reads(values):
    """Python → browser → address → Python: from the second time on nothing moves."""
    query = {k: v for k, v in PAGE.write(values).items() if k not in ("cells", "own")}
    knobs, found = read(query)
    written = {k: v for k, v in knobs.write().items() if k not in LOOK_KEYS} | found["texts"]
    again, second = read(written)
    assert found["isSame"]
    assert second["texts"] == found["texts"]
    assert (again.setup, again.asked) == (knobs.setup, knobs.asked)


LOOK_KEYS = {one.key for one in LOOK.values()} | {
    one.key for name, one in PAGE.items() if name.startswith("asked_")
}


@given(chosen(LOOK))
@settings(max_examples=40)
def test_where_there_is_room_for_it_every_choice_is_kept(values):
    query = LOOK.write(values) | {"length": "200", "hidden": "64"}
    knobs, found = read(query)
    again = Knobs.read(found["texts"], "").look
    for name in set(LOOK) - {"cell", "first", "last"}:
        assert getattr(again, name) == getattr(knobs.look, name), name
    if again.first is not None:
        assert again.first < again.last


def test_the_step_of_a_loss_is_one_of_the_sequence():
    assert read({"length": "15", "loss": "one", "step": "99"})[1]["step"] == 15


def test_what_is_not_there_is_not_looked_at():
    _, found = read(
        {"length": "20", "at": "50", "cut": "21", "from": "19", "to": "7", "cell": "MGU"}
    )
    assert found["texts"] == {"at": "20", "cut": "20", "from": "6", "to": "7"}


def test_a_link_of_before_means_what_it_meant():
    knobs, found = read({"length": "30", "cells": "LSTM;MGU", "scene": "shown", "loss": "one step"})
    assert (knobs.setup.step, knobs.with_scene, found["texts"]) == (1, True, {})


def test_a_guess_goes_with_what_it_was_about():

    knobs, found = read({"guess": "tenth", "length": "30", "asked_length": "90"})
    assert (knobs.setup.length, knobs.asked.length) == (30, 90)
    assert found["texts"] == {"guess": "tenth", "asked_length": "90"}
    assert read({"asked_length": "90"})[0].asked is None
