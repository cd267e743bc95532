"""Measurements: `python -m evaluation TASK FILE` prints one JSON line; needs the run-time dependencies only."""
