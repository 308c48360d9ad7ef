"""The apps of Vitrine; each may import only the apps below it (pyproject.toml, import-linter)."""
