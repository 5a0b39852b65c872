//! The nearest sites as GeoJSON; where there is nothing, why, and what lies beyond.

use super::super::problem::Problem;
use super::super::render::{Detail, member, write_feature_with};
use super::ask::{Asked, By, FARTHEST_M};
use super::words::{Beyond, explain_beyond, explained, far_from_streets};
use crate::site::Filter;
use crate::site::hours::minute;
use crate::snapshot::{Found, NearQuery, Nearest, NotOnFoot, Snapshot};
use crate::text::Words;
use chrono::NaiveDateTime;
use std::io::Write;

/// So many are told of those beyond what was asked for.
const BEYOND: usize = 3;

/// The answer as JSON, if it takes no longer than others may be kept waiting.
pub(super) fn at_once(now: &Snapshot, asked: &Asked) -> Result<Option<Vec<u8>>, Problem> {
    match asked.by {
        By::Walk(walker) => match now.soon_on_foot(asked.query(), walker) {
            Ok(Some(nearest)) if !nearest.sites.is_empty() => told(now, asked, Ok(nearest)).map(Some),
            // what lies beyond is farther than what was looked at, and may be any of all sites
            Ok(_) | Err(NotOnFoot::NoWay(_)) => Ok(None),
            Err(NotOnFoot::NoNetwork(none)) => Err(none.into()),
        },
        By::Line(within_m) if asked.takes_all() => told(now, asked, Ok(now.nearest(asked.query(), within_m))).map(Some),
        By::Line(_) => Ok(None),
    }
}

/// The answer as JSON, however long it takes.
pub(super) fn answer(now: &Snapshot, asked: &Asked) -> Result<Vec<u8>, Problem> {
    let found = match asked.by {
        By::Walk(walker) => now.nearest_on_foot(asked.query(), walker),
        By::Line(within_m) => Ok(now.nearest(asked.query(), within_m)),
    };
    told(now, asked, found)
}

fn told(now: &Snapshot, asked: &Asked, found: Result<Nearest<'_>, NotOnFoot>) -> Result<Vec<u8>, Problem> {
    let (sites, explain) = match found {
        Ok(Nearest { sites, passed }) => {
            let explain = (sites.len() < asked.limit).then(|| explained(now, asked, sites.len(), passed));
            (sites, explain)
        }
        Err(NotOnFoot::NoWay(_)) => (Vec::new(), Some(far_from_streets(now, asked))),
        Err(NotOnFoot::NoNetwork(none)) => return Err(none.into()),
    };
    let kinds = asked.filter.kinds_only();
    let offered = if sites.is_empty() { beyond(now, asked, &kinds) } else { None };
    let (beyond, explain) = match offered {
        Some((beyond, how)) => (beyond, explain.map(|why| explain_beyond(&why, how))),
        None => (Vec::new(), explain),
    };
    let written = written(now, asked, &sites, explain.as_ref(), &beyond);
    written.map_err(|error| Problem::Internal(error.to_string()))
}

/// The nearest that fit farther away, on foot or else in a straight line; where there are none, the nearest of these kinds,
/// whatever else they are, likewise.
fn beyond<'a>(now: &'a Snapshot, asked: &'a Asked, kinds: &'a Filter) -> Option<(Vec<Found<'a>>, Beyond)> {
    let fitting = NearQuery { limit: BEYOND, ..asked.query() };
    let any = NearQuery { filter: kinds, age: None, open_at: None, ..fitting };
    for (query, fits) in [(fitting, true), (any, false)] {
        if let By::Walk(walker) = asked.by {
            let sites = now.nearest_on_foot(query, Asked::farther(walker)).map_or(Vec::new(), |nearest| nearest.sites);
            if !sites.is_empty() {
                return Some((sites, Beyond { fits, on_foot: true }));
            }
        }
        let sites = now.nearest(query, FARTHEST_M).sites;
        if !sites.is_empty() {
            return Some((sites, Beyond { fits, on_foot: false }));
        }
    }
    None
}

fn written(
    now: &Snapshot,
    asked: &Asked,
    sites: &[Found<'_>],
    explain: Option<&Words>,
    beyond: &[Found<'_>],
) -> Result<Vec<u8>, serde_json::Error> {
    let (by, profile) = match asked.by {
        By::Walk(walker) => ("walk", now.profiles().all().get(walker.profile).map(|profile| profile.id.as_str())),
        By::Line(_) => ("line", None),
    };
    let mut out = Vec::with_capacity(512 * (sites.len() + 1));
    out.extend(b"{\"type\":\"FeatureCollection\",\"features\":[");
    write_features(&mut out, now, sites, asked.at)?;
    write!(out, "],\"numberReturned\":{},\"next\":null", sites.len()).map_err(serde_json::Error::io)?;
    member(&mut out, ",\"at\":", &minute(asked.at))?;
    member(&mut out, ",\"by\":", by)?;
    member(&mut out, ",\"profile\":", &profile)?;
    member(&mut out, ",\"explain\":", &explain)?;
    out.extend(b",\"beyond\":[");
    write_features(&mut out, now, beyond, asked.at)?;
    out.extend(b"]}");
    Ok(out)
}

fn write_features(
    out: &mut Vec<u8>,
    now: &Snapshot,
    sites: &[Found<'_>],
    at: NaiveDateTime,
) -> Result<(), serde_json::Error> {
    let openings = now.openings_at(at);
    for (place, found) in sites.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        let opening = openings.of(found.held)?;
        write_feature_with(out, now, found, Detail::Full, |out| {
            out.extend(b",\"opening\":");
            out.extend(opening.as_deref().unwrap_or("null").as_bytes());
            Ok(())
        })?;
    }
    Ok(())
}
