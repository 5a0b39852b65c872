//! The program's own look at what it has made. Anything that is not as promised stops it before a file is written.

use crate::borders::{Outlines, Vertex, doubled_area, sheet};
use crate::children::Cell;
use crate::facts::{BANDS, BOUNDS, SUBDISTRICTS, TOWNS};
use crate::network::Network;
use crate::places::Sort;
use crate::plane::{P, ground, inside};
use crate::reach::Pieces;
use crate::site_plan::{DEMONSTRATION, Kind};
use crate::sites::Site;
use crate::spots::Spots;

/// What was found wrong, in a sentence.
pub type Found = Result<(), String>;

fn want(holds: bool, what: impl FnOnce() -> String) -> Found {
    if holds { Ok(()) } else { Err(what()) }
}

fn edges(ring: &[Vertex]) -> impl Iterator<Item = (Vertex, Vertex)> + '_ {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()]))
}

/// Ten outlines that tile the county: areas add up exactly, and each edge is either on the county's outline or runs the other
/// way in exactly one neighbour.
pub fn areas(outlines: &Outlines, geojson: &str) -> Found {
    let read: serde_json::Value =
        serde_json::from_str(geojson).map_err(|e| format!("areas.geojson does not parse: {e}"))?;
    let count = read["features"].as_array().map_or(0, Vec::len);
    want(count == 10, || format!("10 areas wanted, {count} found"))?;
    let (sum, whole) = (outlines.towns.iter().map(|t| doubled_area(t)).sum::<i128>(), doubled_area(&outlines.county));
    want(outlines.towns.iter().all(|t| doubled_area(t) > 0), || "an outline runs with the clock".into())?;
    want(sum == whole, || format!("the towns' areas add up to {sum}, the county has {whole}"))?;
    let mut all: Vec<(Vertex, Vertex)> = outlines.towns.iter().flat_map(|t| edges(t)).collect();
    all.sort_unstable();
    want(all.windows(2).all(|w| w[0] != w[1]), || "two towns overlap along an edge".into())?;
    let mut rim: Vec<_> = all.iter().copied().filter(|&(a, b)| all.binary_search(&(b, a)).is_err()).collect();
    let mut county: Vec<_> = edges(&outlines.county).collect();
    rim.sort_unstable();
    county.sort_unstable();
    want(rim == county, || format!("{} edges on the rim, {} on the county's outline", rim.len(), county.len()))?;
    let [w, s, e, n] = BOUNDS;
    let within = |&(lon, lat): &Vertex| (w..=e).contains(&(lon as f64 / 1e5)) && (s..=n).contains(&(lat as f64 / 1e5));
    want(outlines.county.iter().all(within), || "the county leaves its bounding box".into())?;
    for (t, outline) in TOWNS.iter().zip(&outlines.towns) {
        want(inside(&sheet(outline), ground(t.lon, t.lat)), || format!("{} does not hold its centre", t.name))?;
    }
    Ok(())
}

/// The published totals, and each square in its town.
pub fn children(cells: &[Cell], outlines: &[Vec<P>]) -> Found {
    let sums: Vec<usize> = (0..BANDS.len()).map(|b| cells.iter().map(|c| c.children[b]).sum()).collect();
    let (to_14, to_18) = (sums[..4].iter().sum::<usize>(), sums.iter().sum::<usize>());
    want(to_14 == 67_613, || format!("67613 children of 0-14 wanted, {to_14} found"))?;
    want(to_18 == 79_536, || format!("79536 children of 0-18 wanted, {to_18} found"))?;
    for c in cells {
        want(inside(&outlines[c.town], ground(c.lon, c.lat)), || {
            format!("the square at {} {} is not in {}", c.lon, c.lat, TOWNS[c.town].name)
        })?;
    }
    let seat: usize = cells.iter().filter(|c| c.town < SUBDISTRICTS).map(|c| c.children.iter().sum::<usize>()).sum();
    let share = seat as f64 / to_18 as f64;
    want((0.43..0.48).contains(&share), || format!("the subdistricts have {share} of the children"))
}

/// Every site in exactly one town, on land, on foot in reach; posts at the school that they name or at
/// the crossing next to it.
pub fn sites(sites: &[Site], spots: &Spots) -> Found {
    want((300..=420).contains(&sites.len()), || format!("300 to 420 sites wanted, {} found", sites.len()))?;
    for s in sites {
        let name = s.row.get("名称");
        want(spots.towns(s.at) == [s.town], || format!("{name} is not in its town alone"))?;
        want(spots.dry(s.at), || format!("{name} is in the water"))?;
        let walk = spots.walk(s.at).0;
        want(walk < 150.0, || format!("{name} is {walk} m from the nearest way"))?;
        if s.kind == Kind::SafetyPost {
            let served = sites.iter().find(|o| o.kind == Kind::School && o.row.get("名称") == s.row.get("服务学校"));
            let far = served.map_or(f64::INFINITY, |o| o.at.to(s.at));
            want(far < 40.0 || (far < 200.0 && spots.crossings().any(|at| at.to(s.at) < 7.0)), || {
                format!("{name} is neither within 40 m of its school nor at a crossing within 200 m of it")
            })?;
        }
        let alike = sites.iter().filter(|o| o.row.get("名称") == name).count();
        want(alike == 1, || format!("{alike} sites are called {name}"))?;
    }
    demonstration(sites)
}

fn demonstration(sites: &[Site]) -> Found {
    let points: Vec<&Site> = sites.iter().filter(|s| s.row.get("示范点") == "是").collect();
    let dated = points.iter().filter(|s| s.row.get("示范点认定日期") <= "2025-12-31").count();
    want(points.len() == DEMONSTRATION.len(), || format!("7 demonstration points wanted, {} found", points.len()))?;
    want(dated == 6, || format!("6 demonstration points by the end of 2025 wanted, {dated} found"))?;
    let in_setting = |s: &str| points.iter().filter(|p| p.row.get("所在场所") == s).count();
    let with = crate::site_plan::SETTINGS.iter().filter(|s| in_setting(s) > 0).count();
    want((3..=4).contains(&with), || format!("demonstration points in {with} settings"))
}

/// As many settlements in each town as it has village units; nearly all of the network hangs together on foot.
pub fn network(net: &Network, pieces: &Pieces) -> Found {
    for (t, facts) in TOWNS.iter().enumerate() {
        let units = net.places.iter().filter(|q| q.town == Some(t) && q.sort != Sort::TownSeat).count();
        want(units == facts.units, || format!("{} has {units} settlements, not {}", facts.name, facts.units))?;
    }
    want(pieces.share() > 0.97, || format!("the largest piece holds only {:.1} %", 100.0 * pieces.share()))?;
    want(pieces.sizes.len() > 3, || "the islands are missing".into())
}
