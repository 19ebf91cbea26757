# Readout. On a bare machine with python3 (3.11 or newer), pip and make: `make run`, `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RAW ?= raw
WAREHOUSE ?= warehouse

.PHONY: setup run test test-slow golden lint format bench ui lock clean

setup: $(READY)  ## make the environment

# uv where it is installed, else a pinned uv of the project's own inside the venv.
$(READY): requirements.lock requirements-uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Readout needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@command -v uv >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@UV=$$(command -v uv || echo $(BIN)/uv); \
	$$UV pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock && \
	$$UV pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

run: setup  ## the main job on raw/ (exit code 3, more rejects than allowed, is shown but no failure)
	@$(BIN)/readout run $(RAW) --warehouse $(WAREHOUSE) || { code=$$?; test $$code = 3 || exit $$code; }

test: setup  ## the default suite
	@$(BIN)/python -m pytest -q -n auto

test-slow: setup  ## what starts servers or builds wheels
	@$(BIN)/python -m pytest -q -m slow

golden: setup  ## write what new articles in tests/golden give; read it before you keep it
	@$(BIN)/python -m pytest -q tests/etl/normalise/test_article_golden.py --write-golden

lint: setup  ## format, style, types, import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup  ## speed of each stage on the samples, and of resolving generated mentions
	@$(BIN)/python tests/bench/bench_stages.py
	@$(BIN)/python tests/bench/bench_resolver.py

ui: setup  ## Prefect's server and pages
	@$(BIN)/readout ui

lock: setup  ## pin all dependencies anew
	@UV=$$(command -v uv || echo $(BIN)/uv); \
	$$UV pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group dev pyproject.toml -o requirements.lock && \
	echo uv | $$UV pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header - -o requirements-uv.lock

clean:  ## everything that was made but the warehouse, which may hold what raw/ no longer has
	rm -rf $(VENV) .prefect dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
