# Two commands are the whole set-up: `make demo` and `make test`. They need Python and make, nothing else.
# uv is taken from the PATH, or fetched from PyPI into .tools/ with the Python that this machine has.

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
# Use the interpreter this machine has; never download one.
export UV_PYTHON_DOWNLOADS := never
# Compile once at install, so that starting is quick even where PYTHONDONTWRITEBYTECODE is set.
export UV_COMPILE_BYTECODE := 1
# Trust what this machine trusts (a company's proxy, say), where its list is; else uv trusts its own list.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt /etc/ssl/cert.pem),)
export UV_SYSTEM_CERTS ?= 1
endif
# Where the packages go; .ci/run sets another folder for each Python it tries.
export UV_PROJECT_ENVIRONMENT ?= .venv
# Groups of packages beyond those for development, say GROUPS=exchange: OpenSim, which opens what we write.
GROUPS ?=
SYNC = $(UV) sync --frozen --quiet $(addprefix --group ,$(GROUPS)) --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')"
RUN := $(UV) run --no-sync --quiet

.DEFAULT_GOAL := demo
.PHONY: demo test quick lint fix docs bench clean help ready runtime tools

demo: runtime  ## analyse the bundled clip and say where the report is
	@$(RUN) lumbar demo

test: tools  ## run every test
	@$(RUN) pytest -n auto --dist worksteal

quick: tools  ## run the tests that take under a second each
	@$(RUN) pytest -n auto --dist worksteal -m "not slow and not e2e"

lint: tools  ## check style, types, layers and the lock
	$(UV) lock --check --quiet
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports --no-logo

fix: tools  ## let ruff mend what it can
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

docs: tools  ## regenerate the pages that are made from the product itself
	$(RUN) python docs/build.py
	$(RUN) python docs/urgency.py
	$(RUN) python docs/guide.py
	$(RUN) python docs/terminal.py

bench: tools  ## measure everything, for docs/bench; takes hours, and carries on where it was stopped
	$(UV) sync --frozen --quiet --inexact --group synth
	$(RUN) lumbar synth --split report --seed 1 --n 60 --out .bench/accuracy/rendered
	$(RUN) lumbar bench accuracy --json docs/bench/accuracy.json
	$(RUN) lumbar bench speed --json docs/bench/speed.json
	$(RUN) lumbar bench triage --json docs/bench/triage.json
	$(RUN) lumbar bench log --json docs/bench/log.json
	$(RUN) lumbar bench ask --json docs/bench/ask.json
	$(RUN) lumbar bench contributors --json docs/bench/contributors.json
	$(RUN) lumbar bench app --json docs/bench/app.json
	$(RUN) python docs/build.py bench accuracy speed

clean:  ## remove everything that was installed or cached here
	rm -rf .venv .venvs .tools .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The steps below are taken by the targets above.

ready:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	  echo "Lumbar needs Python 3.11 or later, and there is no '$(PYTHON)' here."; \
	  echo "Install it (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python),"; \
	  echo "or say which one to use: make $(firstword $(MAKECMDGOALS) demo) PYTHON=/path/to/python3"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Lumbar needs Python 3.11 or later; '$(PYTHON)' is $$("$(PYTHON)" --version 2>&1 | head -n 1)."; \
	  echo "Install a later one (Debian 12 and Ubuntu 24.04 have it: apt-get install python3 python3-venv;"; \
	  echo "macOS: brew install python), or say which one to use:"; \
	  echo "  make $(firstword $(MAKECMDGOALS) demo) PYTHON=/path/to/python3.12"; exit 1; }
	@command -v "$(UV)" >/dev/null 2>&1 || { \
	  echo "Fetching uv $(UV_VERSION) from PyPI into .tools/ …"; \
	  "$(PYTHON)" -m venv --clear .tools >/dev/null 2>&1 || { rm -rf .tools; \
	    echo "'$(PYTHON)' cannot make a virtual environment: its venv module is missing."; \
	    echo "Install it (Debian, Ubuntu: apt-get install python3-venv), or install uv yourself."; exit 1; }; \
	  .tools/bin/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)" || { rm -rf .tools; \
	    echo "uv could not be fetched from PyPI: is this machine online? Installing uv yourself helps, too."; \
	    exit 1; }; }
	@[ -d "$(UV_PROJECT_ENVIRONMENT)" ] || echo "Installing what Lumbar needs into $(UV_PROJECT_ENVIRONMENT)/ …"

runtime: ready
	@$(SYNC) --no-dev --inexact

tools: ready
	@$(SYNC)
