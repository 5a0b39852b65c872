//! The HTTP service: a file per noun. A handler parses, calls the snapshot, renders; nothing here touches the database
//! but scenarios, which few ask for and which are not held in memory, and the readiness check.

mod areas;
mod assets;
mod audit;
mod body;
mod children;
mod config;
mod coverage;
mod events;
mod extract;
mod gate;
mod headers;
mod health;
mod homes;
mod hours;
mod kinds;
mod links;
mod nearby;
mod openapi;
mod page;
mod people;
mod photos;
mod problem;
mod profiles;
mod registrations;
mod render;
mod reports;
mod route;
mod router;
mod scenarios;
mod search;
mod session;
mod sheets;
mod signed;
mod signs;
mod sites;
mod siting;
mod targets;
mod tiles;
mod tokens;
mod units;
mod version;
mod what_if;
mod whole;

pub use assets::WebFiles;
pub use coverage::{CoverageAnswer, GroupFigures, at_time, coverage_of};
pub use gate::{Caller, Gate, Proxies, Rate, Tries, Who, rights};
pub use openapi::document;
pub use people::link_address;
pub use problem::Problem;
pub use render::{Detail, SiteCollection, SiteFeature, feature_collection, targets_json};
pub use route::route_json;
pub use router::{App, PageSettings, router};
pub use scenarios::scenario_file;
pub use signed::Signed;
pub use siting::{
    Candidates, CandidatesFrom, Listed, ObjectiveName, SitingAnswer, SitingProgress, SitingRequest, Solved, Spot,
    Watching, prepare, solve_prepared,
};
pub use tiles::TileCache;
pub use what_if::{
    AddedAnswer, AddedPost, AddedSite, ChangedTimes, OtherHours, PostAnswer, RemovedAnswer, TownChange, WhatIf,
    WhatIfAnswer, WhatIfFigures, what_if_of,
};
pub use whole::WholeAnswers;
