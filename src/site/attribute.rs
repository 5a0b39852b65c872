//! What is known of a site beside its name and place: typed attributes, as the catalogue defines them.

use super::hours::Hours;
use crate::text::{Words, fold, has_control};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// An attribute's place in the catalogue's table.
pub type AttributeIndex = u16;

/// One of the values that a choice allows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is stored and sent.
    pub id: String,
    /// What people read.
    pub name: Words,
}

/// The type of an attribute and its limits.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// Free text of at most so many characters.
    Text {
        /// The limit.
        max_chars: usize,
    },
    /// A whole number within limits.
    Integer {
        /// Smallest allowed.
        min: i64,
        /// Largest allowed.
        max: i64,
    },
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// Hours in OSM `opening_hours` syntax.
    Hours,
    /// A telephone number that the public may call.
    Phone,
    /// One of a list.
    Choice(Vec<Choice>),
}

/// An attribute as the catalogue defines it.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// The word for it in files, on the wire and in the database.
    pub id: String,
    /// What people read.
    pub name: Words,
    /// Its type.
    pub of_type: Type,
    /// Further column headings that carry it.
    pub headings: Vec<String>,
    /// The OSM key that carries it.
    pub osm: Option<String>,
}

/// A value that fits its attribute.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// Text, hours and telephone numbers.
    Text(Box<str>),
    /// A whole number.
    Integer(i64),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(NaiveDate),
    /// The place in the attribute's list of choices.
    Choice(u16),
}

impl Type {
    /// The word for the type in the catalogue and on the wire.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Integer { .. } => "integer",
            Self::Bool => "bool",
            Self::Date => "date",
            Self::Hours => "hours",
            Self::Phone => "phone",
            Self::Choice(_) => "choice",
        }
    }

    /// Reads a cell that is not empty; the error says what was wanted.
    pub fn read(&self, cell: &str) -> Result<Value, Words> {
        match self {
            Self::Text { max_chars } => read_text(cell, *max_chars),
            Self::Integer { min, max } => read_integer(cell, *min, *max),
            Self::Bool => read_bool(cell),
            Self::Date => read_date(cell),
            Self::Hours => read_hours(cell),
            Self::Phone => read_phone(cell),
            Self::Choice(choices) => read_choice(cell, choices),
        }
    }
}

fn read_text(cell: &str, max_chars: usize) -> Result<Value, Words> {
    if has_control(cell) {
        return Err(Words::fixed("不含控制字符的文字", "text without control characters"));
    }
    if cell.chars().count() > max_chars {
        return Err(Words::new(format!("最多 {max_chars} 个字"), format!("at most {max_chars} characters")));
    }
    Ok(Value::Text(cell.into()))
}

fn read_integer(cell: &str, min: i64, max: i64) -> Result<Value, Words> {
    let wanted = || Words::new(format!("{min} 到 {max} 的整数"), format!("a whole number from {min} to {max}"));
    let folded = fold(cell).replace(',', "");
    // spreadsheets hand on whole numbers as 60.0
    let digits = folded.strip_suffix(".0").unwrap_or(&folded);
    match digits.parse::<i64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(Value::Integer(number)),
        Ok(_) | Err(_) => Err(wanted()),
    }
}

fn read_bool(cell: &str) -> Result<Value, Words> {
    match fold(cell).as_str() {
        "是" | "有" | "对" | "yes" | "true" | "1" | "y" | "√" | "✓" => Ok(Value::Bool(true)),
        "否" | "无" | "没有" | "no" | "false" | "0" | "n" | "×" => Ok(Value::Bool(false)),
        _ => Err(Words::fixed("是 或 否", "yes or no")),
    }
}

fn read_date(cell: &str) -> Result<Value, Words> {
    let folded = fold(cell).replace(['年', '月', '/', '.'], "-").replace('日', "");
    let day = folded.split([' ', 't']).next().unwrap_or_default();
    NaiveDate::parse_from_str(day, "%Y-%m-%d")
        .ok()
        .filter(|date| (1900..=2200).contains(&chrono::Datelike::year(date)))
        .map(Value::Date)
        .ok_or(Words::fixed("日期，如 2025-12-31", "a date such as 2025-12-31"))
}

fn read_hours(cell: &str) -> Result<Value, Words> {
    let wanted = Words::fixed(
        "OSM opening_hours 写法，如 Mo-Fr 08:00-18:00; PH off",
        "hours in OSM opening_hours syntax, such as Mo-Fr 08:00-18:00; PH off",
    );
    if has_control(cell) {
        return Err(wanted);
    }
    match Hours::check(cell) {
        Ok(()) => Ok(Value::Text(cell.into())),
        Err(reason) => {
            tracing::debug!(%reason, "opening hours refused");
            Err(wanted)
        }
    }
}

fn read_phone(cell: &str) -> Result<Value, Words> {
    let folded = fold(cell);
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    let plain = folded.chars().all(|c| c.is_ascii_digit() || " +-()/;,转".contains(c));
    if plain && (3..=40).contains(&digits) && folded.chars().count() <= 60 {
        Ok(Value::Text(folded.into()))
    } else {
        Err(Words::fixed("电话号码，如 0635-1234567", "a telephone number such as 0635-1234567"))
    }
}

fn read_choice(cell: &str, choices: &[Choice]) -> Result<Value, Words> {
    let folded = fold(cell);
    let matches = |choice: &Choice| [&*choice.id, &choice.name.zh, &choice.name.en].iter().any(|n| fold(n) == folded);
    match choices.iter().position(matches) {
        Some(place) => Ok(Value::Choice(place as u16)),
        None => Err(Words::new(
            format!("以下之一：{}", choices.iter().map(|c| &*c.name.zh).collect::<Vec<_>>().join("、")),
            format!("one of {}", choices.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(", ")),
        )),
    }
}

impl Value {
    /// The value as it is stored and sent: choices by their id, days as `2025-12-31`.
    #[must_use]
    pub fn to_json(&self, attribute: &Attribute) -> serde_json::Value {
        match self {
            Self::Text(text) => text.as_ref().into(),
            Self::Integer(number) => (*number).into(),
            Self::Bool(yes) => (*yes).into(),
            Self::Date(date) => date.to_string().into(),
            Self::Choice(place) => attribute.choice_id(*place).into(),
        }
    }
}

impl Attribute {
    /// The id of the choice at `place`; empty when there is none, which a parsed value never has.
    #[must_use]
    pub fn choice_id(&self, place: u16) -> &str {
        match &self.of_type {
            Type::Choice(choices) => choices.get(usize::from(place)).map_or("", |choice| &choice.id),
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_people_write_them() {
        assert_eq!(Type::Bool.read(" 是 "), Ok(Value::Bool(true)));
        assert_eq!(Type::Integer { min: 0, max: 900 }.read("６０.0"), Ok(Value::Integer(60)));
        let day = NaiveDate::from_ymd_opt(2025, 12, 31).expect("a day");
        for written in ["2025-12-31", "2025/12/31", "2025年12月31日", "2025-12-31 00:00:00", "2025.12.31"] {
            assert_eq!(Type::Date.read(written), Ok(Value::Date(day)), "{written}");
        }
        assert!(Type::Hours.read("Mo-Fr 08:00-18:00; PH off").is_ok());
        assert!(Type::Phone.read("0635-3287000").is_ok());
    }

    #[test]
    fn what_does_not_fit_is_refused_with_what_was_wanted() {
        assert!(Type::Hours.read("早八点到晚六点").expect_err("free text").en.contains("opening_hours"));
        assert!(Type::Hours.read(&"Mo 08:00-09:00; ".repeat(100)).is_err());
        assert!(Type::Date.read("2025-02-30").is_err() && Type::Date.read("31/12/25").is_err());
        assert!(Type::Integer { min: 0, max: 18 }.read("19").expect_err("too old").en.contains("0 to 18"));
        assert!(Type::Text { max_chars: 3 }.read("四个字了").is_err());
        assert!(Type::Text { max_chars: 30 }.read("a\u{0}b").is_err());
        assert!(Type::Phone.read("<script>").is_err());
    }
}
