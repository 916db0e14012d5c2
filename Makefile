PYTHON ?= python3
VENV := .venv
READY := $(VENV)/ready
RUN := $(VENV)/bin

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

REPORTS := $(VENV)/reports

$(READY) $(REPORTS):
	$(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(READY): requirements.lock pyproject.toml
$(REPORTS): requirements-reports.lock pyproject.toml

.PHONY: setup
setup: $(READY) ## make the virtual environment with the locked dependencies

.PHONY: report
report: $(or $(wildcard $(READY)),$(REPORTS)) ## audit the committed sample export; prints the paths of the reports
	$(RUN)/audits run

.PHONY: lab
lab: $(READY) ## open JupyterLab on notebooks/ with the sample
	$(RUN)/audits lab

.PHONY: needs
needs: $(READY) ## install what the tests need from Debian, or say which of them are skipped
	@$(RUN)/python -m tests.needs

.PHONY: test
test: needs ## check style and types, run every test
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/sqlfluff lint --nocolor --processes 0 audits/controls audits/evaluation/measures audits/contract/population
	$(RUN)/pytest --nbval-lax --nbval-kernel-startup-timeout 600 -n auto --dist loadfile notebooks
	$(RUN)/pytest -n auto --dist worksteal tests

# Whole runs, and the same checks over many exports, take most of the time of `make test`.
LONG := operate publish explore samples contract/test_quality.py

.PHONY: quick
quick: $(READY) ## check style and types, run the tests that matter most: about a minute
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/pytest -n auto --dist worksteal -m "not slow" $(LONG:%=--ignore=tests/%) tests

.PHONY: mutations
mutations: $(READY) ## judge every spoilt copy of the examples and of the sample, and say what each does to verdicts: an hour or two
	$(RUN)/python -m tests.evaluation.spoilt_examples
	$(RUN)/python -m tests.evaluation.mutations

.PHONY: mutants
mutants: $(READY) ## change every query in one place after the other, and say which changes no example tells apart: minutes
	$(RUN)/python -m tests.controls.mutants

.PHONY: engines
engines: $(READY) ## ask all examples and the whole sample of Spark too, and say what it answers otherwise: minutes
	$(RUN)/python -m tests.evaluation.both_engines

.PHONY: coverage
coverage: $(READY) ## run every test and say which lines of audits/ none of them runs
	$(RUN)/pytest -n auto --dist worksteal --cov --cov-report=term:skip-covered tests

.PHONY: docs
docs: $(READY) ## make the pages that are made from the code, and the site of docs/ in build/site, its links checked
	$(RUN)/python -m docs.pages
	$(RUN)/sphinx-build --quiet --fresh-env --fail-on-warning --keep-going docs build/site

.PHONY: notebooks
notebooks: $(READY) ## run the notebooks on the sample, keep the outputs of checked cells
	$(RUN)/python tests/store_checked_outputs.py

.PHONY: bench
bench: $(READY) ## measure speed and memory, ten million requests included (minutes)
	$(RUN)/python benchmarks/door.py
	$(RUN)/python benchmarks/controls.py
	$(RUN)/python benchmarks/runs.py

.PHONY: profile
profile: $(READY) ## say where the time of an evaluation goes, step by step and control by control
	$(RUN)/python benchmarks/steps.py

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-strip-extras --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet

.PHONY: lock
lock: ## make the lock files anew from pyproject.toml (needs uv)
	$(LOCK) --extra lab --extra notify --extra dev -o requirements.lock
	$(LOCK) --group build --constraint requirements.lock -o requirements-reports.lock

.PHONY: clean
clean: ## remove what was built, reports too
	rm -rf $(VENV) build dist evidence reports/[0-9]*
