# Everything a checkout can do. `make help` lists it.
#   PYTHON=...  build .venv with this Python       ARGS=...  further arguments for run, test, demo, bench, soak
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: moved help setup setup-test install uninstall desktop run demo test check bench soak lock translations clean

PACKAGING := packaging
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Only wheels, only these files: no compiler is needed and nothing is resolved anew.
LOCKED := $(PIP) install --quiet --no-deps --require-hashes --only-binary :all:

# An environment holds the path it was made at: one of a checkout that was moved is made anew.
MOVED := $(shell test -e $(VENV)/.made && ! grep -qF "$(CURDIR)/$(VENV)" $(BIN)/activate && echo moved)

READY := $(VENV)/.ready
READY_TEST := $(VENV)/.ready-test

help:  ## show this list
	@awk -F ':[^#]*## ' '/^[a-z-]+:[^#]*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(READY)  ## make .venv with everything sitbreak needs
	@echo "sitbreak: ready in $(VENV); 'make run' starts it."

setup-test: $(READY_TEST)  ## the same, and the tools of the tests

install:  ## install it for you, with menu entry, man page and completions (PREFIX=~/.local)
	@python=$$(sh $(PACKAGING)/choose-python) && sh $(PACKAGING)/install "$$python"

uninstall:  ## take it out again; settings and history stay
	@sh $(PACKAGING)/install python3 uninstall

run: $(READY)  ## start sitbreak, or open the window of the one that runs
	@$(BIN)/sitbreak desktop install --quiet || true
	@$(BIN)/sitbreak run --window $(ARGS)

demo: $(READY)  ## show what it does, on a clock that runs fast
	@$(BIN)/sitbreak demo $(ARGS)

desktop:  ## install the desktop pieces the tests use, as root on Debian or Ubuntu
	@sh $(PACKAGING)/desktop-setup

# Files in their own order: by the number of their tests, the few long ones of the desktop would run last, one by one.
test: $(READY_TEST) desktop  ## run the tests; those that lack a desktop program are left out and named
	@$(BIN)/python -m pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder $(ARGS)

check: $(READY_TEST)  ## style, types and layers
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: $(READY_TEST)  ## measure speed and size
	@$(BIN)/python -m pytest -m bench $(ARGS)

soak: $(READY_TEST)  ## the long runs
	@sh $(PACKAGING)/desktop-setup soak
	@$(BIN)/python -m pytest -m soak $(ARGS)

lock:  ## resolve the lock files again (ARGS=--upgrade for newer versions)
	@"$$(sh $(PACKAGING)/choose-python)" $(PACKAGING)/lock.py $(ARGS)

translations: $(READY_TEST)  ## collect all texts, bring each language up to date, compile them
	@$(BIN)/python $(PACKAGING)/translations.py $(ARGS)

clean:  ## remove .venv and everything that was built
	rm -rf $(VENV) build dist *.egg-info .coverage .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/.made: $(PACKAGING)/choose-python $(MOVED)
	@python=$$(sh $(PACKAGING)/choose-python) && rm -rf $(VENV) && "$$python" -m venv $(VENV)
	@touch $@

$(READY): $(VENV)/.made $(PACKAGING)/requirements.lock $(PACKAGING)/requirements-window.lock pyproject.toml
	@echo "sitbreak: installing into $(VENV) ..."
	@$(LOCKED) -r $(PACKAGING)/requirements.lock
	@sh $(PACKAGING)/setup-window $(BIN)/python
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(READY_TEST): $(READY) $(PACKAGING)/requirements-test.lock
	@$(LOCKED) -r $(PACKAGING)/requirements-test.lock
	@touch $@
