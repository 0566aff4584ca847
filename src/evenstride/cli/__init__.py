"""Parse, call a service, print. Nothing is decided here."""

import sys

try:
    from evenstride.cli.main import main
except KeyboardInterrupt:  # Ctrl-C while the command line itself is loaded
    sys.stderr.write("Stopped.\n")
    sys.exit(130)

__all__ = ["main"]
