# Shorter names for those who have make; nothing depends on it.
.PHONY: up verify check services browser lint
up verify:
	python3 manage.py $@
check:
	python3 manage.py up --check
services:
	.venv/bin/python -m tests.services
browser:
	.venv/bin/python -m pytest tests/browser
lint:
	.venv/bin/ruff check . && .venv/bin/ruff format --check .
