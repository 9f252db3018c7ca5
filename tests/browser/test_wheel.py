"""The wheel where the project is not: its command starts the whole app, for this machine alone."""

import os
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
import requests

from tests.browser.server import ROOT, free_port, serving
from tests.browser.watch import Watch
from tests.processes import children, needs_proc
from tests.visitors import session

PAGES = {
    "Step": "/",
    "Course": "/Course",
    "Gradients": "/Gradients",
    "Train": "/Train",
    "Your data": "/Your_data",
    "By hand": "/By_hand",
    "Shapes": "/Shapes",
    "Cells": "/Cells",
}
SHOWN = {
    "Step": '[data-testid="stepper"] .diagram',
    "Course": '[data-testid="units"]',
    "Gradients": '[data-testid="gradients"]',
    "Train": '[data-testid="training"]',
    "Your data": '[data-testid="preview"]',
    "By hand": '[data-testid="stepper"] .bench-rows',
    "Shapes": '[data-testid="shapes"] .figure',
    "Cells": "text=The cells, one after another",
}
WHERE = "import importlib.util as u; s = u.find_spec('rnnviz'); print(s and s.origin)"


def run(*command, folder=ROOT):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder))
    run(sys.executable, "-m", "pip", *build, str(ROOT))
    (built,) = folder.glob("rnnviz-*.whl")
    return built


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """An empty folder."""
    return tmp_path_factory.mktemp("empty")


class Environment(NamedTuple):
    """Where an environment keeps its programs and its packages."""

    programs: Path
    site: Path


def link_packages(folder):
    """Everything that is installed here but the project, in a folder."""
    folder.mkdir(parents=True)
    for site in (Path(place) for place in sys.path if place.endswith("site-packages")):
        for path in site.iterdir():
            if "rnnviz" not in path.name and not (folder / path.name).exists():
                (folder / path.name).symlink_to(path)


@pytest.fixture(scope="module")
def environment(wheel, empty, tmp_path_factory):
    """A fresh environment into which nothing but the wheel is installed; its needs are lent."""
    root = tmp_path_factory.mktemp("environment")
    lent = root / "lent" / "site-packages"  # by another name Streamlit takes itself for a work tree
    link_packages(lent)
    run(sys.executable, "-m", "venv", "--without-pip", str(root / "fresh"))
    base = {"base": str(root / "fresh"), "platbase": str(root / "fresh")}
    programs, site = (Path(sysconfig.get_path(of, "venv", base)) for of in ("scripts", "purelib"))
    (site / "lent.pth").write_text(str(lent))
    python = str(programs / "python")
    assert run(python, "-c", WHERE, folder=empty) == "None"
    install = ("install", "--quiet", "--no-index", "--no-deps", str(wheel))
    run(sys.executable, "-m", "pip", "--python", python, *install)
    assert Path(run(python, "-c", WHERE, folder=empty)).is_relative_to(site)
    return Environment(programs, site)


@contextmanager
def started(command, log, folder):
    port = free_port()
    with serving([*command, f"--port={port}", "--no-browser"], port, log, folder=folder) as server:
        yield server


@pytest.fixture(scope="module")
def installed(environment, empty, tmp_path_factory):
    """The app, started by its command in an empty folder."""
    log = tmp_path_factory.mktemp("server") / "log"
    with started([str(environment.programs / "rnnviz")], log, empty) as server:
        yield server


def _open_menu(page):
    """The sidebar of a page that wants the whole width is closed at first."""
    opener = page.get_by_test_id("stExpandSidebarButton")
    if opener.is_visible():
        opener.click()
    page.get_by_test_id("stSidebar").get_by_role("link").first.wait_for()


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_with_the_menu_and_without_a_fault(browser, installed, name):
    watch = Watch()
    with browser.new_context(base_url=installed.url) as context:
        page = context.new_page()
        watch.follow(page)
        page.goto(PAGES[name])
        page.locator(SHOWN[name]).first.wait_for()
        links = page.get_by_test_id("stSidebar").get_by_role("link")
        _open_menu(page)
        assert links.all_inner_texts() == [*PAGES]
        for link in PAGES:
            _open_menu(page)
            links.get_by_text(link, exact=True).click()
            page.locator(SHOWN[link]).first.wait_for()
        assert [*watch.look(page), *installed.new_tracebacks()] == []


def test_theme_and_options_are_those_of_the_clone(installed, app, environment):
    """app: the clone's, as `streamlit run app.py` starts it."""
    options = Path(".streamlit/config.toml")
    assert (environment.site / "rnnviz/app" / options).read_bytes() == (ROOT / options).read_bytes()
    query = "weights=your+file"
    with session(installed.url, query=query) as ours, session(app.url, query=query) as theirs:
        for part in ("config", "custom_theme"):
            assert getattr(ours.begun, part) == getattr(theirs.begun, part)
        assert not ours.begun.config.gather_usage_stats
        assert ours.begun.custom_theme.light.primary_color == "#2B6CB0"
        assert ours.megabytes == theirs.megabytes == 64


def test_the_example_notebooks_are_in_it(environment):
    folder = environment.site / "rnnviz" / "examples"
    here = (ROOT / "rnnviz" / "examples").glob("*.ipynb")
    kept = {path.name: path.read_text() for path in folder.glob("*.ipynb")}
    assert kept == {path.name: path.read_text() for path in here} != {}


def test_only_this_machine_is_answered(installed):
    port = int(installed.url.rpartition(":")[2])
    for family, other in ((socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1")):
        with socket.socket(family) as line, pytest.raises(OSError, match=r"refused|assign"):
            line.connect((other, port))


def upgrade(server, host):
    """What the server answers whoever asks for a session of the app by this name."""
    headers = {
        "Host": host,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    address = f"{server.url}/_stcore/stream"
    with requests.get(address, headers=headers, timeout=10, stream=True) as answer:
        return answer.status_code


def test_who_comes_by_another_name_is_turned_away(installed):
    assert upgrade(installed, "localhost") == 101
    assert upgrade(installed, "rebound.example.org") == 403


@needs_proc
@pytest.mark.parametrize("command", [["rnnviz"], ["python", "-m", "rnnviz"]], ids=" ".join)
def test_ctrl_c_ends_it_and_every_process_it_started(environment, empty, tmp_path, command):
    program = [str(environment.programs / command[0]), *command[1:]]
    log = tmp_path / "log"
    with started(program, log, empty) as server, session(server.url, "Train"):
        workers = children(server.process, "rnnviz.training.workers.worker")
        assert workers
        os.kill(server.process, signal.SIGINT)
        assert os.waitstatus_to_exitcode(os.waitpid(server.process, 0)[1]) == 0
        begin = time.monotonic()  # a worker that still loads torch sees the end when it has
        while any(Path(f"/proc/{each}").exists() for each in workers):
            assert time.monotonic() - begin < 60
            time.sleep(0.05)
        assert server.new_tracebacks() == []
