# Two commands do all: `make run` and `make test`. The rest are their parts.

WEB_SOURCES := $(shell find web/src web/public web/worker web/index.html web/register.html web/package.json web/vite.config.ts web/tsconfig.json -type f 2>/dev/null)
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.PHONY: run test bench build lint test-rust test-web test-browser chromium types demo-county clean

## Build everything, load the demonstration county into an empty database, serve it.
run: build
	target/release/yimi demo --if-empty
	target/release/yimi serve

build: web/dist/index.html
	cargo build --release

web/node_modules/.installed: web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	touch $@

web/dist/index.html: $(WEB_SOURCES) web/node_modules/.installed
	cd web && npm run --silent build
	touch $@

## Everything: Rust, front end, one real browser.
test: lint test-rust test-web test-browser

lint: web/dist/index.html
	cargo fmt --check
	cargo clippy --all-targets --quiet -- -D warnings
	cd web && npm run --silent lint

test-rust: web/dist/index.html
	YIMI_KILL_ROUNDS=200 cargo test --lib --bins --tests --examples

test-web: web/node_modules/.installed
	cd web && npm test --silent

test-browser: web/dist/index.html chromium
	cargo build --quiet
	cd web && CHROMIUM="$$(command -v chromium || command -v chromium-browser || command -v google-chrome)" YIMI_BINARY=../target/debug/yimi npm run --silent e2e

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || .ci/install chromium
	@fc-list :lang=zh 2>/dev/null | grep -q . || .ci/install fonts-noto-cjk

## What queries, an import and a start cost at a million sites, coverage and what-if at up to five million junctions, beside bare
## loops in the same run. ARGS=--json for JSON.
bench:
	cargo bench --quiet --bench map -- $(ARGS)
	cargo bench --quiet --bench coverage -- $(ARGS)
	cargo bench --quiet --bench nearby -- $(ARGS)
	cargo bench --quiet --bench search -- $(ARGS)
	cargo bench --quiet --bench what_if -- $(ARGS)
	cargo bench --quiet --bench registry -- $(ARGS)
	cargo bench --quiet --bench sheet -- $(ARGS)

## The front end's types from the server's OpenAPI document.
types:
	cargo run --quiet -- openapi > docs/openapi.json
	cd web && npm run --silent types

## Make the demonstration county's files anew.
demo-county:
	cargo run --quiet --release --example donge

clean:
	rm -rf target var web/dist web/node_modules
