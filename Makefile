# What a person or a machine types. `make` alone lists it.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := aide
.PHONY: aide run demo test check openfisca bench controle mutations fuzz data docs lock clean

aide: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 16

run: ## creates the environment, prepares the data, opens the site on 127.0.0.1
	@$(PYTHON) tools/environment.py run
	@$(BIN)/maillage preparer
	@$(BIN)/maillage site $(if $(PORT),--port $(PORT))

demo: ## the same with an invented network and one account per role, made anew at each start
	@$(PYTHON) tools/environment.py run
	@$(BIN)/maillage preparer
	@$(BIN)/maillage site --demonstration $(if $(PORT),--port $(PORT))

test: ## everything: style, types, layers, and every test; says what could not run and why
	@$(PYTHON) tools/environment.py dev
	@$(BIN)/python tools/checks.py

check: test ## the same as test: what the continuous integration runs

openfisca: ## the same rules served by OpenFisca, in an environment of its own: cases, web API, parity
	@$(PYTHON) tools/openfisca.py

bench: ## the performance claims, as ratios, of docs/explications/performance.md
	@$(PYTHON) tools/environment.py dev
	-@$(PYTHON) tools/openfisca.py preparer
	-@$(PYTHON) tools/spark.py
	@$(BIN)/python benchmarks/p1_import.py
	@$(BIN)/python benchmarks/p2_pilotage.py
	@$(BIN)/python benchmarks/p3_access.py
	@$(BIN)/python benchmarks/p4_versement.py
	@$(BIN)/python benchmarks/p5_distribution.py
	@$(BIN)/python benchmarks/p7_fec.py
	@$(BIN)/python benchmarks/p8_pages.py
	@$(BIN)/python benchmarks/p8_membres.py
	@$(BIN)/python benchmarks/p10_moteurs.py

controle: ## every figure of the cockpit on the national synthetic extract, against plain SQL (about ten minutes)
	@$(PYTHON) tools/environment.py dev
	@$(BIN)/python benchmarks/controle_national.py

fuzz: ## coverage-guided fuzzing of both readers, ten minutes each (Linux)
	@$(PYTHON) tools/fuzzing.py

mutations: ## 100,000 damaged extracts and accounting files: told or refused, nothing half-kept (about an hour)
	@$(PYTHON) tools/environment.py dev
	@MAILLAGE_TIRAGES=435 $(BIN)/pytest -q tests/properties/data/test_extraits_abimes.py tests/properties/data/test_fec_abimes.py

data: ## rebuilds the reference pack from the published tables in DIR
	@$(PYTHON) tools/environment.py run
	@$(BIN)/maillage reference build --from $(DIR)

docs: ## writes the generated pages of docs/reference again
	@$(PYTHON) tools/environment.py run
	@$(BIN)/python tools/documentation.py

lock: ## computes the locked requirements again (after a change of pyproject.toml)
	@$(PYTHON) tools/environment.py dev
	@$(BIN)/python tools/lock.py

clean: ## removes the environment and the caches, never the data
	rm -rf .venv .venv-openfisca .venv-spark .venv-fuzz .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage build
