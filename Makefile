# make run     opens the window; options go into ARGS: make run ARGS="--train --theme dark"
# make test    runs every check and every test; needs no display
# make soak    a random user at the window for an hour: make soak MINUTES=600 SEED=1; nothing may break, leak or slow down
# make monkey  the same, looking after each act whether what is shown is so
#
# What is installed stands in .venv. The stamp files in it say when, so that a second call installs nothing.

PYTHON ?= python3
ARGS ?=
MINUTES ?= 60
SEED ?= 0

VENV := .venv
IN_VENV := $(VENV)/bin/python
PIP_INSTALL := $(IN_VENV) -m pip install --disable-pip-version-check --quiet -c constraints.txt

.PHONY: run test lint bench soak monkey fuzz faults screenshot clean

run: $(VENV)/installed
	@$(IN_VENV) -m visualdl $(ARGS)

test: lint
	QT_QPA_PLATFORM=offscreen $(IN_VENV) -m pytest $(ARGS)

lint: $(VENV)/installed-test
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

bench: $(VENV)/installed-test
	@set -e; for file in tests/benchmarks/bench_*.py; do \
		[ -e "$$file" ] || continue; \
		echo "== $$file"; \
		QT_QPA_PLATFORM=offscreen $(IN_VENV) "$$file"; \
	done
	$(IN_VENV) -m visualdl bench --offscreen

fuzz: $(VENV)/installed-test
	$(IN_VENV) -m tests.fuzz $(ARGS)

faults: $(VENV)/installed-test
	$(IN_VENV) -m tests.faults.killing --times 100
	QT_QPA_PLATFORM=offscreen VISUALDL_KILLS=100 $(IN_VENV) -m pytest tests/faults tests/visualdl/files/test_atomic_file.py $(ARGS)

soak: $(VENV)/installed
	$(IN_VENV) -m tests.soak --minutes $(MINUTES) --seed $(SEED) $(ARGS)

monkey: $(VENV)/installed
	$(IN_VENV) -m tests.soak --checked --minutes $(MINUTES) --seed $(SEED) $(ARGS)

screenshot: $(VENV)/installed
	@mkdir -p assets
	@for theme in light dark; do \
		$(IN_VENV) -m visualdl --screenshot assets/window-$$theme.png --theme $$theme || exit; \
	done

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find minidl visualdl tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(IN_VENV):
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, and there is no $(PYTHON)." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed, and $(PYTHON) is $$($(PYTHON) -V 2>&1 | cut -d " " -f 2):" \
			"name a newer one, such as make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/installed: pyproject.toml constraints.txt $(IN_VENV)
	@echo "Installing into $(VENV); the first time takes some minutes ..."
	@$(PIP_INSTALL) -e .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	@$(PIP_INSTALL) -e ".[test]"
	@touch $@
