"""A checkpoint is sent in a browser: the page says that it reads it, and shows what is in it."""

import io
import os
import re
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
from rnnviz.scenes.uploads import Upload
from tests.browser.test_language import READ, leftovers
from tests.browser.test_step_page import READ_SHOWN, stepper
from tests.interop.checkpoint_files import of_npz, of_torch, with_more
from tests.processes import children, needs_proc
from tests.texts.pseudo import CODE

MGU = Network.fresh(GALLERY["MGU"], inputs=5, hidden=3)
GRU = of_torch(torch.nn.GRU(5, 7).state_dict())


def send(page, name, data, place="checkpoint"):
    inputs = page.locator(f".st-key-{place}").get_by_test_id("stFileUploaderDropzoneInput")
    inputs.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})


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


def test_an_h_that_is_projected_has_the_units_that_it_has(page):
    torch.manual_seed(0)
    send(page, "p.pt", of_torch(torch.nn.LSTM(5, 6, proj_size=2).state_dict()))
    page.get_by_text("your file: 1 layer, 6 units").wait_for()
    expect(page.get_by_text("the matrix V makes 2 numbers of the 6")).to_be_visible()
    root = stepper(page)
    map_of_h = root.get_by_test_id("map-h")
    expect(map_of_h).to_have_attribute("aria-label", re.compile("2 units"))
    expect(root.get_by_test_id("map-c")).to_have_attribute("aria-label", re.compile("6 units"))
    units = {
        name: root.locator(f'.unit[data-name="{name}"]').evaluate_all(
            "(all) => new Set(all.map((one) => one.dataset.unit)).size"
        )
        for name in ("h", "h_prev", "c")
    }
    assert units == {"h": 2, "h_prev": 2, "c": 6}
    root.locator('.unit[data-name="c"][data-unit="0"]').first.click()
    expect(root.get_by_test_id("result-h")).to_be_visible()
    root.locator('.unit[data-name="c"][data-unit="5"]').first.click()
    expect(root.get_by_test_id("result-c")).to_be_visible()
    expect(root.get_by_test_id("result-h")).to_be_hidden()
    expect(root.get_by_text("silence unit 2: h = 0")).to_be_visible()


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


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("notes.docx", b"PK", "notes.docx: "),
        ("empty.pt", b"", "empty.pt: it is empty"),
        ("rnn.pt", of_torch(torch.nn.RNN(5, 4).state_dict()), "Choose it under “Cell type”"),
        ("fc.pt", of_torch(torch.nn.Linear(5, 4).state_dict()), "it holds no recurrent layer"),
        ("large.npz", of_npz(torch.nn.LSTM(512, 512, 3).state_dict()), "6,297,600 weights"),
    ],
)
def test_each_refusal_is_a_sentence_beside_the_file_that_was_shown_before(page, name, data, says):
    send(page, "notes.pt", GRU)
    cell = page.get_by_text("GRU (PyTorch), 1 layer, 7 units, from notes.pt")
    cell.wait_for()
    send(page, name, data)
    page.get_by_test_id("stAlert").filter(has_text=says).wait_for()
    expect(page.get_by_text("What is shown is as before.")).to_be_visible()
    expect(cell).to_be_visible()
    expect(page.get_by_text("your file: 1 layer, 7 units")).to_be_visible()
    expect(page.get_by_text("Until there is a file")).to_have_count(0)
    page.locator(".st-key-sequence").get_by_role("combobox").click()  # the one before goes on
    page.get_by_role("option", name="temporal order").click()


def test_a_larger_network_is_followed_in_a_notebook_with_the_lines_that_are_shown(page):
    send(page, "large.npz", of_npz(torch.nn.LSTM(512, 512, 3).state_dict()))
    lines = page.get_by_test_id("stCode")
    lines.wait_for()
    assert "net = rnnviz.load('large.npz')" in lines.inner_text()
    assert len(lines.inner_text().strip().splitlines()) == 3


def test_what_the_browser_does_not_send_is_answered_in_sight(page, tmp_path):
    """By itself Streamlit has a red icon, and its reason in a tooltip."""
    send(page, "notes.pt", GRU)
    page.get_by_text("from notes.pt").wait_for()
    file = tmp_path / "large.pt"
    with file.open("wb") as sparse:
        sparse.truncate(65 * 2**20)
    place = page.locator(".st-key-checkpoint")
    place.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    place.locator("[aria-invalid]").wait_for()
    said = place.get_by_test_id("stFileUploader").evaluate(
        "node => getComputedStyle(node, '::after').content"
    )
    assert "was not sent: one file at a time, of up to 64 MB. What is shown is as before." in said
    expect(page.get_by_text("from notes.pt")).to_be_visible()


def test_other_weights_and_back_need_no_file_again(page):
    send(page, "notes.pt", GRU)
    page.get_by_text("from notes.pt").wait_for()
    for other, shown in (("fresh", "fresh weights, seed 0"), ("trained", "trained beforehand")):
        page.get_by_role("radio", name=other, exact=True).click()
        page.get_by_text(shown).first.wait_for()
        expect(page.locator(".st-key-cell")).to_be_visible()
        page.get_by_role("radio", name="your file").click()
        page.get_by_text("GRU (PyTorch), 1 layer, 7 units, from notes.pt").wait_for()
        expect(page.locator(".st-key-cell")).to_have_count(0)


def test_a_file_of_other_inputs_asks_what_it_is_to_read(page):
    send(page, "wide.pt", of_torch(torch.nn.GRU(40, 7).state_dict()))
    page.get_by_text("wide.pt reads 40 numbers a step and this sequence has 5").wait_for()
    page.get_by_role("button", name="random numbers").click()
    page.get_by_text("here they are random, as you chose").wait_for()
    assert "sequence=random" in page.url
    page.locator(".st-key-sequence").get_by_role("combobox").click()
    page.get_by_role("option", name="your own numbers").click()
    page.get_by_text("these rows have 1: give it a row for each step, with 40").wait_for()
    rows = np.random.default_rng(0).standard_normal((30, 40))
    stream = io.BytesIO()
    np.save(stream, rows)
    send(page, "rows.npy", stream.getvalue(), "number-file")
    page.get_by_text("The numbers are those of rows.npy.").wait_for()
    page.get_by_text("step 1 / 30").wait_for()
    number = stepper(page).locator("[data-name=x][data-unit='39']").first
    np.testing.assert_allclose(float(number.get_attribute("data-value")), rows[0, 39])


def test_a_file_of_letters_is_asked_its_alphabet(page):
    page.goto("/?weights=file&sequence=text&text=ACGACG")
    page.get_by_text("Until there is a file").wait_for()
    send(page, "dna.pt", of_torch(torch.nn.LSTM(4, 3).state_dict()))
    page.get_by_text("dna.pt reads 4 letters and this alphabet has 3: type all 4").wait_for()
    page.get_by_role("textbox", name="Its alphabet").fill("ACGT")
    page.get_by_role("textbox", name="Its alphabet").press("Enter")
    page.get_by_text("your file: 1 layer, 3 units").wait_for()
    assert stepper(page).locator(".token-text").all_inner_texts() == list("ACGACG")


def test_the_names_in_a_file_are_text(page):
    names = ("x\n\n1. www.evil.example\n---", "https://evil.example", "a@evil.example")
    page.goto("/?weights=file&sequence=random")
    page.get_by_text("Until there is a file").wait_for()
    send(page, "www.evil.example.npz", of_npz(with_more(**dict.fromkeys(names, (9,)))))
    note = page.get_by_text("are left out: only recurrent layers")
    note.wait_for()
    said = note.inner_text().replace("\u2060", "")
    assert "x 1. www.evil.example ---, https://evil.example, a@evil.example are left" in said
    for each in page.get_by_test_id("stMarkdownContainer").all():
        links = each.evaluate("node => [...node.querySelectorAll('a')].map(a => a.href)")
        assert not [link for link in links if "evil" in link]


BOTH = torch.nn.LSTM(1, 64, bidirectional=True)
NUMBERS = np.sin(np.arange(400) / 5).round(2)


def paste(page, label, text):
    """As from the clipboard: at once, however long it is."""
    box = page.get_by_role("textbox", name=label)
    box.focus()
    box.press("Control+A")
    page.keyboard.insert_text(text)
    box.press("Control+Enter")


def test_a_long_sequence_is_computed_whole_and_shown_in_a_window(page):
    """Both directions see all of it: whatever is in view is what PyTorch computes of the whole."""
    page.goto("/?weights=file&sequence=numbers")
    page.get_by_text("Until there is a file").wait_for()
    paste(page, "Your numbers", " ".join(map(str, NUMBERS)))
    send(page, "both.pt", of_torch(BOTH.state_dict()))
    page.get_by_text("both directions, 64 units, from both.pt").wait_for()
    root = stepper(page)
    with torch.no_grad():
        expected = BOTH(torch.tensor(NUMBERS, dtype=torch.float32)[:, None])[0].numpy()
    pages = root.get_by_test_id("pages")
    expect(pages).to_contain_text("in view: 1 to 120 of 400")
    pages.get_by_role("button", name="later steps").click()
    expect(pages).to_contain_text("in view: 121 to 240 of 400")
    expect(root.get_by_test_id("where")).to_have_text("step 121 / 400")
    for layer, first in (("layer 1, forward", 0), ("layer 1, backward", 64)):
        root.get_by_role("combobox").first.select_option(label=layer)
        page.wait_for_timeout(300)
        shown = {k: v for k, v in root.evaluate(READ_SHOWN).items() if k.split()[0] == "h"}
        assert shown
        for key, value in shown.items():
            unit = int(key.split()[1])
            assert value == pytest.approx(expected[120, first + unit], abs=1e-6)
    page.wait_for_function("location.hash.includes('from:121')")
    root.press("End")
    expect(pages).to_contain_text("in view: 281 to 400 of 400")


@pytest.mark.parametrize(
    ("label", "choice", "text", "says"),
    [
        ("Your numbers", "numbers", " ".join(map(str, range(5000))), "step 1 / 5000"),
        ("Your numbers", "numbers", "\n".join([",".join(["0.12345"] * 10)] * 150), "step 1 / 150"),
        ("Your text", "text", "And did those feet\n" * 340, "step 1 / 6460"),
        ("Your text", "text", "a" * 10_001, "These are 10,001 characters: from 1 to 10,000"),
    ],
)
def test_what_is_pasted_is_read_whole_or_answered_with_a_sentence(visit, label, choice, text, says):
    page = visit(f"/?weights=fresh&sequence={choice}")
    paste(page, label, text)
    page.get_by_text(says).first.wait_for()
    expect(page.get_by_text("too long for the address")).to_be_visible()


def choose(page, key, option):
    box = page.locator(f".st-key-{key}").get_by_role("combobox")
    box.focus()
    box.press("ArrowDown")
    page.get_by_role("option", name=option).click()


def test_of_several_networks_one_is_chosen_and_the_link_keeps_it(page):
    several = {"encoder": torch.nn.LSTM(5, 3).state_dict(), "decoder": torch.nn.GRU(5, 7, 2)}
    several["decoder"] = several["decoder"].state_dict()
    send(page, "two.pt", of_torch(several))
    page.get_by_text("two.pt holds several networks: choose the one to look at").wait_for()
    choose(page, "network", "decoder: 2 × GRU (PyTorch), 5 → 7")
    page.get_by_text("The file holds encoder too: decoder is shown, as you chose.").wait_for()
    page.get_by_text("your file: 2 layers, 7 units").wait_for()
    assert "network=decoder" in page.url
    choose(page, "network", "encoder: 1 × LSTM, 5 → 3")
    page.get_by_text("your file: 1 layer, 3 units").wait_for()


def test_what_reads_h_is_chosen_none_included(page):
    state = {f"lstm.{n}": t for n, t in torch.nn.LSTM(5, 4).state_dict().items()}
    heads = {"value.weight": torch.ones(1, 4), "policy.weight": torch.ones(3, 4)}
    send(page, "heads.npz", of_npz(state | heads))
    page.get_by_text("heads.npz does not tell which of its matrices reads h").wait_for()
    choose(page, "readout", "policy.weight (3 × 4)")
    page.get_by_text("value.weight or policy.weight: policy.weight, as you chose.").wait_for()
    expect(stepper(page).get_by_test_id("readout")).to_be_visible()
    choose(page, "readout", "none of them")
    page.get_by_text("reads h: none does, as you chose.").wait_for()
    expect(stepper(page).get_by_test_id("readout")).to_have_count(0)


def test_a_tanh_or_relu_network_is_asked_which(page):
    send(page, "rnn.pt", of_torch(torch.nn.RNN(5, 4).state_dict()))
    page.get_by_text("do not tell RNN (tanh) from RNN (ReLU). Choose it under").wait_for()
    choose(page, "kind", "RNN (ReLU)")
    page.get_by_text("from rnn.pt").wait_for()
    expect(page.get_by_text("What is shown is as before")).to_have_count(0)


def test_what_is_said_of_files_is_translated(visit):
    page = visit(f"/?weights=file&language={CODE}")
    several = {"encoder": torch.nn.LSTM(5, 3), "decoder": torch.nn.GRU(40, 7, 2)}
    for name, data, waits in [
        ("two.pt", {name: one.state_dict() for name, one in several.items()}, "network"),
        ("wide.pt", torch.nn.GRU(40, 7, bidirectional=True).state_dict(), "read-random"),
        ("large.pt", torch.nn.LSTM(512, 512, 3).state_dict(), "stCode"),
        ("gru.pt", torch.nn.GRU(5, 7).state_dict(), None),
    ]:
        send(page, name, of_torch(data))
        page.get_by_test_id("stFileChipName").filter(has_text=name).wait_for()
        if waits:
            page.locator(f".st-key-{waits}, [data-testid={waits}]").first.wait_for()
        page.wait_for_timeout(500)
        found = leftovers(page.evaluate(READ))
        assert {text: words for text, words in found.items() if text != name} == {}


def test_a_file_that_is_taken_out_of_the_uploader_stays_until_it_is_put_away(page):
    send(page, "notes.pt", GRU)
    page.get_by_text("from notes.pt").wait_for()
    place = page.locator(".st-key-checkpoint")
    place.get_by_role("button", name="Remove").or_(
        place.get_by_test_id("stFileUploaderDeleteBtn").locator("button")
    ).first.click()
    page.get_by_text("notes.pt, which you sent before, is still in use.").wait_for()
    expect(page.get_by_text("from notes.pt")).to_be_visible()
    page.locator(".st-key-checkpoint-away button").filter(has_text="Remove notes.pt").click()
    page.get_by_text("Until there is a file, the weights are random.").wait_for()
    expect(page.get_by_text("from notes.pt")).to_have_count(0)


def test_one_that_stays_is_said_to_and_can_be_put_away(page):
    send(page, "notes.pt", GRU)
    page.get_by_text("from notes.pt").wait_for()
    page.get_by_role("radio", name="fresh", exact=True).click()
    page.get_by_text("fresh weights, seed 0").first.wait_for()
    page.get_by_role("radio", name="your file").click()
    page.get_by_text("notes.pt, which you sent before, is still in use.").wait_for()
    expect(page.get_by_text("from notes.pt")).to_be_visible()
    page.locator(".st-key-checkpoint-away button").filter(has_text="Remove notes.pt").click()
    page.get_by_text("Until there is a file, the weights are random.").wait_for()
    expect(page.get_by_text("is still in use")).to_have_count(0)


def test_a_file_with_an_embedding_reads_tokens_or_vectors(page):
    words, lstm = torch.nn.Embedding(9, 3), torch.nn.LSTM(3, 4)
    send(page, "words.pt", of_torch(torch.nn.ModuleDict({"emb": words, "lstm": lstm}).state_dict()))
    page.get_by_text("Its embedding knows 9 tokens, by the numbers from 0 to 8.").wait_for()
    page.get_by_text("words.pt reads words by their numbers, from 0 to 8").wait_for()
    page.goto(f"{page.url}&sequence=numbers&numbers=1+8+2")
    page.get_by_text("Until there is a file").wait_for()
    send(page, "words.pt", of_torch(torch.nn.ModuleDict({"emb": words, "lstm": lstm}).state_dict()))
    page.get_by_text("step 1 / 3").wait_for()
    first = stepper(page).locator("[data-name=x][data-unit='2']").first
    vector = words.weight[1, 2].item()
    np.testing.assert_allclose(float(first.get_attribute("data-value")), vector, rtol=1e-6)
    page.get_by_role("radio", name="vectors").click()
    page.get_by_text("its embedding of 9 tokens is left out: it reads vectors").wait_for()
    page.get_by_text("step 1 / 1").wait_for()  # three numbers are one vector
    assert "reads=vectors" in page.url
