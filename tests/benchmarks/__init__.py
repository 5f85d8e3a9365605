"""The benchmarks: ratios of medians from one run, never an assertion; `python -m tests.benchmarks` prints them."""
