# Everything a newcomer needs: `make demo` to look, `make test` to know it works.
.DEFAULT_GOAL := help
BIN := .venv/bin
PORT ?= 8000
PEOPLE ?= 2000
export UV_PYTHON_DOWNLOADS := never

help: ## Say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/' | expand -t 20

demo: .venv/runtime ## Try the whole product in a browser with a made-up council (PORT=8000 PEOPLE=2000)
	@$(BIN)/wherewithal demo --port $(PORT) --people $(PEOPLE)

test: check chromium ## Set everything up and run every check and test
	$(BIN)/pytest -n 2 --dist worksteal

check: export WHEREWITHAL_MODE := trial
check: .venv/development ## Format, lint, types, import contract, migrations, stale docs: the static part
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	DATABASE_URL=postgresql://none-is-needed/for-types $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/wherewithal manage makemigrations --check --dry-run
	$(BIN)/python scripts/reference.py --check

test-spark: .venv/development .local/spark ## Hold a scheme's query to its explanation in Spark (needs Java 17)
	@java -version 2>/dev/null || { echo "Spark needs Java 17. On Debian: sudo apt-get install openjdk-17-jre-headless" >&2; exit 1; }
	PYTHONPATH=.local/spark $(BIN)/pytest tests/spark

.local/spark: .venv/development
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --target $@ 'pyspark>=4'
	@touch $@

fix: .venv/development ## Format, and mend what can be mended without thinking
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: .venv/development ## Write the generated reference anew
	$(BIN)/python scripts/reference.py

bench: .venv/development ## Measure speed beside a peer in one run
	$(BIN)/python -m bench

shots: .venv/development chromium ## Take the README's pictures from the running product
	$(BIN)/python scripts/shots.py

chromium:
	@scripts/chromium.sh

.venv/runtime: requirements.lock pyproject.toml scripts/environment.sh
	@scripts/environment.sh requirements.lock
	@touch $@

.venv/development: requirements-dev.lock pyproject.toml scripts/environment.sh
	@scripts/environment.sh requirements-dev.lock
	@touch $@ .venv/runtime

lock: ## Choose the newest allowed versions and write the lock files (hashes, no addresses)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-annotate --no-emit-index-url --upgrade --extra web --extra analysis pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-annotate --no-emit-index-url --extra web --extra analysis --group dev -c requirements.lock \
	    pyproject.toml -o requirements-dev.lock

.PHONY: help demo test test-spark check fix docs bench shots chromium lock
