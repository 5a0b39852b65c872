//! Yimi 一米: a map of child-friendly spaces. This file is the table of contents, from the ground up; arrows between
//! modules only point to earlier ones (`tests/architecture.rs` holds them to it, `docs/ARCHITECTURE.md` explains).

// Ground: knows nothing of this project.
/// Positions, datums, geodesic metres, and an index of what is near.
pub mod geo;
/// Two languages, comparable spellings, readings of Han characters.
pub mod text;
/// The date and the instant.
pub mod clock;
/// OpenStreetMap files, element by element.
pub mod osm;

// Words: the nouns and their rules.
/// What a child-friendly site is: kinds, attributes, validity, suppressed counts.
pub mod site;
/// Towns and other areas.
pub mod area;

// Engines: pure, synchronous, deterministic.
/// A site by name, pinyin or initials.
pub mod search;
/// The plan's goals, measured from the sites.
pub mod targets;

// Keeping: what survives a restart, and what is held in memory.
/// The only place with SQL.
pub mod store;
/// One county (or many) in memory, kept up to date from the revision log.
pub mod snapshot;

// Doing: whole jobs, one transaction each.
/// Sites recorded with their revisions.
pub mod registry;
/// Files of others become areas and sites.
pub mod import;
/// Sites become files for others.
pub mod export;

// Talking: parse, call, render.
/// The HTTP service, a file per noun.
pub mod http;
/// The command line, a file per command.
pub mod cli;

// Root: puts the pieces together.
/// Settings as plain values.
pub mod config;
/// Opens the store, loads the snapshot, serves, shuts down in order.
pub mod app;
