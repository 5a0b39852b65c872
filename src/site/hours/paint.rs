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
pub(super) const fn open_end(from: u16) -> u16 {
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
    if join != Join::Fallback {
        return minutes.fill(mark);
    }
    for minute in minutes.iter_mut().filter(|minute| minute.kind(rules) == Kind::Closed) {
        *minute = mark;
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
        (Time::Sun { .. }, End::Open) | (_, End::AtOrLater(_)) => true,
        (Time::At(_), End::At(Time::At(to))) => to > DAY,
        (from, End::At(to)) => wraps(from, to),
    })
}

/// Whether a span that follows the sun ends on the next day. It is asked of the usual times of the sun, so that
/// `sunrise-06:00` is short in summer and nothing in winter, not a whole day. Times of the clock were settled when they
/// were read.
fn wraps(from: Time, to: Time) -> bool {
    let usual = |time: Time| match time {
        Time::At(minutes) => i32::from(minutes),
        Time::Sun { event, later } => event.usual() + later,
    };
    usual(to) < usual(from)
}

/// What a rule's times come to on a date. A time without an end stops where a later one of its list begins: nobody
/// writes `07:00+,12:00-16:00` for a place that closes after midnight.
fn stretches(rule: &Rule, index: usize, date: NaiveDate, calendar: &Calendar) -> Vec<Stretch> {
    let number = index as u16;
    if rule.spans.is_empty() {
        return vec![Stretch { from: 0, to: DAY, mark: Mark::Rule(number) }];
    }
    let starts: Vec<u16> = rule.spans.iter().filter_map(|span| minute(span.from, date, calendar)).collect();
    let later = |end: u16| starts.iter().copied().filter(|start| *start > end).min();
    let open = |from: u16| {
        let mark = if rule.kind == Kind::Closed { Mark::Rule(number) } else { Mark::OpenEnd(number) };
        Stretch { from, to: later(from).unwrap_or(open_end(from)), mark }
    };
    let mut all = Vec::with_capacity(rule.spans.len() + 1);
    for span in &rule.spans {
        let from = minute(span.from, date, calendar);
        match (from, span.end) {
            (Some(from), End::Open) => all.push(open(from)),
            (Some(from), End::At(to) | End::AtOrLater(to)) if let Some(to) = minute(to, date, calendar) => {
                let to = to + if span.wraps() { DAY } else { 0 };
                if matches!(span.end, End::AtOrLater(_)) {
                    all.push(open(to));
                }
                all.push(Stretch { from, to: to.max(from), mark: Mark::Rule(number) });
            }
            _ => all.push(span.in_the_dark(number, from)),
        }
    }
    all
}

impl Span {
    fn wraps(&self) -> bool {
        let (End::At(to) | End::AtOrLater(to)) = self.end else { return false };
        !matches!((self.from, to), (Time::At(_), Time::At(_))) && wraps(self.from, to)
    }

    /// Where the sun's times are not known: from the time that is known to the one that is, or through the day.
    fn in_the_dark(&self, rule: u16, from: Option<u16>) -> Stretch {
        let next_day = if self.wraps() { DAY } else { 0 };
        let to = match self.end {
            End::At(Time::At(to)) => to + next_day,
            _ => DAY + next_day,
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
