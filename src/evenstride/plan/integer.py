"""Integer programmes: yes-or-no variables with their worth, rows that bind them, and the choice that is worth most."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from evenstride.model import SolverStatus

if TYPE_CHECKING:
    from evenstride.model.arrays import Floats

GAP = 1e-6
"""A choice within this share of the bound counts as the best one."""


@dataclass(frozen=True, kw_only=True)
class Solved:
    """The variables (None: there are none), how surely they are best, their worth, and what no others can pass."""

    x: "Floats | None"
    status: SolverStatus
    worth: float
    bound: float


@dataclass
class Programme:
    """An integer programme while it is written.

    Its rows are few and short where that can be, because the time that the solver takes follows from them more than
    from the number of variables.

    >>> programme = Programme()
    >>> one, other, third = (programme.variable(worth) for worth in (3.0, 2.0, 2.0))
    >>> programme.never_together([(one, other), (one, third)])
    >>> programme.solve(nodes=10).x.tolist()
    [0.0, 1.0, 1.0]
    """

    worth: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def variable(self, worth: float, *, whole: bool = True) -> int:
        """Add a variable from 0 to 1; ``whole`` False where the rows make it whole by themselves."""
        self.worth.append(worth)
        self.whole.append(whole)
        return len(self.worth) - 1

    def row(self, terms: Mapping[int, float], least: float = -np.inf, most: float = np.inf) -> None:
        """Bind a weighted sum of variables."""
        if terms:
            self.rows.append((dict(terms), least, most))

    def at_most(self, variables: Iterable[int], most: float) -> None:
        """Choose at most so many of these."""
        self.row(dict.fromkeys(variables, 1.0), most=most)

    def at_least_one(self, variables: Iterable[int]) -> None:
        """Choose one of these; where there are none, nothing can be chosen at all."""
        self.row(dict.fromkeys(variables, 1.0) or {self.variable(0.0): 0.0}, least=1.0)

    def never_together(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Choose at most one of each pair.

        Where three or more exclude one another, one row says so: it holds for fractions too, which pairs do not (three
        halves keep every pair), so the solver's first bound is nearer to the truth.
        """
        apart: dict[int, set[int]] = defaultdict(set)
        for one, other in pairs:
            apart[min(one, other)].add(max(one, other))
        said: set[tuple[int, int]] = set()
        for first in sorted(apart):
            for second in sorted(apart[first]):
                if (first, second) in said:
                    continue
                group = [first, second]
                for other in sorted(apart[first] - {second}):
                    if all(max(other, one) in apart[min(other, one)] for one in group[1:]):
                        group.append(other)
                said |= {(u, v) for u in group for v in group if u < v}
                self.at_most(group, 1)

    def solve(self, *, nodes: int, presolved: bool = True) -> Solved:
        """Solve within so many nodes of the search.

        ``presolved`` False solves it as it is written, which takes longer: a check on the solver, whose reductions have
        been seen to lose the best choice where rows were long and dense.
        """
        if not self.worth:
            return Solved(x=np.zeros(0), status=SolverStatus(status="optimal", gap=0.0), worth=0.0, bound=0.0)
        # Half a second of imports that only a plan needs.
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        n, m = len(self.worth), len(self.rows)
        rows = np.repeat(np.arange(m), [len(terms) for terms, _, _ in self.rows])
        columns = np.array([column for terms, _, _ in self.rows for column in terms], int)
        amounts = np.array([amount for terms, _, _ in self.rows for amount in terms.values()], float)
        matrix: csr_array[np.float64, tuple[int, int]] = csr_array((amounts, (rows, columns)), shape=(m, n))
        constraint = LinearConstraint(matrix, [row[1] for row in self.rows], [row[2] for row in self.rows])
        answer = milp(
            c=-np.array(self.worth),
            constraints=constraint if m else None,
            integrality=np.array(self.whole, int),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": GAP, "node_limit": nodes, "presolve": presolved},
        )
        everything = sum(worth for worth in self.worth if worth > 0.0)
        bound = -float(answer.mip_dual_bound) if answer.mip_dual_bound is not None else everything
        if answer.x is None:
            return Solved(x=None, status=SolverStatus(status="within_gap", gap=1.0), worth=0.0, bound=bound)
        gap = float(answer.mip_gap or 0.0)
        status = SolverStatus(status="optimal" if gap <= GAP else "within_gap", gap=0.0 if gap <= GAP else gap)
        return Solved(x=np.asarray(answer.x, float), status=status, worth=-float(answer.fun), bound=bound)
