//! A table of what was made, town by town.

use crate::children::Cell;
use crate::facts::TOWNS;
use crate::osm::Osm;
use crate::plane::{P, area};
use crate::reach::Pieces;
use crate::site_plan::{Kind, PLANS};
use crate::sites::Site;

/// Prints it.
pub fn print(rings: &[Vec<P>], cells: &[Cell], sites: &[Site], osm: &Osm, pieces: &Pieces) {
    println!(
        "\n{:<11}{:>7}{:>7}{:>8}{:>8}{:>7}  {}",
        "code",
        "units",
        "km2",
        "0-14",
        "0-18",
        "sites",
        PLANS.map(|p| p.letter.to_string()).join("  ")
    );
    for (t, facts) in TOWNS.iter().enumerate() {
        let here = || cells.iter().filter(|c| c.town == t);
        let young: usize = here().map(|c| c.children[..4].iter().sum::<usize>()).sum();
        let all: usize = here().map(|c| c.children.iter().sum::<usize>()).sum();
        let count = |kind: Kind| sites.iter().filter(|s| s.town == t && s.kind == kind).count();
        let kinds = PLANS.map(|p| format!("{:<3}", count(p.kind))).concat();
        let total = sites.iter().filter(|s| s.town == t).count();
        println!(
            "{:<11}{:>7}{:>7.1}{young:>8}{all:>8}{total:>7}  {kinds} {}",
            facts.code,
            facts.units,
            area(&rings[t]) / 1e6,
            facts.name
        );
    }
    println!(
        "\ncells {}, sites {}, nodes {}, ways {}, relations {}",
        cells.len(),
        sites.len(),
        osm.nodes.len(),
        osm.ways.len(),
        osm.relations.len()
    );
    println!(
        "walkable points {}, pieces {}, largest {:.2} %",
        pieces.sizes.iter().sum::<usize>(),
        pieces.sizes.len(),
        100.0 * pieces.share()
    );
}
