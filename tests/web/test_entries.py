"""A component's entry names all the modules it needs: none is found out about level by level."""

import posixpath

import pytest

from rnnviz.web.export import BROWSER, IMPORT, modules


@pytest.mark.parametrize("name", ["gradients", "stepper", "training", "writing"])
def test_an_entry_imports_every_module_that_anything_it_imports_needs(name):
    entry = f"{name}/{name}.js"
    source = (BROWSER / entry).read_text()
    named = [posixpath.normpath(f"{name}/{found[2]}") for found in IMPORT.finditer(source)]
    assert sorted(named) == sorted(set(modules(entry)) - {entry})
