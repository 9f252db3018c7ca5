"""The command line of `rnnviz`: what Streamlit is told, and what is refused."""

import io
import json
import re
import shlex
import socket
from importlib.metadata import version
from pathlib import Path

import pytest
import segno

from rnnviz.web.command import flags, main, parsed
from rnnviz.web.course import worksheet_file
from rnnviz.web.serving.network_address import invite
from rnnviz.web.site.command import parsed as parsed_site

ROOT = Path(__file__).parents[2]
READERS = {"serve": parsed, "site": parsed_site, "worksheet": worksheet_file.parsed}
"""Commands whose lines are read and not carried out."""
HERE = ["localhost", "127.0.0.1", "::1"]


def names(*hosts):
    return [f"--server.allowedHosts={host}" for host in hosts]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", []),
        ("--port 0", ["--server.port=0"]),
        ("--port 65535", ["--server.port=65535"]),
        ("--no-browser", ["--server.headless=true"]),
        ("--host 10.0.0.7", ["--server.address=10.0.0.7", *names(*HERE, "10.0.0.7")]),
        (
            "--host 0.0.0.0 --name a.example --name b.example",
            ["--server.address=0.0.0.0", *names(*HERE, "0.0.0.0", "a.example", "b.example")],
        ),
    ],
)
def test_streamlit_is_told_what_the_command_line_says_and_no_more(line, told):
    assert list(flags(parsed(line.split()))) == ["--server.fileWatcherType=none", *told]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("--port 65536", "no number from 0 to 65535"),
        ("--port x", "no number from 0 to 65535"),
        ("--host 0.0.0.0", "--host 0.0.0.0 needs --name"),
        ("--host ::", "--host :: needs --name"),
        ("--name a.example", "--name needs --host"),
        ("app.py", "unrecognized arguments: app.py"),
        ("serve show", "unrecognized arguments: show"),
        ("--lan --host 10.0.0.7", "give --host or --lan, not both"),
    ],
)
def test_what_cannot_be_is_refused_in_words(capsys, line, says):
    with pytest.raises(SystemExit, match="2"):
        main(line.split())
    assert says in capsys.readouterr().err


@pytest.fixture
def in_a_network(monkeypatch):
    monkeypatch.setattr("rnnviz.web.command.address", lambda: "127.0.0.1")


@pytest.mark.usefixtures("in_a_network")
@pytest.mark.parametrize(("line", "port"), [("--lan --port 8777", 8777), ("--lan", None)])
def test_in_a_network_it_answers_at_this_machines_address_there_and_no_other_name(line, port):
    options = parsed(line.split())
    assert list(flags(options)) == [
        "--server.fileWatcherType=none",
        f"--server.port={port or options.port}",
        "--server.address=127.0.0.1",
        *names(*HERE, "127.0.0.1"),
    ]


@pytest.mark.usefixtures("in_a_network")
def test_in_a_network_a_port_that_is_taken_is_passed_over():
    first = parsed(["--lan"]).port
    with socket.create_server(("127.0.0.1", first)):
        assert parsed(["--lan"]).port > first


def test_without_a_network_it_says_so_and_starts_nothing(monkeypatch, capsys):
    def nowhere():
        raise OSError("Network is unreachable")

    monkeypatch.setattr("rnnviz.web.command.address", nowhere)
    with pytest.raises(SystemExit, match="2"):
        main(["serve", "--lan"])
    assert "finds no network to answer in (Network is unreachable)" in capsys.readouterr().err


@pytest.mark.usefixtures("in_a_network")
def test_the_invitation_says_the_address_what_it_opens_and_shows_its_code(monkeypatch, capsys):
    started = []
    monkeypatch.setattr("streamlit.web.cli.main", lambda flags, prog_name: started.append(flags))
    main(["serve", "--lan", "--port", "8777"])
    said = capsys.readouterr().out
    assert "http://127.0.0.1:8777\n" in said
    assert "without a password" in said
    assert "--server.port=8777" in started[0]
    assert shown_code(said) == code_of("http://127.0.0.1:8777")


def code_of(text):
    return [[module & 1 for module in row] for row in segno.make(text, micro=False).matrix]


def shown_code(said):
    """The code that a text shows: a dark module is a place where nothing is printed."""
    lines = [line for line in said.splitlines() if set(line) <= set("█▀▄ ") and "█" in line]
    halves = {"█": (0, 0), "▀": (0, 1), "▄": (1, 0), " ": (1, 1)}
    rows = [[halves[sign][half] for sign in line] for line in lines for half in (0, 1)]
    size = len(rows[0]) - 4
    return [row[2:-2] for row in rows[2 : 2 + size]]


def test_a_terminal_without_such_signs_gets_the_address_alone():
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    invite("http://127.0.0.1:8501", out)
    out.seek(0)
    assert out.read().startswith("\n  http://127.0.0.1:8501\n\nEveryone in this network")


def test_it_says_which_version_it_is(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"rnnviz {version('rnnviz')}\n"


def written_out(pattern, *files):
    return [
        line.strip()
        for file in files
        for line in (ROOT / file).read_text().splitlines()
        if re.match(pattern, line)
    ]


def test_a_site_that_cannot_be_written_is_refused_in_words(capsys, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match=r"rnnviz site: .*file"):
        main(["site", str(tmp_path / "file")])
    with pytest.raises(SystemExit, match="2"):
        main(["site", "folder", "--language", "xx"])
    assert "xx" in capsys.readouterr().err


def test_every_command_that_the_project_s_pages_give_is_one(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("rnnviz.web.command.address", lambda: "127.0.0.1")
    lines = written_out("    rnnviz", "README.md", ".github/SERVING.md")
    assert len(lines) >= 3
    for line in lines:
        _program, command, *given = shlex.split(line)
        if command in READERS:
            assert READERS[command](given)
        else:
            with pytest.raises(SystemExit) as ended:
                main([command, *given])
            assert ended.value.code == 0


def test_a_container_answers_at_its_port_and_by_the_name_it_is_given():
    words = {
        kind: json.loads(line.removeprefix(kind))
        for kind in ("ENTRYPOINT", "CMD")
        for line in written_out(f"{kind} ", ".github/Dockerfile")
    }
    program, command, *given = words["ENTRYPOINT"]
    assert (program, command) == ("rnnviz", "serve")
    for names_given, name in ((words["CMD"], "localhost"), (["--name", "a.example"], "a.example")):
        assert set(flags(parsed([*given, *names_given]))) >= {
            "--server.address=0.0.0.0",
            "--server.port=8501",
            "--server.headless=true",
            f"--server.allowedHosts={name}",
        }
