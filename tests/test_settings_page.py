"""``deploy/README.md`` names every setting with its default, and no other."""

import re
from pathlib import Path

from django.conf import settings

from portal import env

PAGE = Path(settings.BASE_DIR, "deploy", "README.md").read_text()
ROW = re.compile(r"^\| `(VITRINE_\w+)` \| (.*?) \|", re.MULTILINE)


def on_the_page():
    return {name: default.strip("`") for name, default in ROW.findall(PAGE)}


def in_the_code():
    """Secrets may come from a file too, which the page says once for all of them."""
    defaults = {name: default for name, default in env.known.items() if not name.endswith("_FILE")}
    for value, name in {str(settings.HOME): "$VITRINE_HOME", f":{settings.PORT}": ":$VITRINE_PORT"}.items():
        defaults = {key: default.replace(value, name) for key, default in defaults.items()}
    return defaults | {"VITRINE_HOME": Path(env.known["VITRINE_HOME"]).name}


def test_every_setting_is_on_the_page_with_its_default_and_none_is_made_up():
    assert on_the_page() == in_the_code()


def test_every_secret_is_said_to_be_one():
    secrets = {name.removesuffix("_FILE") for name in env.known if name.endswith("_FILE")}

    assert set(re.findall(r"^\| `(VITRINE_\w+)` \|.*\| Secret: ", PAGE, re.MULTILINE)) == secrets
