#!/usr/bin/env python3
"""Coverage on real extracts: schools, playgrounds and reading spaces within 5, 10, 15 and 20 minutes on foot.

    docs/compare/coverage.py YIMI FOLDER

YIMI is the program, FOLDER holds the extracts (those that are not there are skipped, and said so). Porto Alegre comes with
a grid of real people and real schools. The other extracts come without people: a thousand children are spread over their
minor streets by length, so their shares are shares of streets where people may live, not of people.
Python 3.9 or later, nothing else. Prints a table in Markdown.
"""

import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

MINUTES = (5, 10, 15, 20)
KINDS = ("school", "playground", "reading_space")


class Yimi:
    """The program with a database of its own."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program, self.database = program, f"sqlite:{folder / 'coverage.db'}"

    def run(self, *arguments: str) -> dict:
        command = [self.program, *arguments, "--json", "--database", self.database]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)}\n{done.stderr}")
        return json.loads(done.stdout)


def write_rows(path: Path, rows: list) -> str:
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(rows)
    return str(path)


def porto_alegre(yimi: Yimi, extracts: Path, folder: Path) -> None:
    """Streets, people and schools; a school stands in the middle of its cell."""
    with (extracts / "porto-alegre-hexgrid.csv").open(encoding="utf-8") as read:
        cells = list(csv.DictReader(read))
    schools = [["id", "kind", "name", "lon", "lat"]]
    for cell in cells:
        for number in range(int(cell["schools"])):
            name = f"{cell['id']}-{number}"
            schools.append([name, "school", name, cell["lon"], cell["lat"]])
    yimi.run("import", "network", str(extracts / "porto-alegre.osm.pbf"))
    yimi.run("import", "children", str(extracts / "porto-alegre-hexgrid.csv"), "--count-column", "population")
    yimi.run("import", "sites", write_rows(folder / "schools.csv", schools), "--crs", "wgs84")


def spread(yimi: Yimi, extract: Path, folder: Path) -> None:
    """Streets and sites of an extract, and a thousand children along its minor streets."""
    world = {"type": "Polygon", "coordinates": [[[-179, -85], [179, -85], [179, 85], [-179, 85], [-179, -85]]]}
    properties = {"code": "000000001", "name": "范围", "name_en": "Extract", "outline": "schematic"}
    area = {"type": "Feature", "properties": properties, "geometry": world}
    areas = folder / "areas.geojson"
    areas.write_text(json.dumps({"type": "FeatureCollection", "features": [area]}), encoding="utf-8")
    yimi.run("import", "areas", str(areas))
    yimi.run("import", "network", str(extract))
    yimi.run("import", "sites", str(extract))
    totals = [["code", "name", "age_0_14"], ["000000001", "范围", 1000]]
    yimi.run("import", "children", write_rows(folder / "totals.csv", totals))


def rows(yimi: Yimi, name: str) -> list:
    """A line of the table for each kind of which there is a site."""
    lines = []
    for kind in KINDS:
        answers = [yimi.run("coverage", "--kind", kind, "--minutes", str(minutes)) for minutes in MINUTES]
        last = answers[-1]
        sites = last["sites"]["counted"]
        if sites == 0:
            continue
        circle = next(c["share"] for c in last["straight"] if c["radius_m"] == 500)
        median = "–" if last["median_secs"] is None else f"{last['median_secs'] / 60:.1f}"
        shares = " | ".join(f"{answer['share'] * 100:.1f}" for answer in answers)
        people = f"{last['children_total']:,}"
        lines.append(f"| {name} | {kind} | {sites} | {people} | {shares} | {median} | {circle * 100:.1f} |")
    return lines


def main() -> None:
    program, extracts = sys.argv[1], Path(sys.argv[2])
    print("| extract | kind | sites | people | 5 min % | 10 min % | 15 min % | 20 min % | median min | 500 m circle % |")
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for file in ("porto-alegre.osm.pbf", "liechtenstein.osm.pbf", "monaco.osm.gz", "singapore-bayfront.osm.pbf"):
        if not (extracts / file).exists():
            print(f"skipped, not there: {file}", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as folder:
            yimi = Yimi(program, Path(folder))
            if file.startswith("porto-alegre"):
                porto_alegre(yimi, extracts, Path(folder))
            else:
                spread(yimi, extracts / file, Path(folder))
            print("\n".join(rows(yimi, file.split(".")[0])), flush=True)


if __name__ == "__main__":
    main()
