# make demo          set up, then a Slack on this machine with the bot in it   (ARGS=--script: headless)
# make test          set up, then everything that must hold
# make repeat        the conversations COUNT times over, to find what fails now and then
PYTHON ?= python3
VENV := .venv
COUNT ?= 200
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test repeat format bench pictures sheet constraints clean

demo: $(READY)
	$(BIN)/studio demo $(ARGS)

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 3 --dist worksteal -q $(ARGS)

repeat: $(READY)
	$(BIN)/python -m pytest -n 2 --dist worksteal -q --count $(COUNT) tests/flows \
		--ignore=tests/flows/test_kill.py $(ARGS)

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python -m tests.bench $(ARGS)

pictures: $(READY)
	$(BIN)/python -m tests.browser.pictures

sheet: $(READY)
	$(BIN)/python -m tests.sheets $(ARGS)

$(READY): constraints.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(READY)

constraints: $(READY)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --extra dev --no-header \
		--no-emit-index-url --no-annotate --python-version 3.11 --output-file constraints.txt pyproject.toml

clean:
	rm -rf $(VENV) var build dist
