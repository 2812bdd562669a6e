# `make` alone prepares .venv from a bare Python 3.11 (needs python3-venv, make and git, nothing else).
# `make help` lists the rest.
.DEFAULT_GOAL := bootstrap
.DELETE_ON_ERROR:
.PHONY: bootstrap developer demo test test-long check bench lighthouse fmt messages lock help

# The first interpreter that is 3.11 or newer; PYTHON=… on the command line wins.
PYTHON ?= $(shell for candidate in python3.11 python3 python3.12 python3.13; do \
	if $$candidate -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$candidate; exit; fi; done)
VENV := .venv
PY := $(VENV)/bin/python
STAMPS := $(VENV)/stamps
# Twice quiet: errors only.
PIP := $(PY) -m pip --disable-pip-version-check --no-input install -qq --require-hashes
CATALOGUES := $(wildcard hiwar/locale/*/LC_MESSAGES/*.po hiwar/*/locale_*/*/LC_MESSAGES/*.po)

bootstrap: $(STAMPS)/base $(STAMPS)/messages $(STAMPS)/scripture ## prepare .venv with what every installation runs

developer: $(STAMPS)/developer $(STAMPS)/messages $(STAMPS)/scripture ## prepare .venv with what developers and CI add

# Python is checked here and not above, so that `make help` works without it.
$(PY):
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer with its venv module was found. On Debian: apt-get install python3 python3-venv" >&2; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)

# A stamp is newer than its lock exactly when that lock is what is installed.
$(STAMPS)/base: requirements/base.txt | $(PY)
	@echo "Installing requirements/base.txt"
	@$(PIP) -r requirements/base.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/developer: requirements/base.txt requirements/production.txt requirements/dev.txt | $(STAMPS)/base
	@echo "Installing requirements/production.txt and requirements/dev.txt"
	@$(PIP) -r requirements/base.txt -r requirements/production.txt -r requirements/dev.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/messages: $(CATALOGUES) scripts/messages.py $(STAMPS)/base
	@$(PY) -m scripts.messages compile
	@touch $@

# The indexes of the quotation checker. A process that finds them stale makes them itself, but its reader would wait.
$(STAMPS)/scripture: $(wildcard hiwar/scripture/matching/*.py hiwar/scripture/data/speech.toml hiwar/arabic/folding.py) $(STAMPS)/base
	@$(PY) -m hiwar.scripture.matching.build >/dev/null
	@mkdir -p $(STAMPS) && touch $@

demo: bootstrap ## the whole site with its demonstration content on http://localhost:$${PORT:-8000}
	@exec $(PY) manage.py demo

test: developer ## every test, on SQLite and on what DATABASE_URL names; says what was not run
	@exec $(PY) -m scripts.run_tests $(ARGS)

test-long: developer ## every test, with the long matrices in full
	@TEST_LONG=1 exec $(PY) -m scripts.run_tests $(ARGS)

check: developer ## format, lint, types, layers, migrations, messages, house rules (ONLY=name for one)
	@exec $(PY) -m scripts.check $(ONLY)

bench: developer ## benchmarks, one JSON object a line (ONLY=name)
	@exec $(PY) -m bench $(ONLY)

lighthouse: developer ## measure the running demonstration as a phone sees it (ARGS="--only article")
	@exec $(PY) -m scripts.lighthouse $(ARGS)

fmt: developer ## put Python into the house's format and mend what ruff can mend
	@$(VENV)/bin/ruff check --quiet --fix-only .
	@$(VENV)/bin/ruff format .

messages: developer ## collect the messages of templates and Python into the catalogues and compile them
	@$(PY) -m scripts.messages update
	@$(PY) -m scripts.messages compile
	@touch $(STAMPS)/messages

# uv lives in a folder of its own: it is a tool of this one target, not a part of the project.
lock: $(PY) ## compile requirements/*.in to *.txt with hashes (UPGRADE=1 takes new versions)
	@test -x var/lock/bin/uv || { $(PY) -m venv var/lock && var/lock/bin/python -m pip --disable-pip-version-check install --quiet uv; }
	@for name in base production dev; do echo "requirements/$$name.txt"; \
		var/lock/bin/uv pip compile --quiet --generate-hashes --no-header --no-annotate --python-version 3.11 \
		$(if $(UPGRADE),--upgrade) --output-file requirements/$$name.txt requirements/$$name.in || exit 1; done

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | sed 's/\$$\$$/$$/g' | while IFS='|' read -r name text; do printf '%-10s %s\n' "$$name" "$$text"; done
