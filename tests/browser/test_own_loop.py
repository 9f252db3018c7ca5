"""A training loop of one's own is opened on the Train page: the file that `rnnviz.watch` wrote."""

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import rnnviz
from rnnviz.watching.lines import read

SOON = 1500  # milliseconds: in which the server has answered


@pytest.fixture
def written(tmp_path):
    """Ten watched updates of an LSTM of two layers, of which L asks for the last output."""
    torch.manual_seed(0)
    lstm = torch.nn.LSTM(2, 3, num_layers=2, bidirectional=True)
    optimizer = torch.optim.SGD(lstm.parameters(), 0.1)
    path = tmp_path / "run.jsonl"
    with rnnviz.watch(lstm, every=1, log=path):
        for _ in range(10):
            optimizer.zero_grad()
            lstm(torch.randn(20, 4, 2))[0][-1].square().mean().backward()
            optimizer.step()
    return path


def drawn(page):
    """(time, updates): the numbers that Plotly has drawn as a map."""
    chart = page.locator(".js-plotly-plot")
    return np.array(chart.evaluate("(plot) => plot.calcdata[0][0].z.map((row) => [...row])"), float)


def test_what_was_watched_is_said_and_drawn(visit, written):
    page = visit("/Train?view=own")
    page.locator("input[type=file]").set_input_files(written)
    watched = read(written)
    page.get_by_text(watched.title).wait_for()
    for sentence in watched.sentences():
        expect(page.get_by_text(str(sentence))).to_be_visible()
    assert np.allclose(drawn(page), np.log10(watched.norms("c").T), atol=1e-6)
    page.get_by_role("combobox", name="Layer").click()
    page.get_by_role("option", name="Layer 1, backward").click()
    page.wait_for_timeout(SOON)
    norms = watched.norms("c", 0, reverse=True)
    assert np.allclose(drawn(page), np.log10(norms.T), atol=1e-6)


def test_a_file_of_another_kind_is_refused_and_the_one_before_stays(visit, written, tmp_path):
    page = visit("/Train?view=own")
    page.locator("input[type=file]").set_input_files(written)
    title = page.get_by_text(read(written).title)
    title.wait_for()
    other = tmp_path / "other.jsonl"
    other.write_text('{"a": 1}\n')
    page.locator("input[type=file]").set_input_files(other)
    page.get_by_text("What is shown is as before.").first.wait_for()
    expect(page.get_by_text("its first line is no heading")).to_be_visible()
    expect(title).to_be_visible()
    page.get_by_text("The cliff", exact=True).click()
    page.get_by_role("slider", name="start of the walks").wait_for()
    page.get_by_text("Your own loop", exact=True).click()
    expect(title).to_be_visible()
