# `make demo` needs Python 3.11 and nothing else; `make check` is what CI runs.
PYTHON ?= python3
RUN := .venv-run/bin/python
DEV := .venv-check/bin/python
QUIET := --quiet --disable-pip-version-check

.PHONY: demo check test format gate speed train resources docs clean

demo: .venv-run/.done
	@.venv-run/bin/villani code --format table src/villani/resources/samples

check: .venv-check/.done
	$(DEV) -m ruff format --check .
	$(DEV) -m ruff check .
	$(DEV) -m mypy
	.venv-check/bin/lint-imports
	PYTHONPATH=src:. $(DEV) -m training.markup training/corpus/*.txt
	PYTHONPATH=src:. $(DEV) -m training.variety >/dev/null
	$(DEV) -m pytest --cov --cov-report=term-missing:skip-covered
	PYTHONPATH=src:. $(DEV) -m evaluation.gate

test: .venv-check/.done
	$(DEV) -m pytest

format: .venv-check/.done
	$(DEV) -m ruff format .
	$(DEV) -m ruff check --fix .

gate: .venv-check/.done
	PYTHONPATH=src:. $(DEV) -m evaluation.gate

speed: .venv-check/.done
	PYTHONPATH=src:. $(DEV) -m evaluation.speed

train: .venv-train/.done
	PYTHONPATH=src:. .venv-train/bin/python -m training.train --out work/reader.pt
	PYTHONPATH=src:. .venv-train/bin/python -m training.export work/reader.pt
	PYTHONPATH=src:. .venv-train/bin/python -m training.calibrate

.venv-run/.done: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv .venv-run
	$(RUN) -m pip install $(QUIET) --require-hashes -r requirements/run.txt
	$(RUN) -m pip install $(QUIET) --no-deps --editable .
	@touch $@

.venv-check/.done: requirements/check.txt pyproject.toml
	$(PYTHON) -m venv .venv-check
	$(DEV) -m pip install $(QUIET) --require-hashes -r requirements/check.txt
	$(DEV) -m pip install $(QUIET) --no-deps --editable .
	@touch $@

.venv-train/.done: requirements/training.txt pyproject.toml
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install $(QUIET) -r requirements/training.txt
	@touch $@

clean:
	rm -rf .venv-run .venv-check .venv-train
