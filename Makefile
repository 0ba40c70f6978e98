# The commands of the house. Each makes its own virtual environment first; a second run costs nothing.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PACKAGES := app importers scheduler
CODE := $(PACKAGES) alembic benchmarks examples tests
WORKERS ?= 3# on two cores: many tests wait for a process, a disk or a server
OUT ?= build/demo

.PHONY: help demo serve test soak check format lint types imports migrations bench lock clean
.DEFAULT_GOAL := help

help: ## what can be done here
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Ronde needs Python 3.11 or newer; this is $$($(PYTHON) --version). Name another: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY) ## plan the example convention into build/demo
	$(BIN)/ronde plan examples/mont-saint-martin/*.xlsx --out $(OUT) --seconds 12

serve: $(READY) ## start the service on http://127.0.0.1:8000
	$(BIN)/ronde serve

test: $(READY) ## all tests, under ten minutes on two cores
	$(BIN)/python -m pytest -n $(WORKERS)

soak: $(READY) ## what takes longer, under 45 minutes: races, kills, load, long fuzzing
	$(BIN)/python -m pytest -m soak -n $(WORKERS) --dist worksteal --durations 25

check: format lint types imports migrations test ## everything that must hold before a change lands

format: $(READY)
	$(BIN)/ruff format --check --quiet $(CODE)

lint: $(READY)
	$(BIN)/ruff check --quiet $(CODE)
	$(BIN)/hadolint Dockerfile

types: $(READY)
	$(BIN)/mypy

imports: $(READY)
	$(BIN)/lint-imports --no-logo

migrations: $(READY)
	RONDE_DATABASE_URL=sqlite:// $(BIN)/ronde migrate --check

bench: $(READY) ## the benchmarks: tables on standard output
	$(BIN)/python -m benchmarks.run

COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header
lock: $(READY) ## choose the newest versions and pin them: names, versions, hashes
	@mkdir -p build
	$(COMPILE) --upgrade > build/runtime.txt
	$(COMPILE) --upgrade --extra dev --extra fast --constraint build/runtime.txt > build/all.txt
	{ echo "# What Ronde needs to run. Made by \`make lock\`."; cat build/runtime.txt; \
	  echo "# --- from here on: what development and tests need besides ---"; \
	  awk 'NR == FNR { if (/^[a-z]/) known[$$1]; next } /^[a-z]/ { skip = $$1 in known } !skip' build/runtime.txt build/all.txt; } > requirements.txt

clean: ## remove what the other commands made
	rm -rf $(VENV) build
