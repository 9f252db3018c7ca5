"""Training from weights set by hand: the sliders follow, undo brings them back, and nothing goes on
once nobody looks."""

import re

import pytest
from playwright.sync_api import expect

PATIENCE = 60_000


def said(page):
    return page.get_by_test_id("training-from-here")


def weights(page):
    return page.url.partition("#view=")[2]


@pytest.mark.parametrize("path", ["/By_hand?challenge=hold", "/By_hand?cell=RNN (tanh)&length=8"])
def test_twenty_updates_move_the_weights_and_undo_brings_them_back(visit, path):
    page = visit(path)
    before = weights(page)
    page.get_by_role("button", name="Train 20 updates from here").click()
    expect(said(page)).to_contain_text("20 of 20 updates", timeout=PATIENCE)
    first, now = re.search(r"from (\S+) to (\S+)\.", said(page).inner_text()).groups()
    assert float(now) < float(first)
    expect(page).to_have_url(re.compile("weight:"))
    expect(page.locator(".loss-curves path.search")).to_have_attribute("d", re.compile("L20 "))
    page.get_by_test_id("stepper").press("Control+z")
    expect(page).not_to_have_url(re.compile("weight:"))
    assert "weight:" not in before


def test_who_sets_a_weight_meanwhile_keeps_it(visit):
    page = visit("/By_hand?challenge=hold")
    page.get_by_role("button", name="Train 200 updates from here").click()
    expect(said(page)).to_contain_text("of 200 updates", timeout=PATIENCE)
    page.locator('[data-scenario="remember"]').click()
    expect(said(page)).to_have_text("Stopped, since the weights were changed by hand.")
    expect(page.locator('[data-scenario="remember"]')).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(1500)
    expect(page.locator('[data-scenario="remember"]')).to_have_attribute("aria-pressed", "true")


def test_a_training_can_be_stopped(visit):
    page = visit("/By_hand?challenge=hold")
    page.get_by_role("button", name="Train 200 updates from here").click()
    page.get_by_role("button", name="Stop training").click()
    expect(said(page)).to_contain_text("Stopped.")
    expect(page.get_by_role("button", name="Train 20 updates from here")).to_be_enabled()


def test_a_challenge_of_the_gradient_says_why_it_cannot_be_trained(visit):
    page = visit("/By_hand?challenge=gradient")
    expect(page.get_by_text("there is no loss to go down")).to_be_visible()
    expect(page.get_by_role("button", name="Train 20 updates from here")).to_have_count(0)
