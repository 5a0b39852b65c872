//! The few hours that many places share, and which of them are open at a minute.

use super::{Calendar, Hours, Kind};
use chrono::{NaiveDateTime, Timelike};
use std::collections::HashMap;
use std::num::NonZero;
use std::sync::{Arc, Mutex, PoisonError};

/// The number of a text in a [`HoursBook`], from 1 on, so that none takes no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HoursId(NonZero<u32>);

impl HoursId {
    fn place(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// Each text once, read once. It only grows.
#[derive(Debug, Clone, Default)]
pub struct HoursBook {
    by_text: HashMap<Arc<str>, HoursId>,
    all: Vec<Hours>,
}

impl HoursBook {
    /// The number of a text, which is read where it is new.
    pub fn intern(&mut self, text: &str) -> HoursId {
        if let Some(id) = self.by_text.get(text) {
            return *id;
        }
        let hours = Hours::read(text);
        let id = HoursId(NonZero::<u32>::MIN.saturating_add(self.all.len() as u32));
        self.by_text.insert(hours.written.clone(), id);
        self.all.push(hours);
        id
    }

    /// The hours with a number of this book.
    #[must_use]
    pub fn hours(&self, id: HoursId) -> &Hours {
        &self.all[id.place()]
    }

    /// How many texts it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// How many minutes are kept: now, and what a few people chose.
const KEPT: usize = 8;

/// Which hours of a book are open, by minute: worked out once for each text and minute, then only looked up.
#[derive(Debug, Default)]
pub struct OpenNow {
    /// The newest first.
    kept: Mutex<Vec<(NaiveDateTime, Kinds)>>,
}

/// What each text of a book comes to at one minute.
#[derive(Debug, Clone)]
pub struct Kinds(Arc<[Kind]>);

impl Kinds {
    /// Of one text.
    #[must_use]
    pub fn of(&self, id: HoursId) -> Kind {
        self.0.get(id.place()).copied().unwrap_or(Kind::Unknown)
    }
}

impl OpenNow {
    /// What every text of the book comes to in the minute of a time. Cost: a microsecond or a few for each text at the
    /// first question of a minute, nothing after; nobody waits for another minute to be worked out.
    #[must_use]
    pub fn at(&self, at: NaiveDateTime, book: &HoursBook, calendar: &Calendar) -> Kinds {
        let minute = at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at);
        if let Some(kinds) = self.found(minute, book.len()) {
            return kinds;
        }
        let kinds = Kinds(book.all.iter().map(|hours| hours.kind(minute, calendar)).collect());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(other, _)| *other != minute);
        kept.insert(0, (minute, kinds.clone()));
        kept.truncate(KEPT);
        kinds
    }

    /// Forgets all, after the calendar changed.
    pub fn forget(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn found(&self, minute: NaiveDateTime, texts: usize) -> Option<Kinds> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().find(|(kept, kinds)| *kept == minute && kinds.0.len() == texts);
        found.map(|(_, kinds)| kinds.clone())
    }
}
