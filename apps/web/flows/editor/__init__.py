"""The editor of definitions: a text in JSON or YAML, checked as it is written, with its graph beside it."""
