//! Where people may walk, by the conventions that mappers and pedestrian routers share
//! (the OSM wiki's `OSM tags for routing`, `Key:access`, `Key:foot`, `Key:sidewalk`, `Key:barrier`).
//!
//! - What is said of `foot` outweighs what is said of `access`; `private` and `no` shut people out, and so does
//!   `use_sidepath`, where a path of its own runs beside. `access=forestry` or `agricultural` is said of everybody, people
//!   on foot included (`Tag:access=forestry`); where vehicles alone are meant, `vehicle` or `motor_vehicle` says so.
//! - Streets, paths, tracks, cycleways, steps, lifts, squares and platforms may be walked. A trunk road may be when `foot` or a
//!   pavement on it allows it; a motorway only where `foot` allows it by word.
//! - `wheelchair=no` closes a way to wheelchairs, as steps do; `limited` does not.
//! - Ferries, building sites and plans are no ways. One-way rules are for vehicles.
//! - A gate, a bollard or a stile lets people through unless it is locked or private; a wall or a fence does not.

use super::crossing::Protection;
use super::graph::{Rank, Traits};
use crate::osm::Tags;

/// Ways that are walked unless something forbids it.
const WALKED: &[&str] = &[
    "primary",
    "primary_link",
    "secondary",
    "secondary_link",
    "tertiary",
    "tertiary_link",
    "unclassified",
    "residential",
    "living_street",
    "road",
    "service",
    "pedestrian",
    "track",
    "footway",
    "path",
    "cycleway",
    "bridleway",
    "steps",
    "corridor",
    "platform",
    "elevator",
];
/// Values of `foot` that let people in, whatever else is said.
const WELCOME: &[&str] = &["yes", "designated", "permissive", "official", "destination", "customers", "permit"];
/// Values of `access` and `foot` that shut people out.
const SHUT: &[&str] =
    &["no", "private", "military", "emergency", "use_sidepath", "agricultural", "forestry", "delivery"];
/// Values of `sidewalk` that say that there is a pavement on the road itself.
const PAVEMENT: &[&str] = &["both", "left", "right", "yes"];
/// Barriers that nobody on foot passes.
const CLOSED: &[&str] =
    &["wall", "fence", "hedge", "city_wall", "retaining_wall", "ditch", "guard_rail", "jersey_barrier", "debris"];

/// What a way is to people on foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct WayUse {
    /// How it is walked, if it may be.
    pub walked: Option<Traits>,
    /// How large a road it is, for those who cross it.
    pub rank: Rank,
    /// Whether vehicles come from one side only.
    pub oneway: bool,
    /// Whether nobody crosses it at grade.
    pub motorway: bool,
    /// How the crossing that this way itself is, is protected.
    pub protection: Option<Protection>,
}

impl WayUse {
    /// Whether the way matters at all.
    pub fn matters(self) -> bool {
        self.walked.is_some() || self.rank != Rank::Minor || self.motorway
    }
}

/// What the tags of a way mean.
pub(super) fn of_way(tags: &Tags<'_>) -> WayUse {
    let highway = tags.get("highway").unwrap_or_default();
    let motorway = matches!(highway, "motorway" | "motorway_link") || tags.get("motorroad") == Some("yes");
    let rank = rank(highway);
    WayUse {
        walked: may_walk(tags, highway, motorway).then_some(Traits {
            rank,
            steps: highway == "steps",
            no_wheels: tags.get("wheelchair") == Some("no"),
        }),
        rank,
        oneway: matches!(tags.get("oneway"), Some("yes" | "1" | "-1" | "true")),
        motorway: motorway && !highway.ends_with("_link"),
        protection: (tags.get("footway") == Some("crossing")).then(|| protection(tags)),
    }
}

fn rank(highway: &str) -> Rank {
    match highway.strip_suffix("_link").unwrap_or(highway) {
        "trunk" => Rank::Trunk,
        "primary" => Rank::Primary,
        "secondary" => Rank::Secondary,
        "tertiary" => Rank::Tertiary,
        _ => Rank::Minor,
    }
}

fn may_walk(tags: &Tags<'_>, highway: &str, motorway: bool) -> bool {
    let platform =
        || matches!(tags.get("railway"), Some("platform")) || matches!(tags.get("public_transport"), Some("platform"));
    if tags.get("route") == Some("ferry") || (highway.is_empty() && !platform()) {
        return false;
    }
    let is = |key: &str, values: &[&str]| tags.get(key).is_some_and(|value| values.contains(&value));
    let welcome = is_welcome(tags);
    if is_shut(tags, "foot") || (is_shut(tags, "access") && !welcome) {
        return false;
    }
    let pavement =
        || ["sidewalk", "sidewalk:left", "sidewalk:right", "sidewalk:both"].iter().any(|key| is(key, PAVEMENT));
    match highway {
        "motorway" | "motorway_link" => welcome,
        "trunk" | "trunk_link" => welcome || (pavement() && !motorway),
        "construction" | "proposed" | "razed" | "abandoned" | "raceway" => false,
        _ if motorway => welcome,
        "" => true,
        other => WALKED.contains(&other) || (other == "busway" && welcome),
    }
}

/// Whether people on foot are let in by word. Of several values (`yes;permissive`) one is enough.
fn is_welcome(tags: &Tags<'_>) -> bool {
    tags.get("foot").is_some_and(|said| said.split(';').any(|value| WELCOME.contains(&value.trim())))
}

/// Whether people on foot are shut out. Of several values (`agricultural;forestry`) each must say so.
fn is_shut(tags: &Tags<'_>, key: &str) -> bool {
    tags.get(key).is_some_and(|said| said.split(';').all(|value| SHUT.contains(&value.trim())))
}

/// What a node is to people on foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct NodeUse {
    /// Nobody gets past it.
    pub closed: bool,
    /// There is a crossing, protected so.
    pub protection: Option<Protection>,
}

/// What the tags of a node mean.
pub(super) fn of_node(tags: &Tags<'_>) -> NodeUse {
    let highway = tags.get("highway");
    let crossing = highway == Some("crossing") || highway == Some("traffic_signals") || tags.get("crossing").is_some();
    NodeUse { closed: is_closed(tags), protection: crossing.then(|| protection(tags)) }
}

fn is_closed(tags: &Tags<'_>) -> bool {
    let Some(barrier) = tags.get("barrier") else { return false };
    !is_welcome(tags)
        && (CLOSED.contains(&barrier)
            || is_shut(tags, "foot")
            || is_shut(tags, "access")
            || tags.get("locked") == Some("yes"))
}

/// How a crossing is protected, as far as its tags say.
fn protection(tags: &Tags<'_>) -> Protection {
    let crossing = tags.get("crossing").unwrap_or_default();
    let signals = tags.get("highway") == Some("traffic_signals")
        || crossing == "traffic_signals"
        || tags.get("crossing:signals").is_some_and(|value| value != "no");
    let painted = matches!(crossing, "zebra" | "marked" | "uncontrolled")
        || tags.get("crossing_ref").is_some()
        || tags.get("crossing:markings").is_some_and(|value| value != "no");
    match (signals, painted) {
        (true, _) => Protection::Signals,
        (false, true) => Protection::Marked,
        (false, false) => Protection::Unmarked,
    }
}
