# `make demo` and `make test` do all their own set-up; everything they fetch stays in this folder.
PYTHON ?= python3
VENV := .venv/bin
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
UV_FLAGS := --quiet

# What Python has compiled is kept beside what was fetched, even where the environment tells it to forget: else every
# process that a test or the demo starts would compile all that it imports once more.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/compiled

.PHONY: demo test types tests browser pictures bench validate fuzz lock clean help
.DEFAULT_GOAL := help

help:
	@echo "make demo      three simulated runners through the whole loop; ends with where to look"
	@echo "make test      format, lint, types, import contracts, tests, doctests, README (make types, make tests: each alone)"
	@echo "make browser   every page in a browser, at the size of a phone and of a desk"
	@echo "make pictures  the pictures of the documents, drawn and photographed anew (about a minute)"
	@echo "make bench     speed and memory, as ratios measured in one run"
	@echo "make validate  regenerate every table under validation/ (about forty-five minutes)"
	@echo "make fuzz      twenty minutes of hostile input for the readers"
	@echo "make lock      pick newer dependencies"

demo: .venv/ready
	@$(VENV)/evenstride demo --dir demo

test: .venv/ready
	@$(VENV)/ruff format --check --quiet . || { echo "run: .venv/bin/ruff format ."; exit 1; }
	@$(VENV)/ruff check --quiet .
	@$(MAKE) --no-print-directory -j2 types tests

types: .venv/ready
	@$(VENV)/mypy --no-error-summary > .venv/types.txt || { cat .venv/types.txt; exit 1; }
	@$(VENV)/lint-imports --no-cache > .venv/contracts.txt || { cat .venv/contracts.txt; exit 1; }

# Whoever has nothing left to do takes from the other's end: what a file makes once is seldom made by both.
tests: .venv/ready
	@sh scripts/postgresql.sh
	@sh scripts/chromium.sh
	@$(VENV)/pytest -q -n auto --dist worksteal

browser: .venv/ready
	@sh scripts/chromium.sh
	@EVENSTRIDE_BROWSER=all $(VENV)/pytest -q -n auto tests/web

pictures: .venv/ready
	@sh scripts/chromium.sh
	@$(VENV)/python scripts/pictures.py
	@$(VENV)/python scripts/web_pictures.py

bench: .venv/ready
	@$(VENV)/python -m benchmarks

validate: .venv/ready
	@$(VENV)/python -m validation

fuzz: .venv/ready
	@$(UV) pip install $(UV_FLAGS) --python $(VENV)/python atheris
	@EVENSTRIDE_ORACLE=all $(VENV)/pytest -q tests/measure/formats/test_fit_oracle.py
	@$(VENV)/python -m tests.fuzz.readers --minutes 20

.tools/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "evenstride needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .tools \
	  || { echo "This Python cannot make environments: install python3-venv, or uv."; exit 1; }
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/ready: requirements.lock pyproject.toml | $(filter .tools/bin/uv,$(UV))
	@$(UV) venv $(UV_FLAGS) --allow-existing --python $(PYTHON) .venv
	@$(UV) pip sync $(UV_FLAGS) --python $(VENV)/python --require-hashes requirements.lock
	@$(UV) pip install $(UV_FLAGS) --python $(VENV)/python --no-deps --no-build-isolation --editable .
	@touch .venv/ready

lock: | $(filter .tools/bin/uv,$(UV))
	@$(UV) pip compile $(UV_FLAGS) --upgrade --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-annotate --no-header --python-version 3.11 --group dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis demo fuzz-corpus
