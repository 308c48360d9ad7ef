"""What the import contract in pyproject.toml cannot say: where an app may be met, and which way foreign keys point."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
ORDER = ["common", "accounts", "access", "search", "storage", "transfer", "flows"]
ORDER += ["timers", "triggers", "publish", "web"]
DOORS = {"services", "types", "errors", "models", "signals", "forms"}
OPEN = (
    "apps.search.paths",
    "apps.search.dates",
    "apps.search.api.finding",
    "apps.flows.language",
    "apps.flows.actions.base",
    "apps.flows.ready_made.functions.making",
    "apps.publish.sections",
)
"""How paths and dates are written, and what definitions of flows mean, is part of the types: they cross the border as
they are written. The view of the API answers JSON at the address of a page, too. What an action provider is, apps
above flows are told that have some. What makes images for ready-made functions to be tried on makes those of the
sample. How a form marks what is restricted is part of what a form is."""


def meetings():
    """Each import of one app by another: (file, module)."""
    for file in sorted((ROOT / "apps").rglob("*.py")):
        app = file.relative_to(ROOT / "apps").parts[0]
        for node in ast.walk(ast.parse(file.read_text())):
            for module in imported(node):
                if module.startswith("apps.") and module.split(".")[1] not in {app, "common"}:
                    yield file.relative_to(ROOT).as_posix(), module


def imported(node):
    match node:
        case ast.Import(names=names):
            return [name.name for name in names]
        case ast.ImportFrom(module=module, names=names, level=0) if module and module.count(".") == 1:
            return [f"{module}.{name.name}" for name in names]  # from apps.search import services
        case ast.ImportFrom(module=module, level=0) if module:
            return [module]
    return []


def test_another_app_is_met_only_at_its_doors():
    strangers = [
        (file, module)
        for file, module in meetings()
        if module.split(".")[2] not in DOORS and not module.startswith(OPEN) and "/management/" not in file
    ]

    assert strangers == []


@pytest.mark.parametrize("model", [model for model in apps.get_models() if model.__module__.startswith("apps.")])
def test_foreign_keys_point_down(model):
    here = ORDER.index(model._meta.app_label)
    keys = [field for field in model._meta.get_fields() if field.many_to_one or (field.one_to_one and field.concrete)]
    targets = {field.name: field.related_model._meta.app_label for field in keys if not field.auto_created}

    assert {name: app for name, app in targets.items() if app in ORDER and ORDER.index(app) > here} == {}
