"""How to run: plan, windows, selection, findings, executors."""
