//! Hours against the reference implementation, then what it knows nothing of: days worked in exchange, years that nobody
//! announced, school holidays that nobody confirmed.

use super::{Calendar, Change, Fact, Hours, HoursBook, Kind, OpenNow, State, Unsure};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use proptest::prelude::*;
use std::path::Path;

const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/opening_hours.tsv"));
const CALENDAR: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/calendar.toml"));

fn calendar() -> Calendar {
    Calendar::parse(Path::new("calendar.toml"), CALENDAR).expect("the calendar that comes with Yimi")
}

fn time(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn kind(hours: &str, at: &str) -> Kind {
    Hours::read(hours).kind(time(at), &calendar())
}

fn state(hours: &str, at: &str) -> State {
    Hours::read(hours).state(time(at), &calendar())
}

/// What the reference reads and we leave as it is written: no minutes, two readings, words, a rule with nothing in it.
const LEFT_AS_WRITTEN: &[&str] = &[
    "Mo-Fr 8-18",
    "Mo-Fr 8am-6pm",
    "Mo-Fr 08.00-18.00",
    "Mo-Fr 8:00-5:00",
    "08:00-18:00 except holidays",
    "by appointment",
    "Mo-Fr 08:00-18:00 ||",
    "; Mo-Fr 08:00-18:00",
];
/// What we read and the reference refuses: it knows no English month in full.
const READ_BEYOND: &[&str] = &["January-March 09:00-16:00"];
/// The reference loses the day before the first Saturday in some months; the specification does not.
const OTHERWISE: &[&str] = &["Sa[1] -1 day 14:00-16:00"];

struct Table {
    calendar: Calendar,
    rows: Vec<(&'static str, &'static str)>,
}

fn table() -> Table {
    let days = |name: &str| -> Vec<NaiveDate> {
        let line = TABLE.lines().find_map(|line| line.strip_prefix(&format!("# {name}\t"))).expect("a line of days");
        line.split(' ').map(date).collect()
    };
    let rows =
        TABLE.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_once('\t').expect("two parts"));
    let place = Some((36.33, 116.25));
    Table { calendar: Calendar::of_days(&days("public"), &days("school"), place), rows: rows.collect() }
}

/// Ours in the table's letters.
fn letters(hours: &Hours, calendar: &Calendar, moments: usize) -> String {
    let first = time("2025-01-01 00:00");
    let moment = |place: usize| first + TimeDelta::minutes(83 * 30) * i32::try_from(place).expect("few");
    let letter = |at| match hours.kind(at, calendar) {
        Kind::Open => 'o',
        Kind::Closed => 'c',
        Kind::Unknown => 'u',
    };
    (0..moments).map(|place| letter(moment(place))).collect()
}

#[test]
fn hours_mean_what_the_reference_implementation_makes_of_them() {
    let Table { calendar, rows } = table();
    assert!(rows.len() > 300);
    let mut wrong = Vec::new();
    for (expression, theirs) in rows {
        let hours = Hours::read(expression);
        let (theirs_read, left) = (theirs != "-", LEFT_AS_WRITTEN.contains(&expression));
        if hours.is_read() != ((theirs_read && !left) || READ_BEYOND.contains(&expression)) {
            wrong.push(format!("{expression}: the reference reads it: {theirs_read}, ours: {}", hours.is_read()));
        }
        if !theirs_read || !hours.is_read() || OTHERWISE.contains(&expression) {
            continue;
        }
        let ours = letters(&hours, &calendar, theirs.len());
        let differing = ours.chars().zip(theirs.chars()).filter(|(our, their)| our != their).count();
        // sunrise and sunset may lie a minute or two apart
        let sun = ["sun", "dawn", "dusk"].iter().any(|event| expression.contains(event));
        if differing > if sun { 4 } else { 0 } {
            wrong.push(format!("{expression}: {differing} of {} moments", theirs.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_cant_be_read_is_kept_as_written_and_unknown() {
    let hours = Hours::read("周一至周五 8:00-18:00");
    assert_eq!(hours.written(), "周一至周五 8:00-18:00");
    assert!(!hours.is_read() && hours.week(date("2026-03-02"), &calendar()).is_none());
    let state = hours.state(time("2026-03-02 10:00"), &calendar());
    assert_eq!(state, State::Unknown { why: Unsure::Unreadable, until: None, comment: None });
    for empty in ["", " ", ";", "||", ",", "\"\"", "Mo-Fr 08:00-18:00 Tu 09:00-10:00"] {
        assert!(!Hours::read(empty).is_read(), "{empty:?}");
    }
    assert!(!Hours::read(&"Mo 08:00-12:00; ".repeat(40)).is_read(), "longer than anybody's hours");
}

#[test]
fn a_person_is_told_where_a_text_stops_being_hours() {
    let reason = Hours::check("Mo-Fr 08:00-18:00 周末休息").expect_err("words");
    assert!(reason.to_string().starts_with("character 18"), "{reason}");
    assert!(Hours::check("Mo-Fr 08:60-18:00").expect_err("minutes").to_string().contains("wanted minutes"));
    assert_eq!(Hours::check("Mo-Fr 08:00-18:00; PH off"), Ok(()));
}

#[test]
fn signs_of_a_chinese_keyboard_are_the_same_signs() {
    let plain = Hours::read("Mo-Fr 08:00-12:00,14:00-17:30; Sa 09:00-12:00 \"须预约\"");
    let typed = Hours::read("Mo－Fr　08：00～12：00，14：00—17：30；Sa 09：00–12：00 “须预约”");
    for at in ["2026-03-02 09:00", "2026-03-02 12:30", "2026-03-07 10:00", "2026-03-08 10:00"] {
        assert_eq!(typed.state(time(at), &calendar()), plain.state(time(at), &calendar()), "{at}");
    }
}

#[test]
fn all_days_off_of_the_notice_are_public_holidays() {
    let hours = "Mo-Su 08:00-18:00; PH off";
    // 2026: 15 to 23 February, weekends among them; 5 April; 1 to 7 October
    for off in ["2026-02-15", "2026-02-18", "2026-02-22", "2026-02-23", "2026-04-05", "2026-10-02", "2026-10-07"] {
        assert_eq!(kind(hours, &format!("{off} 10:00")), Kind::Closed, "{off}");
    }
    for day in ["2026-02-24", "2026-04-07", "2026-10-08"] {
        assert_eq!(kind(hours, &format!("{day} 10:00")), Kind::Open, "{day}");
    }
}

#[test]
fn a_weekend_day_that_is_worked_keeps_the_hours_of_its_weekday() {
    // Sunday 4 January 2026 is worked for Friday 2 January
    assert_eq!(calendar().worked_as(date("2026-01-04")), Some(Weekday::Fri));
    assert_eq!(kind("Mo-Fr 08:00-18:00; PH off", "2026-01-04 10:00"), Kind::Open);
    assert_eq!(kind("Mo-Fr 08:00-18:00; PH off", "2026-01-11 10:00"), Kind::Closed);
    let library = "Mo-Fr 16:00-20:00; Sa,Su 09:00-20:00";
    assert_eq!(kind(library, "2026-01-04 10:00"), Kind::Closed);
    assert_eq!(kind(library, "2026-01-04 17:00"), Kind::Open);
    assert_eq!(kind("Mo-Th 08:00-18:00; Fr 08:00-12:00", "2026-01-04 15:00"), Kind::Closed);
}

#[test]
fn hours_that_name_the_date_itself_stay_on_a_worked_day() {
    assert_eq!(kind("2026 Jan 4 10:00-12:00", "2026-01-04 11:00"), Kind::Open);
    assert_eq!(kind("Mo-Fr 08:00-18:00; Jan 4 off", "2026-01-04 11:00"), Kind::Closed);
    assert_eq!(kind("Su[1] 10:00-12:00", "2026-01-04 11:00"), Kind::Open);
    assert_eq!(kind("24/7", "2026-01-04 03:00"), Kind::Open);
}

#[test]
fn nobody_knows_whether_a_place_rests_when_a_weekend_is_worked_as_its_day_of_rest() {
    // Saturday 28 February 2026 is worked for Monday the 23rd, and the library rests on Mondays
    let unknown = state("Tu-Su 09:00-17:00", "2026-02-28 10:00");
    let until = Some(time("2026-02-28 17:00"));
    assert_eq!(unknown, State::Unknown { why: Unsure::WorkedDay, until, comment: None });
    assert_eq!(kind("Tu-Su 09:00-17:00", "2026-02-28 18:00"), Kind::Closed);
    assert_eq!(kind("Sa,Su 09:00-17:00", "2026-02-28 10:00"), Kind::Unknown);
    // the tail of a Friday night is not the day's own
    assert_eq!(kind("Fr 22:00-02:00", "2026-02-28 01:00"), Kind::Open);
}

#[test]
fn a_year_without_a_notice_is_unknown_only_where_it_matters() {
    let hours = "Mo-Fr 08:00-18:00; PH off";
    assert_eq!(calendar().public_holiday(date("2027-03-01")), Fact::Unsure);
    assert!(matches!(
        state(hours, "2027-03-01 10:00"),
        State::Unknown { why: Unsure::PublicHolidays, until: Some(until), .. } if until == time("2027-03-01 18:00")
    ));
    assert_eq!(kind(hours, "2027-03-01 20:00"), Kind::Closed);
    assert_eq!(kind(hours, "2027-03-06 10:00"), Kind::Closed);
    assert_eq!(kind("Mo-Fr 08:00-18:00", "2027-03-01 10:00"), Kind::Open);
    assert_eq!(kind("Tu-Su,PH 09:00-17:00", "2027-03-02 10:00"), Kind::Open);
}

#[test]
fn school_holidays_that_nobody_confirmed_are_unknown_where_it_matters() {
    let hours = "Mo-Fr 16:30-18:30; SH Mo-Fr 08:00-18:30";
    assert!(matches!(state(hours, "2026-07-15 10:00"), State::Unknown { why: Unsure::SchoolHolidays, .. }));
    assert_eq!(kind(hours, "2026-07-15 17:00"), Kind::Open);
    assert_eq!(kind(hours, "2026-07-18 10:00"), Kind::Closed);
    assert_eq!(kind(hours, "2026-05-13 10:00"), Kind::Closed);
    assert_eq!(kind("Mo-Fr 08:00-17:00", "2026-07-15 10:00"), Kind::Open);
    let confirmed = CALENDAR.replace("confirmed = false", "confirmed = true");
    let confirmed = Calendar::parse(Path::new("calendar.toml"), &confirmed).expect("a calendar");
    assert_eq!(Hours::read(hours).kind(time("2026-07-15 10:00"), &confirmed), Kind::Open);
}

#[test]
fn a_state_says_until_when_and_whether_that_is_soon() {
    let open = |at: &str, soon: bool, comment: Option<&str>| State::Open {
        until: Some(Change { at: time(at), sure: true }),
        closes_soon: soon,
        comment: comment.map(Into::into),
    };
    let hours = "Mo-Fr 08:00-17:00; Sa 09:00-12:00 open \"凭证\"";
    assert_eq!(state(hours, "2026-03-02 16:29"), open("2026-03-02 17:00", false, None));
    assert_eq!(state(hours, "2026-03-02 16:30"), open("2026-03-02 17:00", true, None));
    assert_eq!(state(hours, "2026-03-07 10:00"), open("2026-03-07 12:00", false, Some("凭证")));
    let closed = |at: &str| State::Closed { opens: Some(Change { at: time(at), sure: true }), comment: None };
    assert_eq!(state(hours, "2026-03-02 17:00"), closed("2026-03-03 08:00"));
    assert_eq!(state(hours, "2026-03-07 12:00"), closed("2026-03-09 08:00"));
    assert_eq!(state("18:00-02:00", "2026-03-02 23:59"), open("2026-03-03 02:00", false, None));
    assert_eq!(state("24/7", "2026-03-02 23:59"), State::Open { until: None, closes_soon: false, comment: None });
    assert_eq!(state("off", "2026-03-02 12:00"), State::Closed { opens: None, comment: None });
    // more than a fortnight away
    assert_eq!(state("Jun 1 09:00-12:00", "2026-05-10 12:00"), State::Closed { opens: None, comment: None });
    assert_eq!(state("Jun 1 09:00-12:00", "2026-05-20 12:00"), closed("2026-06-01 09:00"));
}

#[test]
fn what_comes_after_may_be_unsure() {
    let until = Some(Change { at: time("2026-03-02 14:00"), sure: false });
    assert_eq!(state("10:00-14:00+", "2026-03-02 13:50"), State::Open { until, closes_soon: false, comment: None });
    let opens = Some(Change { at: time("2027-01-04 08:00"), sure: false });
    assert_eq!(state("Mo-Fr 08:00-18:00; PH off", "2027-01-03 12:00"), State::Closed { opens, comment: None });
    let appointment = state("Mo-Fr 09:00-17:00 || \"电话预约\"", "2026-03-07 10:00");
    assert!(
        matches!(appointment, State::Unknown { why: Unsure::Said, comment: Some(words), .. } if &*words == "电话预约")
    );
}

#[test]
fn without_a_place_to_watch_it_from_the_sun_is_unknown() {
    let nowhere = Calendar::of_days(&[], &[], None);
    let hours = Hours::read("08:00-sunset");
    assert_eq!(hours.kind(time("2026-03-02 07:00"), &nowhere), Kind::Closed);
    assert_eq!(hours.kind(time("2026-03-02 10:00"), &nowhere), Kind::Unknown);
    assert_eq!(hours.kind(time("2026-03-02 10:00"), &calendar()), Kind::Open);
    // 北京 time at 116.25° E, 36.33° N: the sun sets at about 18:10 on 2 March
    assert_eq!(hours.kind(time("2026-03-02 18:00"), &calendar()), Kind::Open);
    assert_eq!(hours.kind(time("2026-03-02 18:20"), &calendar()), Kind::Closed);
}

#[test]
fn a_week_table_has_a_row_for_each_day_and_says_what_is_special() {
    let calendar = calendar();
    let hours = Hours::read("Mo-Fr 08:00-12:00,14:00-18:00; Sa 20:00-02:00; PH off \"放假\"");
    let week = hours.week(date("2026-02-23"), &calendar).expect("hours that read");
    let spans = |row: usize| week.days[row].spans.iter().map(|span| (span.from, span.to)).collect::<Vec<_>>();
    assert_eq!((week.days.len(), week.names_public_holidays, week.names_school_holidays), (7, true, false));
    // Monday is the last day of Spring Festival
    assert_eq!(spans(0), []);
    assert_eq!(week.days[0].closed_comment.as_deref(), Some("放假"));
    assert_eq!(week.days[0].notes.holiday.map(|name| &*name.zh), Some("春节"));
    assert_eq!(spans(1), [(480, 720), (840, 1080)]);
    // Saturday is worked as that Monday, so that its own evening is gone
    assert_eq!(week.days[5].notes.worked_as, Some(Weekday::Mon));
    assert_eq!(spans(5), [(480, 720), (840, 1080)]);
    let next = hours.week(date("2026-03-02"), &calendar).expect("hours that read");
    let evening: Vec<_> = next.days[5].spans.iter().map(|span| (span.from, span.to)).collect();
    assert_eq!(evening, [(1200, 1560)], "what runs over midnight stands where it begins");
    assert!(next.days[6].spans.is_empty());
    let always = Hours::read("24/7").week(date("2026-03-02"), &calendar).expect("hours that read");
    assert!(always.days.iter().all(|day| day.spans.len() == 1 && (day.spans[0].from, day.spans[0].to) == (0, 1440)));
}

#[test]
fn a_filter_asks_each_text_once_a_minute() {
    let mut book = HoursBook::default();
    let day = book.intern("Mo-Fr 08:00-17:00");
    assert_eq!(book.intern("Mo-Fr 08:00-17:00"), day);
    let now = OpenNow::default();
    let calendar = calendar();
    let at = time("2026-03-02 10:00");
    assert_eq!(now.at(at, &book, &calendar).of(day), Kind::Open);
    // a text that came later is answered too, within the same minute
    let night = book.intern("20:00-23:00");
    assert_eq!(now.at(at + TimeDelta::seconds(30), &book, &calendar).of(night), Kind::Closed);
    assert_eq!(now.at(time("2026-03-02 20:00"), &book, &calendar).of(night), Kind::Open);
    assert_eq!((book.len(), book.hours(night).written()), (2, "20:00-23:00"));
}

#[test]
fn a_calendar_is_refused_with_the_line_of_its_mistake() {
    let refused = |from: &str, to: &str, reason: &str| {
        assert!(CALENDAR.contains(from), "{from} stands in the calendar");
        let error = Calendar::parse(Path::new("calendar.toml"), &CALENDAR.replacen(from, to, 1)).expect_err(to);
        assert!(error.to_string().contains(reason) && error.to_string().contains("line "), "{error}");
    };
    refused("Asia/Shanghai", "Asia/Donge", "time zone");
    refused("lat = 36.33", "lat = 96.33", "no place");
    refused("year = 2026", "year = 2025", "twice");
    refused("from = \"2025-01-28\", to = \"2025-02-04\"", "from = \"2025-01-28\", to = \"2025-01-04\"", "after");
    refused("from = \"2025-01-28\"", "from = \"2024-01-28\"", "not in 2025");
    refused("date = \"2025-01-26\"", "date = \"2025-01-27\"", "not a weekend");
    refused("stands_for = \"2025-02-03\"", "stands_for = \"2025-02-10\"", "in exchange");
    refused("to = \"2025-09-01\"", "to = \"2025-13-01\"", "");
    refused("to = \"2026-03-08\"", "to = \"2027-03-08\"", "longer");
}

#[test]
fn the_clock_on_the_wall_is_the_countys() {
    let instant = "2026-03-01T16:30:00Z".parse().expect("an instant");
    assert_eq!(calendar().local(instant), time("2026-03-02 00:30"));
    assert_eq!(calendar().zone(), "Asia/Shanghai");
}

proptest! {
    /// The pieces of a day leave no gap, and a state agrees with what the next one says of it.
    #[test]
    fn days_are_whole_and_changes_are_changes(row in 0_usize..300, minutes in 0_i64..1_051_200) {
        let rows = table().rows;
        let hours = Hours::read(rows[row % rows.len()].0);
        let calendar = calendar();
        let at = time("2025-06-01 00:00") + TimeDelta::minutes(minutes);
        let pieces = hours.day(at.date(), &calendar);
        let mut reached = 0;
        for piece in &pieces {
            prop_assert!(piece.from == reached && piece.to > piece.from);
            reached = piece.to;
        }
        prop_assert_eq!(reached, 1440);
        let kind = hours.kind(at, &calendar);
        let change = match hours.state(at, &calendar) {
            State::Open { until, .. } => until.map(|change| change.at),
            State::Closed { opens, .. } => opens.map(|change| change.at),
            State::Unknown { until, .. } => until,
        };
        if let Some(change) = change {
            prop_assert!(change > at);
            prop_assert_eq!(hours.kind(change - TimeDelta::minutes(1), &calendar), kind);
            prop_assert_ne!(hours.kind(change, &calendar), kind);
        }
    }

    /// Whatever somebody writes, reading it neither fails nor takes long.
    #[test]
    fn any_text_is_read_or_kept(text in "[MoTuSa0-9:;,|+\\-\"() PHSHweekJanoff/\\[\\]周]{0,60}") {
        let hours = Hours::read(&text);
        prop_assert_eq!(hours.written(), text.as_str());
        let _ = hours.state(time("2026-03-02 10:00"), &calendar());
    }
}
