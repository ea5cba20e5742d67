"""How fast, how it grows, and against what: `python -m benchmarks [NAME] [--format json]`.

Figures are ratios within one run on one machine. No timing decides a test.
"""
