"""Real extracts in a database of their own, and questions about them: streets, people and schools as in `coverage.py`."""

import csv
import tempfile
from pathlib import Path

from coverage import Yimi, porto_alegre, spread
from siting_matrix import Ask, Matrix, coverable

HOSTS = "school,playground,kindergarten"
LSCP, MEDIAN, CENTER, ROOM = "set_covering", "p_median", "p_center", "capacitated_covering"
ALL = "all"  # the share of those who can be covered at all
# The options of `yimi siting`; candidates are its own word, or one in so many of Porto Alegre's cells with people.
QUESTIONS = {
    "porto-alegre": {
        "MCLP at junctions": {"candidates": "junctions", "minutes": 10, "add": 5},
        "MCLP": {"candidates": 1, "minutes": 10, "add": 10},
        "MCLP without existing": {"candidates": 1, "minutes": 15, "add": 10, "ignore_existing": True},
        "MCLP, rules": {"candidates": "4 priced", "minutes": 10, "add": 10, "apart_m": 800, "budget": 15},
        "LSCP": {"candidates": 1, "minutes": 15, "objective": LSCP, "share": ALL},
        "LSCP without existing": {
            "candidates": 1, "minutes": 15, "objective": LSCP, "share": ALL, "ignore_existing": True,
        },
        "LSCP, 95 %": {"candidates": 1, "minutes": 15, "objective": LSCP, "share": 0.95, "ignore_existing": True},
        "LSCP, 80 % by cost": {
            "candidates": "4 priced", "minutes": 15, "objective": LSCP, "share": 0.8, "ignore_existing": True,
        },
        "p-median": {"candidates": 8, "add": 5, "objective": MEDIAN},
        "p-median without existing": {"candidates": 8, "add": 10, "objective": MEDIAN, "ignore_existing": True},
        "p-centre": {"candidates": 36, "add": 4, "objective": CENTER},
        "p-centre without existing": {"candidates": 36, "add": 8, "objective": CENTER, "ignore_existing": True},
        "capacities": {
            "candidates": 8, "minutes": 15, "add": 10, "objective": ROOM, "capacity": 20000, "ignore_existing": True,
        },
    },
    "liechtenstein": {
        "MCLP at junctions": {"candidates": "junctions", "minutes": 15, "add": 5},
        "MCLP": {"candidates": HOSTS, "minutes": 15, "add": 5},
        "LSCP": {"candidates": HOSTS, "minutes": 20, "objective": LSCP, "share": ALL},
        "p-median": {"candidates": HOSTS, "add": 5, "objective": MEDIAN},
        "p-centre": {"candidates": HOSTS, "add": 5, "objective": CENTER},
    },
}  # fmt: skip
KINDS = {"porto-alegre": "school", "liechtenstein": "reading_space"}


def questions(program: str, extracts: Path, only: str | None):
    """Each question with the matrix that Yimi wrote and what it answered: extract, matrix, ask."""
    for extract, asked in QUESTIONS.items():
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            yimi = Yimi(program, folder)
            if extract == "porto-alegre":
                porto_alegre(yimi, extracts, folder)
            else:
                spread(yimi, extracts / f"{extract}.osm.pbf", folder)
            for name, options in asked.items():
                if only in (None, name):
                    options = {"kind": KINDS[extract], **options, "matrix": folder / "asked.csv"}
                    if options["candidates"] not in ("junctions", HOSTS):
                        options["candidates"] = middles(extracts, folder, str(options["candidates"]))
                    yield extract, *answered(yimi, name, options)


def middles(extracts: Path, folder: Path, which: str) -> Path:
    """The middles of one in so many of Porto Alegre's cells with people; if priced, their costs go from 1 to 3."""
    every, priced = int(which.split()[0]), which.endswith("priced")
    with (extracts / "porto-alegre-hexgrid.csv").open(encoding="utf-8") as read:
        cells = [cell for cell in csv.DictReader(read) if float(cell["population"]) > 0][::every]
    file = folder / f"{which}.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["lon", "lat", "cost"])
        rows.writerows([cell["lon"], cell["lat"], 1 + number % 3 if priced else 1] for number, cell in enumerate(cells))
    return file


def answered(yimi: Yimi, name: str, options: dict) -> tuple:
    if options.get("share") == ALL:
        # any question of the same limit writes whom all candidates cover together
        ask(yimi, {**options, "objective": "maximal_covering", "add": 1, "share": None})
        matrix = Matrix.read(options["matrix"])
        # half a child less, so that rounding does not ask for one more than there are
        share = (coverable(matrix, options["minutes"] * 60_000) - 0.5) / int(matrix.children.sum())
        options = {**options, "share": share}
    answer = ask(yimi, options)
    matrix = Matrix.read(options["matrix"])
    told = {key: options[key] for key in ("add", "share", "budget", "apart_m") if key in options}
    return matrix, Ask.of(answer, matrix, name=name, far_ms=120 * 60_000, **told)


def ask(yimi: Yimi, options: dict) -> dict:
    said = {"--" + key.replace("_", "-"): value for key, value in options.items() if value is not None}
    words = [[flag] if value is True else [flag, str(value)] for flag, value in said.items()]
    return yimi.run("siting", *sum(words, []))
