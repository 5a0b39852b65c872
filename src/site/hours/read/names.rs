//! The words of the syntax.

use super::super::rule::{Kind, SunEvent};
use chrono::Weekday;

pub(super) fn kind(word: &str) -> Option<Kind> {
    match word {
        "open" => Some(Kind::Open),
        "off" | "closed" => Some(Kind::Closed),
        "unknown" => Some(Kind::Unknown),
        _ => None,
    }
}

/// Whether a holiday is one of schools.
pub(super) fn holiday(word: &str) -> Option<bool> {
    match word {
        "ph" => Some(false),
        "sh" => Some(true),
        _ => None,
    }
}

pub(super) fn sun_event(word: &str) -> Option<SunEvent> {
    match word {
        "dawn" => Some(SunEvent::Dawn),
        "sunrise" => Some(SunEvent::Sunrise),
        "sunset" => Some(SunEvent::Sunset),
        "dusk" => Some(SunEvent::Dusk),
        _ => None,
    }
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    match word {
        "mo" | "mon" | "monday" => Some(Weekday::Mon),
        "tu" | "tue" | "tuesday" => Some(Weekday::Tue),
        "we" | "wed" | "wednesday" => Some(Weekday::Wed),
        "th" | "thu" | "thursday" => Some(Weekday::Thu),
        "fr" | "fri" | "friday" => Some(Weekday::Fri),
        "sa" | "sat" | "saturday" => Some(Weekday::Sat),
        "su" | "sun" | "sunday" => Some(Weekday::Sun),
        _ => None,
    }
}

pub(super) fn month(word: &str) -> Option<u32> {
    const MONTHS: &str = "january february march april may june july august september october november december";
    let found = MONTHS.split(' ').position(|name| name == word || (word.len() == 3 && name.starts_with(word)))?;
    u32::try_from(found + 1).ok()
}
