# make demo     install, and build the knowledge graph of the seed documents into exports/
# make test     install, and run the whole gate: lint, format, types, tests
# make scripts  check the types and the style of the map's scripts, and test them (needs Node; nothing else does)
# make quality  measure the extraction on the annotated documents in tests/corpus
# make readme   bring exports/, the session and figures of README.md and ontology/context.jsonld up to date
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/uv pip install --quiet --python $(VENV) --constraint constraints.txt --editable

.PHONY: demo test scripts quality readme constraints clean

demo: $(VENV)/.installed
	$(BIN)/kg build seeds -o exports

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

scripts:
	npm ci --prefix tests/web --silent
	npm run check --prefix tests/web --silent

quality: $(VENV)/.installed
	@$(BIN)/python tests/benchmarks/quality.py

readme: demo
	$(BIN)/python tests/readme.py --quality
	$(BIN)/kg ontology context -o ontology/context.jsonld

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt uv
	$(INSTALL) .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(INSTALL) '.[dev]'
	touch $@

# The extra `dev` holds what the others bring, but for `camel`, whose gigabytes nothing here imports.
constraints: $(VENV)/.installed
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --upgrade --quiet \
	  --no-emit-index-url --no-header --no-annotate --output-file constraints.new
	echo '# The versions that are tested together: `make constraints` compiles them from pyproject.toml.' > constraints.txt
	cat constraints.new >> constraints.txt
	rm constraints.new

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
