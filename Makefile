# Two commands: `make run` and `make test`. The rest: `make help`.
SHELL := /bin/bash
.DEFAULT_GOAL := help

TARGET := $(or $(CARGO_TARGET_DIR),$(CURDIR)/target)
# LLAMA=0 leaves out the language model (and with it the need for cmake, C++ and libclang).
LLAMA ?= 1
FEATURES := $(if $(filter 0,$(LLAMA)),--no-default-features,)
ENV := source scripts/env.sh &&
CARGO ?= cargo
BATOS := $(TARGET)/release/batos
# The checked build that the tests use, see .cargo/config.toml.
BATOS_CI := $(TARGET)/ci/batos

.PHONY: help run test build image model lint fmt bench fuzz asan book setup clean vscode

help: ## this list
	@echo "BAT OS: a world of live objects."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  LLAMA=0 builds without the language model."

run: build image model ## build, make the default image, fetch the default model, open the REPL
	@$(BATOS)

test: setup ## build and run all tests
	@LLAMA=$(LLAMA) scripts/setup.sh --screen
	@$(ENV) $(CARGO) test --profile ci --workspace $(FEATURES) --no-run
	@$(MAKE) --no-print-directory model BATOS=$(BATOS_CI)
	@$(ENV) BATOS_BIN=$(BATOS_CI) $(CARGO) test --profile ci --workspace $(FEATURES) --no-fail-fast
	@scripts/setup.sh --python
	@BATOS_BIN=$(abspath $(BATOS_CI)) scripts/python.sh
	@echo "tests in the world:"
	@$(BATOS_CI) test --no-model --load tests/stdlib

build: setup ## build the program in release mode: target/release/batos
	@$(ENV) $(CARGO) build --release -p batos $(FEATURES)

image: build ## make the default image from stdlib/: images/default.batos
	@$(BATOS) image new --force images/default.batos

model: ## fetch the default language model (98 MB, once)
ifneq ($(LLAMA),0)
	@$(BATOS) model fetch || echo "No model: everything works but what the world would write itself. Try again with: $(BATOS) model fetch"
endif

lint: setup ## formatting, clippy with warnings as errors, shell scripts, licences
	@$(ENV) scripts/lint.sh $(FEATURES)

fmt: ## format all Rust and .self sources
	@$(CARGO) fmt --all
	@$(CARGO) fmt --manifest-path fuzz/Cargo.toml
	@$(ENV) $(CARGO) build --quiet --profile ci -p batos $(FEATURES)
	@$(BATOS_CI) fmt stdlib/*.self stdlib/*/*.self

bench: setup ## benchmarks beside Lua, LuaJIT, SQLite, redb and LMDB, as ratios
	@$(ENV) scripts/bench.sh

fuzz: ## run every fuzz target for SECONDS_EACH (60)
	@LLAMA=$(LLAMA) scripts/setup.sh --ci
	@scripts/fuzz.sh

asan: ## the tests of the heap under AddressSanitizer
	@LLAMA=$(LLAMA) scripts/setup.sh --ci
	@scripts/asan.sh

vscode: ## the extension for VS Code: clients/vscode/batos-*.vsix
	@scripts/vscode.sh

book: build ## the book, with the reference generated from the image: book/book/index.html
	@scripts/book.sh

setup: ## install what building needs
	@LLAMA=$(LLAMA) scripts/setup.sh

clean: ## remove what was built
	@$(CARGO) clean
	@rm -rf fuzz/target book/book
