"""A bundle is its modules: each run once and in order, every name theirs, every line known."""

import json
import os
import re
import subprocess

import pytest
from streamlit.testing.v1 import AppTest

from rnnviz.web import bundles
from rnnviz.web.bundle import BROWSER, bundle, style
from tests.javascript import node

ROOT = BROWSER.parents[2]
ENTRIES = [*BROWSER.glob("standalone/*.js"), *(BROWSER / n / f"{n}.js" for n in bundles.NAMES)]
HEADS = re.compile(r'(import|export)\b|\} from ".*";$')
"""Lines where an import or export begins or ends: only these are written otherwise."""
BASE_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


MODULES = {
    "a/a.js": """
import { log } from "../b/log.js";
import one from "./never.js";
import "../b/deep/second.js";
import {
  two as pair,
  Three,
} from "../b/deep/second.js";

/** @type {import("./types.js").T} */
log("a", one, pair(), new Three().name);

export default () => log.all;
""",
    "a/never.js": """
import { log } from "../b/log.js";
log("never");
export default "one";
""",
    "b/log.js": """
export const log = (...what) => log.all.push(what.join());
log.all = [];
""",
    "b/deep/second.js": """
import { log } from "../log.js";
log("second");
const name = "three";
export function two() {
  return name.length;
}
export class Three {
  name = name;
}
""",
    "b/types.js": "export {};\n",
    "a/a.css": '@import "../b/b.css";\n.a { color: red; }\n',
    "b/b.css": ".b { color: blue; }\n",
}
"""Modules in every form that is known, and sheets."""


@pytest.fixture
def folder(tmp_path):
    return written(tmp_path, MODULES)


def written(folder, texts):
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def log_of(entry):
    """What the default export of a module gives, as Node runs it."""
    code = f"const {{ default: all }} = await import({json.dumps(entry.as_uri())});"
    done = subprocess.run(
        [node(), "--input-type=module", "-e", f"{code}\nconsole.log(JSON.stringify(all()))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_a_bundle_does_what_its_modules_do(folder):
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "bundle.js").write_text(bundle("a/a.js", folder).code)
    expected = ["never", "second", "a,one,5,three"]
    assert log_of(folder / "a" / "a.js") == log_of(folder / "bundle.js") == expected


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_line_of_a_bundle_is_the_one_its_map_names(entry):
    made = bundle(entry.relative_to(BROWSER).as_posix())
    lines = made.code.split("\n")
    named = {}
    for line, (source, original) in decoded(json.loads(made.source_map("..")), len(lines)).items():
        named.setdefault(source, {})[original] = lines[line]
    assert f"../{entry.relative_to(BROWSER).as_posix()}" in named
    for source, found in named.items():
        written = (BROWSER / "bundles" / source).resolve().read_text().split("\n")
        assert list(found) == list(range(len(written))), source
        for k, line in enumerate(written):
            assert found[k] in (line, line.replace(" as ", ": ")) or HEADS.match(line), source


def decoded(told, length):
    """Line → (source, its line), read as ECMA-426 says, by nothing of what wrote it."""
    assert told["version"] == 3
    source = original = 0
    found = {}
    for line, segments in enumerate(told["mappings"].split(";")):
        for segment in filter(None, segments.split(",")):
            numbers, value, shift = [], 0, 0
            for letter in segment:
                digit = BASE_64.index(letter)
                value |= (digit & 31) << shift
                shift += 5
                if digit < 32:
                    numbers.append(-(value >> 1) if value & 1 else value >> 1)
                    value = shift = 0
            assert (numbers[0], numbers[3]) == (0, 0)
            source, original = source + numbers[1], original + numbers[2]
            found[line] = (told["sources"][source], original)
    assert max(found) < length
    return found


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        (
            {"a.js": 'import "./b.js";', "b.js": 'import "./a.js";'},
            "one another: a.js → b.js → a.js",
        ),
        ({"a.js": 'import { x } from "./b.js";', "b.js": ""}, "imports x, which b.js does not"),
        (
            {"a.js": 'import { x, y as z } from "./b.js";', "b.js": "export const x = 1;"},
            "imports y",
        ),
        ({"a.js": 'import x from "./b.js";', "b.js": "export const x = 1;"}, "imports default"),
        ({"a.js": 'import * as x from "./b.js";', "b.js": ""}, "no bundle"),
        ({"a.js": 'export * from "./b.js";', "b.js": ""}, "no bundle"),
        ({"a.js": "export let x = 1;"}, "no bundle"),
        ({"a.js": "export default function name() {}"}, "no bundle"),
    ],
)
def test_what_cannot_be_bundled_is_refused(texts, says, tmp_path):
    with pytest.raises(ValueError, match=re.escape(says)):
        bundle("a.js", written(tmp_path, texts))


def test_a_style_sheet_holds_what_it_imports(folder):
    assert style("a/a.css", folder) == ".b { color: blue; }\n\n.a { color: red; }\n"


def test_who_edits_a_module_has_it_bundled_anew(folder):
    script = folder / bundles.files("a", folder).js
    first, at = script.read_text(), script.stat().st_mtime_ns
    assert bundles.files("a", folder) == ("bundles/a.mjs", "bundles/a.css")
    assert script.stat().st_mtime_ns == at
    second = folder / "b" / "deep" / "second.js"
    second.write_text(second.read_text() + "log(7);\n")
    (folder / "b" / "b.css").write_text(".b { color: green; }\n")
    bundles.files("a", folder)
    assert "log(7);" in script.read_text()
    assert "log(7);" not in first
    assert "green" in script.with_suffix(".css").read_text()
    assert [path.name for path in sorted(script.parent.iterdir())] == [
        "a.css",
        "a.mjs",
        "a.mjs.map",
    ]


def test_a_page_that_begins_brings_its_bundle_up_to_its_modules():
    script = BROWSER / bundles.files("stepper").js
    for changed in (0, script.stat().st_mtime_ns + 10**9):
        os.utime(script, ns=(changed, changed))
        page = AppTest.from_file(ROOT / "app.py", default_timeout=60).run()
        assert not page.exception
        assert script.stat().st_mtime_ns != changed
        assert bundle("stepper/stepper.js").code in script.read_text()


def test_where_nothing_can_be_written_the_modules_are_handed_out_themselves(folder):
    (folder / "bundles").write_text("no folder")
    assert bundles.files("a", folder) == ("a/a.js", "a/a.css")
