"""`rnnviz` or `rnnviz serve`: the app where it is installed, as `streamlit run app.py` starts it in
a clone; and `rnnviz show FILE`, `rnnviz worksheet FILE` and `rnnviz site FOLDER`, which need no
app.

Its options are those of .streamlit/config.toml, which Streamlit reads beside the script; here is
only what a command line says otherwise.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from rnnviz.web.scripts import SCRIPTS
from rnnviz.web.serving.network_address import address, free_port, invite

EVERYWHERE = {"0.0.0.0", "::"}
WARNING = (
    "Warning: whoever can reach this machine can use the app, without a password, and what goes "
    "to and fro is not encrypted."
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Start the app and serve it until Ctrl+C; or show or write a file, or write a site.

    Args:
        arguments: what stands after the command's name; None takes the process's own.

    Raises:
        SystemExit: always: 0 after Ctrl+C, `--help`, `--version`, a file that was shown or written
            and a site that was written, 1 where the port is taken or the file refused, 2 for
            arguments that cannot be.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["show"]:
        from rnnviz.web.watched.show import show

        show(given[1:])
        raise SystemExit(0)
    if given[:1] == ["worksheet"]:
        from rnnviz.web.course.worksheet_file import write

        write(given[1:])
        raise SystemExit(0)
    if given[:1] == ["site"]:
        from rnnviz.web.site.command import site

        site(given[1:])
        raise SystemExit(0)
    options = parsed(given[1:] if given[:1] == ["serve"] else given)
    from streamlit.web.cli import main as streamlit

    if options.lan:
        invite(f"http://{options.host}:{options.port}")
    elif options.host:
        print(WARNING, file=sys.stderr)
    streamlit(["run", str(SCRIPTS / "app.py"), *flags(options)], prog_name="streamlit")


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line, read and checked."""
    parser = argparse.ArgumentParser(
        "rnnviz",
        usage="%(prog)s [serve] [options]\n       %(prog)s show FILE\n       "
        "%(prog)s worksheet FILE\n       %(prog)s site FOLDER",
        description="Start RNN Viz in the browser.",
        epilog="rnnviz show FILE: a training that rnnviz.watch(…, log=FILE) wrote down, as a page. "
        "rnnviz worksheet FILE: a lesson's plan, worksheet and answers, to be printed. "
        "rnnviz site FOLDER: pages that open without a server.",
    )
    parser.add_argument("--version", action="version", version=f"rnnviz {version('rnnviz')}")
    parser.add_argument("--port", type=_port, help="default: 8501, or the next that is free")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument(
        "--host",
        metavar="ADDRESS",
        help="answer other machines too, at this address of this machine (0.0.0.0: at all)",
    )
    parser.add_argument(
        "--lan",
        action="store_true",
        help="answer everybody in this machine's network; the address and its QR code are printed",
    )
    parser.add_argument(
        "--name",
        metavar="NAME",
        action="append",
        default=[],
        help="with --host: a name by which browsers reach the app; repeat it for more. Whoever "
        "comes by another name is turned away",
    )
    options = parser.parse_args(arguments)
    if options.lan:
        _take_lan(parser, options)
    if options.host in EVERYWHERE and not options.name:
        parser.error(f"--host {options.host} needs --name: by which name or address is it reached?")
    if options.name and not options.host:
        parser.error("--name needs --host: without it only this machine is answered")
    return options


def _take_lan(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Put this machine's address in its network for the host, and a port that is known before."""
    if options.host:
        parser.error("--lan finds the address by itself: give --host or --lan, not both")
    try:
        options.host = address()
        options.port = options.port or free_port(options.host)
    except OSError as error:
        parser.error(f"--lan finds no network to answer in ({error}): give --host ADDRESS")


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) < 2**16):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 65535")
    return int(text)


def flags(options: argparse.Namespace) -> Iterator[str]:
    """What `streamlit run` is told besides the options in .streamlit/config.toml."""
    yield "--server.fileWatcherType=none"
    if options.port is not None:
        yield f"--server.port={options.port}"
    if options.no_browser:
        yield "--server.headless=true"
    if options.host:
        yield f"--server.address={options.host}"
        for name in (*_this_machine(), options.host, *options.name):
            yield f"--server.allowedHosts={name}"


def _this_machine() -> list[str]:
    """The names by which browsers on this machine reach the app."""
    with (SCRIPTS / ".streamlit" / "config.toml").open("rb") as file:
        names: list[str] = tomllib.load(file)["server"]["allowedHosts"]
    return names
