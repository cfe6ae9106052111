# Verbs for developers. `./run.sh` and `./test.sh` need none of this.
python := .venv/bin/python

.PHONY: check format lint types contracts fast test screenshots translations bundle

check: lint types contracts fast  ## what to run before each commit: under 90 seconds

format:
	$(python) -m ruff check --fix-only --quiet .
	$(python) -m ruff format .

lint:
	$(python) -m ruff check .
	$(python) -m ruff format --check .

types:
	$(python) -m mypy

contracts:
	.venv/bin/lint-imports

fast:
	$(python) -m pytest -q -m "not slow and not parity and not sound and not window and not bundle"

test:
	./test.sh

translations:  ## take over new words into app/i18n, and compile what is translated
	for language in te hi; do \
	  .venv/bin/pyside6-lupdate $$(find app -name '*.py') -ts app/i18n/paluku_$$language.ts \
	    -no-obsolete -locations none; \
	  .venv/bin/pyside6-lrelease app/i18n/paluku_$$language.ts -qm assets/i18n/paluku_$$language.qm; \
	done

screenshots:  ## every state of the window, into out/screenshots
	$(python) tests/window/make_screenshots.py out/screenshots

bundle:  ## the frozen program and what people download, into dist/
	$(python) packaging/make_bundle.py
