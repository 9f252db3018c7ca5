"""A checkpoint is sent in a browser: the page says that it reads it, and shows what is in it."""

import os
import signal

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

from rnnviz.cells import GALLERY
from rnnviz.interop.saving import packed
from rnnviz.network.network import Network
from rnnviz.recording.recording import trace
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.scenes.weights import Upload
from tests.browser.test_step_page import READ_SHOWN, stepper
from tests.interop.checkpoint_files import of_npz, of_torch, with_more
from tests.processes import children, needs_proc

MGU = Network.fresh(GALLERY["MGU"], inputs=5, hidden=3)
GRU = of_torch(torch.nn.GRU(5, 7).state_dict())


def send(page, name, data):
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


@pytest.fixture
def page(visit):
    return visit("/?weights=your+file")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("m.pt", GRU),
        ("m.npz", of_npz(torch.nn.LSTM(5, 3).state_dict())),
        ("m.safetensors", packed(MGU, ".safetensors")),
    ],
)
def test_what_is_shown_is_what_is_in_the_file(page, name, data):
    send(page, name, data)
    page.get_by_text("your file: 1 layer").wait_for()
    shown = scene(StepSettings(weights="file"), Upload(name, data))
    recording = trace(shown.network, shown.reading.x[:, 0])
    numbers = stepper(page).evaluate(READ_SHOWN)
    for key, value in numbers.items():
        what, unit = key.split()
        if what in recording.names:
            np.testing.assert_allclose(value, recording[what][0, int(unit)], rtol=1e-9, atol=1e-12)


@needs_proc
def test_while_a_file_is_read_the_page_says_so(page, app):
    send(page, "first.pt", GRU)
    page.get_by_text("your file: 1 layer, 7 units").wait_for()
    (reader,) = children(app.process, "rnnviz.interop.reader")
    os.kill(reader, signal.SIGSTOP)
    try:
        send(page, "second.pt", of_torch(torch.nn.GRU(5, 9).state_dict()))
        expect(page.get_by_text("Reading second.pt …")).to_be_visible()
    finally:
        os.kill(reader, signal.SIGCONT)
    page.get_by_text("your file: 1 layer, 9 units").wait_for()
    expect(page.get_by_text("Reading second.pt …")).to_have_count(0)


def test_what_is_refused_is_said_and_the_page_goes_on(page):
    send(page, "cut.pt", GRU[:-50])
    page.get_by_text("cut.pt: it is damaged or cut off. What is shown is as before.").wait_for()
    send(page, "whole.pt", GRU)
    page.get_by_text("your file: 1 layer, 7 units").wait_for()
    expect(page.get_by_text("it is damaged")).to_have_count(0)


def test_the_names_in_a_file_are_text(page):
    names = ("x\n\n1. www.evil.example\n---", "https://evil.example", "a@evil.example")
    send(page, "www.evil.example.npz", of_npz(with_more(**dict.fromkeys(names, (9,)))))
    note = page.get_by_text("are left out: only recurrent layers")
    note.wait_for()
    said = note.inner_text().replace("\u2060", "")
    assert "x 1. www.evil.example ---, https://evil.example, a@evil.example are left" in said
    for each in page.get_by_test_id("stMarkdownContainer").all():
        links = each.evaluate("node => [...node.querySelectorAll('a')].map(a => a.href)")
        assert not [link for link in links if "evil" in link]
