# Everyday commands; "make" alone lists them. For Windows, see README.md.
.DEFAULT_GOAL := help
.PHONY: help run test test-streamlit lint check upgrade plotly kills audit bench soak axe fuzz coverage mutation dead clean

# make run PORT=8600, make test ARGS="-k cibles", make run PYTHON=python3.13
PYTHON ?= python3
PORT ?=
ARGS ?=
# A test in the browser waits more than it computes: two workers more than processors.
WORKERS ?= $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 1) + 2)")

VENV := .venv
BIN := $(VENV)/bin
# Every library is in the list, with its version: pip has nothing to look for. What is imported is compiled then; pip would
# compile ten times as much, a third of the installation.
INSTALL := $(BIN)/python -m pip install --quiet --no-deps --no-compile --disable-pip-version-check -r
# What needs neither a page nor a server.
PURE := --ignore=tests/pages --ignore=tests/browser --ignore=tests/service
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
DESKTOP := $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname -s)))
FREE_PORT := import socket; print(next(p for p in range(8501, 8600) if socket.socket().connect_ex(('127.0.0.1', p))))
# Streamlit opens no browser for an ASGI application: wait until the server answers, then open the page.
OPEN_PAGE = for attempt in $$(seq 60); do sleep 1; \
  $(BIN)/python -c "import urllib.request as r; r.urlopen('$$url/_stcore/health')" && $(BIN)/python -m webbrowser $$url && break; \
  done >/dev/null 2>&1

help: ## énumère les commandes
	@echo "Utilisation : make COMMANDE"
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/installed ## installe au besoin, lance le tableau de bord et ouvre la page (PORT=8600 pour choisir le port)
	@port=$(or $(PORT),$$($(BIN)/python -c "$(FREE_PORT)")); url=http://localhost:$$port; \
	  $(if $(DESKTOP),{ $(OPEN_PAGE); } &) \
	  exec $(BIN)/streamlit run app.py --server.port=$$port

test: $(VENV)/installed-dev ## lance tous les essais, navigateur compris (ARGS="-k cibles" pour choisir)
	@$(PYTEST) $(ARGS)

# The locked versions, then this Streamlit and only what it asks for otherwise: what an upgrade or a step back would break.
OTHER := tmp/streamlit-$(VERSION)
test-streamlit: | $(BIN)/python ## lance les essais avec un autre Streamlit (VERSION=1.66.1, ARGS="tests/ui tests/pages")
	@test -n "$(VERSION)" || { echo "Nommer la version : make $@ VERSION=1.66.1" >&2; exit 1; }
	@test -d $(OTHER) || $(BIN)/python -m venv $(OTHER)
	@$(OTHER)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@$(OTHER)/bin/python -m pip install --quiet --disable-pip-version-check streamlit==$(VERSION)
	@$(OTHER)/bin/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

lint: $(VENV)/installed-dev ## vérifie le code : style, types et couches
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

check: $(VENV)/installed ## vérifie les données
	@$(BIN)/python -m dashboard check

upgrade: $(VENV)/installed-dev ## renouvelle les versions fixées dans requirements*.txt, et dit ce qui change
	@$(BIN)/python -m bench.upgrade

# The types of charts that are drawn, and none of the others: a third of the whole script.
plotly: $(VENV)/installed ## rebâtit le script des graphiques, à la version de plotly.js de la bibliothèque (demande Node)
	@version=$$(grep -om1 'plotly.js v[0-9.]*' $(VENV)/lib/python*/site-packages/plotly/package_data/plotly.min.js | cut -dv -f2); \
	  npm install --silent --no-save --prefix tmp/plotly plotly.js@$$version esbuild@0.25 && cd tmp/plotly && \
	  printf 'module.exports = require("plotly.js/lib/core");\nmodule.exports.register([%s]);\n' \
	    "$$(printf 'require("plotly.js/lib/%s"),' bar choropleth scattergeo)" >entry.js && \
	  node_modules/.bin/esbuild entry.js --bundle --minify --format=iife --global-name=Plotly --define:global=window \
	    --banner:js="$$(printf '%s\n' '//# allFunctionsCalledOnLoad' "/* plotly.js v$$version, © Plotly, Inc., MIT */")" \
	    --outfile=plotly.min.js && cp plotly.min.js ../../dashboard/ui/assets/

kills: $(VENV)/installed-dev ## tue au hasard cent publications et cent fois qui écrit dans la base, et vérifie ce qui reste (KILLS=100)
	@KILLS=$(or $(KILLS),100) $(BIN)/python -m pytest -q tests/publishing/test_publish.py tests/team/test_kills.py tests/service/test_team_database.py -k killed

audit: $(VENV)/installed-dev ## cherche les vulnérabilités connues des bibliothèques
	@$(BIN)/python -m bench.audit

bench: $(VENV)/installed-dev ## mesure le tableau de bord à côté d’une page vide et de la même en Dash, Shiny, fichiers… (ARGS=--quick)
	@$(BIN)/python -m bench $(ARGS)

soak: $(VENV)/installed-dev ## 25 visites à la fois pendant une heure, mémoire suivie (ARGS="--minutes 5")
	@$(BIN)/python -m bench.soak $(ARGS)

# The long forms of what « make test » does in short; docs/qualite.md and docs/accessibilite.md hold their last figures.
axe: $(VENV)/installed-dev ## cherche les obstacles à l’accessibilité de chaque page et de chaque état; rapport dans tmp/
	@REQUIRE_BROWSER=1 AXE_REPORT=tmp $(BIN)/python -m pytest tests/browser/test_every_page.py -q $(ARGS)

fuzz: $(VENV)/installed-dev ## attaque chaque lecteur avec 10 000 entrées abîmées (FUZZ_EXAMPLES=500 pour moins)
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-10000} $(BIN)/python -m pytest tests/loading/test_fuzz_readers.py tests/ui/test_fuzz_addresses.py -q -s $(ARGS)

dead: $(VENV)/installed-dev ## énumère le code que rien n’appelle
	@$(BIN)/vulture

coverage: $(VENV)/installed-dev ## mesure la part du code pur que les essais unitaires parcourent
	@$(BIN)/python -m pytest tests $(PURE) -q -n auto --dist loadfile --cov --cov-report=term:skip-covered $(ARGS)

mutation: $(VENV)/installed-dev ## fausse le code pur à maints endroits et compte les fautes que les essais voient
	@$(BIN)/mutmut run $(ARGS)
	@$(BIN)/mutmut results

clean: ## retire tout ce que make a créé
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage mutants tmp
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { \
	  echo "Il faut Python 3.11, 3.12 ou 3.13, et « $(PYTHON) » est : $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Nommer celui qui convient : make $(MAKECMDGOALS) PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt | $(BIN)/python
	@echo "Installation des bibliothèques (au premier lancement, puis quand leurs versions changent : une minute ou deux)…"
	@$(INSTALL) requirements.txt
	@touch $@

# They hold those of the dashboard: installed once.
$(VENV)/installed-dev: requirements.txt requirements-dev.txt | $(BIN)/python
	@echo "Installation des bibliothèques et des outils d’essai…"
	@$(INSTALL) requirements-dev.txt
	@touch $(VENV)/installed $@
