"""Pictures as files of their own: SVG with their colours inside, light or dark as the reader prefers."""

from importlib.resources import files

from evenstride.errors import InvalidRequest
from evenstride.model import METRICS, RunReport
from evenstride.report.blocks import run_limits
from evenstride.report.charts import WIDE_PX, trace_chart
from evenstride.report.timeline import run_timeline

_COLOURS = (
    "svg{background:var(--card);--card:#fff;--ink:#1b2026;--soft:#59626d;--line:#dcdfe3;--shade:rgba(84,94,106,.17)}"
    "@media(prefers-color-scheme:dark){svg{--card:#1b1f24;--ink:#eceff2;--soft:#a5aeb8;--line:#363d45;"
    "--shade:rgba(200,210,222,.15)}}"
)


def run_picture(report: RunReport) -> str:
    """Return the trace of a run's first estimate as an SVG file's text.

    Raises
    ------
    InvalidRequest
        When the run has no left and right, or too few minutes of it.

    >>> from evenstride.report.example import example_report
    >>> run_picture(example_report())[:23]
    '<svg class="chart wide"'
    """
    judged = report.judged[0] if report.judged else None
    if judged is None or judged.trace is None or not len(judged.trace.t_s):
        raise InvalidRequest("This run has no left and right to draw.", help="Choose a run with ten usable minutes.")
    title = f"{METRICS[judged.estimate.metric].label.capitalize()} through the run, with its interval"
    chart = trace_chart(judged.trace, run_timeline(report), run_limits(report, 0), title=title, width=WIDE_PX)
    return alone(chart)


def alone(chart: str, *styles: str) -> str:
    """Return a chart as a file's text, with its colours inside; ``styles`` are further sheets of the templates."""
    folder = files("evenstride.report").joinpath("templates")
    css = "".join(folder.joinpath(name).read_text("utf8") for name in ("chart.css", *styles))
    head, body = chart.split(">", 1)
    return f"{head}><style>{_COLOURS}{css}</style>{body}\n"
