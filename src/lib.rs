//! Yimi 一米: a map of child-friendly spaces. This file is the table of contents, from the ground up; arrows between
//! modules only point to earlier ones (`tests/architecture.rs` holds them to it, `docs/ARCHITECTURE.md` explains).

// Ground: knows nothing of this project.
/// Randomness for names that nobody guesses.
pub mod chance;
/// The date and the instant.
pub mod clock;
/// Positions, datums, geodesic metres, and an index of what is near.
pub mod geo;
/// OpenStreetMap files, element by element.
pub mod osm;
/// Two languages, comparable spellings, readings of Han characters.
pub mod text;

// Words: the nouns and their rules.
/// Towns and other areas.
pub mod area;
/// Who people are and what they may do.
pub mod auth;
/// Roads, water, green, houses and names, and the tiles that they are drawn from.
pub mod basemap;
/// How many children live where, by age.
pub mod children;
/// The streets that a child can walk, and how long it takes.
pub mod network;
/// Photos made small and plain, without position or owner.
pub mod photo;
/// What a child-friendly site is: kinds, attributes, validity, suppressed counts.
pub mod site;

// Engines: pure, synchronous, deterministic.
/// Which children reach which sites on foot.
pub mod coverage;
/// A site by name, pinyin or initials.
pub mod search;
/// Where the next sites should go, with a proof.
pub mod siting;
/// The plan's goals, measured from the sites.
pub mod targets;

// Keeping: what survives a restart, and what is held in memory.
/// One county (or many) in memory, kept up to date from the revision log.
pub mod snapshot;
/// The only place with SQL.
pub mod store;

// Doing: whole jobs, one transaction each.
/// Sites become files for others.
pub mod export;
/// Files of others become areas, sites and the walking network.
pub mod import;
/// Long work off the request: a queue, progress, cancel, and results that stay.
pub mod jobs;
/// Areas, sites and datasets recorded with their revisions.
pub mod registry;

// Talking: parse, call, render.
/// The command line, a file per command.
pub mod cli;
/// The HTTP service, a file per noun.
pub mod http;

// Root: puts the pieces together.
/// Opens the store, loads the snapshot, serves, shuts down in order.
pub mod app;
/// Settings as plain values.
pub mod config;
