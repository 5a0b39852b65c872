//! Makes the demonstration county of Dong'e 东阿县: towns, road and path network, children's grid and sites.
//!
//! ```text
//! cargo run --example donge [FOLDER]      default: data/donge
//! ```
//!
//! Names and codes of the ten towns, their approximate centres, the bounding box and the totals of children are real (see the
//! README beside the files); all else is drawn or drawn by lot, from a fixed seed, so that every run gives the same bytes.
//! The program checks its own work and writes nothing when a check fails.
// Counts and grid indices here are far below 2^31: signed and unsigned hold the same values.
#![allow(clippy::cast_possible_wrap)]

mod areas_file;
mod borders;
mod chance;
mod check;
mod children;
mod country;
mod county;
mod crossings;
mod extract;
mod facts;
mod fields;
mod grid;
mod lanes;
mod line;
mod majors;
mod names;
mod network;
mod noding;
mod osm;
mod pbf;
mod places;
mod plane;
mod reach;
mod scenery;
mod seat;
mod sheet;
mod site_details;
mod site_plan;
mod sites;
mod spots;
mod summary;
mod towns;
mod water;
mod ways;

use std::path::PathBuf;
use std::process::ExitCode;

fn make(folder: &std::path::Path) -> Result<(), String> {
    let river = county::river();
    let towns = towns::Towns::divide(&river);
    let outlines = borders::trace(&towns)?;
    let areas = areas_file::write(&outlines);
    check::areas(&outlines, &areas)?;

    let net = network::build(&river, &towns);
    let pieces = reach::pieces(&net.lines);
    check::network(&net, &pieces)?;
    let rings: Vec<_> = outlines.towns.iter().map(|t| borders::sheet(t)).collect();
    let cells = children::spread(&net, &rings);
    check::children(&cells, &rings)?;
    let mut spots = spots::Spots::new(&net, &river, &rings, &pieces);
    let sites = sites::make(&mut spots);
    check::sites(&sites, &spots)?;

    let osm = extract::make(&net, &river);
    let extract = pbf::write(&osm).map_err(|e| format!("cannot compress the extract: {e}"))?;
    let rows: Vec<_> = sites.iter().map(|s| s.row.clone()).collect();
    let files = [
        ("areas.geojson", areas.into_bytes()),
        ("network.osm.pbf", extract),
        ("children.csv", children::write(&cells).into_bytes()),
        ("sites.csv", sheet::write(&rows).into_bytes()),
    ];
    for (name, content) in &files {
        if content.len() > 1_400_000 {
            return Err(format!("{name} has {} bytes, more than 1.4 MB", content.len()));
        }
        std::fs::write(folder.join(name), content)
            .map_err(|e| format!("cannot write {}: {e}", folder.join(name).display()))?;
        println!("{name}: {} bytes", content.len());
    }
    summary::print(&rings, &cells, &sites, &osm, &pieces);
    Ok(())
}

fn main() -> ExitCode {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("data/donge"), PathBuf::from);
    match make(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => {
            eprintln!("donge: {wrong}");
            ExitCode::FAILURE
        }
    }
}
