"""The command line of `rnnviz`: what Streamlit is told, and what is refused."""

from importlib.metadata import version

import pytest

from rnnviz.web.command import flags, main, parsed

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
    ],
)
def test_what_cannot_be_is_refused_in_words(capsys, line, says):
    with pytest.raises(SystemExit, match="2"):
        main(line.split())
    assert says in capsys.readouterr().err


def test_it_says_which_version_it_is(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"rnnviz {version('rnnviz')}\n"
