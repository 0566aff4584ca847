"""Parse, call a service, print. Nothing is decided here."""

from evenstride.cli.main import main

__all__ = ["main"]
