"""The models of siting's objectives, by PySAL spopt and handed straight to HiGHS. Both tell a plan and their seconds."""

import os
import time

import highspy
import numpy as np
import pulp
from scipy import sparse
from siting_matrix import NO_WAY, Ask, Matrix, metres, needed, price, reachable
from spopt.locate import LSCP, MCLP, PCenter, PMedian

# Models of spopt are dense; beyond so many cells times candidates they take minutes or gigabytes to build.
DENSE = {"maximal_covering": 4_000_000, "set_covering": 4_000_000, "p_median": 250_000, "p_center": 40_000}
# HiGHS stops at a gap of 0.01 % unless told otherwise.
EXACT = {"mip_rel_gap": 0.0, "mip_abs_gap": 0.0}


class OutOfTime(Exception):
    """The proof was not finished."""


class NotAsked(Exception):
    """The modeller has no such model, or it would be too large."""


def greet() -> None:
    """HiGHS greets on the standard output, once; that is where the table goes."""
    out = os.dup(1)
    os.dup2(2, 1)
    highspy.Highs()
    os.dup2(out, 1)


# HiGHS, without a modeller



class Model:
    """Columns, rows and entries, handed over in one piece."""

    def __init__(self, maximise: bool) -> None:
        self.maximise, self.cols, self.rows, self.entries = maximise, [], [], ([], [], [])

    def col(self, cost: float, upper: float = 1, whole: bool = False) -> int:
        self.cols.append((cost, upper, whole))
        return len(self.cols) - 1

    def row(self, lower: float, upper: float, cols, factors) -> None:
        number = len(self.rows)
        self.rows.append((lower, upper))
        for known, more in zip(self.entries, ([number] * len(cols), cols, factors)):
            known.extend(more)

    def solve(self, seconds: float) -> tuple:
        """The objective and the value of every column; nothing in place of them if there is no plan."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.cols), len(self.rows)
        cost, upper, whole = zip(*self.cols)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.array(cost, float), np.zeros(len(cost)), np.array(upper, float)
        lp.row_lower_, lp.row_upper_ = (np.array(side, float) for side in zip(*self.rows))
        rows, cols, factors = self.entries
        matrix = sparse.csc_matrix((factors, (rows, cols)), shape=(lp.num_row_, lp.num_col_), dtype=float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
        kind = highspy.HighsVarType
        lp.integrality_ = [kind.kInteger if it else kind.kContinuous for it in whole]
        lp.sense_ = highspy.ObjSense.kMaximize if self.maximise else highspy.ObjSense.kMinimize
        solver = highspy.Highs()
        for option, setting in (("output_flag", False), ("time_limit", float(seconds)), *EXACT.items()):
            solver.setOptionValue(option, setting)
        solver.passModel(lp)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None, None
        if status != highspy.HighsModelStatus.kOptimal:
            raise OutOfTime
        return solver.getInfo().objective_function_value, np.array(solver.getSolution().col_value)


def groups(covers: np.ndarray, children: np.ndarray) -> list:
    """Cells that the same candidates cover are one: the candidates and the children of each."""
    some = covers.any(axis=1) & (children > 0)
    packed = np.packbits(covers[some], axis=1)
    _, first, which = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    weights = np.bincount(which.ravel(), weights=children[some])
    return [(np.flatnonzero(covers[some][row]), weight) for row, weight in zip(first, weights)]


def sites_rule(model: Model, matrix: Matrix, ask: Ask, most: int | None) -> list:
    """A column for each candidate, and the rules that only they obey."""
    prices = price(matrix) if most is None else np.zeros(len(matrix.cost))
    y = [model.col(it, whole=True) for it in prices]
    if most is not None:
        model.row(0, most, y, [1] * len(y))
    for j in ask.must:
        model.row(1, 1, [y[j]], [1])
    if ask.budget is not None:
        model.row(0, ask.budget, y, matrix.cost)
    if ask.apart_m:
        for one, other in zip(*np.nonzero(np.triu(metres(matrix.at) < ask.apart_m, 1))):
            model.row(0, 1, [y[one], y[other]], [1, 1])
    if ask.one_per_town:
        for town in np.unique(matrix.town[matrix.town != ""]):
            here = np.flatnonzero(matrix.town == town)
            model.row(1, highspy.kHighsInf, [y[j] for j in here], [1] * len(here))
    return y


def highs(matrix: Matrix, ask: Ask, seconds: float) -> tuple:
    """The plan that HiGHS finds best, with the seconds of building and of solving."""
    began = time.perf_counter()
    if ask.objective_name == "p_center":
        return highs_center(matrix, ask, seconds)
    covering = ask.objective_name in ("maximal_covering", "set_covering")
    model = Model(maximise=ask.objective_name != "set_covering")
    y = sites_rule(model, matrix, ask, None if ask.objective_name == "set_covering" else ask.add)
    new = matrix.existing > ask.limit_ms
    if covering:
        total, columns, factors = 0, [], []
        for candidates, weight in groups((matrix.ms <= ask.limit_ms) & new[:, None], matrix.children):
            here = model.col(weight if model.maximise else 0)
            model.row(0, highspy.kHighsInf, [*(y[j] for j in candidates), here], [1] * len(candidates) + [-1])
            total, columns, factors = total + weight, [*columns, here], [*factors, weight]
        if not model.maximise:
            least = needed(matrix, ask) - int(matrix.children[~new].sum())
            model.row(least, highspy.kHighsInf, columns, factors)
    elif ask.objective_name == "p_median":
        # what a child saves, by the candidate it walks to; those who save nothing are left out
        base = np.minimum(matrix.existing, ask.far_ms)
        for i in np.flatnonzero(matrix.children):
            near = np.flatnonzero(matrix.ms[i] < base[i])
            saved = matrix.children[i] * (base[i] - matrix.ms[i, near]) / 60_000
            walks = [model.col(saving) for saving in saved]
            for j, walk in zip(near, walks):
                model.row(0, 1, [y[j], walk], [1, -1])
            if walks:
                model.row(0, 1, walks, [1] * len(walks))
    else:
        flows(model, matrix, ask, y)
    if ask.floor_per_town is not None:
        floors(model, matrix, ask, y, new)
    built = time.perf_counter()
    _, values = model.solve(seconds)
    solved = time.perf_counter()
    if values is None:
        raise OutOfTime
    return [j for j, col in enumerate(y) if values[col] > 0.5], built - began, solved - built


def floors(model: Model, matrix: Matrix, ask: Ask, y: list, new: np.ndarray) -> None:
    """Each town's share of covered children, existing sites included."""
    for town in np.unique(matrix.cell_town[matrix.cell_town != ""]):
        here = matrix.cell_town == town
        columns, factors = [], []
        for candidates, weight in groups((matrix.ms <= ask.limit_ms) & (new & here)[:, None], matrix.children):
            cell = model.col(0)
            model.row(0, highspy.kHighsInf, [*(y[j] for j in candidates), cell], [1] * len(candidates) + [-1])
            columns, factors = [*columns, cell], [*factors, weight]
        least = np.ceil(ask.floor_per_town * int(matrix.children[here].sum()) - 1e-9)
        model.row(least - int(matrix.children[here & ~new].sum()), highspy.kHighsInf, columns, factors)


def flows(model: Model, matrix: Matrix, ask: Ask, y: list) -> None:
    """Children to sites that have room."""
    if (matrix.existing < NO_WAY).any():
        raise NotAsked("the room of existing sites is not in the matrix")
    by_cell: dict = {}
    for j, site in enumerate(y):
        cells = np.flatnonzero((matrix.ms[:, j] <= ask.limit_ms) & (matrix.children > 0))
        room = min(int(matrix.capacity[j]), int(matrix.children[cells].sum()))
        goes = [model.col(1, upper=int(matrix.children[i])) for i in cells]
        model.row(-highspy.kHighsInf, 0, [*goes, site], [1] * len(goes) + [-room])
        for i, go in zip(cells, goes):
            by_cell.setdefault(i, []).append(go)
            model.row(-highspy.kHighsInf, 0, [go, site], [1, -int(matrix.children[i])])
    for i, goes in by_cell.items():
        model.row(0, int(matrix.children[i]), goes, [1] * len(goes))


def highs_center(matrix: Matrix, ask: Ask, seconds: float) -> tuple:
    """The least time within which so many sites cover everybody: halving over the times that there are."""
    began = time.perf_counter()
    cells = reachable(matrix)
    ms, existing = matrix.ms[cells], matrix.existing[cells]
    times = np.unique(np.minimum(ms, existing[:, None]))
    least, most, plan = 0, len(times) - 1, None
    while least <= most and (least < most or plan is None):
        middle = (least + most) // 2
        limit = times[middle]
        covers = (ms <= limit)[existing > limit]
        found = None
        if covers.any(axis=1).all():
            model = Model(maximise=False)
            y = sites_rule(model, matrix, ask, ask.add)
            for candidates, _ in groups(covers, np.ones(len(covers))):
                model.row(1, highspy.kHighsInf, [y[j] for j in candidates], [1] * len(candidates))
            found = model.solve(seconds)[1]
        if found is not None:
            most, plan = middle, [j for j, col in enumerate(y) if found[col] > 0.5]
        else:
            least = middle + 1
    if plan is None:
        raise OutOfTime
    return plan, 0.0, time.perf_counter() - began


# spopt


def spopt(matrix: Matrix, ask: Ask, solver: pulp.LpSolver) -> tuple:
    """The plan of spopt. What exists is one more facility that is predefined, with what is left out at its cost."""
    if ask.objective_name not in DENSE:
        raise NotAsked("spopt has no such model")
    if ask.ruled:
        raise NotAsked("spopt has no such rules")
    if ask.objective_name == "set_covering" and len(set(matrix.cost)) > 1:
        raise NotAsked("spopt knows no costs")
    if matrix.ms.size > DENSE[ask.objective_name]:
        raise NotAsked("too large for spopt")
    began = time.perf_counter()
    # costs of far or no way must be numbers: the cost of the place that serves whoever is not served
    far = min(ask.far_ms, 10 * int(matrix.ms[matrix.ms < NO_WAY].max()))
    existing = np.minimum(matrix.existing, far)
    cost = np.minimum(np.column_stack([matrix.ms, existing]), far)
    some = matrix.children > 0
    fixed = np.zeros(cost.shape[1], dtype=int)
    fixed[[*ask.must, -1]] = 1
    given = {"predefined_facilities_arr": fixed}
    if ask.objective_name == "maximal_covering":
        model = MCLP.from_cost_matrix(cost, matrix.children, ask.limit_ms, ask.add + 1, **given)
    elif ask.objective_name == "set_covering":
        # a cell that nobody can cover makes it infeasible, and it knows no share: only all that can be covered
        some &= (cost <= ask.limit_ms).any(axis=1)
        if needed(matrix, ask) != matrix.children[some].sum():
            raise NotAsked("spopt knows no share")
        model = LSCP.from_cost_matrix(cost[some], ask.limit_ms, **given)
    elif ask.objective_name == "p_median":
        model = PMedian.from_cost_matrix(cost[some] / 60_000, matrix.children[some], ask.add + 1, **given)
    else:
        model = PCenter.from_cost_matrix(cost[reachable(matrix)] / 60_000, ask.add + 1, **given)
    built = time.perf_counter()
    try:
        model.solve(solver, results=False)
    except RuntimeError as error:
        raise OutOfTime from error
    solved = time.perf_counter()
    if model.problem.sol_status != pulp.LpSolutionOptimal:
        raise OutOfTime
    chosen = [j for j, site in enumerate(model.fac_vars[:-1]) if site.value() > 0.5]
    return chosen, built - began, solved - built


def peers(seconds: float) -> dict:
    cbc = pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds, gapRel=0, gapAbs=0)
    hand = pulp.HiGHS(msg=False, timeLimit=seconds, gapRel=0, gapAbs=0)
    return {
        "spopt + CBC": lambda matrix, ask: spopt(matrix, ask, cbc),
        "spopt + HiGHS": lambda matrix, ask: spopt(matrix, ask, hand),
        "HiGHS": lambda matrix, ask: highs(matrix, ask, seconds),
    }
