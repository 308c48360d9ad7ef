"""``python -m tests.common.confined.portal FOLDER`` runs something long there: what the tests kill."""

import sys
from pathlib import Path

from apps.common.confined.running import run
from apps.common.confined.types import Limits, Setting

run(["sleep", "600"], setting=Setting(Limits(seconds=60), folder=Path(sys.argv[1])))
