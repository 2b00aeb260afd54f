# Two commands: `make demo` runs the main job on the shipped fictional world, `make test` runs every check.
# Both set up what they need inside this clone (.venv) and touch nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
NATIVE := $(VENV)/.native
PEERS := $(VENV)/.test
VIZ := src/ipxray/report/static/viz.js
CARGO := CARGO_HOME=$(CURDIR)/target/cargo-home cargo
PIP := $(BIN)/python -m pip install --quiet --no-cache-dir --disable-pip-version-check

.PHONY: help setup demo test rust fuzz lint bench bench-detection docs pictures lock peers clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

setup: $(READY) $(NATIVE) $(VIZ) ## make the environment in .venv from the locked versions

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "ipxray needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) from requirements.lock"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $(READY)

$(NATIVE): Cargo.lock $(shell find crates -path '*/src/*.rs' -o -name '*.toml' -o -name '*.pyi') | $(READY)
	@if command -v cargo >/dev/null; then echo "building the capture core" && mkdir -p target && rm -rf target/wheels && \
	  { CARGO_HOME=$(CURDIR)/target/cargo-home $(BIN)/maturin build --release --locked --manifest-path crates/signalling-py/Cargo.toml \
	    --interpreter $(BIN)/python --out target/wheels >target/wheel.log 2>&1 || { cat target/wheel.log; exit 1; }; } && \
	  $(PIP) --no-deps --force-reinstall target/wheels/ipxray_signalling-*.whl; \
	else echo "no Rust toolchain: captures cannot be read and their tests are skipped; everything else works"; fi
	@touch $(NATIVE)

$(VIZ): $(READY) $(shell find web -type f -not -path '*/node_modules/*' 2>/dev/null)
	@if [ ! -d web ]; then :; elif command -v npm >/dev/null; then echo "building the figures" && \
	  cd web && npm ci --silent --no-audit --no-fund --cache ../target/npm && npm run --silent build; \
	else echo "no Node: reports show their tables without figures; everything else works"; fi
	@mkdir -p $(dir $(VIZ)) && touch $(VIZ)

$(PEERS): requirements-test.lock $(READY)
	@echo "setting up the tests from requirements-test.lock"
	@$(PIP) --require-hashes -r requirements-test.lock
	@touch $(PEERS)

demo: setup ## assess the shipped fictional world and say where the result lies
	@$(BIN)/ipxray assess examples/world --controlled-by XA --csv --output out/demo

test: setup $(PEERS) lint rust ## every check that CI runs
	@$(BIN)/python -m pytest

rust: ## the capture core: lints and tests, skipped with a word when there is no Rust toolchain
	@command -v cargo >/dev/null || { echo "no Rust toolchain: the tests of the capture core are skipped"; exit 0; }; \
	  ! command -v cargo >/dev/null || { $(CARGO) fmt --all --check && \
	  $(CARGO) clippy --quiet --locked --workspace --all-targets -- -D warnings && \
	  $(CARGO) test --quiet --locked --package signalling && \
	  $(CARGO) test --quiet --locked --package signalling-py --no-default-features; }

FUZZ_SECONDS ?= 60
CARGO_FUZZ := target/tools/bin/cargo-fuzz

$(CARGO_FUZZ):
	@command -v cargo >/dev/null || { echo "fuzzing needs a Rust toolchain: rustup.rs"; exit 1; }
	@echo "building cargo-fuzz"; $(CARGO) install --quiet --locked --root target/tools cargo-fuzz@0.13.2

fuzz: $(CARGO_FUZZ) ## a minute of libFuzzer for each protocol file (FUZZ_SECONDS=10 for less); no nightly toolchain needed
	@PATH="$(CURDIR)/target/tools/bin:$$PATH" CARGO_HOME=$(CURDIR)/target/cargo-home CARGO_TARGET_DIR=$(CURDIR)/target/fuzz \
	  fuzz/run.sh $(FUZZ_SECONDS)

lint: $(PEERS) ## style, types and floors
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache

bench: setup $(PEERS) ## every speed claim of the README, beside its peer, with peak memory
	@for bench in benches/[a-z]*.py; do $(BIN)/python $$bench || exit 1; done

bench-detection: setup ## recall by family and false alarms of detection over lab captures (some minutes)
	@$(BIN)/python tools/detection_recall.py --details

docs: setup ## write docs/reference from code and data
	@$(BIN)/python tools/docs.py

pictures: setup $(PEERS) ## take the pictures of the README anew (needs chromium)
	@$(BIN)/python tools/pictures.py

LOCK := uv pip compile pyproject.toml --group build --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11

lock: ## lock the dependencies anew (needs uv)
	$(LOCK) --output-file requirements.lock
	$(LOCK) --group dev --extra spark --extra lab --constraints requirements.lock --output-file requirements-test.lock

peers: ## install the peers that tests compare with (as root, with apt-get): tshark, chromium
	@command -v tshark >/dev/null && command -v chromium >/dev/null || { apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends tshark chromium fonts-dejavu-core >/dev/null; }

clean: ## remove what setup and runs made
	rm -rf $(VENV) target out .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
