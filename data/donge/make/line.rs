//! A road, lane or path before it becomes an OSM way.

use std::collections::BTreeMap;

use crate::plane::{G, P};

/// What a line is, in the order of its rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Motorway,
    Trunk,
    Primary,
    Secondary,
    Tertiary,
    Unclassified,
    Residential,
    Service,
    Pedestrian,
    Track,
    Path,
    Footway,
    Steps,
}

impl Class {
    /// The value of the OSM key `highway`.
    pub fn tag(self) -> &'static str {
        match self {
            Class::Motorway => "motorway",
            Class::Trunk => "trunk",
            Class::Primary => "primary",
            Class::Secondary => "secondary",
            Class::Tertiary => "tertiary",
            Class::Unclassified => "unclassified",
            Class::Residential => "residential",
            Class::Service => "service",
            Class::Pedestrian => "pedestrian",
            Class::Track => "track",
            Class::Path => "path",
            Class::Footway => "footway",
            Class::Steps => "steps",
        }
    }

    /// A national or provincial road.
    pub fn is_major(self) -> bool {
        (Class::Trunk..=Class::Secondary).contains(&self)
    }
}

/// A line with its tags. `over[i]` says that the piece from point `i` to the next is a bridge.
#[derive(Clone, Debug)]
pub struct Line {
    pub class: Class,
    pub points: Vec<G>,
    pub over: Vec<bool>,
    pub tags: Vec<(&'static str, String)>,
    /// The settlement whose lane it is.
    pub place: Option<usize>,
}

impl Line {
    /// A line through points of the sheet.
    pub fn new(class: Class, along: &[P]) -> Self {
        let mut points: Vec<G> = along.iter().map(|at| at.g()).collect();
        points.dedup();
        let over = vec![false; points.len().saturating_sub(1)];
        Self { class, points, over, tags: Vec::new(), place: None }
    }

    /// With one more tag.
    pub fn tag(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.tags.push((key, value.into()));
        self
    }

    /// As a lane of a settlement.
    pub fn of(mut self, place: usize) -> Self {
        self.place = Some(place);
        self
    }

    /// The points on the sheet.
    pub fn sheet(&self) -> Vec<P> {
        self.points.iter().map(|g| g.p()).collect()
    }

    /// Puts other points in place of some; a piece whose ends have become one goes.
    pub fn replace(&mut self, by: &BTreeMap<G, G>) {
        for g in &mut self.points {
            *g = by.get(g).copied().unwrap_or(*g);
        }
        let mut at = 0;
        while at + 1 < self.points.len() && self.points.len() > 2 {
            if self.points[at] == self.points[at + 1] {
                self.points.remove(at + 1);
                self.over.remove(at);
            } else {
                at += 1;
            }
        }
    }

    /// Adds a point inside segment `at`, unless the line passes through it close by: a second time would make a spike.
    pub fn cut(&mut self, at: usize, g: G) {
        let near = at.saturating_sub(2)..(at + 4).min(self.points.len());
        if !self.points[near].contains(&g) {
            self.points.insert(at + 1, g);
            self.over.insert(at, self.over[at]);
        }
    }
}
