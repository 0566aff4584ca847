"""Where the browser of the tests is, and what is said where there is none."""

from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
NO_BROWSER = f"there is no {CHROMIUM} (scripts/chromium.sh installs it where it can)"
