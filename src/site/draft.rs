//! From cells to a site: what is right passes, and each wrong cell is named with what was found and what was wanted.

use super::attribute::{AttributeIndex, Type, Value};
use super::catalogue::{Catalogue, KindIndex, Visibility};
use super::record::Attributes;
use crate::geo::{Datum, LonLat};
use crate::text::{Words, fold, has_control};
use std::sync::Arc;

/// The longest name, in characters.
const NAME_MAX_CHARS: usize = 120;
/// The longest key, in characters.
const KEY_MAX_CHARS: usize = 120;
/// How much of a wrong cell is shown, in characters.
const FOUND_MAX_CHARS: usize = 60;
/// Stands for what a row of an aggregate kind says.
const HIDDEN: &str = "(…)";

/// What a cell is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The row's own number or code in the sender's books.
    Key,
    /// Who the row comes from.
    Source,
    /// The key under which that source knows it; stands in exports.
    SourceKey,
    /// The kind, by id or name.
    Kind,
    /// The name.
    Name,
    /// Degrees east, in the row's datum.
    Lon,
    /// Degrees north, in the row's datum.
    Lat,
    /// The datum of the two.
    Datum,
    /// An attribute of the catalogue.
    Attribute(AttributeIndex),
}

/// One cell that is not empty.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What it is about.
    pub field: Field,
    /// The heading over it, as written.
    pub column: Arc<str>,
    /// What it says.
    pub value: String,
}

/// A row or feature before it is checked.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The line of a text file, the row of a sheet, the number of a feature; from 1.
    pub line: u64,
    /// Its cells, in no order.
    pub cells: Vec<Cell>,
}

/// What holds for every row of a file.
#[derive(Debug, Clone, Default)]
pub struct Habit {
    /// The kind of rows that do not say theirs.
    pub kind: Option<KindIndex>,
    /// The datum of rows that do not say theirs.
    pub datum: Option<Datum>,
    /// Volunteers' data: an attribute that does not fit is left out (hours are kept as written) instead of refusing the row.
    pub lenient: bool,
}

/// One wrong cell.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct DraftProblem {
    /// The line of a text file, the row of a sheet, the number of a feature; from 1.
    pub line: u64,
    /// The heading over it.
    pub column: String,
    /// What it says, shortened.
    pub found: String,
    /// What it should say.
    pub wanted: Words,
}

/// A row that is right.
#[derive(Debug, Clone)]
pub struct ParsedSite {
    /// Where it came from in the file.
    pub line: u64,
    /// Its kind.
    pub kind: KindIndex,
    /// Where it is.
    pub at: LonLat,
    /// The two degrees as the file gave them, before the datum was changed.
    pub as_written: LonLat,
    /// Its name.
    pub name: Box<str>,
    /// What else is known.
    pub attributes: Attributes,
    /// The row's own key.
    pub key: Option<String>,
    /// Who it comes from, when the row says so.
    pub source: Option<String>,
    /// The source's key, when the row says so.
    pub source_key: Option<String>,
}

/// Checks a draft against the catalogue. All its wrong cells are told at once.
pub fn parse(catalogue: &Catalogue, habit: &Habit, draft: &Draft) -> Result<ParsedSite, Vec<DraftProblem>> {
    let mut row = Row { draft, problems: Vec::new() };
    let kind = row.kind(catalogue, habit);
    let name = row.name();
    let position = row.position(habit);
    let [key, source, source_key] = [Field::Key, Field::Source, Field::SourceKey].map(|field| row.key(field));
    let attributes = kind.map(|kind| row.attributes(catalogue, kind, habit.lenient)).unwrap_or_default();
    match (kind, name, position, row.problems.is_empty()) {
        (Some(kind), Some(name), Some((as_written, at)), true) => {
            Ok(ParsedSite { line: draft.line, kind, at, as_written, name, attributes, key, source, source_key })
        }
        (kind, ..) => Err(hide(catalogue, kind, row.problems)),
    }
}

/// What a row of an aggregate kind says is not repeated to a screen or a log, not even where it is wrong.
fn hide(catalogue: &Catalogue, kind: Option<KindIndex>, mut problems: Vec<DraftProblem>) -> Vec<DraftProblem> {
    if kind.is_some_and(|kind| catalogue.kind(kind).visibility == Visibility::Aggregate) {
        for problem in &mut problems {
            HIDDEN.clone_into(&mut problem.found);
        }
    }
    problems
}

struct Row<'a> {
    draft: &'a Draft,
    problems: Vec<DraftProblem>,
}

impl<'a> Row<'a> {
    fn cell(&self, field: Field) -> Option<&'a Cell> {
        self.draft.cells.iter().find(|cell| cell.field == field)
    }

    fn refuse(&mut self, column: &str, found: &str, wanted: Words) {
        let mut shown: String = found.chars().filter(|c| !c.is_control()).take(FOUND_MAX_CHARS).collect();
        if found.chars().count() > FOUND_MAX_CHARS {
            shown.push('…');
        }
        self.problems.push(DraftProblem { line: self.draft.line, column: column.to_owned(), found: shown, wanted });
    }

    fn kind(&mut self, catalogue: &Catalogue, habit: &Habit) -> Option<KindIndex> {
        let Some(cell) = self.cell(Field::Kind) else {
            if habit.kind.is_none() {
                self.refuse(
                    "kind",
                    "",
                    Words::fixed("场所类别(或用 --kind 指定)", "a kind of site (or --kind for the whole file)"),
                );
            }
            return habit.kind;
        };
        let kind = catalogue.kind_named(&cell.value);
        if kind.is_none() {
            let names = |f: fn(&super::Kind) -> &str| catalogue.kinds().iter().map(f).collect::<Vec<_>>();
            let zh = format!("以下类别之一：{}", names(|k| &k.name.zh).join("、"));
            let en = format!("one of the kinds {}", names(|k| &k.id).join(", "));
            self.refuse(&cell.column, &cell.value, Words::new(zh, en));
        }
        kind
    }

    fn name(&mut self) -> Option<Box<str>> {
        let wanted = || {
            let zh = format!("名称,1 到 {NAME_MAX_CHARS} 个字，不含控制字符");
            Words::new(zh, format!("a name of 1 to {NAME_MAX_CHARS} characters without control characters"))
        };
        let Some(cell) = self.cell(Field::Name) else {
            self.refuse("name", "", wanted());
            return None;
        };
        let name = cell.value.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > NAME_MAX_CHARS || has_control(&name) {
            self.refuse(&cell.column, &cell.value, wanted());
            return None;
        }
        Some(name.into())
    }

    fn key(&mut self, field: Field) -> Option<String> {
        let cell = self.cell(field)?;
        let key = cell.value.trim();
        if key.chars().count() > KEY_MAX_CHARS || has_control(key) {
            let zh = format!("最多 {KEY_MAX_CHARS} 个字，不含控制字符");
            let en = format!("at most {KEY_MAX_CHARS} characters without control characters");
            self.refuse(&cell.column, &cell.value, Words::new(zh, en));
        }
        Some(key.to_owned())
    }

    /// The degrees as written, and the position in WGS-84.
    fn position(&mut self, habit: &Habit) -> Option<(LonLat, LonLat)> {
        let lon = self.degrees(
            Field::Lon,
            "lon",
            180.0,
            Words::fixed("经度,-180 到 180 的数", "a longitude, a number from -180 to 180"),
        );
        let lat = self.degrees(
            Field::Lat,
            "lat",
            90.0,
            Words::fixed("纬度,-90 到 90 的数", "a latitude, a number from -90 to 90"),
        );
        let datum = self.datum(habit);
        let (lon, lat) = (lon?, lat?);
        if lon == 0.0 && lat == 0.0 {
            let wanted = Words::fixed("真实坐标(0,0 表示缺失)", "a real position (0,0 means that it is missing)");
            self.refuse("lon, lat", "0, 0", wanted);
            return None;
        }
        let as_written = LonLat::new(lon, lat).ok()?;
        datum.map(|datum| (as_written, datum.to_wgs84(as_written)))
    }

    fn degrees(&mut self, field: Field, heading: &str, limit: f64, wanted: Words) -> Option<f64> {
        let Some(cell) = self.cell(field) else {
            self.refuse(heading, "", wanted);
            return None;
        };
        let number = fold(&cell.value).trim_end_matches('°').replace(',', ".").parse::<f64>().ok();
        if let Some(number) = number.filter(|n| n.abs() <= limit) {
            return Some(number);
        }
        let swapped = field == Field::Lat && number.is_some_and(|n| n.abs() <= 180.0);
        let wanted = if swapped {
            Words::fixed(
                "纬度,-90 到 90 的数(经度和纬度可能写反了)",
                "a latitude, a number from -90 to 90 (longitude and latitude may be swapped)",
            )
        } else {
            wanted
        };
        self.refuse(&cell.column, &cell.value, wanted);
        None
    }

    fn datum(&mut self, habit: &Habit) -> Option<Datum> {
        let wanted =
            || Words::fixed("坐标系:wgs84、gcj02、bd09 或 cgcs2000", "a datum: wgs84, gcj02, bd09 or cgcs2000");
        let Some(cell) = self.cell(Field::Datum) else {
            if habit.datum.is_none() {
                self.refuse("crs", "", wanted());
            }
            return habit.datum;
        };
        let datum = Datum::from_name(&cell.value);
        match (datum, habit.datum) {
            (None, _) => self.refuse(&cell.column, &cell.value, wanted()),
            (Some(row), Some(file)) if row != file => {
                let zh = format!("{}(命令行 --crs 所写)", file.id());
                self.refuse(&cell.column, &cell.value, Words::new(zh, format!("{}, as --crs says", file.id())));
            }
            _ => {}
        }
        datum
    }

    fn attributes(&mut self, catalogue: &Catalogue, kind: KindIndex, lenient: bool) -> Attributes {
        let kind = catalogue.kind(kind);
        let mut values = Vec::new();
        for cell in &self.draft.cells {
            let Field::Attribute(index) = cell.field else { continue };
            let attribute = &catalogue.attributes()[usize::from(index)];
            if !kind.attributes.contains(&index) {
                if !lenient {
                    let zh = format!("留空({}没有“{}”这一项)", kind.name.zh, attribute.name.zh);
                    let en = format!("nothing: a {} has no {}", kind.id, attribute.id);
                    self.refuse(&cell.column, &cell.value, Words::new(zh, en));
                }
                continue;
            }
            match attribute.of_type.read(cell.value.trim()) {
                Ok(value) => values.push((index, value)),
                Err(_) if lenient && attribute.of_type == Type::Hours && !has_control(&cell.value) => {
                    values.push((index, Value::Text(cell.value.chars().take(255).collect::<String>().into())));
                }
                Err(_) if lenient => {}
                Err(wanted) => self.refuse(&cell.column, &cell.value, wanted),
            }
        }
        let attributes = Attributes::new(catalogue, values);
        self.ages_in_order(catalogue, &attributes);
        attributes
    }

    fn ages_in_order(&mut self, catalogue: &Catalogue, attributes: &Attributes) {
        let [min, max] =
            ["age_min", "age_max"].map(|id| catalogue.attribute(id).and_then(|index| attributes.get(index)));
        if let (Some(Value::Integer(min)), Some(Value::Integer(max))) = (min, max)
            && min > max
        {
            let wanted = Words::fixed("最小年龄不大于最大年龄", "the youngest age not above the oldest");
            self.refuse("age_min, age_max", &format!("{min}, {max}"), wanted);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn catalogue() -> Catalogue {
        Catalogue::parse(Path::new("c"), include_str!("../../data/catalogue.toml")).expect("right")
    }

    fn draft(catalogue: &Catalogue, cells: &[(&str, &str)]) -> Draft {
        let field = |name: &str| match name {
            "kind" => Field::Kind,
            "name" => Field::Name,
            "lon" => Field::Lon,
            "lat" => Field::Lat,
            "crs" => Field::Datum,
            other => Field::Attribute(catalogue.attribute(other).expect("an attribute")),
        };
        let cells = cells.iter().map(|(name, value)| Cell {
            field: field(name),
            column: (*name).into(),
            value: (*value).into(),
        });
        Draft { line: 7, cells: cells.collect() }
    }

    const RIGHT: [(&str, &str); 5] =
        [("kind", "学校"), ("name", "第一小学"), ("lon", "116.25"), ("lat", "36.33"), ("crs", "wgs84")];

    #[test]
    fn a_right_row_passes_and_a_shifted_datum_is_undone() {
        let catalogue = catalogue();
        let site = parse(&catalogue, &Habit::default(), &draft(&catalogue, &RIGHT)).expect("right");
        assert_eq!((site.at.lon(), &*site.name), (116.25, "第一小学"));
        let mut amap = RIGHT;
        amap[4].1 = "高德";
        let site = parse(&catalogue, &Habit::default(), &draft(&catalogue, &amap)).expect("right");
        assert!((crate::geo::geodesic_m(site.at, site.as_written) - 505.0).abs() < 30.0);
    }

    #[test]
    fn each_wrong_cell_is_named_with_what_was_wanted() {
        let catalogue = catalogue();
        for (field, value, wanted) in [
            ("lon", "NaN", "longitude"),
            ("lon", "181", "longitude"),
            ("lat", "inf", "latitude"),
            ("lat", "116.25", "swapped"),
            ("kind", "castle", "one of the kinds"),
            ("name", "   ", "1 to 120"),
            ("name", "a\u{7}b", "control"),
            ("crs", "beijing54", "datum"),
        ] {
            let cells: Vec<_> = RIGHT.iter().map(|(f, v)| (*f, if *f == field { value } else { v })).collect();
            let problems = parse(&catalogue, &Habit::default(), &draft(&catalogue, &cells)).expect_err(value);
            let problem =
                problems.iter().find(|p| p.column == field).unwrap_or_else(|| panic!("{field}: {problems:?}"));
            assert!(problem.line == 7 && problem.wanted.en.contains(wanted), "{problem:?}");
        }
        for missing in ["lon", "lat", "name", "kind", "crs"] {
            let cells: Vec<_> = RIGHT.into_iter().filter(|(f, _)| *f != missing).collect();
            let problems = parse(&catalogue, &Habit::default(), &draft(&catalogue, &cells)).expect_err(missing);
            assert!(problems.iter().any(|p| p.column == missing), "{missing}: {problems:?}");
        }
    }

    #[test]
    fn what_a_kind_does_not_have_and_ages_out_of_order_are_refused() {
        let catalogue = catalogue();
        let with = |extra: &[(&'static str, &'static str)]| {
            let cells: Vec<_> = RIGHT.iter().chain(extra).copied().collect();
            parse(&catalogue, &Habit::default(), &draft(&catalogue, &cells))
        };
        assert!(with(&[("setting", "library")]).expect_err("not a school's")[0].wanted.en.contains("has no setting"));
        assert!(with(&[("age_min", "12"), ("age_max", "6")]).is_err());
        assert!(with(&[("opening_hours", "早八点")]).expect_err("hours")[0].wanted.en.contains("opening_hours"));
        assert!(with(&[("stage", "小学"), ("child_friendly", "已验收")]).is_ok());
    }
}
