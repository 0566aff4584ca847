"""Do my legs really differ, what do I do about it, and is it working?

>>> import evenstride as es
>>> written = es.simulate_file(getfixture("tmp_path") / "run.fit", es.RunRecipe(asymmetry_pct=7.0, memory_s=10), seed=1)
>>> print(es.analyze_file(written.path).estimates[0].verdict)
right_longer
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evenstride.errors import EvenstrideError
    from evenstride.service.analyze import Analysis, analyze_file, analyze_files, analyze_members
    from evenstride.service.simulate import simulate_file
    from evenstride.simulate import RunRecipe

_HOMES = {
    "Analysis": "evenstride.service.analyze",
    "EvenstrideError": "evenstride.errors",
    "RunRecipe": "evenstride.simulate",
    "analyze_file": "evenstride.service.analyze",
    "analyze_files": "evenstride.service.analyze",
    "analyze_members": "evenstride.service.analyze",
    "simulate_file": "evenstride.service.simulate",
}

__all__ = [
    "Analysis", "EvenstrideError", "RunRecipe", "analyze_file", "analyze_files", "analyze_members", "simulate_file",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    # Loaded on first use: the command line answers --help without the numerical libraries.
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
