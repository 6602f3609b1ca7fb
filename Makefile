# Two commands do everything on a fresh machine with Python 3.11 or later and make: `make demo` and `make test`.

PYTHON ?= python3
VENV ?= .venv
OUT ?= out/demo
BIN = $(VENV)/bin

.PHONY: demo test lint types browser pictures reference clean

demo: $(VENV)/.installed
	$(BIN)/oncopact build examples/releases --out $(OUT)
	@echo
	@echo "The graph is in $(OUT)/graph.ttl. Ask it, for example:"
	@echo "  $(BIN)/oncopact query $(OUT)/graph.trig agreements"

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

# the page's scripts and styles, and the page in a browser: needs Chromium (on Debian: apt-get install chromium)
browser: $(VENV)/.installed-browser
	.ci/lint-page $(BIN)
	$(BIN)/python -m pytest tests/browser

# the pages that are made from the commands, the ontology and the questions
reference: $(VENV)/.installed
	$(BIN)/python -m oncopact.cli_docs > docs/commands.md
	$(BIN)/python -m oncopact.ontology_docs > docs/ontology.md
	$(BIN)/python -m oncopact.question_docs > docs/questions.md

pictures: $(VENV)/.installed-browser
	$(BIN)/python docs/pictures.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-browser: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev,browser]"
	@touch $@

clean:
	rm -rf $(VENV) out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
