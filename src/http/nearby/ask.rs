//! What is asked, from the parameters of an address or the members of a body.

use super::super::extract::Params;
use super::super::problem::Problem;
use crate::clock;
use crate::geo::LonLat;
use crate::site::Filter;
use crate::snapshot::{NearQuery, NoCoverage, Snapshot, Walker};
use crate::text::Words;
use chrono::NaiveDateTime;

const USUAL: usize = 10;
const MOST: usize = 100;
/// Nothing on Earth is farther.
pub(super) const FARTHEST_M: f64 = 20_040_000.0;
/// Nobody walks farther with a child.
const USUAL_SECS: f64 = 7200.0;
/// A search is as long as its reach is wide.
const MOST_SECS: f64 = 14_400.0;
const OLDEST: u8 = 18;

/// How near is meant.
#[derive(Debug, Clone, Copy)]
pub(super) enum By {
    /// On foot.
    Walk(Walker),
    /// In a straight line, at most so many metres.
    Line(f64),
}

/// What is asked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub from: LonLat,
    pub filter: Filter,
    pub age: Option<u8>,
    pub open: bool,
    pub limit: usize,
    pub at: NaiveDateTime,
    pub by: By,
}

impl Asked {
    /// On foot at least as far as people usually walk, for what lies beyond a shorter reach.
    pub fn farther(walker: Walker) -> Walker {
        Walker { within: (MOST_SECS * 1e3) as u32, ..walker }
    }

    pub fn query(&self) -> NearQuery<'_> {
        let open_at = self.open.then_some(self.at);
        NearQuery { from: self.from, filter: &self.filter, age: self.age, open_at, limit: self.limit }
    }

    /// Whether every site of these kinds is wanted, so that the nearest are those that come first.
    pub fn takes_all(&self) -> bool {
        !self.open && self.age.is_none() && !self.filter.has_attributes()
    }
}

pub(super) fn asked(now: &Snapshot, mut params: Params) -> Result<Asked, Problem> {
    let from = params.position();
    let limit = params.limit(USUAL, MOST);
    let said = params.at_or_now(now);
    let at = said.unwrap_or_else(|| now.rules().calendar.local(clock::now()));
    let open = params.value("open", &Words::fixed("true 或 false", "true or false"), |_: &bool| true).unwrap_or(false);
    let years = Words::fixed("0 到 18 的整数", "a whole number from 0 to 18");
    let age = params.value("age", &years, |age: &u8| *age <= OLDEST);
    let by_walk = is_by_walk(now, &mut params)?;
    let by = if by_walk { By::Walk(walker(now, &mut params, said)) } else { By::Line(within_m(&mut params)) };
    let filter = params.filter(now.catalogue());
    params.done()?;
    let from = from.ok_or_else(|| Problem::Parameters(Vec::new()))?;
    Ok(Asked { from, filter, age, open, limit, at, by })
}

/// Whether sites are told by walking time: where somebody says so, or says nothing of metres and there is a network.
fn is_by_walk(now: &Snapshot, params: &mut Params) -> Result<bool, Problem> {
    let wanted = Words::fixed("walk 或 line", "walk or line");
    let said = params.value("by", &wanted, |by: &String| matches!(by.as_str(), "walk" | "line"));
    match said.as_deref() {
        Some("walk") if now.walks().is_none() => Err(NoCoverage::Network.into()),
        Some(by) => Ok(by == "walk"),
        None => Ok(now.walks().is_some() && params.peek("within_m").is_none()),
    }
}

/// Without a time nobody is on duty, as for a way, so that the two agree.
fn walker(now: &Snapshot, params: &mut Params, at: Option<NaiveDateTime>) -> Walker {
    let wanted = Words::fixed("大于 0、最多 14400 的秒数", "seconds above 0, at most 14400");
    let secs = params.value("within_secs", &wanted, |secs: &f64| *secs > 0.0 && *secs <= MOST_SECS);
    if let Some(metres) = params.text("within_m") {
        let wanted = Words::fixed("by=line 才有；步行用 within_secs", "only with by=line; on foot it is within_secs");
        params.refuse("within_m", &metres, wanted);
    }
    let within = (secs.unwrap_or(USUAL_SECS) * 1e3).round() as u32;
    Walker { profile: params.profile(now), at, within }
}

fn within_m(params: &mut Params) -> f64 {
    let wanted = Words::fixed("大于 0 的米数", "metres above 0");
    params.value("within_m", &wanted, |m: &f64| *m > 0.0 && m.is_finite()).unwrap_or(FARTHEST_M)
}
