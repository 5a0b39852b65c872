//! The whole service against a real database: files go in through the importers, answers come out of the real router.
//! The tree mirrors what people use: `cli` runs the real binary, the rest are named after their addresses.

#![allow(clippy::format_push_string, clippy::format_collect, reason = "tests write small files, where reading counts")]

mod aggregate;
mod areas;
mod bad_files;
mod basemap;
mod children;
mod cli;
mod config;
mod coverage;
mod duplicates;
mod events;
mod follow;
mod geotiffs;
mod hours;
mod import;
mod killed;
mod mvt;
mod near_on_extracts;
mod near_on_foot;
mod nearby;
mod network;
mod on_foot;
mod overtaken;
mod page;
mod people;
mod photos;
mod real_extracts;
mod registering;
mod registrations;
mod reports;
mod route;
mod scenarios;
mod search;
mod sheets;
mod signs;
mod sites;
mod siting;
mod surface;
mod targets;
mod what_if;
mod world;
mod worlds;
