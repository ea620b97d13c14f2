# Everything that a person needs is in two commands: go run . and go test ./...
# What stands here is for those who doubt, and for those who change the store.

SEED ?= 6

# torture runs the trials of the store whole, for an hour or two: docs/reliability.md; PART=10 runs a tenth of them. It needs
# Linux, strace and the right to mount (for the full disks).
.PHONY: torture
torture: trace
	go test -tags torture -c -o torture.test ./progress
	cd progress && FANAL_TORTURE=$(or $(PART),1) FANAL_SEED=$(SEED) FANAL_TRACE=$(CURDIR)/torture.trace.gz \
		../torture.test -test.v -test.parallel 1 -test.timeout 24h
	rm -f torture.test torture.trace.gz

# trace records a run of the store, to be replayed as power cuts.
.PHONY: trace
trace:
	FANAL_RECORD=$(CURDIR)/torture.trace.gz go test -count 1 -tags torture -run TestRecord ./progress

# testdata keeps such a recording for the trials in go test; to be made again when the store writes differently.
.PHONY: testdata
testdata: trace
	mv torture.trace.gz progress/testdata/life.trace.gz

# torture-carry lets five laptops, with wrong clocks and cloned disks, carry 10,000 histories to each other: some minutes.
.PHONY: torture-carry
torture-carry:
	FANAL_CARRY_HISTORIES=10000 go test -count 1 -timeout 1h -v -run TestHistoriesAgreeHoweverSticksAreCarried ./progress/carry

# torture-pack turns 10,000 bits of a signed pack and damages 20,000 packs, and fuzzes their reader: some minutes.
.PHONY: torture-pack
torture-pack:
	FANAL_TORTURE=whole go test -count 1 -v -run 'TurnedBit|DamagedPack' ./modules/pack
	go test -run '^$$' -fuzz FuzzVerify -fuzztime 5m -fuzzminimizetime 10x ./modules/pack
