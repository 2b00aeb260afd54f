# Two commands: `make demo` runs the main job on the shipped fictional world, `make test` runs every check.
# Both set up what they need inside this clone (.venv) and touch nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CARGO := CARGO_HOME=$(CURDIR)/target/cargo-home cargo

.PHONY: help setup demo test rust lint bench docs lock clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

setup: $(READY) ## make the environment in .venv from the locked versions

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "ipxray needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@command -v cargo >/dev/null || echo "no Rust toolchain: the capture core is not built and its tests are skipped; everything else works"
	@command -v node >/dev/null || echo "no Node: nothing in this version needs it"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) from requirements.lock"
	@$(BIN)/python -m pip install --quiet --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY) ## assess the shipped fictional world and say where the result lies
	@$(BIN)/ipxray assess examples/world --controlled-by XA --csv --output out/demo

test: $(READY) lint rust ## every check that CI runs
	@$(BIN)/python -m pytest

rust: ## the capture core: lints and tests, skipped with a word when there is no Rust toolchain
	@command -v cargo >/dev/null || { echo "no Rust toolchain: the tests of the capture core are skipped"; exit 0; }; \
	  ! command -v cargo >/dev/null || { $(CARGO) clippy --quiet --locked --package signalling -- -D warnings && \
	  $(CARGO) test --quiet --locked --package signalling; }

lint: $(READY) ## style, types and floors
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache

bench: $(READY) ## every speed claim of the README, beside its peer, with peak memory
	@for bench in benches/[a-z]*.py; do $(BIN)/python $$bench || exit 1; done

docs: $(READY) ## write docs/reference from code and data
	@$(BIN)/python tools/docs.py

lock: ## lock the dependencies anew (needs uv)
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --output-file requirements.lock

clean: ## remove what setup and runs made
	rm -rf $(VENV) target out .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
