"""Where mobility may stand: its three days a week, their order, and what shares its minutes with strength."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, time

from evenstride.model import PlannedSession
from evenstride.model.exercise import MobilityStyle
from evenstride.model.plan import OWN_SLOTS
from evenstride.plan.figures import MICRO_MINUTES, MOBILITY_MINUTES, POCKET_MINUTES, STRENGTH_MINUTES_MIN
from evenstride.plan.places import PRICES, STYLES, Places, same_place
from evenstride.plan.slots import Opportunity
from evenstride.plan.weeks import monday


def add_mobility(places: Places) -> None:
    """Add what may stand where, and every rule that binds it; strength is there before."""
    tested = {(one.day, one.at) for one in places.question.tests}
    for i, slot in enumerate(places.slots):
        if (slot.day, slot.at) in tested:
            continue
        if slot.minutes >= MOBILITY_MINUTES[0]:
            for style in STYLES:
                if _may_have(slot, style):
                    places.styles[i, style] = places.programme.variable(_extras(places, i, style))
        if slot.minutes >= POCKET_MINUTES:
            places.pocket[i] = places.programme.variable(PRICES["pocket"])
    _share_the_minutes(places)
    _style_of_each_week(places)
    _alternate(places)
    _open_lightly(places)
    _fix(places)


def _may_have(slot: Opportunity, style: MobilityStyle) -> bool:
    if style == "dynamic":
        return not slot.before_hard
    return not (style == "long_hold" and slot.before_quality)


def _extras(places: Places, i: int, style: MobilityStyle) -> float:
    slot = places.slots[i]
    kept = any(
        same_place(one, slot) and one.mobility is not None and one.mobility.style == style
        for one in places.question.kept
        if one.kind == "mobility"
    )
    short = PRICES["short mobility"] * max(0.0, 1.0 - slot.minutes / MOBILITY_MINUTES[1])
    after = PRICES["dynamic after hard"] * (style == "dynamic" and slot.after_hard)
    return PRICES["kept style"] * kept + after - short + places.early(i)


def _share_the_minutes(places: Places) -> None:
    """One mobility session a day at most; beside strength where the minutes hold both, which costs some of them."""
    programme = places.programme
    by_day: dict[date, list[int]] = defaultdict(list)
    for i, slot in enumerate(places.slots):
        mobility, strength = places.mobility(i), places.strength(i)
        by_day[slot.day] += mobility
        if i in places.pocket:
            programme.row({places.pocket[i]: 2.0, **dict.fromkeys([*mobility, *strength], 1.0)}, most=2.0)
        room = slot.minutes - MOBILITY_MINUTES[0]
        least = MICRO_MINUTES[1] if slot.micro else STRENGTH_MINUTES_MIN
        if not (mobility and strength):
            continue
        if room < least:
            programme.at_most([*mobility, *strength], 1)
            continue
        wanted = places.wanted_minutes(i)
        full = min(wanted, max(slot.hard_minutes, slot.light_minutes))
        loss = PRICES["short strength"] * max(0.0, full - room) / wanted
        both = programme.variable(-loss - PRICES["short mobility"] * 0.5)
        programme.row({both: -1.0, **dict.fromkeys([*mobility, *strength], 1.0)}, most=1.0)
    for variables in by_day.values():
        programme.at_most(variables, 1)


def _style_of_each_week(places: Places) -> None:
    """Each style once a week, recovery twice where there is room; the first of each is what counts."""
    done = {
        (monday(one.day), one.mobility.style)
        for one in places.question.past
        if one.mobility is not None and one.slot in OWN_SLOTS
    }
    by_week: dict[tuple[date, MobilityStyle], list[int]] = defaultdict(list)
    for (i, style), variable in places.styles.items():
        by_week[monday(places.slots[i].day), style].append(variable)
    for (start, style), here in by_week.items():
        days = (2 if style == "recovery" else 1) - ((start, style) in done)
        places.programme.at_most(here, days)
        if style == "recovery" and days == 2:
            second = places.programme.variable(PRICES["second recovery"] - PRICES["style"], whole=False)
            places.programme.row({second: -1.0, **dict.fromkeys(here, 1.0)}, most=1.0)
        each = PRICES["style"] if (start, style) not in done else PRICES["second recovery"]
        for variable in here if days else ():
            places.programme.worth[variable] += each


def _alternate(places: Places) -> None:
    """Between two days of long holds stands a dynamic one, and the other way round.

    After every opportunity a variable is 1 where a long hold was the last of the two and 0 where a dynamic one was. It
    ties each day to the one before it alone; sums over all days before would say the same in rows that grow with the
    plan, which take the solver twice as long.
    """
    programme, last = places.programme, _last_style(places)
    held = programme.variable(0.0, whole=False)
    if last is not None:
        now = 1.0 if last == "long_hold" else 0.0
        programme.row({held: 1.0}, least=now, most=now)
    for i in range(len(places.slots)):
        change: dict[MobilityStyle, float] = {"long_hold": -1.0, "dynamic": 1.0}
        mine = {places.styles[i, style]: by for style, by in change.items() if (i, style) in places.styles}
        if mine:
            after = programme.variable(0.0, whole=False)
            programme.row({after: 1.0, held: -1.0, **mine}, least=0.0, most=0.0)
            held = after


def _last_style(places: Places) -> MobilityStyle | None:
    """Whether long holds or dynamic mobility stood last before the plan; None where neither did."""
    before = [
        (one.id, one.mobility.style)
        for one in sorted(places.question.past, key=lambda one: (one.day, one.at or time.max))
        if one.mobility is not None and one.slot in OWN_SLOTS and one.mobility.style != "recovery"
    ]
    # What no log tells of is not taken for done where another one is; sessions of this plan have no name yet.
    told = [style for name, style in before if not name or name in places.question.told]
    done = told or [style for _, style in before]
    return done[-1] if done else None


def _open_lightly(places: Places) -> None:
    """Before a week's first long hold or dynamic session stands a recovery one, or a pocket."""
    for i, slot in enumerate(places.slots):
        mine = [places.styles[i, style] for style in STYLES if style != "recovery" and (i, style) in places.styles]
        start = monday(slot.day)
        if mine and not _opened(places.question.past, start, slot.day):
            earlier = [j for j, one in enumerate(places.slots[:i]) if start <= one.day < slot.day]
            before = [places.styles[j, "recovery"] for j in earlier if (j, "recovery") in places.styles]
            before += [places.pocket[j] for j in earlier if j in places.pocket]
            places.programme.row({**dict.fromkeys(mine, 1.0), **dict.fromkeys(before, -1.0)}, most=0.0)


def _opened(past: Collection[PlannedSession], start: date, until: date) -> bool:
    return any(start <= one.day < until and one.mobility is not None and one.slot in OWN_SLOTS for one in past)


def _fix(places: Places) -> None:
    """Mobility that the runner locked keeps its day and its style."""
    for one in places.question.fixed:
        if one.mobility is not None and one.slot in OWN_SLOTS:
            own = one.mobility.style
            places.programme.at_least_one(
                [v for (i, style), v in places.styles.items() if style == own and same_place(one, places.slots[i])]
            )
