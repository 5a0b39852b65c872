//! What a reader may ask of a snapshot.

use super::{Held, Snapshot};
use crate::geo::Bounds;
use crate::network::OnFoot;
use crate::search::{Hit, Matched, Query, Question as Searched};
use crate::site::{Filter, SiteId};

/// A site with why it was found.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The site and its town.
    pub held: &'a Held,
    /// Geodesic metres from where was asked.
    pub distance_m: Option<f64>,
    /// What of it the search words matched.
    pub matched: Option<Matched>,
    /// The way there.
    pub on_foot: Option<OnFoot>,
}

impl<'a> Found<'a> {
    /// A site with nothing said of why.
    #[must_use]
    pub fn of(held: &'a Held) -> Self {
        Self { held, distance_m: None, matched: None, on_foot: None }
    }
}

/// Which sites, from where on.
#[derive(Debug, Clone, Default)]
pub struct PageQuery {
    /// Kinds and attributes.
    pub filter: Filter,
    /// In this box.
    pub bounds: Option<Bounds>,
    /// With numbers above this.
    pub after: i64,
    /// At most so many.
    pub limit: usize,
}

/// Sites by number, and whether there are more.
#[derive(Debug)]
pub struct Page<'a> {
    /// The sites.
    pub sites: Vec<Found<'a>>,
    /// Ask for those after this number next.
    pub next: Option<i64>,
}

/// A box that holds more sites than this is answered by going through them in order of number, which a page then ends.
const DENSE_BOX: usize = 20_000;

impl Snapshot {
    /// The public site with this number.
    #[must_use]
    pub fn site(&self, id: SiteId) -> Option<Found<'_>> {
        let held = usize::try_from(id.0).ok().and_then(|place| self.sites.get(place))?.as_ref()?;
        Some(Found::of(held))
    }

    pub(super) fn held(&self, key: u32) -> Option<&Held> {
        self.sites.get(key as usize)?.as_ref()
    }

    /// Sites by number, a page at a time.
    #[must_use]
    pub fn page(&self, query: &PageQuery) -> Page<'_> {
        let mut sites = if let Some(mut keys) = query.bounds.and_then(|bounds| self.sparse(&bounds)) {
            keys.sort_unstable();
            let wanted = keys.into_iter().filter(|key| i64::from(*key) > query.after).filter_map(|key| self.held(key));
            take(wanted.filter(|held| query.filter.accepts(&held.site)), query.limit)
        } else {
            let start = usize::try_from(query.after + 1).unwrap_or(0).min(self.sites.len());
            let inside = |held: &&Held| query.bounds.is_none_or(|bounds| bounds.contains(held.site.at));
            let wanted = self.sites[start..].iter().flatten().filter(inside);
            take(wanted.filter(|held| query.filter.accepts(&held.site)), query.limit)
        };
        let more = sites.len() > query.limit;
        sites.truncate(query.limit);
        let next = sites.last().filter(|_| more).map(|found| found.held.site.id.0);
        Page { sites, next }
    }

    /// The keys in the box, unless they are very many.
    fn sparse(&self, bounds: &Bounds) -> Option<Vec<u32>> {
        let mut keys = Vec::new();
        self.index.in_box(bounds, |key| {
            keys.push(key);
            keys.len() <= DENSE_BOX
        });
        (keys.len() <= DENSE_BOX).then_some(keys)
    }

    /// The sites that the words mean, best first (see [`crate::search`] for the order).
    #[must_use]
    pub fn search(&self, words: &str, query: &PageQuery) -> Vec<Found<'_>> {
        let keep = |key| {
            self.held(key).is_some_and(|held| {
                query.filter.accepts(&held.site) && query.bounds.is_none_or(|bounds| bounds.contains(held.site.at))
            })
        };
        let names = self.names();
        let ask = |words: &Query| {
            names.find_sites(&Searched {
                query: words,
                near: None,
                classes: query.filter.only_kinds(),
                bounds: query.bounds,
                limit: query.limit,
                keep: &keep,
            })
        };
        let found =
            |rank: crate::search::Rank| Some(Found { matched: Some(rank.matched), ..Found::of(self.held(rank.key)?) });
        let meant = names.meant(words, query.limit, &ask, &|rank| (Hit::Site(rank.key), rank));
        meant.found.into_iter().filter_map(|(_, rank)| found(rank)).collect()
    }
}

/// One more than asked for, so that it shows whether there are more.
fn take<'a>(sites: impl Iterator<Item = &'a Held>, limit: usize) -> Vec<Found<'a>> {
    sites.take(limit + 1).map(Found::of).collect()
}
