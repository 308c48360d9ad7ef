SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PINS := pyproject.toml deploy/constraints.txt
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint deploy/constraints.txt
# Into the virtual environment, where tests look for programs; none of its packages has to build anything.
NPM := $(BIN)/npm install --global --prefix $(VENV) --ignore-scripts --no-audit --no-fund --loglevel=error
AZURITE := azurite@3.37.0
WORKERS ?= 2
# Tests keep their data in a folder that goes away, never in that of a portal.
TEST := env -u VITRINE_HOME $(BIN)/python -m pytest

.PHONY: help run demo-beamline test lint check bench bench-transfers bench-flows clean services-start services-stop

help:  ## Show this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r target about; do \
		printf '  make %-16s %s\n' "$$target" "$$about"; done

run: $(VENV)/.run  ## Start the portal with its sample data (VITRINE_HOME, VITRINE_PORT); Ctrl-C stops it
	@exec $(BIN)/python manage.py serve --prepare --sample

demo-beamline: $(VENV)/.run  ## Start the same, and measure: a trigger publishes the images of a beamline
	@exec $(BIN)/python manage.py serve --prepare --beamline

test: $(VENV)/.dev  ## Run all tests, with OpenSearch, PostgreSQL and Redis too where VITRINE_TEST_..._URL name them
	@$(TEST) -n $(WORKERS) $(ARGS)

lint: $(VENV)/.dev  ## Check format, style, types and imports
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint  ## Check what CI checks, with the fast tests only
	@$(TEST) -n $(WORKERS) -m "not slow and not browser" $(ARGS)

bench: $(VENV)/.dev  ## Measure ingest and search against the bare engines (ARGS=--help)
	@$(BIN)/python -m tests.bench $(ARGS)

bench-transfers: $(VENV)/.dev  ## Measure transfers against cp, rsync and rclone (ARGS=--help)
	@$(BIN)/python -m tests.bench.transfers $(ARGS)

bench-flows: $(VENV)/.dev  ## Measure the engine of flows, beside moto's interpreter (ARGS=--help)
	@$(BIN)/python -m tests.bench.flows $(ARGS)

services-start: $(VENV)/.dev  ## Start OpenSearch, PostgreSQL and Redis for tests, and say where they are
	@PYTHON=$(abspath $(BIN)/python) deploy/services.sh start

services-stop:  ## Stop them
	@deploy/services.sh stop

clean:  ## Remove the virtual environment and caches; the data in .vitrine stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	@find apps portal tests deploy -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Vitrine needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1 | head -n 1)."; \
		echo "Install one and say which: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; } >&2
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "No virtual environment could be made. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.run: $(BIN)/python $(PINS)
	@echo "Installing what Vitrine needs into $(VENV) (once; about a minute) ..."
	@$(PIP) --requirement <($(BIN)/python deploy/requirements.py postgres redis describe)
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@echo "Installing the tools of its developers into $(VENV) (once; about a minute) ..."
	@$(PIP) --requirement <($(BIN)/python deploy/requirements.py postgres redis saml dev $(if $(VITRINE_TEST_REQUIRE_SERVICES),servers))
	@$(if $(VITRINE_TEST_REQUIRE_SERVICES),$(NPM) $(AZURITE))
	@touch $@
