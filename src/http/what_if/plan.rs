//! What a change means for the sites and posts that there are; whatever of it can't be is told by its field.

use super::super::coverage::Asked;
use super::super::extract::Params;
use super::super::problem::Problem;
use super::request::WhatIf;
use crate::geo::LonLat;
use crate::site::hours::{Hours, Kind};
use crate::site::{SiteId, Type};
use crate::snapshot::{Held, Snapshot};
use crate::text::Words;

/// How many sites or posts may be proposed at once.
pub const MOST_ADDED: usize = 50;
/// How many sites may close, or keep other hours, at once.
pub const MOST_OTHER: usize = 200;

/// A change, understood.
#[derive(Debug, Default)]
pub struct Plan {
    /// Where sites are proposed, and whether they would be open at the time.
    pub add: Vec<(LonLat, bool)>,
    /// Sites that would close, and the posts among them that are on duty at the time.
    pub remove: Vec<(u32, Option<LonLat>)>,
    /// Sites that would be open at the time by their other hours, or would not.
    pub hours: Vec<(u32, LonLat, bool)>,
    /// Where posts are proposed.
    pub posts: Vec<LonLat>,
}

/// Understands a change of what there is now.
pub fn plan(now: &Snapshot, asked: &Asked, request: &WhatIf) -> Result<Plan, Problem> {
    let mut reading = Reading { now, asked, wrong: Params::of([]) };
    let plan = reading.plan(request);
    reading.wrong.done()?;
    Ok(plan)
}

struct Reading<'a> {
    now: &'a Snapshot,
    asked: &'a Asked,
    wrong: Params,
}

impl<'a> Reading<'a> {
    fn plan(&mut self, request: &WhatIf) -> Plan {
        self.few("add", request.add.len(), MOST_ADDED);
        self.few("posts", request.posts.len(), MOST_ADDED);
        self.few("remove", request.remove.len(), MOST_OTHER);
        self.few("hours", request.hours.len(), MOST_OTHER);
        let mut plan = Plan::default();
        for (place, site) in request.add.iter().take(MOST_ADDED).enumerate() {
            let field = format!("add[{place}]");
            let open = site.opening_hours.as_ref().is_none_or(|hours| self.open(&field, hours));
            plan.add.extend(self.position(&field, site.lon, site.lat).map(|at| (at, open)));
        }
        for (place, post) in request.posts.iter().take(MOST_ADDED).enumerate() {
            plan.posts.extend(self.position(&format!("posts[{place}]"), post.lon, post.lat));
        }
        for (place, id) in request.remove.iter().take(MOST_OTHER).enumerate() {
            let field = format!("remove[{place}]");
            plan.remove.extend(self.removed(&field, *id));
        }
        for (place, other) in request.hours.iter().take(MOST_OTHER).enumerate() {
            let field = format!("hours[{place}]");
            let open = self.open(&field, &other.opening_hours);
            let at = self.of_kind(&format!("{field}.site"), other.site);
            let meant = at.filter(|_| self.asked.question.at.is_some());
            let filter = &self.asked.question.filter;
            let fits = |held: &&Held| filter.accepts(&held.site);
            plan.hours.extend(meant.filter(fits).map(|held| (other.site, held.site.at, open)));
        }
        plan
    }

    fn few(&mut self, field: &str, count: usize, most: usize) {
        if count > most {
            let wanted = Words::new(format!("一次最多 {most} 个"), format!("at most {most} at once"));
            self.wrong.refuse(field, &count.to_string(), wanted);
        }
    }

    fn position(&mut self, field: &str, lon: f64, lat: f64) -> Option<LonLat> {
        let at = LonLat::new(lon, lat).ok();
        if at.is_none() && !(-180.0..=180.0).contains(&lon) {
            let wanted = Words::fixed("经度,-180 到 180 的数(WGS-84)", "a longitude from -180 to 180 (WGS-84)");
            self.wrong.refuse(&format!("{field}.lon"), &lon.to_string(), wanted);
        }
        if at.is_none() && !(-90.0..=90.0).contains(&lat) {
            let wanted = Words::fixed("纬度,-90 到 90 的数(WGS-84)", "a latitude from -90 to 90 (WGS-84)");
            self.wrong.refuse(&format!("{field}.lat"), &lat.to_string(), wanted);
        }
        at
    }

    /// Whether some hours are open at the time; true where no time is asked for.
    fn open(&mut self, field: &str, hours: &str) -> bool {
        if let Err(wanted) = Type::Hours.read(hours) {
            self.wrong.refuse(&format!("{field}.opening_hours"), hours, wanted);
        }
        let calendar = &self.now.rules().calendar;
        self.asked.question.at.is_none_or(|at| Hours::read(hours).kind(at, calendar) == Kind::Open)
    }

    fn held(&self, id: u32) -> Option<&'a Held> {
        self.now.site(SiteId(id.into())).map(|found| found.held)
    }

    /// A site of the kind that is asked about.
    fn of_kind(&mut self, field: &str, id: u32) -> Option<&'a Held> {
        let kind = self.asked.question.kind;
        if self.held(id).is_none_or(|held| held.site.kind != kind) {
            self.refuse_site(field, id, false);
            return None;
        }
        self.held(id)
    }

    /// A site of the kind, or a safety post; with where it is, if it is one on duty at the time.
    fn removed(&mut self, field: &str, id: u32) -> Option<(u32, Option<LonLat>)> {
        let held = self.held(id);
        let is_post = held.is_some_and(|held| self.now.is_post(held.site.kind));
        let Some(held) = held.filter(|held| is_post || held.site.kind == self.asked.question.kind) else {
            self.refuse_site(field, id, true);
            return None;
        };
        let at = self.asked.question.at.filter(|_| is_post);
        Some((id, at.filter(|at| self.now.on_duty(held, *at)).map(|_| held.site.at)))
    }

    fn refuse_site(&mut self, field: &str, id: u32, or_post: bool) {
        let kind = &self.now.catalogue().kind(self.asked.question.kind).name;
        let wanted = if or_post {
            Words::new(
                format!("现有的一处{}或护学岗的编号", kind.zh),
                format!("the number of a site that exists, {} or a safety post", kind.en),
            )
        } else {
            Words::new(format!("现有的一处{}的编号", kind.zh), format!("the number of a site that exists, {}", kind.en))
        };
        self.wrong.refuse(field, &id.to_string(), wanted);
    }
}
