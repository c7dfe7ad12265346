# Set up .venv and do the usual work in it: `make output`, `make test`. Needs make, a package index and
# Python 3.11 to 3.13; another interpreter than the one found is named with PYTHON=….

FITS = import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c '$(FITS)' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
# Another one for another Python: `make test PYTHON=python3.13 VENV=.venv-3.13`.
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
WORKERS ?= 2

.PHONY: help output test slow lint lint-page format docs site bench clean
.DEFAULT_GOAL := output

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F '|' '{ printf "%-12s %s\n", $$1, $$2 }'

# The main job: the graph of seeds/, as Turtle and as a page.
output: $(VENV)/.kg  ## build seeds/ into output/
	$(BIN)/kg build seeds/ -o output/

# Each of its processes would compile all code again where the environment lets none be kept.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/.dev  ## run the tests; ARGS=… goes to pytest, WORKERS=2 says how many at once
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal $(ARGS)

# What takes longer than a few seconds: runs that are killed, the wheel in an environment of its own.
slow: $(VENV)/.dev  ## run the tests that take longer
	$(BIN)/python -m pytest -q --slow -m slow

lint: $(VENV)/.dev  ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@if command -v npm >/dev/null 2>&1; then $(MAKE) --no-print-directory lint-page; \
		else echo "no npm: the page's JavaScript is not linted"; fi

lint-page: node_modules/.package-lock.json
	npx --no-install biome lint --error-on-warnings

format: $(VENV)/.dev  ## write the code as the linter wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The pages and pictures of docs/ that are made from the program itself.
docs: $(VENV)/.dev  ## make the pages and answers of docs/ anew
	$(BIN)/python tools/document_cli.py
	$(BIN)/python tools/document_errors.py
	$(BIN)/python tools/document_agents.py
	$(BIN)/python tools/make_vocabulary.py
	$(BIN)/python tools/run_pages.py
	$(BIN)/python tools/picture_page.py examples/affair docs

# docs/ as a site; a link that leads nowhere stops it.
site: $(VENV)/.dev  ## docs/ as a site, in site/
	$(BIN)/python -m mkdocs build --strict

# Scores and timings; PASSAGES is a file of Re-DocRED passages (JSON).
bench: $(VENV)/.dev  ## scores and timings; PASSAGES=… is a file of passages
	$(BIN)/python benchmarks/build/run.py $(PASSAGES)
	-$(BIN)/python benchmarks/rdf/run.py

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 to 3.13 with venv was found. Install one (on Debian:" \
		"apt-get install python3 python3-venv) or name it: make PYTHON=/path/to/python" >&2; exit 1; }
	"$(PYTHON)" -c '$(FITS)' || { echo "$(PYTHON) is not Python 3.11 to 3.13 with venv" >&2; exit 1; }
	"$(PYTHON)" -m venv --clear $(VENV)

$(VENV)/.kg: pyproject.toml | $(VENV)/bin/python
	$(PIP) -e .
	touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.kg | $(VENV)/bin/python
	$(PIP) -e '.[dev]'
	touch $@

# Only what lints the page's JavaScript comes from npm.
node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-audit --no-fund --silent
	touch $@

clean:  ## remove the virtual environment
	rm -rf $(VENV) node_modules
