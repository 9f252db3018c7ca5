"""A file is sent to the Your data page: read, corrected, looked at; nothing is lost."""

import os
import signal

import pytest
from playwright.sync_api import expect

from rnnviz.data.made.examples import EXAMPLES
from tests.browser.conftest import SETTLED
from tests.browser.pressing import unanswered
from tests.browser.settling import settled
from tests.processes import children, needs_proc
from tests.web.data.test_page import bomb

WEATHER = "Datum;Temperatur;Feuchte\n01.03.2024;21,5;40\n02.03.2024;21,7;\n03.03.2024;22,0;44\n"
SAID = "Encoding UTF-8. Separator “;”. Decimal comma. Header in row 1. Dates in column “Datum”"


@pytest.fixture
def page(visit):
    return visit("/Your_data?data=file")


def send(page, name, data):
    data = data.encode() if isinstance(data, str) else data
    inputs = page.locator(".st-key-table").get_by_test_id("stFileUploaderDropzoneInput")
    inputs.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})


def column(page, place):
    """The cells of a column of the preview, without its name."""
    return page.get_by_test_id("preview").locator(f"tbody td:nth-child({place + 1})")


def choose(page, key, option):
    page.wait_for_selector(SETTLED)
    box = page.locator(f".st-key-{key}").get_by_role("combobox")
    box.focus()
    box.press("ArrowDown")
    page.get_by_role("option", name=option, exact=True).click()


def test_a_file_is_read_corrected_filled_and_looked_at(page):
    page.get_by_text("Send a table").wait_for()
    send(page, "wetter.csv", WEATHER)
    page.get_by_text(SAID).wait_for()
    expect(page.get_by_test_id("preview")).to_contain_text("3 rows, 3 columns")
    expect(column(page, 2)).to_have_text(["21.5", "21.7", "22"])
    lines = page.locator(".st-key-columns .scatterlayer .trace")
    lines.first.wait_for()
    expect(lines).to_have_count(2)

    expect(column(page, 3)).to_have_text(["40", "–", "44"])
    page.get_by_text("Numbers are missing at row, column: 3, 3.").wait_for()
    page.get_by_role("radio", name="a line between the neighbours").click()
    expect(column(page, 3)).to_have_text(["40", "42", "44"])
    expect(page.get_by_text("Numbers are missing")).to_have_count(0)

    page.wait_for_selector(SETTLED)
    page.get_by_text("Read it otherwise").click()
    settled(page.locator(".st-key-header"))
    choose(page, "header", "data")
    page.get_by_text("No header.").wait_for()
    expect(column(page, 1)).to_have_text(["Datum", "01.03.2024", "02.03.2024", "03.03.2024"])
    choose(page, "header", "as guessed")
    expect(column(page, 2)).to_have_text(["21.5", "21.7", "22"])
    page.wait_for_function("location.search.includes('missing=interpolate')")


@needs_proc
def test_what_was_read_stays_on_the_way_to_another_page_and_is_not_read_again(page, app):
    send(page, "wetter.csv", WEATHER)
    page.get_by_text(SAID).wait_for()
    page.get_by_role("radio", name="the last number").click()
    expect(column(page, 3)).to_have_text(["40", "40", "44"])
    stopped = children(app.process, "rnnviz.data.reading.reader")
    for reader in stopped:
        os.kill(reader, signal.SIGSTOP)
    try:
        menu = page.get_by_test_id("stSidebar")
        menu.get_by_role("link", name="Cells").click()
        page.get_by_text("The cells, one after another").wait_for()
        menu.get_by_role("link", name="Your data").click()
        page.get_by_text(SAID).wait_for()
        expect(column(page, 3)).to_have_text(["40", "40", "44"])
    finally:
        for reader in stopped:
            os.kill(reader, signal.SIGCONT)
    send(page, "other.csv", "1,2\n3,4\n")
    expect(column(page, 1)).to_have_text(["1", "3"])


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("ragged.csv", b"1,2\n3,4,5\n", "Row 2 has 3 cells and row 1 has 2"),
        ("bomb.xlsx", bomb(), "Unpacked, this file is larger than 256 MB"),
    ],
)
def test_what_is_refused_is_said_and_what_was_there_stays(page, name, data, says):
    send(page, "wetter.csv", WEATHER)
    page.get_by_text(SAID).wait_for()
    send(page, name, data)
    alert = page.get_by_test_id("stAlert").filter(has_text=f"{name}: {says}")
    alert.wait_for()
    expect(alert).to_contain_text("What is shown is as before.")
    expect(page.get_by_text(SAID)).to_be_visible()
    expect(column(page, 2)).to_have_text(["21.5", "21.7", "22"])


def test_a_file_of_200_megabytes_is_not_even_sent(page, tmp_path):
    send(page, "wetter.csv", WEATHER)
    page.get_by_text(SAID).wait_for()
    file = tmp_path / "large.csv"
    with file.open("wb") as sparse:
        sparse.truncate(200 * 2**20)
    place = page.locator(".st-key-table-place")
    place.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    place.locator("[aria-invalid]").wait_for()
    said = place.get_by_test_id("stFileUploader").evaluate(
        "node => getComputedStyle(node, '::after').content"
    )
    assert "was not sent: one file at a time, of up to 64 MB. What is shown is as before." in said
    expect(column(page, 2)).to_have_text(["21.5", "21.7", "22"])


@pytest.mark.parametrize("view", ["phone", "dark", "projector"])
def test_nothing_is_wider_than_the_window(visit, view):
    page = visit("/Your_data?data=file", view)
    send(page, "wide.csv", "\n".join([",".join([f"a long name {k}" for k in range(30)])] * 3))
    preview = settled(page.get_by_test_id("preview"))
    expect(preview).to_contain_text("shown are the first 12 columns")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert preview.evaluate("node => node.scrollWidth > node.clientWidth")
    assert preview.evaluate("node => getComputedStyle(node).overflowX") == "auto"


@pytest.mark.parametrize("data", ["tide", "reviews"])
def test_what_looks_pressable_in_the_pictures_and_the_preview_answers(visit, data):
    page = visit(f"/Your_data?data={data}")
    pictures = page.locator(".st-key-columns, .st-key-labels").first
    settled(pictures)
    for root in (pictures, page.get_by_test_id("preview")):
        assert unanswered(page, root, most=2) == []


@pytest.mark.parametrize("data", ["tide", "shop", "reviews", "chinese", "rhymes"])
def test_every_example_can_be_chosen_and_the_link_leads_there(visit, data):
    page = visit("/Your_data?data=file")
    choose(page, "data", EXAMPLES[data].title)
    page.get_by_text(f"Shown: {EXAMPLES[data].what}").wait_for()
    page.wait_for_selector(SETTLED)
    said = "" if data == "tide" else f"data={data}"  # the address says what is not the default
    page.wait_for_function(f"location.search.includes('{said}')")
    preview = settled(page.get_by_test_id("preview")).inner_text()
    assert settled(visit(f"/Your_data?data={data}").get_by_test_id("preview")).inner_text() == (
        preview
    )
