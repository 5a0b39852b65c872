//! The few hours that many places share, and which of them are open at a minute.

use super::{Calendar, Hours, Kind};
use chrono::{NaiveDateTime, Timelike};
use std::collections::HashMap;
use std::num::NonZero;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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

/// What the hours of a book come to, by minute: worked out once for each text and minute, then only looked up.
#[derive(Debug, Default)]
pub struct OpenNow {
    kinds: ByMinute<Kinds>,
    told: ByMinute<Told>,
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

/// The openings of one minute, each put in words when somebody first asks for it.
#[derive(Debug, Clone, Default)]
pub struct Told(Arc<Mutex<HashMap<HoursId, Arc<str>>>>);

impl Told {
    /// Of one text, as it was told before or as `tell` tells it.
    pub fn of<E>(&self, id: HoursId, tell: impl FnOnce() -> Result<String, E>) -> Result<Arc<str>, E> {
        if let Some(told) = self.lock().get(&id) {
            return Ok(told.clone());
        }
        let told: Arc<str> = tell()?.into();
        self.lock().insert(id, told.clone());
        Ok(told)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<HoursId, Arc<str>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OpenNow {
    /// What every text of the book comes to in the minute of a time. Cost: a microsecond or a few for each text at the
    /// first question of a minute, nothing after; nobody waits for another minute to be worked out.
    #[must_use]
    pub fn at(&self, at: NaiveDateTime, book: &HoursBook, calendar: &Calendar) -> Kinds {
        let at = minute_of(at);
        let fits = |kinds: &Kinds| kinds.0.len() == book.len();
        self.kinds.get(at, fits, || Kinds(book.all.iter().map(|hours| hours.kind(at, calendar)).collect()))
    }

    /// What was told of the minute of a time.
    #[must_use]
    pub fn told_at(&self, at: NaiveDateTime) -> Told {
        self.told.get(minute_of(at), |_| true, Told::default)
    }
}

fn minute_of(at: NaiveDateTime) -> NaiveDateTime {
    at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at)
}

/// What belongs to a few minutes, the newest first.
#[derive(Debug)]
struct ByMinute<T>(Mutex<Vec<(NaiveDateTime, T)>>);

impl<T> Default for ByMinute<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> ByMinute<T> {
    /// What is kept of a minute if it still fits, else what is made of it, without the lock.
    fn get(&self, minute: NaiveDateTime, fits: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> T {
        let known =
            self.lock().iter().find(|(kept, known)| *kept == minute && fits(known)).map(|(_, known)| known.clone());
        known.unwrap_or_else(|| {
            let made = make();
            let mut kept = self.lock();
            kept.retain(|(other, _)| *other != minute);
            kept.insert(0, (minute, made.clone()));
            kept.truncate(KEPT);
            made
        })
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(NaiveDateTime, T)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
