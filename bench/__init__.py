"""Benchmarks: `make bench`. Each contestant is measured in turn, and what counts is the ratio."""
