//! What a column heading or a property's name means.
//!
//! Headings are compared folded (width, case, spaces) against a fixed list in both languages and against the catalogue's
//! attributes: id, both names and `headings`. A catalogue may give a word of the list another meaning, except the words
//! that Yimi itself writes (`id`, `kind`, `name`, `lon` …).
//!
//! A heading over degrees may name their datum, in brackets, before or after: 经度(GCJ-02), `lon_gcj02`, 百度经度. One
//! that names a datum which is not known (经度(北京54)) means nothing, so that its degrees are not taken for others.

use super::error::FileError;
use crate::geo::Datum;
use crate::site::{AttributeIndex, Catalogue, Field};
use crate::text::fold;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

/// Words for what every site has; the first of each is the one that Yimi writes.
const WORDS: [(Field, &[&str]); 8] = [
    (Field::Key, &["id", "编号", "编码", "代码", "code", "ref"]),
    (Field::Source, &["source", "来源"]),
    (Field::SourceKey, &["source_key"]),
    (Field::Kind, &["kind", "类别", "类型", "场所类别", "分类", "type"]),
    (Field::Name, &["name", "名称", "场所名称", "学校名称", "title"]),
    (Field::Lon, &["lon", "lng", "long", "longitude", "x", "经度"]),
    (Field::Lat, &["lat", "latitude", "y", "纬度"]),
    (Field::Datum, &["crs", "datum", "坐标系", "坐标系统", "coord_type"]),
];
/// Columns that only count rows.
const COUNTERS: [&str; 3] = ["序号", "no.", "#"];
/// Remarks in brackets that change nothing.
const REMARKS: [&str; 10] = ["必填", "选填", "可选", "required", "optional", "岁", "人", "个", "文字", "text"];
/// Remarks about degrees that change nothing.
const DEGREES: [&str; 11] =
    ["度", "°", "十进制", "十进制度", "东经", "北纬", "e", "n", "degrees", "decimal_degrees", "dd"];

/// The words under which columns are known.
#[derive(Debug, Clone)]
pub(super) struct Vocabulary {
    words: HashMap<String, Field>,
    own: HashSet<String>,
    /// How many known fields make a row of headings.
    least: usize,
}

/// What one heading means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A cell of a site.
    Field(Field),
    /// A degree in a datum that the heading names.
    Degrees(Field, Datum),
    /// Nothing to say: an empty heading, a row counter.
    Nothing,
    /// Not known.
    Unknown,
}

/// A column whose meaning is known.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// What its cells are about.
    pub field: Field,
    /// The heading, as written.
    pub heading: Arc<str>,
}

/// The columns of a table, by place.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    by_place: Vec<Option<Column>>,
    unknown: Vec<String>,
    datum: Option<Datum>,
}

impl Vocabulary {
    /// The fixed words and those of the catalogue.
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let mut words = HashMap::new();
        for (field, all) in WORDS {
            words.extend(all.iter().map(|word| (plain(word), field)));
        }
        for (index, attribute) in catalogue.attributes().iter().enumerate().rev() {
            let named = [&*attribute.id, &attribute.name.zh, &attribute.name.en];
            let all = named.into_iter().chain(attribute.headings.iter().map(String::as_str));
            words.extend(all.filter(|word| !word.is_empty()).map(|word| (plain(word), attribute_field(index))));
        }
        words.extend(WORDS.iter().map(|(field, all)| (plain(all[0]), *field)));
        let ids = catalogue.attributes().iter().map(|attribute| attribute.id.clone());
        let own = WORDS.iter().map(|(_, words)| words[0].to_owned()).chain(ids).collect();
        Self { words, own, least: 2 }
    }

    /// The fixed words alone, for tables that are not of sites.
    pub(super) fn plain() -> Self {
        let words = WORDS.iter().flat_map(|(field, all)| all.iter().map(|word| (plain(word), *field)));
        Self { words: words.collect(), own: HashSet::new(), least: 2 }
    }

    /// The same for lists of names, where one known heading is enough.
    pub(super) fn of_names(self) -> Self {
        Self { least: 1, ..self }
    }

    /// What `heading` means.
    pub(super) fn meaning(&self, heading: &str) -> Meaning {
        let heading = plain(heading);
        if heading.is_empty() || COUNTERS.contains(&heading.as_str()) {
            return Meaning::Nothing;
        }
        if let Some(field) = self.words.get(&heading) {
            return Meaning::Field(*field);
        }
        if let Some((word, remark)) = heading.strip_suffix(')').and_then(|open| open.rsplit_once('('))
            && let Some(field) = self.words.get(word.trim_end_matches('_'))
        {
            let degrees = matches!(field, Field::Lon | Field::Lat);
            return match datum(remark).filter(|_| degrees) {
                Some(datum) => Meaning::Degrees(*field, datum),
                None if REMARKS.contains(&remark) || degrees && DEGREES.contains(&remark) => Meaning::Field(*field),
                None => Meaning::Unknown,
            };
        }
        beside_datum(&heading)
    }

    /// Whether this is a word that Yimi itself writes: `name`, `kind`, an attribute's id …
    pub(super) fn is_own(&self, heading: &str) -> bool {
        self.own.contains(heading)
    }

    /// Whether a row of headings says enough to read what is under it: a name and a degree, or any two fields.
    pub(super) fn recognises<'a>(&self, headings: impl Iterator<Item = &'a str>) -> bool {
        self.recognised(headings) >= self.least
    }

    /// How many different fields a row of headings names.
    pub(super) fn recognised<'a>(&self, headings: impl Iterator<Item = &'a str>) -> usize {
        let known: HashSet<Field> = headings
            .filter_map(|heading| match self.meaning(heading) {
                Meaning::Field(field) | Meaning::Degrees(field, _) => Some(field),
                Meaning::Nothing | Meaning::Unknown => None,
            })
            .collect();
        known.len()
    }
}

fn attribute_field(index: usize) -> Field {
    Field::Attribute(index as AttributeIndex)
}

/// A heading without what people and programs put around it: a byte order mark, quotes, stars for required columns,
/// colons. Spaces and hyphens count as underscores.
pub(super) fn plain(heading: &str) -> String {
    let around = |c: char| c.is_whitespace() || "\u{feff}\"'“”‘’「」*:".contains(c);
    let folded = fold(heading.trim_start_matches('\u{feff}'));
    folded.trim_matches(around).replace([' ', '-'], "_")
}

/// A datum as it stands in headings, perhaps called a system: 百度坐标, `bd09_crs`.
fn datum(name: &str) -> Option<Datum> {
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    Datum::from_name(name).or_else(|| {
        let shorter = ["坐标系", "坐标", "地图"].iter().find_map(|end| name.strip_suffix(end))?;
        Datum::from_name(shorter)
    })
}

/// A word for a degree with a datum before or after it.
fn beside_datum(heading: &str) -> Meaning {
    for (field, words) in WORDS.iter().filter(|(field, _)| matches!(field, Field::Lon | Field::Lat)) {
        for word in *words {
            let rest = [heading.strip_suffix(word), heading.strip_prefix(word)];
            if let Some(datum) = rest.into_iter().flatten().find_map(datum) {
                return Meaning::Degrees(*field, datum);
            }
        }
    }
    Meaning::Unknown
}

impl Columns {
    /// The meaning of each heading. A field that stands twice, or degrees in two datums, is refused: which one counts
    /// would be a guess.
    pub(super) fn read<'a>(
        file: &Path,
        vocabulary: &Vocabulary,
        headings: impl Iterator<Item = &'a str>,
    ) -> Result<Self, FileError> {
        let mut columns = Self::default();
        let mut degrees: Option<(Datum, String)> = None;
        for heading in headings {
            let shown = heading.trim().trim_start_matches('\u{feff}').to_owned();
            let (field, datum) = match vocabulary.meaning(heading) {
                Meaning::Field(field) => (Some(field), None),
                Meaning::Degrees(field, datum) => (Some(field), Some(datum)),
                Meaning::Nothing => (None, None),
                Meaning::Unknown => {
                    columns.unknown.push(shown.clone());
                    (None, None)
                }
            };
            if let Some(first) = columns.by_place.iter().flatten().find(|column| Some(column.field) == field) {
                return Err(FileError::Twice {
                    file: file.to_owned(),
                    first: first.heading.to_string(),
                    second: shown,
                });
            }
            match (datum, &degrees) {
                (Some(datum), Some((other, first))) if datum != *other => {
                    let file = file.to_owned();
                    return Err(FileError::TwoDatums { file, first: first.clone(), second: shown });
                }
                (Some(datum), None) => degrees = Some((datum, shown.clone())),
                _ => {}
            }
            columns.by_place.push(field.map(|field| Column { field, heading: shown.into() }));
        }
        columns.datum = degrees.map(|(datum, _)| datum);
        Ok(columns)
    }

    /// The column at `place`, from 0, if its meaning is known.
    pub(super) fn get(&self, place: usize) -> Option<&Column> {
        self.by_place.get(place)?.as_ref()
    }

    /// How many columns there are, known or not.
    pub(super) fn len(&self) -> usize {
        self.by_place.len()
    }

    /// Whether some column is about `field`.
    pub(super) fn has(&self, field: Field) -> bool {
        self.by_place.iter().flatten().any(|column| column.field == field)
    }

    /// The datum that the headings name.
    pub(super) fn datum(&self) -> Option<Datum> {
        self.datum
    }

    /// Headings that mean nothing here.
    pub(super) fn unknown(&self) -> &[String] {
        &self.unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> Catalogue {
        Catalogue::parse(Path::new("c"), include_str!("../../data/catalogue.toml")).expect("right")
    }

    fn columns(headings: &[&str]) -> Result<Columns, FileError> {
        Columns::read(Path::new("f.csv"), &Vocabulary::new(&catalogue()), headings.iter().copied())
    }

    #[test]
    fn headings_are_known_in_both_languages_and_however_they_are_decorated() {
        let catalogue = catalogue();
        let vocabulary = Vocabulary::new(&catalogue);
        let attribute = |id: &str| Field::Attribute(catalogue.attribute(id).expect("an attribute"));
        for (heading, field) in [
            ("\u{feff}\"编号\"", Field::Key),
            ("NAME*", Field::Name),
            (" 场所名称 ", Field::Name),
            ("名称(必填)", Field::Name),
            ("Longitude", Field::Lon),
            ("经度(°)", Field::Lon),
            ("纬度(北纬)", Field::Lat),
            ("坐标系", Field::Datum),
            ("source_key", Field::SourceKey),
            ("Source Key", Field::SourceKey),
            ("类别:", Field::Kind),
            ("容量(人)", attribute("capacity")),
            ("容量(人)", attribute("capacity")),
            ("Opening hours", attribute("opening_hours")),
            ("最小年龄(岁)", attribute("age_min")),
            ("operator", attribute("unit")),
            ("学段", attribute("stage")),
        ] {
            assert_eq!(vocabulary.meaning(heading), Meaning::Field(field), "{heading}");
        }
        for heading in ["序号", "", "  ", "#"] {
            assert_eq!(vocabulary.meaning(heading), Meaning::Nothing, "{heading}");
        }
        for heading in ["单位名称", "电话(内部)", "经度(北京54)", "lon_beijing54", "srid", "longboat"] {
            assert_eq!(vocabulary.meaning(heading), Meaning::Unknown, "{heading}");
        }
    }

    #[test]
    fn a_heading_may_name_the_datum_of_its_degrees() {
        let vocabulary = Vocabulary::new(&catalogue());
        for (heading, field, datum) in [
            ("经度(GCJ-02)", Field::Lon, Datum::Gcj02),
            ("纬度(高德)", Field::Lat, Datum::Gcj02),
            ("lon_gcj02", Field::Lon, Datum::Gcj02),
            ("lng_bd09", Field::Lon, Datum::Bd09),
            ("bd09_lat", Field::Lat, Datum::Bd09),
            ("百度经度", Field::Lon, Datum::Bd09),
            ("百度坐标经度", Field::Lon, Datum::Bd09),
            ("高德纬度", Field::Lat, Datum::Gcj02),
            ("lon_wgs84", Field::Lon, Datum::Wgs84),
            ("Latitude (WGS 84)", Field::Lat, Datum::Wgs84),
            ("经度_CGCS2000", Field::Lon, Datum::Cgcs2000),
        ] {
            assert_eq!(vocabulary.meaning(heading), Meaning::Degrees(field, datum), "{heading}");
        }
        let read = columns(&["名称", "百度经度", "百度纬度"]).expect("right");
        assert_eq!(read.datum(), Some(Datum::Bd09));
        assert_eq!(columns(&["名称", "经度", "纬度"]).expect("right").datum(), None);
    }

    #[test]
    fn what_stands_twice_is_refused_with_both_headings() {
        let error = columns(&["名称", "lon", "经度", "lat"]).expect_err("twice");
        assert!(
            matches!(&error, FileError::Twice { first, second, .. } if first == "lon" && second == "经度"),
            "{error}"
        );
        let error = columns(&["名称", "百度经度", "高德纬度"]).expect_err("two datums");
        assert!(
            matches!(&error, FileError::TwoDatums { first, second, .. } if first == "百度经度" && second == "高德纬度")
        );
        let read = columns(&["name", "电话", "备注", "负责人", ""]).expect("right");
        assert_eq!((read.unknown(), read.len()), (&["备注".to_owned(), "负责人".to_owned()][..], 5));
    }

    #[test]
    fn a_title_is_no_row_of_headings() {
        let vocabulary = Vocabulary::new(&catalogue());
        assert!(!vocabulary.recognises(["东阿县儿童友好空间一览表", "", "名称"].into_iter()));
        assert!(vocabulary.recognises(["名称", "经度", "纬度"].into_iter()));
        assert!(vocabulary.recognises(["序号", "类别", "地址"].into_iter()));
    }

    #[test]
    fn a_catalogue_may_take_a_word_of_the_list_but_not_one_that_yimi_writes() {
        let text = include_str!("../../data/catalogue.toml")
            .replace("headings = [\"执勤时间\"", "headings = [\"类型\", \"kind\", \"执勤时间\"");
        let catalogue = Catalogue::parse(Path::new("c"), &text).expect("right");
        let vocabulary = Vocabulary::new(&catalogue);
        let hours = Field::Attribute(catalogue.attribute("duty_hours").expect("an attribute"));
        assert_eq!(vocabulary.meaning("类型"), Meaning::Field(hours));
        assert_eq!(vocabulary.meaning("kind"), Meaning::Field(Field::Kind));
    }
}
