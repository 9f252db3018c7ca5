"""A behaviour in words sets weights in one change, says what to look for, and is taken back by one
undo."""

import re

import pytest
from playwright.sync_api import expect

from rnnviz.cells import GALLERY
from rnnviz.scenes.scenarios import looked_for, offered


def chip(page, key):
    return page.locator(f'[data-scenario="{key}"]')


@pytest.mark.parametrize("cell", ["LSTM", "GRU (PyTorch)"])
def test_each_is_one_change_that_undo_takes_back(visit, cell):
    page = visit(f"/By_hand?cell={cell}&inputs=2")
    look = page.get_by_test_id("look")
    expect(look).to_contain_text("Pick a behaviour")
    for one in offered(GALLERY[cell]):
        chip(page, one.key).click()
        expect(look).to_contain_text(looked_for(one, GALLERY[cell], "x₂").split(",")[0][:25])
        expect(chip(page, one.key)).to_have_attribute("aria-pressed", "true")
        expect(page).to_have_url(re.compile("weight:|parameter:|weights:"))
        page.get_by_test_id("stepper").press("Control+z")
        expect(look).to_contain_text("Pick a behaviour")


def test_the_keyboard_alone_sets_one(visit):
    page = visit("/By_hand?cell=LSTM")
    chip(page, "silence").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("look")).to_contain_text("h is all but 0")


def test_a_cell_without_gates_is_offered_none(visit):
    page = visit("/By_hand?cell=RNN (tanh)")
    expect(page.get_by_test_id("challenges")).to_be_visible()
    expect(page.locator("[data-scenario]")).to_have_count(0)


def test_the_bifurcation_is_one_press_away(visit):
    page = visit("/By_hand?cell=LSTM&units=3&begin=drawn&seed=4#view=weight:0.b_f:1:2,end")
    chip = page.get_by_test_id("bifurcation")
    expect(chip).to_have_attribute("aria-pressed", "false")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile(r"cell=RNN.*begin=edge"))
    weight = page.locator('[data-parameter="h"] [data-entry="1"]')
    expect(weight).to_have_text("1.00")
    expect(page.get_by_test_id("look")).to_contain_text("states at rest")
