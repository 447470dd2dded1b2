# `make` does what a change must pass; CI adds coverage, a wheel, and the report in a browser. Every target sets up
# what it needs in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= data
CHROMIUM ?= chromium

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: all help totals validate docs test lint format schema fuzz bench report report-check release clean

all: lint test validate docs  ## lint, test, validate and docs: what a change must pass (CI adds COVERAGE=1)

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

totals: $(VENV)/installed  ## print the summary table
	@$(BIN)/emcollab --data $(DATA) totals

validate: $(VENV)/installed  ## check the data
	$(BIN)/emcollab validate $(DATA)/

docs: $(VENV)/installed  ## run the README's commands and compare what they print
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/readme.py

schema: $(VENV)/installed  ## write the schemas beside the data
	$(BIN)/emcollab schema --output data/schema

report: $(VENV)/installed  ## write the report to build/report
	$(BIN)/emcollab --data $(DATA) report --output build/report

report-check: report  ## check the report: HTML, links, accessibility (needs node and Chromium)
	@command -v npm >/dev/null || { echo "report-check needs node and npm, which are not here: not checked"; exit 1; }
	@command -v $(CHROMIUM) >/dev/null || apt-get install -y -qq chromium >/dev/null 2>&1 || \
		{ echo "report-check needs Chromium (CHROMIUM=/path/to/it), which is not here: not checked"; exit 1; }
	@mkdir -p build/report-check
	@cd build/report-check && npm install --silent --no-audit --no-fund --no-package-lock --prefix . \
		axe-core@4 html-validate@10 playwright-core@1
	cd build/report-check && node $(CURDIR)/tests/report_check.mjs $(CURDIR)/build/report "$$(command -v $(CHROMIUM))"

fuzz: $(VENV)/installed-dev  ## a million mutated files, 20,000 ledgers with seven commands each: hours (SEED, COUNT, LEDGERS)
	$(BIN)/python -m tests.fuzz --seed $(or $(SEED),1) --count $(or $(COUNT),1000000)
	$(BIN)/python -m tests.fuzz_commands --seed $(or $(SEED),1) --count $(or $(LEDGERS),20000)

bench:  ## time of each command, time and memory beside the peers, for an hour or so (FIGURES, PAIRS, RECORD=1)
	$(PYTHON) -m tests.bench --figures $(or $(FIGURES),30 10000 100000) --pairs $(or $(PAIRS),5) $(if $(RECORD),--record)

# Everything is made anew, and each is installed by itself, with nothing of this folder to fall back on.
release:  ## build sdist and wheel into dist/, and try each in a clean environment
	rm -rf build/release dist
	$(PYTHON) -m venv build/release/build
	build/release/build/bin/python -m pip install --quiet build==1.6.1 twine==7.0.0
	build/release/build/bin/python -m build --outdir dist .
	build/release/build/bin/python -m twine check --strict dist/*
	$(PYTHON) -m venv build/release/wheel
	build/release/wheel/bin/python -m pip install --quiet "$$(ls $(CURDIR)/dist/*.whl)[xlsx]"
	$(PYTHON) -m venv build/release/sdist
	build/release/sdist/bin/python -m pip install --quiet "$$(ls $(CURDIR)/dist/*.tar.gz)[xlsx]"
	@for each in wheel sdist; do $(PYTHON) -P tests/release.py build/release/$$each $(DATA) || exit 1; done

test: $(VENV)/installed-dev  ## run the tests; with COVERAGE=1 every branch must be taken
ifdef COVERAGE
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --numprocesses auto --dist worksteal
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
else
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal
endif

lint: $(VENV)/installed-dev  ## check style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/installed-dev  ## put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:  ## remove what the other targets made
	rm -rf $(VENV) build dist .coverage .coverage.* .hypothesis .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; try make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@
