"""The README's examples run as they stand, and the package offers what it says it does."""

import re
import subprocess
import sys
from pathlib import Path

import rnnviz

README = (Path(__file__).parent.parent / "README.md").read_text()


def test_the_examples_run_one_after_the_other():
    blocks = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    assert len(blocks) == 2
    done = subprocess.run([sys.executable, "-W", "error", "-c", "\n".join(blocks)], check=False)
    assert done.returncode == 0


def test_everything_the_package_offers_is_there():
    assert [name for name in rnnviz.__all__ if not hasattr(rnnviz, name)] == []


def test_a_name_it_does_not_offer_is_an_attribute_error():
    assert not hasattr(rnnviz, "tracee")
