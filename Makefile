# make build   from a fresh clone to finished editions in dist/
# make test    everything that must hold before a change lands
# make lint    the part of it that runs nothing: style, types, floors, generated pages
# make lock    resolve the dependencies of pyproject.toml anew (UPGRADE=--upgrade for newer versions)
# make clean   remove what builds and tests leave behind; .venv/ stays
#
# PYTHON=/path/to/python3 chooses the interpreter for a new .venv/.

BIN = .venv/bin
WORKERS = 2
UV = uv==0.13.9
COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--annotation-style line --custom-compile-command "make lock" $(UPGRADE) pyproject.toml

.PHONY: build test lint lock clean

build:
	@setup/ready build
	@$(BIN)/kitabat build

test:
	@setup/ready test
	@$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -n $(WORKERS) --cov

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m kitabat.cli.manual docs
	git diff --exit-code -- docs/checks.md docs/errors.md

lock:
	@setup/environment requirements-dev.lock "$$(setup/python)"
	$(BIN)/python -m pip --disable-pip-version-check install --quiet "$(UV)"
	$(COMPILE) --group build --extra verify --output-file requirements.lock
	$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf dist .kitabat build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
