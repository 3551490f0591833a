# `make run` and `make test` are the two commands; each installs what a fresh machine lacks, or says
# what to install. The work is in scripts/.
.PHONY: run test bench fmt help

run: ## builds everything, makes the demo province, serves it on http://localhost:8080 (DATA, LISTEN, PEOPLE)
	@scripts/run.sh

test: ## everything that decides whether a change lands (STEPS="format content web clippy tests licences journeys journeys_postgres")
	@scripts/test.sh $(STEPS)

bench: ## measures the release build against its bars
	@scripts/bench.sh

fmt: ## formats the Rust code
	@cargo fmt --all

help: ## this list
	@grep -hE '^[a-z]+: ##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+): ## /make \1	/' | expand -t 14
