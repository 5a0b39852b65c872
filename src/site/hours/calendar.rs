//! Holidays, days worked in exchange, school holidays, the time zone and where the sun is watched, read from
//! `data/calendar.toml`.

use super::rule::SunEvent;
use crate::text::{DataFileError, Words};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc, Weekday};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use sunrise::{Coordinates, DawnType, SolarDay, SolarEvent};
use toml::Spanned;

/// What is known of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// It is one.
    Yes,
    /// It is none.
    No,
    /// Nobody has announced it, or nobody has confirmed what was.
    Unsure,
}

/// What a calendar says of a date, for a week table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notes<'a> {
    /// The public holiday that it belongs to.
    pub holiday: Option<&'a Words>,
    /// The weekday that it is worked as, on a weekend.
    pub worked_as: Option<Weekday>,
    /// The school holidays that it belongs to, or may belong to.
    pub school: Option<&'a Words>,
    /// Whether public holidays of its year are known.
    pub public_known: bool,
    /// Whether it is known if schools are open.
    pub school_known: bool,
}

/// The calendar of a county.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: chrono_tz::Tz,
    position: Option<Coordinates>,
    covered: Covered,
    public: HashMap<NaiveDate, Words>,
    worked: HashMap<NaiveDate, Weekday>,
    school: Vec<Period>,
    school_covered: Vec<(NaiveDate, NaiveDate)>,
    sources: Vec<Source>,
}

#[derive(Debug, Clone)]
enum Covered {
    Always,
    Years(HashSet<i32>),
}

/// Days when schools are closed.
#[derive(Debug, Clone)]
struct Period {
    name: Words,
    from: NaiveDate,
    to: NaiveDate,
    confirmed: bool,
}

/// Where a part of the calendar comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The first day that it speaks of.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
    /// Whether it is about schools.
    pub school: bool,
    /// Whether somebody has read it there.
    pub confirmed: bool,
    /// In words.
    pub source: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    zone: Spanned<String>,
    position: Option<Spanned<PositionFile>>,
    #[serde(rename = "year")]
    years: Vec<YearFile>,
    #[serde(rename = "school", default)]
    schools: Vec<SchoolFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PositionFile {
    lon: f64,
    lat: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearFile {
    year: Spanned<i32>,
    source: Words,
    confirmed: bool,
    holidays: Vec<Spanned<PeriodFile>>,
    worked: Vec<Spanned<WorkedFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SchoolFile {
    from: Spanned<NaiveDate>,
    to: NaiveDate,
    source: Words,
    confirmed: bool,
    holidays: Vec<Spanned<PeriodFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodFile {
    name: Words,
    from: NaiveDate,
    to: NaiveDate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkedFile {
    date: NaiveDate,
    stands_for: NaiveDate,
}

/// The longest holiday that can be meant, days.
const LONGEST: i64 = 120;

impl Calendar {
    /// Reads a calendar; the first mistake is told with file, line and reason.
    pub fn parse(file: &Path, text: &str) -> Result<Self, DataFileError> {
        let read: File = toml::from_str(text).map_err(|e| DataFileError::toml(file, text, &e))?;
        let wrong = |at: usize, reason: String| DataFileError::at(file, text, at, reason);
        let zone = read.zone.as_ref().parse().map_err(|e: chrono_tz::ParseError| {
            wrong(read.zone.span().start, format!("{e}: wanted a time zone such as Asia/Shanghai"))
        })?;
        let position = read.position.map(|place| {
            let at = place.span().start;
            let PositionFile { lon, lat } = place.into_inner();
            Coordinates::new(lat, lon).ok_or_else(|| wrong(at, format!("lon {lon}, lat {lat} is no place")))
        });
        let mut calendar = Self {
            zone,
            position: position.transpose()?,
            covered: Covered::Years(HashSet::new()),
            public: HashMap::new(),
            worked: HashMap::new(),
            school: Vec::new(),
            school_covered: Vec::new(),
            sources: Vec::new(),
        };
        for year in read.years {
            calendar.add_year(year, &wrong)?;
        }
        for school in read.schools {
            calendar.add_school(school, &wrong)?;
        }
        Ok(calendar)
    }

    /// A calendar of days that are all known, as comparisons and tests need it: those given are holidays, no others.
    #[must_use]
    pub fn of_days(public: &[NaiveDate], school: &[NaiveDate], lat_lon: Option<(f64, f64)>) -> Self {
        let one = |date: &NaiveDate| Period { name: Words::fixed("", ""), from: *date, to: *date, confirmed: true };
        Self {
            zone: chrono_tz::Asia::Shanghai,
            position: lat_lon.and_then(|(lat, lon)| Coordinates::new(lat, lon)),
            covered: Covered::Always,
            public: public.iter().map(|date| (*date, Words::fixed("", ""))).collect(),
            worked: HashMap::new(),
            school: school.iter().map(one).collect(),
            school_covered: vec![(NaiveDate::MIN, NaiveDate::MAX)],
            sources: Vec::new(),
        }
    }

    /// The same calendar in another time zone, for the sun's times.
    #[must_use]
    pub fn in_zone(self, zone: chrono_tz::Tz) -> Self {
        Self { zone, ..self }
    }

    fn add_year(
        &mut self,
        year: YearFile,
        wrong: &impl Fn(usize, String) -> DataFileError,
    ) -> Result<(), DataFileError> {
        let (at, number) = (year.year.span().start, *year.year.as_ref());
        let bounds = NaiveDate::from_ymd_opt(number, 1, 1).zip(NaiveDate::from_ymd_opt(number, 12, 31));
        let Some((from, to)) = bounds else { return Err(wrong(at, format!("{number} is no year"))) };
        if self.sources.iter().any(|known| !known.school && known.from == from) {
            return Err(wrong(at, format!("{number} stands twice")));
        }
        if let Covered::Years(years) = &mut self.covered
            && year.confirmed
        {
            years.insert(number);
        }
        for holiday in year.holidays {
            let at = holiday.span().start;
            let PeriodFile { name, from, to } = holiday.into_inner();
            check_period(from, to, number).map_err(|reason| wrong(at, reason))?;
            self.public.extend(from.iter_days().take_while(|date| *date <= to).map(|date| (date, name.clone())));
        }
        for worked in year.worked {
            let at = worked.span().start;
            self.add_worked(worked.as_ref(), number).map_err(|reason| wrong(at, reason))?;
        }
        self.sources.push(Source { from, to, school: false, confirmed: year.confirmed, source: year.source });
        Ok(())
    }

    fn add_worked(&mut self, worked: &WorkedFile, year: i32) -> Result<(), String> {
        let WorkedFile { date, stands_for } = *worked;
        let weekend = |date: NaiveDate| matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        if date.year() != year {
            return Err(format!("{date} is not in {year}"));
        }
        if !weekend(date) || self.public.contains_key(&date) {
            return Err(format!("{date} is not a weekend that is worked"));
        }
        if weekend(stands_for) || !self.public.contains_key(&stands_for) {
            return Err(format!("{stands_for} is no weekday of a holiday: nothing is worked in exchange for it"));
        }
        self.worked.insert(date, stands_for.weekday());
        Ok(())
    }

    fn add_school(
        &mut self,
        school: SchoolFile,
        wrong: &impl Fn(usize, String) -> DataFileError,
    ) -> Result<(), DataFileError> {
        let (from, to) = (*school.from.as_ref(), school.to);
        if from > to {
            return Err(wrong(school.from.span().start, format!("{from} is after {to}")));
        }
        for holiday in school.holidays {
            let at = holiday.span().start;
            let PeriodFile { name, from: first, to: last } = holiday.into_inner();
            check_length(first, last).map_err(|reason| wrong(at, reason))?;
            if first < from || last > to {
                return Err(wrong(at, format!("{first} to {last} is outside {from} to {to}")));
            }
            self.school.push(Period { name, from: first, to: last, confirmed: school.confirmed });
        }
        self.school_covered.push((from, to));
        self.sources.push(Source { from, to, school: true, confirmed: school.confirmed, source: school.source });
        Ok(())
    }

    /// What the clock on the wall shows in the county.
    #[must_use]
    pub fn local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.with_timezone(&self.zone).naive_local()
    }

    /// The county's time zone, by its name in the IANA database.
    #[must_use]
    pub fn zone(&self) -> &'static str {
        self.zone.name()
    }

    /// Where each part comes from.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Whether a date is a public holiday: one of the days off that the State Council announced, weekends among them.
    #[must_use]
    pub fn public_holiday(&self, date: NaiveDate) -> Fact {
        match &self.covered {
            Covered::Years(years) if !years.contains(&date.year()) => Fact::Unsure,
            _ if self.public.contains_key(&date) => Fact::Yes,
            _ => Fact::No,
        }
    }

    /// Whether schools are closed for holidays on a date, whatever weekday it is.
    #[must_use]
    pub fn school_holiday(&self, date: NaiveDate) -> Fact {
        if !self.school_covered.iter().any(|(from, to)| (*from..=*to).contains(&date)) {
            return Fact::Unsure;
        }
        match self.school_period(date) {
            Some(period) if period.confirmed => Fact::Yes,
            Some(_) => Fact::Unsure,
            None => Fact::No,
        }
    }

    fn school_period(&self, date: NaiveDate) -> Option<&Period> {
        self.school.iter().find(|period| (period.from..=period.to).contains(&date))
    }

    /// The weekday that a weekend day is worked as, in exchange for a longer holiday.
    #[must_use]
    pub fn worked_as(&self, date: NaiveDate) -> Option<Weekday> {
        self.worked.get(&date).copied()
    }

    /// All that is known of a date.
    #[must_use]
    pub fn notes(&self, date: NaiveDate) -> Notes<'_> {
        Notes {
            holiday: self.public.get(&date),
            worked_as: self.worked_as(date),
            school: self.school_period(date).map(|period| &period.name),
            public_known: self.public_holiday(date) != Fact::Unsure,
            school_known: self.school_holiday(date) != Fact::Unsure,
        }
    }

    /// When the sun does something on a date, minutes after local midnight; nothing where the place is not known or
    /// the sun does not do it that day. One place stands for the county: across 60 km it is two minutes.
    #[must_use]
    pub fn sun(&self, date: NaiveDate, event: SunEvent) -> Option<u16> {
        let event = match event {
            SunEvent::Dawn => SolarEvent::Dawn(DawnType::Civil),
            SunEvent::Sunrise => SolarEvent::Sunrise,
            SunEvent::Sunset => SolarEvent::Sunset,
            SunEvent::Dusk => SolarEvent::Dusk(DawnType::Civil),
        };
        let time = self.local(SolarDay::new(self.position?, date).event_time(event)?).time();
        u16::try_from(time.hour() * 60 + time.minute()).ok()
    }
}

fn check_length(from: NaiveDate, to: NaiveDate) -> Result<(), String> {
    match (to - from).num_days() {
        days if days < 0 => Err(format!("{from} is after {to}")),
        days if days > LONGEST => Err(format!("{from} to {to} is longer than {LONGEST} days")),
        _ => Ok(()),
    }
}

fn check_period(from: NaiveDate, to: NaiveDate, year: i32) -> Result<(), String> {
    if from.year() != year {
        return Err(format!("{from} is not in {year}"));
    }
    check_length(from, to)
}
