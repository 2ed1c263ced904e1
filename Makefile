# Needs Rust and Python 3.10 or newer; everything else is made here or fetched from crates.io and PyPI.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COPYDESK := target/release/copydesk

.PHONY: demo test test-clusters python lint msrv deny api model gate speed history peers bench fuzz fuzz-grammar reliability wheels sdist crate clean

## Cleans the articles under examples/ and shows their fields, each line with its label, and what to try next.
demo: $(COPYDESK)
	@COPYDESK=$(COPYDESK) sh examples/demo.sh

$(COPYDESK): Cargo.toml Cargo.lock $(shell find src packs model -type f)
	cargo build --release --locked --features cli

## Runs all tests: Rust, with what is in no wheel (Parquet and Arrow), then Python through the installed package. A few need ../shared and are skipped without it; where CI=true,
## nothing may be skipped.
test: python
	COPYDESK_PYTHON=$(CURDIR)/$(BIN)/python cargo test --locked --features columnar,fuzzing
	$(BIN)/python -m pytest -q tests/python

CLUSTERS := target/venv-clusters

## Spark, Ray and datatrove: real ones on this machine, with workers that are killed. Spark needs Java 17 or newer. .ci/run would call it after `make
## test`, where there is room: CI=true lets it skip nothing but what needs Java where that is not there.
test-clusters: python $(CLUSTERS)/bin/pytest
	PYTHONPATH=$(CURDIR)/python $(CLUSTERS)/bin/python -m pytest -q tests/clusters

$(CLUSTERS)/bin/pytest: tests/clusters/requirements.txt
	$(PYTHON) -m venv $(CLUSTERS)
	$(CLUSTERS)/bin/python -m pip install --quiet --disable-pip-version-check -r tests/clusters/requirements.txt
	@touch $@

## The Python package, built from this checkout into .venv.
python: $(BIN)/pytest
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/maturin develop --release --locked --quiet

$(BIN)/pytest: tests/python/requirements.txt training/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/python/requirements.txt -r training/requirements.txt
	@touch $@

## Format, lints, docs, stubs.
lint: python
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --all-targets --features cli -- -D warnings
	cargo clippy --locked --all-targets --features columnar,fuzzing -- -D warnings
	cargo clippy --locked --no-default-features --features python -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --features cli
	$(BIN)/python -m mypy.stubtest copydesk --mypy-config-file pyproject.toml

## Compiles with the oldest Rust that Cargo.toml promises.
msrv:
	release/msrv.sh

## Licences, duplicates and sources of the dependencies, and advisories (not with OFFLINE=1): deny.toml.
deny:
	release/deny.sh

## What is public in Rust, against release/public-api.txt and the last release.
api:
	release/api.sh

## Everything that is learnt, made again from ../shared: which lines were torn, the model of the lines, the weights of
## the verdict, of datelines and of pages.
model: python
	$(BIN)/python training/join.py
	$(MAKE) python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r training/requirements-network.txt
	$(BIN)/python training/train.py --shipped
	$(BIN)/python training/folds.py target/folds
	$(BIN)/python training/verdict.py --models target/folds
	$(BIN)/python training/dateline.py
	$(BIN)/python training/pages.py --models target/folds

## Scores against training/floors.json: the shipped models on the project's goldens; one fold's models on publishers that they have
## not seen, and the shipped ones beside them. Without ../shared the goldens alone; that is a failure where CI=true.
gate: python
	$(BIN)/python training/crossval.py --gate
	$(BIN)/python training/robust.py --gate
	$(BIN)/python training/pages.py --gate

## Instructions a byte, against benches/instructions.json: more than 3 % over it is a failure. Needs valgrind; without it, nothing is counted, and
## where CI=true that is a failure.
speed:
	$(PYTHON) benches/instructions.py --gate

## The speed of this commit, into benches/history.jsonl and docs/performance.md.
history:
	$(PYTHON) benches/history.py

## copydesk beside its peers, in an environment of their own, into docs/performance.md.
peers:
	$(PYTHON) benches/peers/run.py

## Quality and speed of both models, in this build.
bench: python
	$(BIN)/python training/crossval.py --gate
	cargo bench --locked --features fuzzing --bench throughput

TARGETS := clean grammar normalize drop_in parse packs models records
SECONDS_EACH ?= 60

## Every fuzz target, for SECONDS_EACH seconds. Needs the nightly toolchain and cargo-fuzz (fuzz/README.md). There is no unsafe
## code for a sanitizer to watch, and without one the fuzzer is several times as fast.
fuzz:
	cd fuzz && cargo +nightly fuzz build --sanitizer none
	@for target in $(TARGETS); do \
	  mkdir -p fuzz/corpus/$$target && (cd fuzz && cargo +nightly fuzz run --sanitizer none $$target corpus/$$target seeds/$$target -- \
	    -dict=phrases.dict -max_len=4096 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 -max_total_time=$(SECONDS_EACH)) || exit 1; \
	done

## The laws of any text, on texts of the grammar: FUZZ_SECONDS for each law, from another seed every day.
FUZZ_SECONDS ?= 600
FUZZ_SEED ?= $(shell date +%Y%m%d)
fuzz-grammar:
	COPYDESK_FUZZ_SECONDS=$(FUZZ_SECONDS) COPYDESK_FUZZ_SEED=$(FUZZ_SEED) CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS=true \
	  cargo test --locked --release --features cli,fuzzing --test it any_text -- --nocapture

## The tables of docs/reliability.md, measured anew; takes an hour or so.
reliability:
	cargo bench --locked --bench patterns -- --write docs/reliability.md

## The wheels for Linux, on two processors and two C libraries, in dist/; each is installed and tried as far as this machine can.
wheels: $(BIN)/pytest
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r release/requirements.txt
	rm -f dist/*.whl
	PATH="$(CURDIR)/$(BIN):$$PATH" release/wheels.sh
	PYTHON=$(BIN)/python release/try.sh dist/*.whl

## The source package for PyPI, in dist/; it is built and installed from itself, and tried.
sdist: $(BIN)/pytest
	rm -f dist/*.tar.gz
	$(BIN)/maturin sdist --out dist
	$(BIN)/python release/smoke.py dist/*.tar.gz

## The package for crates.io: what is in it, whether it compiles from itself, and that it says all it must. Publishes nothing.
crate:
	release/crate.sh

clean:
	rm -rf target dist $(VENV)
