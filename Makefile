# From a fresh clone to a running site: `make run`. Bare `make` lists the targets.

# The newest Python that we test with. A candidate is run, not only found: pyenv puts a stub on the
# PATH for every version that it knows of.
PYTHON ?= $(or $(shell for p in python3.13 python3.12 python3.11 python3; do \
	if $$p -c '' 2>/dev/null; then echo $$p; break; fi; done),$(error \
	No Python found. Install Python 3.11 or newer, or say where it is: PYTHON=/path/to/python3))
BOOTSTRAP = $(PYTHON) -I kapsite/bootstrap.py
BIN := .venv/bin

TEMPLATES = $$(find templates -name '*.html')
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--no-emit-index-url --no-emit-find-links
# The integrity of each package stands in the lock file; no address does, and no script of theirs runs.
NPM_CI := npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
CHECKS := check-lint check-format check-types check-templates check-migrations check-deployment \
	check-requirements check-packages check-advisories

.PHONY: help run setup serve test checker shots check format audit bench lighthouse observatory scan requirements clean development $(CHECKS)

help:
	@echo 'Usage: make TARGET'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: ## Set everything up and serve the site at http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(BOOTSTRAP) run

setup: ## Everything that `run` does except serving
	@$(BOOTSTRAP) setup

serve: ## Only serve: the web server, the worker and the clock
	@$(BOOTSTRAP) serve

test: development ## Run the whole suite (ARGS="tests/pages -k library" for a part of it)
	@$(BIN)/python -m pytest $(ARGS)

checker: ## Install the Nu HTML checker for the tests, with npm; it runs on Java
	@cd tests/browser/tools && $(NPM_CI)

shots: development ## Take pictures of every kind of page into shots/, to be looked at; needs Chromium
	@$(BIN)/python -m tests.browser.shots

check: development ## Run the checks that CI runs besides the tests
	@$(MAKE) --keep-going --no-print-directory $(CHECKS)

format: development ## Put the code and the templates into the house's format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	$(BIN)/djade $(TEMPLATES)

bench: development ## Run the benchmarks (ARGS="--quick --write docs/performance.md"); wants wrk and nginx
	@$(BIN)/python -m bench $(ARGS)

lighthouse: development ## Measure the pages as a phone on slow 4G gets them; needs npm and Chromium
	@cd bench/tools && $(NPM_CI)
	@$(BIN)/python -m bench.lighthouse

observatory: development ## Score the headers as Mozilla's HTTP Observatory does; needs npm
	@cd bench/tools && $(NPM_CI)
	@$(BIN)/python -m bench.observatory

scan: development ## Let wapiti, sqlmap and nikto loose on a throw-away site of this machine
	@$(BIN)/python -m bench.scan $(ARGS)

requirements: development ## Compile requirements/*.in into pinned and hashed requirements/*.txt
	$(COMPILE) requirements/runtime.in -o requirements/runtime.txt
	$(COMPILE) requirements/development.in -o requirements/development.txt
	$(COMPILE) requirements/fast.in -o requirements/fast.txt
	$(BIN)/python -m requirements.document

audit: development ## Ask a public database whether a pinned package has a known weakness
	$(BIN)/python -m requirements.audit

clean: ## Delete the virtual environment and the caches; var/, the site's data, stays
	rm -rf .venv .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache htmlcov test-results
	rm -rf tests/browser/tools/node_modules bench/tools/node_modules
	find . -name __pycache__ -prune -exec rm -rf {} +

development:
	@$(BOOTSTRAP) development

check-lint:
	@echo '== Lint'
	@$(BIN)/ruff check .

check-format:
	@echo '== Format'
	@$(BIN)/ruff format --check .

check-types:
	@echo '== Types'
	@$(BIN)/mypy .

check-templates:
	@echo '== Templates'
	@$(BIN)/djade --check $(TEMPLATES)

# The next two look at the code, so they get a site of their own: a new folder and new secrets.
THROW_AWAY = data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && \
	secret() { $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))'; } && \
	key() { head -c 32 /dev/urandom | base64; } && \
	export DATA_DIR="$$data" SECRET_KEY="$$(secret)" ENCRYPTION_KEYS="$$(key)" && \
	export SITE_URL=https://www.example.org TRUSTED_PROXIES=1 DATABASE_URL=sqlite:///:memory: &&

check-migrations:
	@echo '== Migrations'
	@$(THROW_AWAY) $(BIN)/python manage.py makemigrations --check --dry-run

check-deployment:
	@echo '== Deployment'
	@$(THROW_AWAY) $(BIN)/python manage.py check --deploy --fail-level WARNING

# Offline, with every pin as a constraint: fails when a name or a range in .in is not met by .txt.
check-requirements:
	@echo '== Requirements'
	@for name in runtime development; do $(BIN)/uv pip install --quiet --offline --dry-run \
		--python $(BIN)/python -r requirements/$$name.in -c requirements/$$name.txt || exit; done

check-advisories:
	@echo '== Advisories'
	@$(BIN)/python -m requirements.audit

check-packages:
	@echo '== Packages'
	@$(BIN)/pip check --disable-pip-version-check
