#!/usr/bin/env python3
"""Siting against independent modellers: the same matrix, the same question, and whether the objectives are equal.

    python3 -m venv var/siting && var/siting/bin/pip install spopt==0.7.0 PuLP==3.3.2 highspy==1.16.0
    var/siting/bin/python docs/compare/siting.py extracts target/release/yimi ../shared/data/osm
    var/siting/bin/python docs/compare/siting.py matrix FILE.csv ANSWERS.json [--rounds 3]

`extracts` imports real extracts, asks `yimi siting --matrix`, and has the others solve what Yimi wrote down.
`matrix` takes a matrix and the answers to it (one, as `--json` prints it, or a list) that are there already, such as
those of `cargo bench --bench siting -- --matrix FOLDER`, and also tells how long everybody took.

The others are PySAL spopt with PuLP's CBC, spopt with HiGHS, and HiGHS handed the model without a modeller; each is asked
for a plan, and all plans, Yimi's too, are counted here from the matrix, in whole children and milliseconds. Everybody
must prove its plan: HiGHS stops at a gap of 0.01 % unless told otherwise, and PuLP calls a plan optimal whose search ran
out of time. Exit code 1 if anything is DIFFERENT. docs/SITING.md has what came of it.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field, fields
from pathlib import Path

import highspy
import numpy as np
import pulp
from scipy import sparse
from spopt.locate import LSCP, MCLP, PCenter, PMedian

NO_WAY = 2**32 - 1
# Models of spopt are dense; beyond so many cells times candidates they take minutes or gigabytes to build.
DENSE = {"maximal_covering": 4_000_000, "set_covering": 4_000_000, "p_median": 250_000, "p_center": 40_000}


@dataclass
class Matrix:
    """A siting problem as Yimi writes it: FILE.csv, FILE.cells.csv and FILE.candidates.csv."""

    ms: np.ndarray  # cells x candidates, NO_WAY where there is none
    children: np.ndarray
    existing: np.ndarray
    cell_town: np.ndarray
    town: np.ndarray
    cost: np.ndarray
    capacity: np.ndarray
    at: np.ndarray

    @staticmethod
    def read(path: Path) -> "Matrix":
        def table(suffix: str) -> list:
            with path.with_suffix(suffix).open(encoding="utf-8", newline="") as file:
                return list(csv.DictReader(file))

        def column(rows: list, name: str, kind=np.int64, nothing=0) -> np.ndarray:
            return np.array([row[name] if row[name] != "" else nothing for row in rows]).astype(kind)

        cells, candidates = table(".cells.csv"), table(".candidates.csv")
        row = {cell["cell"]: number for number, cell in enumerate(cells)}
        col = {candidate["candidate"]: number for number, candidate in enumerate(candidates)}
        ms = np.full((len(cells), len(candidates)), NO_WAY, dtype=np.int64)
        with path.open(encoding="utf-8", newline="") as file:
            for way in csv.DictReader(file):
                ms[row[way["cell"]], col[way["candidate"]]] = int(way["ms"])
        return Matrix(
            ms=ms,
            children=column(cells, "children"),
            existing=column(cells, "existing_ms", nothing=NO_WAY),
            cell_town=column(cells, "town", str),
            town=column(candidates, "town", str),
            cost=column(candidates, "cost", nothing=1),
            capacity=column(candidates, "capacity", nothing=NO_WAY),
            at=np.column_stack([column(candidates, "lon", float), column(candidates, "lat", float)]),
        )


@dataclass
class Ask:
    """A question and Yimi's answer to it."""

    objective_name: str
    objective: int
    bound: int
    add: int = 0
    limit_ms: int = 0
    far_ms: int = NO_WAY
    share: float = 1.0
    must: list = field(default_factory=list)
    one_per_town: bool = False
    floor_per_town: float | None = None
    budget: int | None = None
    chosen: list | None = None
    seconds: float | None = None
    name: str = ""

    @staticmethod
    def of(answer: dict, matrix: Matrix, **more) -> "Ask":
        told = {**answer.get("request", {}), **answer, **more}
        told.setdefault("limit_ms", told.get("minutes", 0) * 60_000)
        if told.get("chosen") is None and told.get("sites"):
            told["chosen"] = [nearest(matrix, site) for site in told["sites"]]
        return Ask(**{key: told[key] for key in (f.name for f in fields(Ask)) if told.get(key) is not None})

    @property
    def ruled(self) -> bool:
        return bool(self.one_per_town or self.floor_per_town or self.budget is not None)


def nearest(matrix: Matrix, site: dict) -> int:
    off = np.hypot(*(matrix.at - [site["lon"], site["lat"]]).T)
    if off.min() > 1e-6:
        sys.exit(f"the answer's site {site['lon']},{site['lat']} is not among the candidates")
    return int(off.argmin())


# What a plan is worth, and what is left of a problem


def best_ms(matrix: Matrix, chosen: list) -> np.ndarray:
    return np.minimum(matrix.existing, matrix.ms[:, chosen].min(axis=1)) if len(chosen) else matrix.existing


def value(matrix: Matrix, ask: Ask, chosen: list) -> int:
    """The objective of a plan, counted from the matrix alone."""
    ms = best_ms(matrix, chosen)
    if ask.objective_name == "maximal_covering":
        return int(matrix.children[(ms <= ask.limit_ms) & (matrix.existing > ask.limit_ms)].sum())
    if ask.objective_name == "set_covering":
        covered = int(matrix.children[ms <= ask.limit_ms].sum())
        return len(chosen) if covered >= needed(matrix, ask) else sys.maxsize
    if ask.objective_name == "p_median":
        return int((matrix.children * np.minimum(ms, ask.far_ms)).sum())
    if ask.objective_name == "p_center":
        return int(ms[reachable(matrix)].max(initial=0))
    return served(matrix, ask, chosen)


def needed(matrix: Matrix, ask: Ask) -> int:
    return int(np.ceil(ask.share * int(matrix.children.sum()) - 1e-9))


def reachable(matrix: Matrix) -> np.ndarray:
    """Cells with children that an existing site or any candidate reaches at all."""
    return (matrix.children > 0) & (np.minimum(matrix.existing, matrix.ms.min(axis=1)) < NO_WAY)


def served(matrix: Matrix, ask: Ask, chosen: list) -> int:
    """The most children that the chosen sites have room for: a flow, as a linear programme."""
    model = Model(maximise=True)
    flows(model, matrix, ask, {j: None for j in chosen})
    return round(model.solve(60)[0])


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


EXACT = {"mip_rel_gap": 0.0, "mip_abs_gap": 0.0}


class OutOfTime(Exception):
    """The proof was not finished."""


class NotAsked(Exception):
    """The modeller has no such model, or it would be too large."""


def groups(covers: np.ndarray, children: np.ndarray) -> list:
    """Cells that the same candidates cover are one: the candidates and the children of each."""
    some = covers.any(axis=1) & (children > 0)
    packed = np.packbits(covers[some], axis=1)
    _, first, which = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    weights = np.bincount(which.ravel(), weights=children[some])
    return [(np.flatnonzero(covers[some][row]), weight) for row, weight in zip(first, weights)]


def sites_rule(model: Model, matrix: Matrix, ask: Ask, most: int | None) -> list:
    """A column for each candidate, and the rules that only they obey."""
    price = 0 if most is not None else 1
    y = [model.col(price, whole=True) for _ in matrix.cost]
    if most is not None:
        model.row(0, most, y, [1] * len(y))
    for j in ask.must:
        model.row(1, 1, [y[j]], [1])
    if ask.budget is not None:
        model.row(0, ask.budget, y, matrix.cost)
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
        flows(model, matrix, ask, dict(enumerate(y)))
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


def flows(model: Model, matrix: Matrix, ask: Ask, y: dict) -> None:
    """Children to sites that have room; `y` has the column of each candidate, or nothing where it is chosen already."""
    if (matrix.existing < NO_WAY).any():
        raise NotAsked("the room of existing sites is not in the matrix")
    by_cell: dict = {}
    for j, site in y.items():
        cells = np.flatnonzero((matrix.ms[:, j] <= ask.limit_ms) & (matrix.children > 0))
        room = min(int(matrix.capacity[j]), int(matrix.children[cells].sum()))
        goes = [model.col(1, upper=int(matrix.children[i])) for i in cells]
        if site is None:
            model.row(0, room, goes, [1] * len(goes))
        else:
            model.row(-highspy.kHighsInf, 0, [*goes, site], [1] * len(goes) + [-room])
        for i, go in zip(cells, goes):
            by_cell.setdefault(i, []).append(go)
            if site is not None:
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
    while least < most or plan is None:
        middle = (least + most) // 2
        limit = times[middle]
        covers = (ms <= limit)[existing > limit]
        found = None
        if covers.any(axis=1).all():
            model = Model(maximise=False)
            y = sites_rule(model, matrix, ask, None)
            for candidates, _ in groups(covers, np.ones(len(covers))):
                model.row(1, highspy.kHighsInf, [y[j] for j in candidates], [1] * len(candidates))
            model.row(0, ask.add, y, [1] * len(y))
            found = model.solve(seconds)[1]
        if found is not None:
            most, plan = middle, [j for j, col in enumerate(y) if found[col] > 0.5]
        else:
            least = middle + 1
    return plan, 0.0, time.perf_counter() - began


# spopt


def spopt(matrix: Matrix, ask: Ask, solver: pulp.LpSolver) -> tuple:
    """The plan of spopt. What exists is one more facility that is predefined, with what is left out at its cost."""
    if ask.objective_name not in DENSE:
        raise NotAsked("spopt has no such model")
    if ask.ruled:
        raise NotAsked("spopt has no such rules")
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


# The table


def peers(seconds: float) -> dict:
    cbc = pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds, gapRel=0, gapAbs=0)
    hand = pulp.HiGHS(msg=False, timeLimit=seconds, gapRel=0, gapAbs=0)
    return {
        "spopt + CBC": lambda matrix, ask: spopt(matrix, ask, cbc),
        "spopt + HiGHS": lambda matrix, ask: spopt(matrix, ask, hand),
        "HiGHS": lambda matrix, ask: highs(matrix, ask, seconds),
    }


def fastest(rounds: int, peer, matrix: Matrix, ask: Ask) -> tuple:
    found = [peer(matrix, ask) for _ in range(rounds)]
    return min(found, key=lambda it: it[1] + it[2])


def said(of: str, matrix: Matrix, ask: Ask, options) -> bool:
    """A line of the table; whether all are equal."""
    cells, verdict = [], []
    if ask.chosen is not None and value(matrix, ask, ask.chosen) != ask.objective:
        verdict.append(f"DIFFERENT: Yimi's plan counts {value(matrix, ask, ask.chosen):,}")
    for name, peer in peers(options.seconds).items():
        try:
            chosen, build, solve = fastest(options.rounds, peer, matrix, ask)
        except NotAsked as reason:
            cells.append(f"({reason})")
            continue
        except OutOfTime:
            cells.append(f"no proof in {options.seconds:.0f} s")
            continue
        there = value(matrix, ask, chosen)
        took = build + solve
        ratio = f", {took / ask.seconds:.0f} ×" if ask.seconds else ""
        cells.append(f"{there:,} ({build:.2f} + {solve:.2f} s{ratio})")
        low, high = sorted((ask.objective, ask.bound))
        if not low <= there <= high:
            verdict.append(f"DIFFERENT: {name}")
        elif there != ask.objective:
            verdict.append("within Yimi's bound")
    told = f"{ask.objective:,}" if ask.objective == ask.bound else f"{ask.objective:,}, bound {ask.bound:,}"
    told += f" ({ask.seconds * 1000:.1f} ms)" if ask.seconds else ""
    size = f"{matrix.ms.shape[0]:,} × {matrix.ms.shape[1]:,}"
    asked = f"{ask.limit_ms / 60_000:g} min" if ask.limit_ms else ""
    print(
        f"| {of} | {ask.name or ask.objective_name} | {size} | {ask.add or '–'} | {asked} | {told} | "
        f"{' | '.join(cells)} | {'; '.join(dict.fromkeys(verdict)) or 'EQUAL'} |",
        flush=True,
    )
    return not any(said.startswith("DIFFERENT") for said in verdict)


def head() -> None:
    print("| of | objective | cells × candidates | sites | within | Yimi | spopt + CBC | spopt + HiGHS | HiGHS | |")
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|---|", flush=True)


def read_answers(path: Path) -> list:
    known = json.loads(path.read_text(encoding="utf-8"))
    return known if isinstance(known, list) else [known]


def compare_matrix(options) -> bool:
    matrix = Matrix.read(options.matrix)
    head()
    asks = [Ask.of(answer, matrix) for answer in read_answers(options.answers)]
    return all([said(options.matrix.stem, matrix, ask, options) for ask in asks if options.only in (None, ask.name)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    modes = parser.add_subparsers(required=True)
    matrix = modes.add_parser("matrix", help="a matrix and answers that are there already")
    matrix.add_argument("matrix", type=Path, metavar="FILE.csv")
    matrix.add_argument("answers", type=Path, metavar="ANSWERS.json")
    matrix.add_argument("--only", help="the answer of this name")
    matrix.set_defaults(work=compare_matrix)
    for mode in (matrix,):
        mode.add_argument("--rounds", type=int, default=1, help="the fastest of so many counts")
        mode.add_argument("--seconds", type=float, default=600, help="for each solver")
    options = parser.parse_args()
    sys.exit(0 if options.work(options) else 1)


if __name__ == "__main__":
    main()
