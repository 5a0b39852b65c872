"""Walking times against an independent router, Valhalla: random pairs, and every large difference looked into.

    python3.12 -m venv var/compare && var/compare/bin/pip install pyvalhalla==3.9.1 osmium==4.3.2
    var/compare/bin/python docs/compare/walking_times.py --yimi target/release/yimi EXTRACT...

Both routers read the same extract. Delays at crossings are off, steps are walked at the plain pace, and of Valhalla's
pedestrian costing everything that prefers or avoids one kind of way is neutral, so that both look for the shortest way.
The places lie on streets as the extract draws them, longer ones more often; neither router is asked where. Each joins
a place to its own streets. Valhalla's time leaves out the metres to the street, so they are taken off Yimi's too.

Where the two differ by more than --explain per cent, the shorter way is put to the other router piece by piece, from
the middle of one piece to the middle of the next. Where that router goes another way, what is drawn there is told.

docs/COMPARISON.md has what came of it.
"""

import argparse
import datetime
import http.client
import importlib.metadata
import itertools
import json
import math
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

import osmium
import valhalla.config

ROOT = Path(__file__).resolve().parents[2]
PROFILE, PACE = "child_6_9", 1.0  # metres a second: seconds are metres
# Kinds of ways that places are drawn on: what both routers call streets and paths.
STREETS = """primary primary_link secondary secondary_link tertiary tertiary_link unclassified residential living_street
service pedestrian track footway path cycleway bridleway steps corridor""".split()
CLOSED = {"no", "private", "use_sidepath", "forestry", "agricultural", "delivery"}
NEUTRAL = {
    "shortest": True,
    "walking_speed": PACE * 3.6,
    "walkway_factor": 1, "sidewalk_factor": 1, "alley_factor": 1, "driveway_factor": 1, "service_factor": 1,
    "step_penalty": 0, "elevator_penalty": 0, "maneuver_penalty": 0, "service_penalty": 0, "gate_penalty": 0,
    "gate_cost": 0, "private_access_penalty": 0, "destination_only_penalty": 0, "country_crossing_penalty": 0,
    "country_crossing_cost": 0, "toll_booth_penalty": 0, "toll_booth_cost": 0, "use_ferry": 0, "ferry_cost": 0,
    "use_living_streets": 0.5, "use_tracks": 0.5, "use_hills": 0.5, "use_lit": 0, "max_hiking_difficulty": 6,
}  # fmt: skip
# What is worth saying of a way or a node.
TOLD = """edge_of highway railway public_transport foot access footway sidewalk service area indoor level layer bridge
tunnel motor_vehicle bicycle oneway oneway:foot route sac_scale trail_visibility barrier locked wheelchair ford
construction motorroad conveying elevator tracktype type""".split()


def metres(a, b):
    """Between two (lon, lat) that are near each other: on the ellipsoid, to a millimetre in a kilometre."""
    lat = math.radians((a[1] + b[1]) / 2)
    north = 111132.954 - 559.822 * math.cos(2 * lat) + 1.175 * math.cos(4 * lat)
    east = 111412.84 * math.cos(lat) - 93.5 * math.cos(3 * lat)
    return math.hypot((a[0] - b[0]) * east, (a[1] - b[1]) * north)


def between(a, b, share):
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


class Extract:
    """The ways and the tagged nodes of an extract, to draw places on and to say what lies where."""

    def __init__(self, path):
        self.segments, self.lengths = [], []  # on which places are drawn
        self.pieces = {}  # (node, node) -> ways
        self.ways, self.nodes, self.at, self.position = {}, {}, {}, {}
        rims = {}  # edges of squares, which need no tags of their own
        for square in osmium.FileProcessor(str(path), osmium.osm.RELATION):
            tags = dict(square.tags)
            if tags.get("type") == "multipolygon" and "highway" in tags:
                rims.update((member.ref, tags) for member in square.members if member.type == "w")
        for element in osmium.FileProcessor(str(path)).with_locations():
            tags = dict(element.tags)
            if element.is_node():
                if tags.keys() & {"barrier", "access", "foot"}:
                    self.nodes[element.id] = tags
            elif element.is_way() and tags.keys() & {"highway", "route", "railway", "public_transport"}:
                self.way(element, tags)
            elif element.is_way() and element.id in rims:
                self.way(element, {"edge_of": "square", **rims[element.id]}, may_draw=False)
        self.total = list(itertools.accumulate(self.lengths))
        self.grid = {}
        for piece in self.pieces:
            a, b = (self.position[node] for node in piece)
            for share in (i / max(1, int(metres(a, b) / 40)) for i in range(max(1, int(metres(a, b) / 40)) + 1)):
                self.grid.setdefault(self.cell(between(a, b, share)), set()).add(piece)

    @staticmethod
    def cell(at):
        return (math.floor(at[0] * 1000), math.floor(at[1] * 1000))

    def way(self, element, tags, may_draw=True):
        self.ways[element.id] = tags
        known = [(n.ref, (n.location.lon, n.location.lat)) for n in element.nodes if n.location.valid()]
        self.position.update(known)
        open_to_all = not {tags.get("access"), tags.get("foot")} & CLOSED
        street = tags.get("highway") in STREETS and open_to_all and tags.get("area") != "yes" and may_draw
        for (a, here), (b, there) in itertools.pairwise(known):
            if here != there:
                self.pieces.setdefault((min(a, b), max(a, b)), []).append(element.id)
                if street:
                    self.segments.append((here, there))
                    self.lengths.append(metres(here, there))

    def draw(self, chance):
        a, b = chance.choices(self.segments, cum_weights=self.total)[0]
        return between(a, b, chance.uniform(0.02, 0.98))

    def ways_at(self, at, off=0.4):
        """The ways through a place, the nearest first, and the tagged nodes within 3 m of it."""
        near, nodes = {}, set()
        x, y = self.cell(at)
        for piece in set().union(*(self.grid.get((x + i, y + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))):
            a, b = (self.position[node] for node in piece)
            scale = math.cos(math.radians(at[1]))
            dx, dy, px, py = (b[0] - a[0]) * scale, b[1] - a[1], (at[0] - a[0]) * scale, at[1] - a[1]
            share = min(1, max(0, (px * dx + py * dy) / (dx * dx + dy * dy)))
            away = metres(at, between(a, b, share))
            if away < off:
                for way in self.pieces[piece]:
                    near[way] = min(away, near.get(way, off))
            nodes |= {node for node in piece if node in self.nodes and metres(at, self.position[node]) < 3}
        return sorted(near, key=near.get), nodes

    @staticmethod
    def said(tags):
        told = [f"{key}={tags[key]}" for key in TOLD if key in tags]
        return ", ".join(told + ([f'"{tags["name"]}"'] if "name" in tags else [])) or "no tags"


class Yimi:
    """A server of its own: a temporary database, this extract, this pace, no delays."""

    name = "Yimi"

    def __init__(self, binary, extract, folder):
        data = folder / "data"
        data.mkdir()
        profiles = (ROOT / "data/profiles.toml").read_text(encoding="utf-8")
        profiles = re.sub(r"(?m)^secs = .*$", "secs = 0", profiles)
        profiles = re.sub(r"slower = [\d.]+", "slower = 1.0", profiles)
        (data / "profiles.toml").write_text(profiles, encoding="utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        common = ["--database", f"sqlite:{folder / 'yimi.db'}", "--data", str(data)]
        subprocess.run([binary, "import", "network", str(extract), *common], check=True, capture_output=True)
        self.server = subprocess.Popen(
            [binary, "serve", *common, "--listen", f"127.0.0.1:{port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def close(self):
        self.connection.close()
        self.server.terminate()
        self.server.wait()

    def route(self, a, b):
        """Seconds and metres along streets, the line, and the metres to the streets; nothing where there is no way."""
        place = "{0[0]:.7f},{0[1]:.7f}".format
        query = urllib.parse.urlencode({"from": place(a), "to": place(b), "profile": PROFILE})
        self.connection.request("GET", f"/api/route?{query}")
        answer = self.connection.getresponse()
        body = json.loads(answer.read())
        if answer.status == 404:
            return None
        if answer.status != 200:
            raise RuntimeError(body)
        told = body["properties"]
        off = told["snapped_from_m"], told["snapped_to_m"]
        line = [tuple(at) for at in body["geometry"]["coordinates"]]
        line = line[1 if off[0] > 0.005 else 0 : -1 if off[1] > 0.005 else None]
        return {"secs": told["walk_secs"] - sum(off) / PACE, "m": told["length_m"] - sum(off), "line": line, "off": off}


class Valhalla:
    """The tiles of this extract, asked within this process."""

    name = "Valhalla"

    def __init__(self, extract, folder, squares):
        tiles = folder / "tiles"
        tiles.mkdir()
        config = valhalla.config.get_config(tile_extract="", tile_dir=tiles)
        config["mjolnir"]["pedestrian_areas"] = squares
        file = folder / "valhalla.json"
        file.write_text(json.dumps(config))
        build = Path(valhalla.config.__file__).parent / "bin/valhalla_build_tiles"
        subprocess.run([build, "-c", file, extract], check=True, capture_output=True)
        self.actor = valhalla.Actor(config)

    def route(self, a, b):
        places = [{"lon": at[0], "lat": at[1], "node_snap_tolerance": 0} for at in (a, b)]
        asked = {"locations": places, "costing": "pedestrian", "costing_options": {"pedestrian": NEUTRAL}}
        try:
            trip = self.actor.route({**asked, "directions_type": "none", "units": "km"})["trip"]
        except RuntimeError:  # no way, or no street near
            return None
        line = decoded(trip["legs"][0]["shape"])
        off = metres(a, line[0]), metres(b, line[-1])
        return {"secs": trip["summary"]["time"], "m": trip["summary"]["length"] * 1000, "line": line, "off": off}


def decoded(text):
    """Valhalla's line: polyline with six decimals."""
    line, place, lat, lon = [], 0, 0, 0
    while place < len(text):
        steps = []
        for _ in range(2):
            shift = value = 0
            while True:
                byte = ord(text[place]) - 63
                place += 1
                value |= (byte & 31) << shift
                shift += 5
                if byte < 32:
                    break
            steps.append(~(value >> 1) if value & 1 else value >> 1)
        lat, lon = lat + steps[0], lon + steps[1]
        line.append((lon / 1e6, lat / 1e6))
    return line


def refused(extract, line, other):
    """What is drawn where the other router does not follow a way."""
    found = {}
    line = [line[0]] + [b for a, b in itertools.pairwise(line) if metres(a, b) > 0.3]
    stops = [line[0]] + [between(a, b, 0.5) for a, b in itertools.pairwise(line)] + [line[-1]]
    corners = [line[0], *line[1:-1], line[-1]]
    for i, (a, b) in enumerate(itertools.pairwise(stops)):
        along = metres(a, b) if i in (0, len(stops) - 2) else metres(a, corners[i]) + metres(corners[i], b)
        way = other.route(a, b)
        if way and sum(way["off"]) < 2 and way["m"] < along * 1.1 + 2:
            continue
        ends = [set(extract.ways_at(at)[0][:1]) for at in (a, b)]
        nodes = set().union(*(extract.ways_at(at)[1] for at in (a, corners[min(i, len(corners) - 1)], b)))
        for kind, ids, known in (("way", ends[0] | ends[1], extract.ways), ("node", nodes, extract.nodes)):
            for number in ids:
                found.setdefault((kind, number), [known[number], 0])[1] += along
    return found


def written(path, file, alike):
    """The extract as PBF, which is all that Valhalla reads; if wanted, in tags that both routers read alike."""
    rims = {
        member.ref
        for square in osmium.FileProcessor(str(path), osmium.osm.RELATION)
        if square.tags.get("type") == "multipolygon" and square.tags.get("highway") == "pedestrian"
        for member in square.members
        if member.type == "w"
    }
    with osmium.SimpleWriter(str(file)) as out:
        for element in osmium.FileProcessor(str(path)):
            tags = dict(element.tags)
            if alike and element.is_way():
                if element.id in rims and "highway" not in tags:
                    tags["highway"] = "pedestrian"
                if tags.get("highway") == "cycleway":
                    tags.setdefault("foot", "yes")
                tags.update({key: "no" for key in ("access", "foot") if tags.get(key) == "private"})
            out.add(element.replace(tags=tags))


def compare(path, options):
    with tempfile.TemporaryDirectory(prefix="yimi-compare-") as folder:
        folder = Path(folder)
        file = path.resolve()
        if options.alike or not file.name.endswith(".pbf"):
            file = folder / (file.name.split(".")[0] + ".osm.pbf")
            written(path, file, options.alike)
        extract = Extract(path)  # the same places, retagged or not
        other = Valhalla(file, folder, options.squares)
        yimi = Yimi(options.yimi, file if options.alike else path.resolve(), folder)
        try:
            return measured(path, extract, yimi, other, options)
        finally:
            yimi.close()


def measured(path, extract, yimi, other, options):
    chance = random.Random(f"{options.seed} {path.name}")
    pairs, alone, none, drawn = [], [], {"Yimi only": 0, "Valhalla only": 0, "both": 0}, 0
    while len(pairs) < options.pairs and drawn < options.pairs * 50:
        a, b = extract.draw(chance), extract.draw(chance)
        if not options.least <= metres(a, b) <= options.most:
            continue
        drawn += 1
        ways = yimi.route(a, b), other.route(a, b)
        if all(ways):
            pairs.append({"from": a, "to": b, "yimi": ways[0], "valhalla": ways[1]})
        else:
            none["both" if not any(ways) else "Valhalla only" if ways[0] else "Yimi only"] += 1
            alone.append({"from": a, "to": b, "yimi": ways[0], "valhalla": ways[1]})
    for pair in pairs:
        pair["per_cent"] = 100 * (pair["yimi"]["secs"] / pair["valhalla"]["secs"] - 1)
        pair["per_cent_m"] = 100 * (pair["yimi"]["m"] / pair["valhalla"]["m"] - 1)
    off = sorted(abs(pair["per_cent"]) for pair in pairs)
    figures = {
        "extract": path.name,
        "pairs": len(pairs),
        "no_way": none,
        "median": statistics.median(off),
        "median_by_m": statistics.median(abs(pair["per_cent_m"]) for pair in pairs),
        "mean": statistics.fmean(off),
        "p90": off[int(len(off) * 0.9)],
        "largest": off[-1],
        "over_15": sum(share > 15 for share in off),
        "median_m": statistics.median(pair["valhalla"]["m"] for pair in pairs),
    }
    print(
        "{extract}: {pairs} pairs, median {median_m:.0f} m; no way {no_way}; differences: median {median:.2f} % (in "
        "metres {median_by_m:.2f} %), mean {mean:.2f} %, p90 {p90:.2f} %, largest {largest:.1f} %, "
        "over 15 %: {over_15}".format(**figures),
        flush=True,
    )
    large = [pair for pair in pairs if abs(pair["per_cent"]) > options.explain]
    large = sorted(large, key=lambda pair: -abs(pair["per_cent"])) + alone
    figures["large"] = [explained(extract, pair, yimi, other) for pair in large]
    return figures


def explained(extract, pair, yimi, other):
    ways = [(pair["yimi"], yimi), (pair["valhalla"], other)]
    (shorter, of), (_, refuser) = sorted(ways, key=lambda way: way[0]["secs"] if way[0] else math.inf)
    if shorter is None:
        ends = [extract.ways_at(end)[0][:1] for end in (pair["from"], pair["to"])]
        said = " to ".join(f"way {n}: {extract.said(extract.ways[n])}" for end in ends for n in end)
        print(f"  no way by either: {said}")
        return {**pair, "refused": []}
    place = "{0[0]:.6f},{0[1]:.6f}".format
    took = ", ".join(
        f"{router.name} {way['secs']:.0f} s {way['m']:.0f} m" if way else f"{router.name} none" for way, router in ways
    )
    share = f"{pair['per_cent']:+.1f} %" if "per_cent" in pair else "no way"
    print(f"  {share}: {place(pair['from'])} to {place(pair['to'])}: {took}")
    for way, router in ways:
        for end, off in zip((pair["from"], pair["to"]), way["off"] if way else ()):
            for number in extract.ways_at(end)[0][:1] if off > 1 else []:
                said = extract.said(extract.ways[number])
                print(f"      {router.name} joins {place(end)} from {off:.0f} m: drawn on way {number}: {said}")
    there = refused(extract, shorter["line"], refuser)
    for (kind, number), (tags, along) in sorted(there.items(), key=lambda item: -item[1][1]):
        there_is = f"{kind} {number} ({along:.0f} m): {extract.said(tags)}"
        print(f"      {refuser.name} does not follow {of.name} over {there_is}")
    if not there:
        also = f"; of the metres {pair['per_cent_m']:+.1f} %" if "per_cent_m" in pair else ""
        print(f"      {refuser.name} follows {of.name} over every piece{also}")
    sys.stdout.flush()
    return {**pair, "refuser": refuser.name, "refused": [[*key, *value] for key, value in there.items()]}


def table(all_figures, options):
    version = subprocess.run([options.yimi, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    today = datetime.datetime.now(datetime.timezone.utc).date()
    lines = [
        f"{today}: {version}, Valhalla {importlib.metadata.version('pyvalhalla')}, seed {options.seed}, "
        f"{options.pairs} pairs {options.least:.0f} to {options.most:.0f} m apart.",
        "",
        "| extract | pairs | median way | median | of metres | mean | p90 | largest | over 15 % | "
        "no way: Yimi only, Valhalla only, both |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    for row in all_figures:
        none = ", ".join(str(count) for count in row["no_way"].values())
        lines.append(
            "| {extract} | {pairs} | {median_m:.0f} m | {median:.2f} % | {median_by_m:.2f} % | {mean:.2f} % | "
            "{p90:.2f} % | {largest:.1f} % | {over_15} | {none} |".format(**row, none=none)
        )
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("extracts", nargs="+", type=Path, metavar="EXTRACT")
    parser.add_argument("--yimi", default=str(ROOT / "target/release/yimi"), help="the binary")
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--least", type=float, default=200, help="metres between the two places in a straight line")
    parser.add_argument("--most", type=float, default=3000)
    parser.add_argument("--explain", type=float, default=15, help="look into differences over so many per cent")
    parser.add_argument("--no-squares", dest="squares", action="store_false", help="Valhalla as it is by default")
    parser.add_argument("--alike", action="store_true", help="first retag what the two read differently")
    parser.add_argument("--json", type=Path, help="write everything here")
    options = parser.parse_args()
    all_figures = [compare(path, options) for path in options.extracts]
    if options.json:
        options.json.write_text(json.dumps(all_figures))
    print("\n" + table(all_figures, options))


if __name__ == "__main__":
    main()
