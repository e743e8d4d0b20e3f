"""``python -m mtcheck`` is ``mtcheck``."""

from mtcheck.cli.main import run

if __name__ == "__main__":
    run()
