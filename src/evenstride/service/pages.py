"""Pages on disk: one per run, and an overview when there are several."""

import re
from pathlib import Path

from evenstride.errors import InvalidRequest
from evenstride.model import RunReport
from evenstride.service.analyze import Analysis, named_failures


def write_pages(analysis: Analysis, out: Path) -> Path:
    """Write a page per run and return what to open: the page itself, or the overview of a folder of them.

    A name that ends in .html is a page and holds one run; any other is a folder, which gets an overview too.
    """
    from evenstride.report.overview import overview_page
    from evenstride.report.page import run_page

    if is_page(out):
        if len(analysis.reports) == 1:
            write_page(out, run_page(analysis.reports[0]))
            return out
        raise InvalidRequest(
            f"There are {len(analysis.reports)} runs, and {out.name} is one page.", help="Name a folder with --html."
        )
    names = page_names(analysis.reports)
    for report, name in zip(analysis.reports, names, strict=True):
        write_page(out / name, run_page(report))
    index = out / "index.html"
    write_page(index, overview_page(list(zip(analysis.reports, names, strict=True)), failed=named_failures(analysis)))
    return index


def is_page(out: Path) -> bool:
    """Whether ``--html`` names a page rather than a folder.

    >>> is_page(Path("monday.html")), is_page(Path("reports"))
    (True, False)
    """
    return out.suffix.lower() in (".html", ".htm") and not out.is_dir()


def page_names(reports: tuple[RunReport, ...]) -> list[str]:
    """A file name per run, by date and source, unique in any file system.

    >>> page_names(())
    []
    """
    names: list[str] = []
    for report in reports:
        stem = re.sub(r"[^\w.-]+", "-", report.source.name).strip("-.").removesuffix(".fit") or "run"
        base = name = f"{report.start:%Y-%m-%d}-{stem[:60]}"
        count = 1
        while f"{name}.html".lower() in {one.lower() for one in names} | {"index.html"}:
            count += 1
            name = f"{base}-{count}"
        names.append(f"{name}.html")
    return names


def write_page(path: Path, text: str) -> None:
    """Write a text file, making its folder."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")
    except OSError as error:
        raise InvalidRequest(f"{path} cannot be written: {error.strerror}.", help="Name another place.") from None
