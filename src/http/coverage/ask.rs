//! The question of a request.

use super::super::extract::Params;
use super::super::problem::Problem;
use super::super::router::App;
use crate::children::BandRange;
use crate::snapshot::{Live, NoCoverage, Question, Snapshot};
use crate::text::Words;
use chrono::NaiveDateTime;
use std::sync::Arc;

/// The longest limit that may be asked for.
pub const MOST_MINUTES: u32 = 120;

/// A question with how its answer is counted.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Which sites, who and when.
    pub question: Question,
    /// The limit, minutes.
    pub minutes: u32,
    /// The ages that are counted.
    pub ages: BandRange,
}

impl From<NoCoverage> for Problem {
    fn from(none: NoCoverage) -> Self {
        Self::NotFound(none.words())
    }
}

/// A local time as people write it: `2025-06-01T10:00` or with a space.
#[must_use]
pub fn at_time(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().replace('T', " ");
    ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"].iter().find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok())
}

impl Params {
    /// `profile`: its place.
    pub fn profile(&mut self, now: &Snapshot) -> usize {
        let (profiles, id) = (now.profiles(), self.text("profile"));
        profiles.index(id.as_deref()).unwrap_or_else(|| {
            let ids = profiles.all().iter().map(|profile| profile.id.as_str()).collect::<Vec<_>>().join(", ");
            let wanted = Words::new(format!("以下之一:{ids}"), format!("one of {ids}"));
            self.refuse("profile", id.as_deref().unwrap_or_default(), wanted);
            0
        })
    }

    /// `at`.
    pub fn at(&mut self) -> Option<NaiveDateTime> {
        let text = self.text("at")?;
        let at = at_time(&text);
        if at.is_none() {
            let wanted = Words::fixed("当地时间,如 2025-06-01T10:00", "a local time such as 2025-06-01T10:00");
            self.refuse("at", &text, wanted);
        }
        at
    }

    /// `minutes`.
    pub fn minutes(&mut self) -> Option<u32> {
        let wanted =
            Words::new(format!("1 到 {MOST_MINUTES} 的整数"), format!("a whole number from 1 to {MOST_MINUTES}"));
        self.value("minutes", &wanted, |n| (1..=MOST_MINUTES).contains(n))
    }

    /// `ages`, such as `0-14`.
    pub fn ages(&mut self, now: &Snapshot) -> Option<BandRange> {
        let children = now.children()?;
        let Some(text) = self.text("ages") else { return Some(children.usual_ages()) };
        let ends = text
            .split_once(['-', '–'])
            .and_then(|(from, to)| Some((from.trim().parse().ok()?, to.trim().parse().ok()?)));
        let found = match ends {
            Some((from, to)) => children.ages(from, to),
            None => Err(Words::fixed("如 0-14", "ages such as 0-14")),
        };
        found.map_err(|wanted| self.refuse("ages", &text, wanted)).ok()
    }

    /// `kind`, attributes, `profile` and `at`.
    pub fn question(&mut self, now: &Snapshot) -> Option<Question> {
        let catalogue = now.catalogue();
        let profile = self.profile(now);
        let at = self.at();
        let said = self.peek("kind").unwrap_or_default().to_owned();
        let filter = self.filter(catalogue);
        let Some([kind]) = filter.only_kinds() else {
            let public = |kind: &&crate::site::Kind| kind.visibility == crate::site::Visibility::Public;
            let ids = catalogue.kinds().iter().filter(public).map(|kind| kind.id.as_str());
            let ids = ids.collect::<Vec<_>>().join(", ");
            if !self.is_refused("kind") {
                let zh = format!("一个在地图上显示的类别:{ids}");
                self.refuse("kind", &said, Words::new(zh, format!("one kind that is shown as points: {ids}")));
            }
            return None;
        };
        let kind = *kind;
        Some(Question { kind, filter, profile, at })
    }
}

/// Reads the question; `counted` says whether `minutes` and `ages` belong to it. With it comes the mark of the data.
pub(super) fn asked(live: &Live, query: Option<&str>, counted: bool) -> Result<(Asked, u64), Problem> {
    let now = live.read();
    let mut params = Params::parse(query);
    let question = params.question(&now);
    let (minutes, ages) = if counted { (params.minutes(), params.ages(&now)) } else { (None, None) };
    params.done()?;
    let question = question.ok_or_else(|| Problem::Parameters(Vec::new()))?;
    if now.walks().is_none() {
        return Err(NoCoverage::Network.into());
    }
    let children = now.children().ok_or(NoCoverage::Children)?;
    let minutes = minutes.unwrap_or_else(|| now.catalogue().kind(question.kind).walk_minutes.clamp(1, MOST_MINUTES));
    let ages = ages.unwrap_or_else(|| children.usual_ages());
    Ok((Asked { question, minutes, ages }, now.mark()))
}

/// Lets the second-nearest sites be searched when the answer is on its way.
pub(super) fn complete_later(app: &Arc<App>, question: &Question) {
    let (app, question) = (app.clone(), question.clone());
    // inside a server there is a runtime; on the command line nobody asks for the second-nearest
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        runtime.spawn_blocking(move || app.live.complete_coverage(&question));
    }
}
