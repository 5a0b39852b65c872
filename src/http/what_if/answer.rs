//! The difference that a change makes, from what it touches alone.

use super::super::coverage::{Asked, GAPS, GapAnswer, NamedSite, is_painted, largest, seconds};
use super::altered::{Altered, off_duty};
use super::plan::Plan;
use super::request::WhatIf;
use super::shape::{AddedAnswer, ChangedTimes, PostAnswer, RemovedAnswer, TownChange, WhatIfAnswer, WhatIfFigures};
use crate::basemap::BaseMap;
use crate::children::{AgeBand, BandRange};
use crate::coverage::{Changed, Difference, Trial, difference, reach_by};
use crate::geo::LonLat;
use crate::network::{Joined, Label, Reguarded, SNAP_LIMIT_M, Search};
use crate::snapshot::Answering;
use std::collections::{BTreeMap, HashMap};

/// The first proposed site goes by the number behind this one, so that of two equally near ones one that exists is the
/// nearer.
const PROPOSED: u32 = u32::MAX - 1_000;
/// How far the nearest street of a place off the streets is looked for, metres.
const LOOKED_M: f64 = 1_000.0;

/// A question with the change and what it is answered from.
pub struct Making<'a> {
    pub asked: &'a Asked,
    pub request: &'a WhatIf,
    pub plan: &'a Plan,
    pub answering: &'a Answering,
    pub base: Option<&'a BaseMap>,
    pub ages: BandRange,
    pub mark: u64,
}

impl Making<'_> {
    /// Works it out.
    pub fn answer(&self) -> WhatIfAnswer {
        let (answering, question) = (self.answering, &self.asked.question);
        let walk = answering.coverage.walk();
        let mut trial = Altered::by(self.plan, answering).trial(answering);
        let added = self.added(&mut trial);
        let changed = trial.changed_cells();
        let rules = answering.ground.rules();
        let times = |changed: Vec<Changed>| changed_times(&changed);
        WhatIfAnswer {
            kind: rules.catalogue.kind(question.kind).id.clone(),
            minutes: self.asked.minutes,
            profile: rules.profiles.all()[question.profile].id.clone(),
            at: question.at.map(|at| at.format("%Y-%m-%dT%H:%M").to_string()),
            ages: self.ages_told(),
            figures: self.figures(&changed),
            add: added,
            remove: self.plan.remove.iter().map(|(site, post)| self.removed(*site, *post)).collect(),
            posts: self.plan.posts.iter().map(|post| self.post(*post)).collect(),
            gaps: self.request.gaps.then(|| self.gaps(&changed)),
            streets: (self.request.streets && is_painted(walk.network())).then(|| times(trial.changed_nodes())),
            cells: self.request.cells.then(|| times(changed)),
            mark: format!("{:016x}", self.mark),
        }
    }

    fn limit(&self) -> u32 {
        self.asked.minutes * 60_000
    }

    fn ages_told(&self) -> AgeBand {
        let bands = &self.answering.ground.children().bands()[self.ages.first..self.ages.end];
        let age = |band: Option<&AgeBand>| band.copied().unwrap_or(AgeBand { from: 0, to: AgeBand::OLDEST });
        AgeBand { from: age(bands.first()).from, to: age(bands.last()).to }
    }

    fn joined(&self, at: LonLat) -> Option<Joined> {
        let walk = self.answering.coverage.walk();
        walk.snap(at, SNAP_LIMIT_M).map(|snapped| walk.join(&snapped))
    }

    /// Puts the proposed sites in, and tells whom each reaches.
    fn added(&self, trial: &mut Trial<'_>) -> Vec<AddedAnswer> {
        let (coverage, children) = (&self.answering.coverage, self.answering.ground.children());
        let walk = coverage.walk();
        let joined: Vec<Option<Joined>> =
            self.plan.add.iter().map(|(at, open)| self.joined(*at).filter(|_| *open)).collect();
        let reached: Vec<Vec<(u32, u32)>> = walk.with_search(|search: &mut Search| {
            let cells = |place: &Option<Joined>| {
                let reach = |place| reach_by(trial.streets(), coverage.demand(), place, self.limit(), search).cells;
                place.as_ref().map(reach).unwrap_or_default()
            };
            joined.iter().map(cells).collect()
        });
        let mut times: HashMap<u32, u32> = HashMap::new();
        reached.iter().flatten().for_each(|(cell, _)| *times.entry(*cell).or_default() += 1);
        // asked before any of the proposed sites is put in
        let alone = |cell: u32| times[&cell] == 1 && trial.cell(cell)[0].millis() > self.limit();
        let count =
            |cells: &mut dyn Iterator<Item = u32>| cells.map(|cell| children.count(cell as usize, self.ages)).sum();
        let answers = self.plan.add.iter().zip(&reached).map(|((at, open), cells)| {
            let near = walk.snap(*at, SNAP_LIMIT_M);
            let away = near.or_else(|| walk.snap(*at, LOOKED_M)).map(|snapped| snapped.away_m);
            AddedAnswer {
                on_street: near.is_some(),
                away_m: away.map(|metres| (metres * 10.0).round() / 10.0),
                open: *open,
                children: count(&mut cells.iter().map(|(cell, _)| *cell)),
                alone: count(&mut cells.iter().map(|(cell, _)| *cell).filter(|cell| alone(*cell))),
            }
        });
        let answers = answers.collect();
        for (place, joined) in (1..).zip(&joined) {
            if let Some(joined) = joined {
                trial.add(PROPOSED + place, joined);
            }
        }
        answers
    }

    fn difference(&self, changed: &[Changed]) -> BTreeMap<u16, Difference> {
        let ground = &self.answering.ground;
        difference(changed, ground.children(), self.ages, ground.groups(), self.limit())
    }

    fn figures(&self, changed: &[Changed]) -> WhatIfFigures {
        let before = self.answering.covered(self.limit(), self.ages);
        let difference = self.difference(changed);
        let areas = self.answering.ground.areas().all();
        let sum = |each: fn(&Difference) -> u64| difference.values().map(each).sum::<u64>();
        let (gained, lost) = (sum(|it| it.gained), sum(|it| it.lost));
        let children_before = before.iter().map(|group| group.covered).sum::<u64>();
        let by_town = difference.iter().map(|(group, changes)| {
            let town = before[usize::from(*group)];
            TownChange {
                area: areas.get(usize::from(*group)).map(|area| area.id.clone()),
                children: town.children,
                before: town.covered,
                after: town.covered + changes.gained - changes.lost,
            }
        });
        WhatIfFigures {
            children_total: before.iter().map(|group| group.children).sum(),
            children_before,
            children_after: children_before + gained - lost,
            gained,
            lost,
            by_town: by_town.collect(),
        }
    }

    /// Whom a site or post serves today who would be served by nobody without it.
    fn removed(&self, site: u32, post: Option<LonLat>) -> RemovedAnswer {
        let coverage = &self.answering.coverage;
        let mut posts = self.answering.posts().to_vec();
        if let Some(post) = post {
            off_duty(&mut posts, post);
        }
        let mut trial = Trial::new(coverage, Reguarded::new(coverage.walk(), self.answering.posts(), &posts));
        trial.remove(site);
        let lost = self.difference(&trial.changed_cells()).values().map(|changes| changes.lost).sum();
        RemovedAnswer { site, children: lost }
    }

    fn post(&self, at: LonLat) -> PostAnswer {
        let crossings = self.answering.coverage.walk().crossings_near(at).len();
        PostAnswer { crossing: crossings > 0, crossings }
    }

    /// The largest gaps after the change. Gaps never reach across towns, so only those towns are looked at anew where
    /// somebody comes in or falls out; the gaps of the others are those of today.
    fn gaps(&self, changed: &[Changed]) -> Vec<GapAnswer> {
        let (ground, cells) = (&self.answering.ground, self.answering.coverage.cells());
        let after: HashMap<u32, Label> = changed.iter().map(|it| (it.index, it.after)).collect();
        let nearest = |cell: u32| after.get(&cell).copied().unwrap_or(cells[cell as usize][0]);
        let towns = self.difference(changed);
        let theirs = towns.keys().flat_map(|town| ground.cells_of(*town)).copied();
        let uncovered = theirs.filter(|cell| nearest(*cell).millis() > self.limit());
        let mut found = self.answering.gaps_among(uncovered, self.ages);
        let today = self.answering.gaps(self.limit(), self.ages);
        found.extend(today.iter().filter(|gap| !towns.contains_key(&gap.group)).take(GAPS).cloned());
        found.sort_by_key(|gap| (std::cmp::Reverse(gap.children), gap.cell));
        largest(self.base, self.answering, &found, nearest, |site| self.named(site))
    }

    fn named(&self, site: u32) -> Option<NamedSite> {
        let id = told(site);
        if id > 0 {
            return Some(NamedSite { id, name: self.answering.places().get(&site)?.name.to_string() });
        }
        let proposed = self.request.add.get(usize::try_from(-id - 1).ok()?)?;
        Some(NamedSite { id, name: proposed.name.clone().unwrap_or_default() })
    }
}

/// A site's number as it is told: below zero for proposed ones.
fn told(site: u32) -> i64 {
    if site > PROPOSED { -i64::from(site - PROPOSED) } else { site.into() }
}

/// What is sent of changed labels; changes below a second that leave the site the same are not worth it.
fn changed_times(changed: &[Changed]) -> ChangedTimes {
    let site = |label: Label| label.known().map_or(0, |(_, site)| told(site));
    let sent = |label: Label| (seconds(label), site(label));
    let mut times = ChangedTimes::default();
    for one in changed.iter().filter(|one| sent(one.before) != sent(one.after)) {
        times.index.push(one.index);
        times.secs.push(seconds(one.after));
        times.site.push(site(one.after));
    }
    times
}
