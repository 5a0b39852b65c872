//! What the columns of a table of children mean: where a cell is, what it is called, and how many of which age it has.

use super::ChildrenError;
use crate::children::AgeBand;
use crate::geo::Datum;
use crate::import::heading::{self, Vocabulary, plain};
use crate::import::{FileError, ImportError, file_name};
use crate::site::Field;
use std::path::Path;

/// Words for a cell's name beside those that sites have.
const IDS: [&str; 9] = ["cell", "cell_id", "网格", "网格编号", "hex", "h3", "区划代码", "乡镇代码", "adcode"];
/// Words for a town's name beside those that sites have.
const NAMES: [&str; 7] = ["乡镇", "街道", "镇街", "乡镇街道", "乡镇名称", "town", "area"];

/// A column of counts under a heading of its own: `population`, or with its ages `population:0-17`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountColumn {
    /// The heading.
    pub name: String,
    /// Whom it counts.
    pub band: AgeBand,
}

impl CountColumn {
    /// Whom a column counts that does not say it.
    pub const USUAL: AgeBand = AgeBand { from: 0, to: 14 };

    /// From what somebody wrote: a heading, perhaps followed by a colon and ages.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (name, band) = match text.rsplit_once(':').map(|(name, ages)| (name, AgeBand::parse(ages))) {
            Some((name, Some(band))) => (name, band),
            _ => (text, Self::USUAL),
        };
        let name = name.trim().to_owned();
        (!name.is_empty()).then_some(Self { name, band })
    }
}

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Lon,
    Lat,
    Datum,
    /// A cell's own name, or a town's code.
    Id,
    /// A town's name.
    Name,
    Source,
    /// Children of the band at this place.
    Count(usize),
    Unused,
}

/// Where a file says where its cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Positions {
    InColumns,
    InGeometry,
}

/// The columns of a file, by place.
#[derive(Debug)]
pub(super) struct Columns {
    /// As written.
    pub headings: Vec<String>,
    meanings: Vec<Meaning>,
    /// Youngest first.
    pub bands: Vec<AgeBand>,
    /// Of the degrees, where a heading names it.
    pub datum: Option<Datum>,
    /// Headings that are not used.
    pub unused: Vec<String>,
}

impl Columns {
    /// The meaning of each heading. Where `counted` names columns, those are counted and no other.
    pub(super) fn read(
        file: &Path,
        headings: &[String],
        counted: &[CountColumn],
        positions: Positions,
    ) -> Result<Self, ImportError> {
        let headings: Vec<String> =
            headings.iter().map(|heading| heading.trim_matches(['\u{feff}', ' ', '\t', '\n']).to_owned()).collect();
        let (bands, count_of) = bands(file, &headings, counted)?;
        let vocabulary = Vocabulary::plain();
        let mut read = Self { headings, meanings: Vec::new(), bands, datum: None, unused: Vec::new() };
        let mut degrees: Option<(Datum, String)> = None;
        for (heading, count) in read.headings.iter().zip(count_of) {
            let (meaning, datum) = match count {
                Some(band) => (Meaning::Count(band), None),
                None => meaning(&vocabulary, heading),
            };
            if positions == Positions::InGeometry && matches!(meaning, Meaning::Lon | Meaning::Lat) {
                // a copy of the position among the properties may be in any datum, and is not looked at
                read.meanings.push(Meaning::Unused);
                continue;
            }
            let meaning = match read.meanings.iter().position(|other| *other == meaning) {
                // which of two names a cell has does not matter; where it is and how many it has does
                Some(_) if matches!(meaning, Meaning::Id | Meaning::Name | Meaning::Source) => Meaning::Unused,
                Some(first) if meaning != Meaning::Unused => {
                    let (first, second) = (read.headings[first].clone(), heading.clone());
                    return Err(FileError::Twice { file: file.to_owned(), first, second }.into());
                }
                _ => meaning,
            };
            match (datum, &degrees) {
                (Some(datum), Some((other, first))) if datum != *other => {
                    let (first, second) = (first.clone(), heading.clone());
                    return Err(FileError::TwoDatums { file: file.to_owned(), first, second }.into());
                }
                (Some(datum), None) => degrees = Some((datum, heading.clone())),
                _ => {}
            }
            if meaning == Meaning::Unused && !heading.is_empty() {
                read.unused.push(heading.clone());
            }
            read.meanings.push(meaning);
        }
        read.datum = degrees.map(|(datum, _)| datum);
        Ok(read)
    }

    /// What the column at `place` is about.
    pub(super) fn meaning(&self, place: usize) -> Meaning {
        self.meanings.get(place).copied().unwrap_or(Meaning::Unused)
    }

    /// The heading of the first column with this meaning.
    pub(super) fn heading(&self, meaning: Meaning) -> Option<&str> {
        self.meanings.iter().position(|other| *other == meaning).map(|place| self.headings[place].as_str())
    }

    /// Whether some column has this meaning.
    pub(super) fn has(&self, meaning: Meaning) -> bool {
        self.meanings.contains(&meaning)
    }
}

fn meaning(vocabulary: &Vocabulary, heading: &str) -> (Meaning, Option<Datum>) {
    let word = plain(heading);
    let of = |field: Field| match field {
        Field::Lon => Meaning::Lon,
        Field::Lat => Meaning::Lat,
        Field::Datum => Meaning::Datum,
        Field::Key => Meaning::Id,
        Field::Name => Meaning::Name,
        Field::Source => Meaning::Source,
        Field::SourceKey | Field::Kind | Field::Attribute(_) => Meaning::Unused,
    };
    match vocabulary.meaning(heading) {
        heading::Meaning::Field(field) => (of(field), None),
        heading::Meaning::Degrees(field, datum) => (of(field), Some(datum)),
        _ if IDS.contains(&word.as_str()) => (Meaning::Id, None),
        _ if NAMES.contains(&word.as_str()) => (Meaning::Name, None),
        _ => (Meaning::Unused, None),
    }
}

/// The bands of a file, youngest first, and for each heading the place of its band.
fn bands(
    file: &Path,
    headings: &[String],
    counted: &[CountColumn],
) -> Result<(Vec<AgeBand>, Vec<Option<usize>>), ImportError> {
    let name = || file_name(file);
    let band_of = |heading: &String| {
        let named = counted.iter().find(|column| plain(&column.name) == plain(heading)).map(|column| column.band);
        if counted.is_empty() { AgeBand::from_heading(heading) } else { named }
    };
    if let Some(missing) = counted.iter().find(|column| !headings.iter().any(|h| plain(h) == plain(&column.name))) {
        let (column, found) = (missing.name.clone(), headings.to_vec());
        return Err(ChildrenError::NoSuchColumn { file: name(), column, found }.into());
    }
    let by_heading: Vec<Option<AgeBand>> = headings.iter().map(band_of).collect();
    let mut found: Vec<(AgeBand, &String)> =
        by_heading.iter().zip(headings).filter_map(|(band, heading)| Some(((*band)?, heading))).collect();
    found.sort_by_key(|(band, _)| *band);
    if found.is_empty() {
        return Err(ChildrenError::NoBands { file: name(), found: headings.to_vec() }.into());
    }
    if let Some(pair) = found.windows(2).find(|pair| pair[0].0.to >= pair[1].0.from) {
        let (first, second) = (pair[0].1.clone(), pair[1].1.clone());
        return Err(ChildrenError::Overlap { file: name(), first, second }.into());
    }
    let bands: Vec<AgeBand> = found.into_iter().map(|(band, _)| band).collect();
    let places = by_heading.iter().map(|band| bands.iter().position(|other| Some(*other) == *band)).collect();
    Ok((bands, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(headings: &str, counted: &[&str]) -> Result<Columns, ImportError> {
        let counted: Vec<CountColumn> =
            counted.iter().map(|text| CountColumn::parse(text).expect("a column")).collect();
        let headings: Vec<String> = headings.split(',').map(str::to_owned).collect();
        Columns::read(Path::new("c.csv"), &headings, &counted, Positions::InColumns)
    }

    #[test]
    fn headings_stand_in_any_order_and_language() {
        let columns = read("网格,纬度,15-18岁,age_0_14,备注,经度,source", &[]).expect("right");
        let meanings: Vec<Meaning> = (0..7).map(|place| columns.meaning(place)).collect();
        assert_eq!(
            meanings,
            [
                Meaning::Id,
                Meaning::Lat,
                Meaning::Count(1),
                Meaning::Count(0),
                Meaning::Unused,
                Meaning::Lon,
                Meaning::Source
            ]
        );
        assert_eq!((columns.unused, columns.bands[0].to), (vec!["备注".to_owned()], 14));
        assert_eq!(read("百度经度,百度纬度,age_0_14", &[]).expect("right").datum, Some(Datum::Bd09));
        assert_eq!(read("id,code,lon,lat,age_3", &[]).expect("right").unused, ["code"]);
    }

    #[test]
    fn a_column_is_counted_under_another_heading_when_somebody_says_so() {
        let columns = read("lon,lat,population,age_0_14", &["population:0-17"]).expect("right");
        assert_eq!((columns.bands[0].to, columns.unused.as_slice()), (17, &["age_0_14".to_owned()][..]));
        assert_eq!(CountColumn::parse("a:b").expect("a column").name, "a:b");
        assert_eq!(CountColumn::parse(" :0-3"), None);
        let error = read("lon,lat,population", &["people"]).expect_err("no such column");
        assert!(error.to_string().contains("population") && error.to_string().contains("people"), "{error}");
    }

    #[test]
    fn ages_that_are_counted_twice_or_not_at_all_are_refused_with_their_columns() {
        let error = read("lon,lat,age_0_14,age_0_2", &[]).expect_err("twice").to_string();
        assert!(error.contains("age_0_14") && error.contains("age_0_2"), "{error}");
        let error = read("lon,lat,age_0_2,0-2岁", &[]).expect_err("the same").to_string();
        assert!(error.contains("0-2岁"), "{error}");
        let error = read("lon,lat,people", &[]).expect_err("none").to_string();
        assert!(error.contains("people") && error.contains("--count-column"), "{error}");
        let twice = read("lon,lat,经度,age_3", &[]).expect_err("twice");
        assert!(matches!(twice, ImportError::File(FileError::Twice { .. })), "{twice}");
    }
}
