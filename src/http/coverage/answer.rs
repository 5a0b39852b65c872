//! The figures of coverage, worked out and put in words.

use super::super::problem::Problem;
use super::ask::Asked;
use super::gap_answer::largest;
use super::shape::{
    AreaFigures, BandFigures, ChildrenSource, CoverageAnswer, FloatingCatchment, GapAnswer, GroupFigures, NamedSite,
    PlacedSite, SettingFigures, SitesCounted, StraightFigures, Unsnapped, UnsnappedCell,
};
use crate::basemap::BaseMap;
use crate::children::{AgeBand, BandRange};
use crate::coverage::{BAND_ENDS_MIN, Figures, Supply, figures, floating};
use crate::network::Joined;
use crate::site::Type;
use crate::snapshot::{Answering, Live, SETTING};
use crate::text::Words;
use std::collections::BTreeMap;

/// The radii of GB 50180 that circles are drawn with, metres: 5, 10 and 15 minutes as the standard counts them.
const RADII_M: [u32; 3] = [300, 500, 1000];
/// Cells and sites that are told one by one.
const LISTED: usize = 50;

/// Works the answer out.
pub fn coverage_answer(live: &Live, asked: &Asked) -> Result<CoverageAnswer, Problem> {
    let base = live.read().basemap().map(|held| held.map.clone());
    let made = live.coverage(&asked.question, |answering| {
        let ages = asked.ages_of(answering.ground.children())?;
        Ok::<_, Problem>(Making { base: base.as_deref(), answering, asked, ages }.answer())
    });
    made?
}

/// An answer in the making.
struct Making<'a> {
    base: Option<&'a BaseMap>,
    answering: &'a Answering,
    asked: &'a Asked,
    ages: BandRange,
}

impl Making<'_> {
    fn answer(&self) -> CoverageAnswer {
        let Asked { question, minutes, .. } = self.asked;
        let (ground, ages) = (&self.answering.ground, self.ages);
        let kind = ground.rules().catalogue.kind(question.kind);
        let all = ground.children();
        let children = all.of(ages);
        let limit = minutes * 60_000;
        let (county, groups) = figures(&self.answering.ordered, &children, ground.groups(), limit);
        let floating = self.floating(&children, limit);
        let (gaps_total, gaps) = self.gaps(limit);
        let per_1000 = floating.as_ref().map(|floating| floating.groups.clone());
        let bands = &all.bands()[ages.first..ages.end];
        let age = |band: Option<&AgeBand>| band.copied().unwrap_or(AgeBand { from: 0, to: AgeBand::OLDEST });
        CoverageAnswer {
            kind: kind.id.clone(),
            minutes: *minutes,
            profile: ground.rules().profiles.all()[question.profile].id.clone(),
            at: question.at.map(|at| at.format("%Y-%m-%dT%H:%M").to_string()),
            ages: AgeBand { from: age(bands.first()).from, to: age(bands.last()).to },
            rests_on: "network",
            straight: self.straight(&children, county.total),
            areas: self.areas(groups, per_1000.as_deref()),
            county: group(county, floating.as_ref().and_then(|floating| floating.per_thousand)),
            settings: self.settings(&children, limit),
            gaps_total,
            gaps,
            sites: self.sites(),
            unsnapped: self.unsnapped(&children),
            children_source: ChildrenSource {
                method: all.method(),
                demonstration: all.demonstration(),
                source: ground.source().to_owned(),
            },
            floating_catchment: floating.map(|floating| FloatingCatchment {
                capacity: floating.capacity,
                sites_with_capacity: floating.sites,
                sites_without_capacity: self.answering.coverage.sites().len() - floating.sites,
                places_per_1000: floating.per_thousand.map(tenths),
                children_without: floating.without,
            }),
        }
    }

    fn floating(&self, children: &[u32], limit: u32) -> Option<crate::coverage::Floating> {
        let coverage = &self.answering.coverage;
        let capacity = |id: &u32| self.answering.places().get(id).and_then(|site| site.capacity);
        let supply = |(id, place): (&u32, &Joined)| Some(Supply { place: *place, capacity: capacity(id)? });
        let supplies: Vec<Supply> = coverage.sites().iter().filter_map(supply).collect();
        floating(coverage.walk(), coverage.demand(), &supplies, children, self.answering.ground.groups(), limit)
    }

    fn straight(&self, children: &[u32], total: u64) -> Vec<StraightFigures> {
        let metres = self.answering.straight();
        let within = |radius: u32| {
            let near = metres.iter().zip(children).filter(|(metres, _)| **metres <= radius as f32);
            near.map(|(_, children)| u64::from(*children)).sum::<u64>()
        };
        let figures = |radius_m| {
            let children = within(radius_m);
            StraightFigures { radius_m, children, share: share(children, total) }
        };
        RADII_M.into_iter().map(figures).collect()
    }

    fn areas(&self, groups: Vec<Figures>, per_1000: Option<&[Option<f64>]>) -> Vec<AreaFigures> {
        let areas = self.answering.ground.areas().all();
        let named = |place: usize| areas.get(place).map(|area| (Some(area.id.clone()), area.name.clone()));
        let outside = || (None, Words::fixed("不在任何区划内", "In no area"));
        let all = groups.into_iter().enumerate().map(|(place, figures)| {
            let (id, name) = named(place).unwrap_or_else(outside);
            let places = per_1000.and_then(|all| all.get(place).copied().flatten());
            AreaFigures { id, name, figures: group(figures, places) }
        });
        all.filter(|area| area.id.is_some() || area.figures.children_total > 0).collect()
    }

    fn settings(&self, children: &[u32], limit: u32) -> Vec<SettingFigures> {
        let (catalogue, kind) = (&self.answering.ground.rules().catalogue, self.asked.question.kind);
        let Some(setting) = catalogue.attribute(SETTING).filter(|it| catalogue.kind(kind).attributes.contains(it))
        else {
            return Vec::new();
        };
        let mut counts: BTreeMap<Option<u16>, u64> = BTreeMap::new();
        for ([nearest, _], children) in self.answering.coverage.cells().iter().zip(children) {
            let Some((_, site)) = nearest.known().filter(|(millis, _)| *millis <= limit) else { continue };
            let choice = self.answering.places().get(&site).and_then(|site| site.setting);
            *counts.entry(choice).or_default() += u64::from(*children);
        }
        let choices = match &catalogue.attributes()[usize::from(setting)].of_type {
            Type::Choice(choices) => choices.as_slice(),
            _ => &[],
        };
        let mut rows: Vec<SettingFigures> = (0..)
            .zip(choices)
            .map(|(place, choice)| SettingFigures {
                id: Some(choice.id.clone()),
                name: choice.name.clone(),
                children: counts.get(&Some(place)).copied().unwrap_or(0),
            })
            .collect();
        if let Some(children) = counts.get(&None).filter(|children| **children > 0) {
            rows.push(SettingFigures {
                id: None, name: Words::fixed("未登记", "Not recorded"), children: *children
            });
        }
        rows
    }

    /// How many gaps there are, and the largest.
    fn gaps(&self, limit: u32) -> (usize, Vec<GapAnswer>) {
        let cells = self.answering.coverage.cells();
        let found = self.answering.gaps(limit, self.ages);
        let nearest = |cell: u32| cells[cell as usize][0];
        let name = |site: u32| Some(self.answering.places().get(&site)?.name.to_string());
        let named = |site: u32| Some(NamedSite { id: site.into(), name: name(site)? });
        (found.len(), largest(self.base, self.answering, &found, nearest, named))
    }

    fn sites(&self) -> SitesCounted {
        let closed = self.answering.not_open.values().filter(|known| **known).count();
        let far = self.answering.coverage.unsnapped();
        let placed = |id: &u32| placed(self.answering, *id);
        SitesCounted {
            counted: self.answering.places().len(),
            not_open: closed,
            unknown_hours: self.answering.not_open.len() - closed,
            unsnapped_total: far.len(),
            unsnapped: far.iter().take(LISTED).filter_map(placed).collect(),
        }
    }

    fn unsnapped(&self, children: &[u32]) -> Unsnapped {
        let (demand, all) = (self.answering.coverage.demand(), self.answering.ground.children());
        let mut far: Vec<usize> = (0..demand.len()).filter(|cell| demand.joined(*cell).is_none()).collect();
        far.sort_by_key(|cell| (std::cmp::Reverse(children[*cell]), *cell));
        let told = |cell: &usize| {
            let [lon, lat] = all.at(*cell).to_centimetre();
            UnsnappedCell { id: all.id(*cell).to_owned(), lon, lat, children: children[*cell] }
        };
        Unsnapped {
            cells: far.len(),
            children: far.iter().map(|cell| u64::from(children[*cell])).sum(),
            listed: far.iter().take(LISTED).map(told).collect(),
        }
    }
}

/// A site that counts, with its place.
pub(super) fn placed(answering: &Answering, id: u32) -> Option<PlacedSite> {
    let site = answering.places().get(&id)?;
    let [lon, lat] = site.at.to_centimetre();
    Some(PlacedSite { id, name: site.name.to_string(), lon, lat })
}

fn group(figures: Figures, per_1000: Option<f64>) -> GroupFigures {
    let ends = BAND_ENDS_MIN.map(Some).into_iter().chain([None]);
    let starts = [0].into_iter().chain(BAND_ENDS_MIN);
    let total = figures.total;
    let band = |((from_min, to_min), children): ((u32, Option<u32>), &u64)| BandFigures {
        from_min,
        to_min,
        children: *children,
        share: share(*children, total),
    };
    GroupFigures {
        children_total: total,
        children_covered: figures.covered,
        share: figures.share(),
        children_unreached: figures.unreached,
        bands: starts.zip(ends).zip(&figures.bands).map(band).collect(),
        mean_secs: figures.mean_secs.map(tenths),
        median_secs: figures.median_secs.map(tenths),
        worst_decile_secs: figures.worst_decile_secs.map(tenths),
        gini: figures.gini.map(|gini| (gini * 1e4).round() / 1e4),
        places_per_1000: per_1000.map(tenths),
        curve: figures.curve,
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

pub(super) fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
