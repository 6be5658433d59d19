# Needs only make and Python 3.11 or newer; everything else goes into .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check docs bench clean

# Lint a faulty sample report. Status 1 says that faults were found, which is the point here.
demo: .venv/ready
	$(BIN)/reportlint examples/faulty/qinghu-2022.txt || test $$? -eq 1

test: .venv/ready-dev check
	$(BIN)/python -m pytest -n auto

check: .venv/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	MYPYPATH=tests/plugin-example/src $(BIN)/mypy --config-file= --strict -p reportlint_example

# The documentation site, in site/, offline and strict.
docs: .venv/ready-dev
	$(BIN)/python -m tools.site

# Times, for notes and comparisons; never part of a test.
bench: .venv/ready-dev
	$(BIN)/python -m benchmarks.bench
	$(BIN)/python -m benchmarks.arithmetic

.venv/ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "reportlint needs Python 3.11 or newer; try make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/ready-dev: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv dist build site .pytest_cache .mypy_cache .ruff_cache .hypothesis
