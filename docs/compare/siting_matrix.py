"""A siting problem as Yimi writes it down, a question with Yimi's answer, and what a plan is worth."""

import csv
import sys
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

NO_WAY = 2**32 - 1


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
    apart_m: float | None = None
    chosen: list | None = None
    seconds: float | None = None
    told_wrong: bool = False
    name: str = ""

    @staticmethod
    def of(answer: dict, matrix: Matrix, **more) -> "Ask":
        """Of `yimi siting --json`, which tells seconds, or of a bench, which tells the numbers of the matrix."""
        told = {**answer, **more}
        told.setdefault("limit_ms", told.get("minutes", 0) * 60_000)
        ask = Ask(**{key: told[key] for key in (f.name for f in fields(Ask)) if told.get(key) is not None})
        if "unit" in answer:
            ask.chosen = [nearest(matrix, site) for site in answer["sites"]]
            scale = {"p_median": 1000 * int(matrix.children.sum()), "p_center": 1000}.get(ask.objective_name, 1)
            ask.objective = value(matrix, ask, ask.chosen)
            ask.bound = ask.objective if answer["optimal"] else round(answer["bound"] * scale)
            ask.told_wrong = abs(ask.objective / scale - answer["objective"]) > 0.000_51
        return ask

    @property
    def ruled(self) -> bool:
        return bool(self.one_per_town or self.floor_per_town or self.budget is not None or self.apart_m)


def metres(at: np.ndarray) -> np.ndarray:
    """Between all of some places, on a sphere."""
    lon, lat = np.radians(at).T
    half = np.sin((lat - lat[:, None]) / 2) ** 2 + np.cos(lat) * np.cos(lat[:, None]) * np.sin((lon - lon[:, None]) / 2) ** 2
    return 2 * 6_371_000 * np.arcsin(np.sqrt(half))


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
        return int(price(matrix)[chosen].sum()) if covered >= needed(matrix, ask) else sys.maxsize
    if ask.objective_name == "p_median":
        return int((matrix.children * np.minimum(ms, ask.far_ms)).sum())
    if ask.objective_name == "p_center":
        return int(ms[reachable(matrix)].max(initial=0))
    return served(matrix, ask, chosen)


def price(matrix: Matrix) -> np.ndarray:
    """What set covering counts: sites, or money where costs differ."""
    return matrix.cost if len(set(matrix.cost)) > 1 else np.ones_like(matrix.cost)


def needed(matrix: Matrix, ask: Ask) -> int:
    return int(np.ceil(ask.share * int(matrix.children.sum()) - 1e-6))


def coverable(matrix: Matrix, limit_ms: int) -> int:
    """Children whom existing sites and all candidates together cover."""
    return int(matrix.children[np.minimum(matrix.existing, matrix.ms.min(axis=1)) <= limit_ms].sum())


def reachable(matrix: Matrix) -> np.ndarray:
    """Cells with children that an existing site or any candidate reaches at all."""
    return (matrix.children > 0) & (np.minimum(matrix.existing, matrix.ms.min(axis=1)) < NO_WAY)


def broken(matrix: Matrix, ask: Ask, chosen: list) -> list:
    """The rules that a plan breaks."""
    covered = best_ms(matrix, chosen) <= ask.limit_ms
    towns = np.unique(matrix.cell_town[matrix.cell_town != ""]) if ask.floor_per_town else []
    shares = [matrix.children[(matrix.cell_town == town) & covered].sum() for town in towns]
    least = [ask.floor_per_town * matrix.children[matrix.cell_town == town].sum() for town in towns]
    apart = metres(matrix.at[chosen])
    np.fill_diagonal(apart, np.inf)
    rules = {
        "too many sites": ask.objective_name != "set_covering" and len(chosen) > ask.add,
        "a site twice": len(set(chosen)) < len(chosen),
        "a must is missing": not set(ask.must) <= set(chosen),
        "a town has none": ask.one_per_town and set(matrix.town[chosen]) < set(matrix.town[matrix.town != ""]),
        "over budget": ask.budget is not None and matrix.cost[chosen].sum() > ask.budget,
        "too close": ask.apart_m is not None and apart.min(initial=np.inf) < ask.apart_m * 0.997,
        "a town below the floor": any(share < wanted - 1e-6 for share, wanted in zip(shares, least)),
    }
    return [rule for rule, breaks in rules.items() if breaks]


def served(matrix: Matrix, ask: Ask, chosen: list) -> int:
    """The most children that the chosen sites have room for: the largest flow."""
    cells, sites = np.nonzero((matrix.ms[:, chosen] <= ask.limit_ms) & (matrix.children > 0)[:, None])
    count, most = len(matrix.children), int(matrix.children.sum())
    source, sink = count + len(chosen), count + len(chosen) + 1
    room = np.minimum(matrix.capacity[chosen], most)
    ways = [
        (np.full(count, source), np.arange(count), matrix.children),
        (cells, count + sites, matrix.children[cells]),
        (count + np.arange(len(chosen)), np.full(len(chosen), sink), room),
    ]
    tails, heads, widths = (np.concatenate(part) for part in zip(*ways))
    graph = sparse.csr_matrix((widths.astype(np.int32), (tails, heads)), shape=(sink + 1, sink + 1))
    return int(csgraph.maximum_flow(graph, source, sink).flow_value)
