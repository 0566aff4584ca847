"""Pictures of how an exercise moves: a still of its decisive moment for lists and print, and one that moves.

Both stand alone, without style sheet or script, so that a page with a strict content security policy may show them
(docs/adr/0017-figures-that-move.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from evenstride.model import Exercise, Movement, Posture, Prop
from evenstride.plan.movement.motion import motion_of
from evenstride.report.movement_drawing import (
    COLOUR,
    HEAD_M,
    HEIGHT,
    LETTER_M,
    NECK_M,
    WIDTH,
    Paper,
    Point,
    Scene,
    Stroke,
    beside,
    letters,
    scene_of,
)
from evenstride.report.movement_things import ball_place, end_place, outline, span_of

NEAR_UNITS = 2.5
"""A moment is left out where the line between its neighbours passes this near to it everywhere."""
GHOST_M = 0.05
"""A start that lies no further from the decisive moment is not drawn behind it."""
TRAVEL_M, MARK_M = 0.05, 0.45
"""From how far on a body travels, and how far apart the marks on the floor are that then pass by."""
_WIDE = {"strap": 4, "line": 10}
_INK = 'stroke="currentColor"'
_BLOCK = 'fill="currentColor" stroke="currentColor" stroke-width="3" fill-opacity=".14" stroke-opacity=".35"'


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The moments of a film, and how long it takes."""

    whole_s: float
    times_s: tuple[float, ...]


def still_picture(movement: Movement, exercise: Exercise, *, ink: str = "") -> str:
    """Return the decisive moment, with the one that it comes from behind it, as an SVG file's text.

    ``ink`` is the colour of all that is neutral. Without it the picture takes that of the text around it, which only
    one that stands inside a page can.
    """
    scene = scene_of(motion_of(movement))
    posture, before = beside(scene.motion, movement.still_s), beside(scene.motion, movement.start_s)
    parts = [_floor(scene), *_things(scene, [posture], None)]
    if _moved(before, posture):
        ghost = "".join(_stroke(one, [before], scene.paper, None) for one in scene.order)
        parts.append(f'<g opacity=".2">{ghost}</g>')
    return _file(movement, exercise, [*parts, *_body(scene, [posture], None)], ink)


def moving_picture(movement: Movement, exercise: Exercise, *, ink: str = "") -> str:
    """Return one repetition that goes on and on, in the exercise's own tempo, as an SVG file's text."""
    scene = scene_of(motion_of(movement))
    clock = Clock(whole_s=movement.duration_s, times_s=scene.times_s)
    parts = [_floor(scene), *_passing(scene), *_things(scene, scene.film, clock), *_body(scene, scene.film, clock)]
    return _file(movement, exercise, parts, ink)


def inked(svg: str, ink: str) -> str:
    """Return a picture that was drawn without ink with one of its own for all that is neutral.

    >>> inked('<svg viewBox="0 0 1 1"></svg>', "#171a1e")
    '<svg color="#171a1e" viewBox="0 0 1 1"></svg>'
    """
    return svg.replace("<svg ", f'<svg color="{escape(ink)}" ', 1)


def alternative(movement: Movement, exercise: Exercise) -> str:
    """Return the picture in a sentence for those who do not see it: the first one of how the exercise is done."""
    first = exercise.how.split(". ")[0].removesuffix(".")
    return f"{first}. {movement.side.capitalize()} leg." if exercise.sides == "one" else f"{first}."


def needed(times: Sequence[float], lines: Sequence[Sequence[Point]], near: float) -> list[int]:
    """Return the moments between which a line may be led straight and stays near to where it is; the ends among them.

    >>> needed([0.0, 1.0, 2.0, 3.0], [[(0.0, 0.0)], [(5.0, 0.0)], [(10.0, 0.0)], [(0.0, 0.0)]], 1.0)
    [0, 2, 3]
    """

    def between(start: int, end: int) -> list[int]:
        worst, at = 0.0, 0
        for k in range(start + 1, end):
            share = (times[k] - times[start]) / (times[end] - times[start])
            for (ax, ay), (bx, by), (x, y) in zip(lines[start], lines[end], lines[k], strict=True):
                off = abs(ax + share * (bx - ax) - x) + abs(ay + share * (by - ay) - y)
                if off > worst:
                    worst, at = off, k
        return [*between(start, at), at, *between(at, end)] if worst > near else []

    return [0, *between(0, len(times) - 1), len(times) - 1]


def _body(scene: Scene, postures: Sequence[Posture], clock: Clock | None) -> list[str]:
    drawn = [_stroke(one, postures, scene.paper, clock) for one in scene.order]
    masks = [prop for prop in scene.motion.movement.props if prop.kind == "blindfold"]
    return [*drawn, *(_blindfold(postures, scene.paper, clock) for _ in masks), *_letters(postures, scene.paper, clock)]


def _stroke(stroke: Stroke, postures: Sequence[Posture], paper: Paper, clock: Clock | None) -> str:
    lines = [[paper.on(one.points_m[name]) for name in stroke.points] for one in postures]
    colour = f'stroke="{COLOUR[stroke.side]}"' if stroke.side else _INK
    look = f'{colour} stroke-width="{paper.units(stroke.width_m)}"'
    if "head" in stroke.points:
        return _line(lines, clock, f'{look} marker-mid="url(#head)"')
    if not stroke.side:
        return _line(lines, clock, f'{look} fill="currentColor" opacity=".5"', tag="polygon")
    return _line(lines, clock, look)


def _letters(postures: Sequence[Posture], paper: Paper, clock: Clock | None) -> list[str]:
    spots = [letters(one, paper) for one in postures]
    radius = LETTER_M * paper.units_a_metre
    out = []
    for side, colour in COLOUR.items():
        moves = _animated(
            [[one[side]] for one in spots], clock, 'animateTransform attributeName="transform" type="translate"'
        )
        out.append(
            f'<g transform="translate({_units(spots[0][side])})">{moves}<circle r="{radius:.0f}" fill="{colour}"'
            f' stroke="#fff" stroke-width="2"/><text y="{0.62 * radius:.0f}" font-size="{1.7 * radius:.0f}"'
            f' fill="#fff">{side[0].upper()}</text></g>'
        )
    return out


def _floor(scene: Scene) -> str:
    corners = " ".join(_units(scene.paper.on(one)) for one in scene.floor_m)
    return f'<polygon points="{corners}" fill="currentColor" opacity=".1"/>'


def _passing(scene: Scene) -> list[str]:
    """Marks on the floor that pass by where the body travels: who looks goes along with it."""
    travel, paper = scene.motion.travel_m, scene.paper
    along = 0 if abs(travel[0]) > abs(travel[1]) else 1
    if abs(travel[along]) < TRAVEL_M:
        return []
    many = max(1, round(abs(travel[along]) / MARK_M))
    step = travel[along] / many
    low, high = scene.floor_m[0][along] + max(step, 0.0), scene.floor_m[2][along] + min(step, 0.0)
    sides = (scene.floor_m[0][1 - along], scene.floor_m[2][1 - along])
    marks = []
    for k in range(int((high - low) / abs(step)) + 1):
        at = low + k * abs(step)
        ends = [(at, side, 0.0) if along == 0 else (side, at, 0.0) for side in sides]
        marks.append(f'<path d="M{"L".join(_units(paper.on(one)) for one in ends)}"/>')
    here, there = paper.on((0.0, 0.0, 0.0)), paper.on((-step, 0.0, 0.0) if along == 0 else (0.0, -step, 0.0))
    moves = (
        '<animateTransform attributeName="transform" type="translate" repeatCount="indefinite"'
        f' dur="{_short(scene.motion.movement.duration_s / many)}s"'
        f' values="0 0;{_units((there[0] - here[0], there[1] - here[1]))}"/>'
    )
    return [f'<g {_INK} stroke-width="3" opacity=".3">{moves}{"".join(marks)}</g>']


def _things(scene: Scene, postures: Sequence[Posture], clock: Clock | None) -> list[str]:
    return [_thing(one, postures, scene.paper, clock) for one in scene.motion.movement.props if one.kind != "blindfold"]


def _thing(prop: Prop, postures: Sequence[Posture], paper: Paper, clock: Clock | None) -> str:
    if prop.kind == "ball":
        return _line([[paper.on(ball_place(prop, one))] * 2 for one in postures], clock,
                     f'{_INK} opacity=".7" stroke-width="{paper.units(0.2)}"')  # fmt: skip
    if prop.ends:
        lines = [[paper.on(end_place(end, one)) for end in prop.ends] for one in postures]
        return _line(lines, clock, f'{_INK} opacity=".75" stroke-width="{_WIDE.get(prop.kind, 6)}"')
    if prop.kind == "roller":
        (x, y, z), (wide, deep, _) = prop.at_m, prop.size_m
        ends = [paper.on((x, y + sign * deep / 2, z + wide / 2)) for sign in (-1, 1)]
        return _line([ends], None, f'{_INK} opacity=".6" stroke-width="{paper.units(wide)}"')
    corners = [paper.on(one) for one in span_of(prop, postures[0])]
    sides = [" ".join(map(_units, outline(one))) for one in (corners, corners[4:])]
    return "".join(f'<polygon points="{one}" {_BLOCK}/>' for one in sides)


def _blindfold(postures: Sequence[Posture], paper: Paper, clock: Clock | None) -> str:
    lines = [[paper.on(one.share_at("head", "nose", share)) for share in (0.2, 0.65)] for one in postures]
    return _line(lines, clock, f'stroke="#888" stroke-width="{paper.units(0.04)}"')


def _line(lines: Sequence[Sequence[Point]], clock: Clock | None, look: str, *, tag: str = "polyline") -> str:
    start = f'<{tag} points="{_values(lines[0])}" {look}'
    moves = _animated(lines, clock, 'animate attributeName="points"')
    return f"{start}>{moves}</{tag}>" if moves else f"{start}/>"


def _animated(lines: Sequence[Sequence[Point]], clock: Clock | None, what: str) -> str:
    """The element that moves a line, told at those moments only without which it would lie elsewhere."""
    if clock is None or len({_values(line) for line in lines}) == 1:
        return ""
    kept = needed(clock.times_s, lines, NEAR_UNITS)
    times = ";".join(_short(clock.times_s[k] / clock.whole_s) for k in kept)
    values = ";".join(_values(lines[k]) for k in kept)
    return f'<{what} dur="{_short(clock.whole_s)}s" repeatCount="indefinite" keyTimes="{times}" values="{values}"/>'


def _moved(before: Posture, after: Posture) -> bool:
    return any(abs(a - b) > GHOST_M for name, place in before.points_m.items()
               for a, b in zip(place, after.points_m[name], strict=True))  # fmt: skip


def _file(movement: Movement, exercise: Exercise, parts: Sequence[str], ink: str) -> str:
    name, said = escape(exercise.name), escape(alternative(movement, exercise))
    head, wide = f"head-{movement.exercise}-{movement.side}", f"{HEAD_M / NECK_M:.1f}"
    # The name of the head's marker is its own: several pictures may stand in one page.
    drawn = "".join(parts).replace("url(#head)", f"url(#{head})")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img"'
        f' aria-label="{name}: {said}"><title>{name}</title><desc>{said}</desc>'
        f'<marker id="{head}" viewBox="-1 -1 2 2" markerWidth="{wide}" markerHeight="{wide}">'
        '<circle r="1" fill="currentColor"/></marker><g fill="none" stroke-linecap="round" stroke-linejoin="round"'
        f' font-family="system-ui,sans-serif" font-weight="700" text-anchor="middle">{drawn}</g></svg>'
    )
    return inked(svg, ink) if ink else svg


def _values(line: Sequence[Point]) -> str:
    return " ".join(map(_units, line))


def _units(point: Point) -> str:
    return f"{point[0]:.0f} {point[1]:.0f}"


def _short(value: float) -> str:
    """A number of up to three decimals, without what it does not need: .125 rather than 0.125."""
    return f"{value:.3f}".rstrip("0").rstrip(".").removeprefix("0") or "0"
