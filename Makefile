# Two commands are the whole set-up: `make demo` and `make test`.
# uv is taken from the PATH, or fetched from PyPI into .tools/ with the Python that this machine has.

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
# Use the interpreter this machine has; never download one.
export UV_PYTHON_DOWNLOADS := never
export UV_COMPILE_BYTECODE := 1
SYNC = $(UV) sync --frozen --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')"
RUN := $(UV) run --no-sync --quiet

.PHONY: demo test quick lint fix docs bench clean
.DEFAULT_GOAL := demo

demo: runtime  ## analyse the bundled clip and say where the report is
	@$(RUN) lumbar demo

test: tools  ## every test
	$(RUN) pytest -n auto

quick: tools  ## the tests that take under a second each
	$(RUN) pytest -n auto -m "not slow and not e2e"

lint: tools  ## ruff, mypy strict, import-linter
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports

fix: tools
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

docs: tools  ## regenerate the pages and pictures that are made from the product itself
	$(RUN) python docs/build.py

bench: tools  ## the full measurements, committed under docs/bench
	$(RUN) lumbar bench speed --json docs/bench/speed.json

.PHONY: ready runtime tools
ready:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Lumbar needs Python 3.11 or later, and '$(PYTHON)' is not one."; \
	  echo "Install it (Debian: apt-get install python3 python3-venv; macOS: brew install python), or say which:"; \
	  echo "  make demo PYTHON=/path/to/python3.12"; exit 1; }
	@command -v $(UV) >/dev/null 2>&1 || { \
	  echo "Fetching uv $(UV_VERSION) from PyPI into .tools/ …"; \
	  $(PYTHON) -m venv .tools >/dev/null || { \
	    echo "Python's venv module is missing. Debian: apt-get install python3-venv"; exit 1; }; \
	  .tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); }
	@[ -d .venv ] || echo "Installing what Lumbar needs (once, about a minute) …"

runtime: ready
	@$(SYNC) --no-dev --inexact

tools: ready
	@$(SYNC)

clean:
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
