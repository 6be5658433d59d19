# Needs only make and Python 3.11 or newer; everything else goes into .venv, and for the tests into tests/programs.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test test-pythons check docs lists vscode test-vscode fuzz fuzz-coverage bench clean

# Lint a faulty sample report. Status 1 says that faults were found, which is the point here.
demo: .venv/ready
	$(BIN)/reportlint examples/faulty/qinghu-2022.txt || test $$? -eq 1

test: .venv/ready-dev .venv/ready-programs check
	$(BIN)/python -m pytest -n auto

# The tests of the core on every Python from 3.11 up that this machine has, each in an environment of its own.
test-pythons:
	tools/test-pythons

check: .venv/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	MYPYPATH=tests/plugin-example/src $(BIN)/mypy --config-file= --strict -p reportlint_example

# The documentation site, in site/, offline and strict.
docs: .venv/ready-dev
	$(BIN)/python -m tools.site

# What follows from the program: the READMEs' lists of rules and formats, the schema of a configuration.
lists: .venv/ready-dev
	$(BIN)/python -m tools.lists

# The extension for VS Code, editors/vscode/reportlint.vsix. Needs Node.js 20 or newer.
vscode: editors/vscode/node_modules/.ready
	cd editors/vscode && npm run --silent package

editors/vscode/node_modules/.ready: editors/vscode/package-lock.json
	cd editors/vscode && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

# VS Code itself in a browser, with the extension; heavy, so not part of `test`.
test-vscode: .venv/ready-dev .venv/ready-programs vscode
	$(BIN)/python -m tools.test_vscode

# Mutated reports against the promises of docs/promises.md; what breaks one lands in tests/fuzz/found.
MINUTES ?= 10
fuzz: .venv/ready-dev
	$(BIN)/python -m tests.fuzz --minutes $(MINUTES)

# The same under atheris, which looks for inputs that reach new code.
fuzz-coverage: .venv/ready-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	$(BIN)/python -m tests.fuzz.coverage_guided -max_total_time=$$(($(MINUTES) * 60))

# Times, for notes and comparisons; never part of a test.
bench: .venv/ready-dev
	$(BIN)/python -m benchmarks.results
	$(BIN)/python -m benchmarks.arithmetic
	$(BIN)/python -m benchmarks.shapes

.venv/ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "reportlint needs Python 3.11 or newer; try make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/ready-dev: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

# Programs of others that tests run: Node packages, and where it may, Debian's.
.venv/ready-programs: .venv/ready-dev tools/test-programs tests/programs/package-lock.json
	tools/test-programs $(BIN)/python
	touch $@

clean:
	rm -rf .venv .venv-3.* dist build site .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/programs/node_modules tests/programs/*.xsd
