"""The job of forecasting a series under AppTest: its choices, refusals, and what is said of it."""

import csv
import io
import json

import numpy as np
import pytest
import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState

from rnnviz import data
from rnnviz.web.data.learnt import looked_at
from rnnviz.web.data.series.forecasting import Look, forecasts_of
from rnnviz.web.data.series.table import forecast_csv
from rnnviz.web.training import handover
from rnnviz.web.training import state as training_state
from tests.web.components import components
from tests.web.data import job
from tests.web.data.job import fine, page
from tests.web.training.inline import Inline

QUICK = {"hidden": "4", "window": "6", "horizon": "2", "updates": "30"}


@pytest.fixture(autouse=True)
def workers(monkeypatch):
    monkeypatch.setattr(training_state, "_workers", Inline)


def comparison(at):
    return job.comparison(at, "series")


def number(at, label):
    return next(one for one in at.number_input if one.label == label)


def in_link(at, name):
    """The address as it was opened has lists, as the page writes it texts."""
    found = at.query_params[name]
    return found if isinstance(found, str) else found[-1]


def learnt(at):
    return job.learnt(at, "series")


def series_of(at):
    return at.session_state["the series of this session"].cut.series


def said(at):
    return next(one.value for one in at.markdown if one.value.startswith("A "))


def errors(at):
    (found,) = (
        one.proto.body for one in at.get("html") if 'data-testid="errors"' in one.proto.body
    )
    return found


def header(payload):
    length = int.from_bytes(payload[:4], "little")
    return json.loads(payload[4 : 4 + length])


def charts(at):
    """The header of what the charts of forecasts got last."""
    return header(components(at)[-1].proto.bytes)


@pytest.mark.parametrize(
    ("name", "target", "inputs", "season"),
    [
        ("tide", "level", ("hour", "wind", "level"), 12),
        ("shop", "sales", ("weekday", "holiday", "sales"), 7),
    ],
)
def test_a_shipped_series_begins_with_all_its_columns_and_its_season(name, target, inputs, season):
    at = page(data=name)
    series = series_of(at)
    assert (series.target, series.inputs) == (target, inputs)
    assert number(at, "Season").value == season
    assert "one season before" in errors(at)


def test_other_data_begin_with_their_own_choices():
    at = page(data="tide", window="10")
    at.selectbox(key="data").set_value("shop")
    fine(at.run())
    assert series_of(at).target == "sales"
    assert (number(at, "Window").value, number(at, "Season").value) == (14, 7)


def test_what_is_chosen_is_what_is_learnt_and_what_the_link_says():
    query = {
        **QUICK, "data": "shop", "inputs": "sales;holiday", "cells": "LSTM;GRU (PyTorch)",
        "stride": "2", "held_out": "0.3", "season": "6", "batch": "8",
    }  # fmt: skip
    at = page(**query)
    series = series_of(at)
    assert series.inputs == ("sales", "holiday")
    assert (len(series.train.x), len(series.train.y)) == (6, 2)
    assert np.diff(series.train.ends).tolist() == [2] * (len(series.train) - 1)
    knobs = [one.run.knobs for one in comparison(at).members]
    assert [one.cell.name for one in knobs] == ["LSTM", "GRU (PyTorch)"]
    assert {(one.hidden, one.batch, one.updates) for one in knobs} == {(4, 8, 30)}
    assert {name: in_link(at, name) for name in at.query_params} == query


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({"stride": "1000"}, "1000 rows are too few for a window of 6 and a horizon of 2."),
        ({"stride": "800", "window": "500"}, "too few for a window of 500"),
    ],
)
def test_what_cannot_be_cut_is_refused_in_a_sentence(query, why):
    at = page(**{**QUICK, "data": "tide", "season": "none", **query})
    assert why in at.warning[0].value


def test_what_is_refused_leaves_the_runs_as_they_were():
    at = learnt(page(data="shop", **QUICK))
    before, sentence = comparison(at), said(at)
    fine(number(at, "Stride").set_value(1000).run())
    assert at.warning[0].value.endswith("What is shown is as before.")
    assert comparison(at) is before
    assert said(at) == sentence
    fine(number(at, "Stride").set_value(1).run())
    fine(number(at, "Season").set_value(50).run())
    assert not at.warning
    assert comparison(at) is before, "a season is no matter of the networks'"


def test_the_table_and_the_sentence_are_of_the_networks_errors():
    at = learnt(page(data="shop", **QUICK))
    series, network = series_of(at), comparison(at).members[0].run.network
    answers = data.forecasts.forecast(series, network, series.test)
    rmse = float(np.sqrt(((answers - series.test.y) ** 2).mean()))
    assert f"<td>{rmse:.3g}</td>" in errors(at).replace(" class=least", "")
    assert f"{rmse:.3g}" in said(at)
    assert "after 30 updates" in said(at)


def test_a_number_out_of_range_in_a_link_is_clamped():
    at = page(data="tide", window="-3", horizon="1e9", held_out="7", end="99999", steps_ahead="50")
    assert number(at, "Window").value == 1
    assert number(at, "Horizon").value == 100
    assert number(at, "Window that ends with row").value == 1000


@pytest.mark.parametrize("text", ["rubbish", "", "<script>", "nan", "1_0"])
def test_rubbish_in_a_link_leaves_what_is_usual(text):
    at = page(data="tide", **dict.fromkeys(("window", "inputs", "target", "cells", "fed"), text))
    assert series_of(at).inputs == ("hour", "wind", "level")
    assert number(at, "Window").value == 24


def test_without_the_target_among_the_columns_read_nothing_is_fed_back():
    at = page(data="shop", inputs="weekday;holiday", fed="fed", **QUICK)
    assert charts(at)["fed"] is False
    assert any("cannot be fed back" in one.value for one in at.caption)


def test_fewer_steps_than_the_link_looks_at_are_looked_at():
    at = page(data="shop", **{**QUICK, "steps_ahead": "40"})
    assert charts(at)["ahead"] == 2


def test_a_press_in_the_chart_chooses_the_window_that_ends_there_and_the_link_says_it():
    at = page(data="shop", **QUICK)
    place = components(at)[-1].proto.id
    widgets = at._tree.get_widget_states()
    widgets.widgets.append(WidgetState(id=place, json_value=json.dumps({"window": 900})))
    fine(at._run(widgets))
    assert charts(at)["chosen"] == 900
    assert in_link(at, "end") == "900"


def test_a_window_goes_to_the_step_page_with_its_rows_for_words(monkeypatch):
    went = []
    monkeypatch.setattr(st, "switch_page", went.append)
    at = learnt(page(data="shop", end="900", **QUICK))
    next(one for one in at.button if one.label.startswith("Step A LSTM")).click()
    fine(at.run())
    assert went == ["app.py"]
    scene = at.session_state[handover.HANDED].view.scene
    assert scene.reading.labels == (("895", "896", "897", "898", "899", "900"),)
    assert scene.asked.kind == "squared error"
    series, rows = series_of(at), data.made_series("shop").columns
    mean, deviation = series.scale
    whole = np.stack([rows[name] for name in series.inputs], axis=-1)
    assert scene.reading.x[:, 0] == pytest.approx((whole[894:900] - mean) / deviation)
    middle, spread = series.target_scale
    assert scene.reading.targets[-1, 0] == pytest.approx((rows["sales"][900:902] - middle) / spread)


def test_the_last_window_is_forecast_and_not_stepped_through():
    at = page(data="shop", end="1000", **QUICK)
    assert next(one for one in at.button if one.label.startswith("Step A")).disabled


def test_the_forecasts_as_csv_are_those_of_the_line():
    at = learnt(page(data="shop", steps_ahead="2", **QUICK))
    series, network = series_of(at), comparison(at).members[0].run.network
    cut = at.session_state["the series of this session"].cut
    look = Look(fed=False, ahead=2, end=800)
    text = forecast_csv(cut, look, forecasts_of(cut, look, looked_at(comparison(at))))
    lines = list(csv.DictReader(io.StringIO(text)))
    answers = data.forecasts.forecast(series, network, series.test)[1]
    assert [float(one["A LSTM, 2 ahead"]) for one in lines] == pytest.approx(answers)
    assert [float(one["sales"]) for one in lines] == pytest.approx(series.test.y[1])
    assert [one["row"] for one in lines[:2]] == ["802", "803"]
