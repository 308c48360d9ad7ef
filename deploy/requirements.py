"""``python requirements.py [EXTRA…]`` prints what ``pyproject.toml`` depends on, for ``pip install -r``.

The project is run from its checkout, so there is nothing to build and no build tool to fetch.
"""

import sys
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]
extras = project["optional-dependencies"]
print(*project["dependencies"], *(line for extra in sys.argv[1:] for line in extras[extra]), sep="\n")
