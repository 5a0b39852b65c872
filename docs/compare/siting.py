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
import json
import sys
from pathlib import Path

from siting_extracts import questions
from siting_matrix import Ask, Matrix, broken, value
from siting_models import NotAsked, OutOfTime, greet, peers


def fastest(rounds: int, peer, matrix: Matrix, ask: Ask) -> tuple:
    found = [peer(matrix, ask) for _ in range(rounds)]
    return min(found, key=lambda it: it[1] + it[2])


def said(of: str, matrix: Matrix, ask: Ask, options) -> bool:
    """A line of the table; whether all are equal."""
    cells, verdict, proven = [], [], 0
    if ask.chosen is not None:
        verdict += [f"DIFFERENT: {rule}" for rule in broken(matrix, ask, ask.chosen)]
        verdict += ["DIFFERENT: told otherwise than it counts"] if ask.told_wrong else []
        if value(matrix, ask, ask.chosen) != ask.objective:
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
        proven += 1
        there = value(matrix, ask, chosen)
        ratio = f", {(build + solve) / ask.seconds:.3g} ×; solving {solve / ask.seconds:.3g} ×" if ask.seconds else ""
        cells.append(f"{there:,} ({build:.2f} + {solve:.2f} s{ratio})")
        low, high = sorted((ask.objective, ask.bound))
        if not low <= there <= high:
            verdict.append(f"DIFFERENT: {name}")
        elif there != ask.objective:
            verdict.append("within Yimi's bound")
    verdict += [] if proven else ["nobody else has a proof"]
    told = f"{ask.objective:,}" if ask.objective == ask.bound else f"{ask.objective:,}, bound {ask.bound:,}"
    told += f" ({ask.seconds * 1000:.1f} ms)" if ask.seconds else ""
    size = f"{matrix.ms.shape[0]:,} × {matrix.ms.shape[1]:,}"
    asked = f"{ask.limit_ms / 60_000:.3g} min" if ask.limit_ms else ""
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


def compare_extracts(options) -> bool:
    head()
    asked = questions(options.yimi, options.extracts, options.only)
    return all([said(extract, matrix, ask, options) for extract, matrix, ask in asked])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    modes = parser.add_subparsers(required=True)
    matrix = modes.add_parser("matrix", help="a matrix and answers that are there already")
    matrix.add_argument("matrix", type=Path, metavar="FILE.csv")
    matrix.add_argument("answers", type=Path, metavar="ANSWERS.json")
    matrix.set_defaults(work=compare_matrix)
    extracts = modes.add_parser("extracts", help="real extracts, imported and asked about now")
    extracts.add_argument("yimi", metavar="YIMI")
    extracts.add_argument("extracts", type=Path, metavar="FOLDER")
    extracts.set_defaults(work=compare_extracts)
    for mode in (matrix, extracts):
        mode.add_argument("--only", metavar="NAME", help="the question of this name")
        mode.add_argument("--rounds", type=int, default=1, help="the fastest of so many counts")
        mode.add_argument("--seconds", type=float, default=600, help="for each solver")
    options = parser.parse_args()
    greet()
    sys.exit(0 if options.work(options) else 1)


if __name__ == "__main__":
    main()
