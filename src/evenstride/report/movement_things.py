"""Where the things beside a body are: boxes, walls, bands, balls."""

from collections.abc import Sequence

from evenstride.model import Posture, Prop
from evenstride.model.movement import Place

Point = tuple[float, float]


def span_of(prop: Prop, posture: Posture) -> list[Place]:
    """Return the places that a thing spans: its ends, or the corners of the block that it is."""
    if prop.ends:
        return [end_place(end, posture) for end in prop.ends]
    (x, y, z), (wide, deep, high) = prop.at_m, prop.size_m
    if not high:
        return []
    return [(x + a * wide / 2, y + b * deep / 2, z + c * high) for c in (0, 1) for a in (-1, 1) for b in (-1, 1)]


def end_place(end: str | Place, posture: Posture) -> Place:
    """Return a place, or where a point of the body is; points with + between them stand for their middle."""
    if not isinstance(end, str):
        return end
    points = [posture.points_m[name] for name in end.split("+")]
    n = len(points)
    return (sum(x for x, _, _ in points) / n, sum(y for _, y, _ in points) / n, sum(z for _, _, z in points) / n)


def ball_place(prop: Prop, posture: Posture) -> Place:
    """Return where a thrown ball is, on an arc between its ends."""
    (ax, ay, az), (bx, by, bz) = (end_place(end, posture) for end in prop.ends)
    share = posture.angles_deg["ball_flight"]
    return (
        ax + share * (bx - ax), ay + share * (by - ay), az + share * (bz - az) + 0.5 * share * (1.0 - share)
    )  # fmt: skip


def outline(points: Sequence[Point]) -> list[Point]:
    """Return the corners of the smallest convex outline around points (Andrew's monotone chain).

    >>> outline([(0.0, 0.0), (2.0, 0.0), (1.0, 0.5), (2.0, 2.0), (0.0, 2.0)])
    [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]
    """
    ordered = sorted(set(points))

    def half(these: Sequence[Point]) -> list[Point]:
        out: list[Point] = []
        for one in these:
            while len(out) > 1 and _turn(out[-2], out[-1], one) <= 0.0:
                out.pop()
            out.append(one)
        return out[:-1]

    return half(ordered) + half(ordered[::-1])


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
