"""The command line: Typer commands, errors to exit codes, nothing else."""
