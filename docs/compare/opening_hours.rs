//! What Yimi makes of opening hours, line by line, for `docs/compare/opening_hours.mjs`: in comes `{expression, from, to,
//! public, school, lat, lon, zone}` as JSON, out goes `{read, changes}`, each change a local minute and what begins with it.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use serde::Deserialize;
use std::io::{BufRead, Write};
use yimi::site::hours::{Calendar, Hours, Kind};

#[derive(Deserialize)]
struct Case {
    expression: String,
    from: NaiveDateTime,
    to: NaiveDateTime,
    public: Vec<NaiveDate>,
    school: Vec<NaiveDate>,
    lat: Option<f64>,
    lon: Option<f64>,
    zone: String,
}

fn changes(hours: &Hours, case: &Case, calendar: &Calendar) -> Vec<(NaiveDateTime, &'static str)> {
    let mut changes: Vec<(NaiveDateTime, &'static str)> = Vec::new();
    let mut date = case.from.date();
    while date <= case.to.date() {
        let midnight = date.and_hms_opt(0, 0, 0).expect("midnight");
        for piece in hours.day(date, calendar) {
            let kind = match piece.kind {
                Kind::Open => "open",
                Kind::Closed => "closed",
                Kind::Unknown => "unknown",
            };
            let at = (midnight + TimeDelta::minutes(piece.from.into())).max(case.from);
            if midnight + TimeDelta::minutes(piece.to.into()) > case.from
                && at < case.to
                && changes.last().is_none_or(|(_, last)| *last != kind)
            {
                changes.push((at, kind));
            }
        }
        date = date.checked_add_days(Days::new(1)).expect("a day after");
    }
    changes
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let case: Case = serde_json::from_str(&line?)?;
        let calendar = Calendar::of_days(&case.public, &case.school, case.lat.zip(case.lon))
            .in_zone(case.zone.parse().expect("a time zone"));
        let hours = Hours::read(&case.expression);
        let reason = Hours::check(&case.expression).err().map(|reason| reason.to_string());
        let changes = changes(&hours, &case, &calendar);
        let answer = serde_json::json!({ "read": hours.is_read(), "reason": reason, "changes": changes });
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
