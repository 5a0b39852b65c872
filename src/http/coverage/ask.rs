//! The question of a request.

use super::super::extract::Params;
use super::super::problem::{Problem, Wrong};
use crate::children::{AgeBand, BandRange, Children};
use crate::clock;
use crate::snapshot::{Live, NoCoverage, Question, Snapshot};
use crate::text::Words;
use chrono::{Datelike, NaiveDateTime, Timelike};

/// The longest limit that may be asked for.
pub const MOST_MINUTES: u32 = 120;

/// A question with how its answer is counted.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Which sites, who and when.
    pub question: Question,
    /// The limit, minutes.
    pub minutes: u32,
    /// The ages that are counted, both included, where somebody said which.
    pub ages: Option<(u8, u8)>,
}

impl Asked {
    /// The bands that are counted of these children.
    pub fn ages_of(&self, children: &Children) -> Result<BandRange, Problem> {
        bands(self.ages, children)
    }

    /// The same as one band.
    pub fn band_of(&self, children: &Children) -> Result<AgeBand, Problem> {
        let range = self.ages_of(children)?;
        let bands = &children.bands()[range.first..range.end];
        let usual = AgeBand { from: 0, to: AgeBand::OLDEST };
        let (first, last) = (bands.first().copied().unwrap_or(usual), bands.last().copied().unwrap_or(usual));
        Ok(AgeBand { from: first.from, to: last.to })
    }
}

/// The bands of some ages, or the usual ones.
pub(super) fn bands(ages: Option<(u8, u8)>, children: &Children) -> Result<BandRange, Problem> {
    let Some((from, to)) = ages else { return Ok(children.usual_ages()) };
    let wrong = |wanted| Wrong { field: "ages".to_owned(), found: format!("{from}-{to}"), wanted };
    children.ages(from, to).map_err(|wanted| Problem::Parameters(vec![wrong(wanted)]))
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
    let forms = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"];
    let at = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok())?;
    // whole minutes, as hours are written, so that a question is the same for a minute; and no year that is meant by nobody
    at.with_second(0).filter(|at| (1900..=2200).contains(&at.year()))
}

impl Params {
    /// `profile`: its place.
    pub fn profile(&mut self, now: &Snapshot) -> usize {
        let (profiles, id) = (now.profiles(), self.text("profile"));
        profiles.index(id.as_deref()).unwrap_or_else(|| {
            let ids = profiles.all().iter().map(|profile| profile.id.as_str()).collect::<Vec<_>>().join(", ");
            let wanted = Words::new(format!("以下之一：{ids}"), format!("one of {ids}"));
            self.refuse("profile", id.as_deref().unwrap_or_default(), wanted);
            0
        })
    }

    /// `at`.
    pub fn at(&mut self) -> Option<NaiveDateTime> {
        let text = self.text("at")?;
        let at = at_time(&text);
        if at.is_none() {
            let wanted = Words::fixed("当地时间，如 2025-06-01T10:00", "a local time such as 2025-06-01T10:00");
            self.refuse("at", &text, wanted);
        }
        at
    }

    /// `at`, where `now` is the county's own time.
    pub fn at_or_now(&mut self, now: &Snapshot) -> Option<NaiveDateTime> {
        if self.peek("at") != Some("now") {
            return self.at();
        }
        self.text("at");
        now.rules().calendar.local(clock::now()).with_second(0)
    }

    /// `minutes`.
    pub fn minutes(&mut self) -> Option<u32> {
        let wanted =
            Words::new(format!("1 到 {MOST_MINUTES} 的整数"), format!("a whole number from 1 to {MOST_MINUTES}"));
        self.value("minutes", &wanted, |n| (1..=MOST_MINUTES).contains(n))
    }

    /// `ages`, such as `0-14`; they must be made up of bands that there are.
    pub fn ages(&mut self, now: &Snapshot) -> Option<(u8, u8)> {
        let text = self.text("ages")?;
        let number = |part: &str| part.trim().parse().ok();
        let Some(ages) = text.split_once(['-', '–']).and_then(|(from, to)| number(from).zip(number(to))) else {
            self.refuse("ages", &text, Words::fixed("如 0-14", "ages such as 0-14"));
            return None;
        };
        if let Some(Err(wanted)) = now.children().map(|children| children.ages(ages.0, ages.1)) {
            self.refuse("ages", &text, wanted);
        }
        Some(ages)
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
                let zh = format!("一个在地图上显示的类别：{ids}");
                self.refuse("kind", &said, Words::new(zh, format!("one kind that is shown as points: {ids}")));
            }
            return None;
        };
        let kind = *kind;
        Some(Question { kind, filter, profile, at })
    }
}

/// Reads the question; `counted` says whether `minutes` and `ages` belong to it. With it comes the mark of the data.
pub fn asked(live: &Live, query: Option<&str>, counted: bool) -> Result<(Asked, u64), Problem> {
    asked_with(live, Params::parse(query), counted)
}

/// Reads the question from parameters that were read already.
pub(super) fn asked_with(live: &Live, mut params: Params, counted: bool) -> Result<(Asked, u64), Problem> {
    let now = live.read();
    let question = params.question(&now);
    let (minutes, ages) = if counted { (params.minutes(), params.ages(&now)) } else { (None, None) };
    params.done()?;
    let question = question.ok_or_else(|| Problem::Parameters(Vec::new()))?;
    if now.walks().is_none() {
        return Err(NoCoverage::Network.into());
    }
    now.children().ok_or(NoCoverage::Children)?;
    let minutes = minutes.unwrap_or_else(|| now.catalogue().kind(question.kind).walk_minutes.clamp(1, MOST_MINUTES));
    Ok((Asked { question, minutes, ages }, now.mark()))
}
