//! What holds in each minute of a day, by the rules alone: later rules paint over earlier ones.

use super::day::Reading;
use super::rule::{End, Join, Kind, Rule, Span, Time};
use super::{Calendar, DAY};
use chrono::NaiveDate;

/// What holds in a minute: nothing said, so closed; or a rule, by its number, in one of its ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Mark {
    #[default]
    Nothing,
    /// As the rule says.
    Rule(u16),
    /// After an opening hour without an end.
    OpenEnd(u16),
    /// The rule speaks of the sun, and nobody knows where the place is.
    Sun(u16),
}

impl Mark {
    /// What it comes to.
    pub fn kind(self, rules: &[Rule]) -> Kind {
        match self {
            Self::Nothing => Kind::Closed,
            Self::Rule(rule) => rules[usize::from(rule)].kind,
            Self::OpenEnd(_) | Self::Sun(_) => Kind::Unknown,
        }
    }
}

/// The minutes of a day.
pub(super) type Minutes = [Mark; DAY as usize];

/// How long after an open end somebody may still be there, minutes: the reference implementation's guess of it, and as
/// long as that the state is unknown.
const fn open_end(from: u16) -> u16 {
    match from {
        1320.. => from + 8 * 60,
        1020.. => from + 10 * 60,
        _ => DAY,
    }
}

/// Times that a span covers, minutes after the midnight before it; up to two days.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: u16,
    to: u16,
    mark: Mark,
}

/// Paints a day: what its own rules say, and what runs over from the day before where that is given.
pub(super) fn paint(rules: &[Rule], day: Reading, before: Option<Reading>, calendar: &Calendar) -> Box<Minutes> {
    let mut minutes = Box::new([Mark::Nothing; DAY as usize]);
    for (rule, tail) in standing(rules, day, before, calendar) {
        let date = if tail { before.map_or(day.date, |before| before.date) } else { day.date };
        let shift = if tail { DAY } else { 0 };
        for stretch in stretches(&rules[rule], rule, date, calendar) {
            let from = stretch.from.saturating_sub(shift).min(DAY);
            let to = stretch.to.saturating_sub(shift).min(DAY);
            brush(&mut minutes[usize::from(from)..usize::from(to)], stretch.mark, rules, rules[rule].join);
        }
    }
    minutes
}

fn brush(minutes: &mut [Mark], mark: Mark, rules: &[Rule], join: Join) {
    for minute in minutes {
        if join != Join::Fallback || minute.kind(rules) == Kind::Closed {
            *minute = mark;
        }
    }
}

/// The rules that speak of a day, in order, each with whether it is what runs over from the day before.
///
/// A rule after `;` that opens, or leaves open, clears the whole day, also of what runs over from the day before: so does
/// the reference implementation. One without days clears nothing but rules without days, so that `Mo 08:00-12:00;
/// 14:00-17:00` adds the afternoon. Rules that close clear nothing, they paint.
fn standing(rules: &[Rule], day: Reading, before: Option<Reading>, calendar: &Calendar) -> Vec<(usize, bool)> {
    let mut standing = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        if rule.days.contain(day, calendar) {
            if clears(rules, index) {
                standing.clear();
            }
            standing.push((index, false));
        }
        let over = before.is_some_and(|before| runs_over(rule) && rule.days.contain(before, calendar));
        if over {
            standing.push((index, true));
        }
    }
    standing
}

fn clears(rules: &[Rule], index: usize) -> bool {
    let rule = &rules[index];
    let names_days = !rule.days.every();
    let after_every = index > 0 && rule.kind == Kind::Open && rules[index - 1].days.every();
    rule.join == Join::Replaces && rule.kind != Kind::Closed && (names_days || after_every)
}

/// Whether a rule may reach past midnight.
fn runs_over(rule: &Rule) -> bool {
    rule.spans.iter().any(|span| match (span.from, span.end) {
        (Time::At(from), End::Open) => open_end(from) > DAY,
        (_, End::At(Time::At(to))) => to > DAY,
        (Time::Sun { .. }, _) | (_, End::At(Time::Sun { .. }) | End::AtOrLater(_)) => true,
    })
}

/// What a rule's times come to on a date. A time without an end stops where the next one of its list begins: nobody
/// writes `07:00+,12:00-16:00` for a place that closes after midnight.
fn stretches(rule: &Rule, index: usize, date: NaiveDate, calendar: &Calendar) -> Vec<Stretch> {
    let index = index as u16;
    if rule.spans.is_empty() {
        return vec![Stretch { from: 0, to: DAY, mark: Mark::Rule(index) }];
    }
    let mut all = Vec::with_capacity(rule.spans.len() + 1);
    for (place, span) in rule.spans.iter().enumerate() {
        let next = rule.spans.get(place + 1).and_then(|next| minute(next.from, date, calendar));
        span.stretch(index, date, calendar, next, &mut all);
    }
    all
}

impl Span {
    fn stretch(&self, rule: u16, date: NaiveDate, calendar: &Calendar, next: Option<u16>, all: &mut Vec<Stretch>) {
        let from = minute(self.from, date, calendar);
        let until = |end: u16| next.filter(|next| *next > end).unwrap_or(open_end(end));
        let Some(start) = from else { return all.push(self.in_the_dark(rule, from)) };
        match self.end {
            End::Open => all.push(Stretch { from: start, to: until(start), mark: Mark::OpenEnd(rule) }),
            End::At(to) | End::AtOrLater(to) => {
                let Some(mut end) = minute(to, date, calendar) else { return all.push(self.in_the_dark(rule, from)) };
                if end <= start {
                    end += DAY;
                }
                if matches!(self.end, End::AtOrLater(_)) {
                    all.push(Stretch { from: end, to: until(end), mark: Mark::OpenEnd(rule) });
                }
                all.push(Stretch { from: start, to: end, mark: Mark::Rule(rule) });
            }
        }
    }

    /// Where the sun's times are not known: from the time that is, or the whole day.
    fn in_the_dark(&self, rule: u16, from: Option<u16>) -> Stretch {
        let to = match self.end {
            End::At(Time::At(to)) => to,
            _ => DAY,
        };
        Stretch { from: from.unwrap_or(0), to, mark: Mark::Sun(rule) }
    }
}

/// A time as minutes after midnight; nothing for the sun's where the place is not known or the sun does not do it.
fn minute(time: Time, date: NaiveDate, calendar: &Calendar) -> Option<u16> {
    match time {
        Time::At(minutes) => Some(minutes),
        Time::Sun { event, later } => {
            let minutes = i32::from(calendar.sun(date, event)?) + later;
            u16::try_from(minutes.rem_euclid(i32::from(DAY))).ok()
        }
    }
}
