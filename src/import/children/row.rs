//! One row of a table of children: what is right passes, and each wrong cell is named.

use super::columns::{Columns, Meaning};
use crate::geo::{Datum, LonLat};
use crate::import::centroid::Place;
use crate::site::DraftProblem;
use crate::text::{Words, has_control};

/// The longest name of a cell, in characters.
const ID_MAX_CHARS: usize = 120;
/// How much of a wrong cell is shown, in characters.
const FOUND_MAX_CHARS: usize = 60;
/// What the column `source` says of data that are made up for show.
const DEMONSTRATION: [&str; 3] = ["demonstration", "示例", "示例数据"];

/// What a row says.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// The line of a text file, the number of a feature; from 1.
    pub line: u64,
    /// A cell's own name, or a town's code; perhaps empty.
    pub id: &'a str,
    /// A town's name; perhaps empty.
    pub name: &'a str,
    /// Whether it says that it is made up for show.
    pub demonstration: bool,
    /// Children by band.
    pub counts: Vec<f64>,
    degrees: [&'a str; 2],
    datum: &'a str,
    /// What is wrong so far.
    pub problems: Vec<DraftProblem>,
}

impl<'a> Row<'a> {
    /// Reads the cells of a row, each with the place of its column. An empty count is none.
    pub(super) fn read(columns: &Columns, line: u64, cells: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let mut row = Self {
            line,
            id: "",
            name: "",
            demonstration: false,
            counts: vec![0.0; columns.bands.len()],
            degrees: ["", ""],
            datum: "",
            problems: Vec::new(),
        };
        for (place, text) in cells {
            let text = text.trim();
            match columns.meaning(place) {
                _ if text.is_empty() => {}
                Meaning::Lon => row.degrees[0] = text,
                Meaning::Lat => row.degrees[1] = text,
                Meaning::Datum => row.datum = text,
                Meaning::Id => row.id = text,
                Meaning::Name => row.name = text,
                Meaning::Source => row.demonstration = DEMONSTRATION.contains(&text),
                Meaning::Count(band) => match count(text) {
                    Some(children) => row.counts[band] = children,
                    None => row.refuse(&columns.headings[place], text, count_wanted()),
                },
                Meaning::Unused => {}
            }
        }
        if row.id.chars().count() > ID_MAX_CHARS || has_control(row.id) {
            let zh = format!("最多 {ID_MAX_CHARS} 个字,不含控制字符");
            let en = format!("at most {ID_MAX_CHARS} characters without control characters");
            let (heading, id) = (columns.heading(Meaning::Id).unwrap_or("id"), row.id);
            row.refuse(heading, id, Words::new(zh, en));
        }
        row
    }

    /// Where the row is, of whose degrees the file says `usual`.
    pub(super) fn position(&mut self, columns: &Columns, usual: Datum) -> Option<LonLat> {
        let [lon, lat] = self.degrees;
        let lon = self.degree(columns.heading(Meaning::Lon).unwrap_or("lon"), lon, 180.0, longitude());
        let lat = self.degree(columns.heading(Meaning::Lat).unwrap_or("lat"), lat, 90.0, latitude());
        let datum = self.datum_or(columns, usual);
        self.checked(lon?, lat?, datum?)
    }

    /// Where the row is that stands for a shape, whose degrees are right if they are in range.
    pub(super) fn at(&mut self, columns: &Columns, place: Place, usual: Datum) -> Option<LonLat> {
        for (degrees, limit, wanted) in [(place.lon, 180.0, longitude()), (place.lat, 90.0, latitude())] {
            if !(-limit..=limit).contains(&degrees) {
                self.refuse("geometry", &degrees.to_string(), wanted);
                return None;
            }
        }
        let datum = self.datum_or(columns, usual)?;
        self.checked(place.lon, place.lat, datum)
    }

    fn checked(&mut self, lon: f64, lat: f64, datum: Datum) -> Option<LonLat> {
        if lon == 0.0 && lat == 0.0 {
            let wanted = Words::fixed("真实坐标(0,0 表示缺失)", "a real position (0,0 means that it is missing)");
            self.refuse("lon, lat", "0, 0", wanted);
            return None;
        }
        LonLat::new(lon, lat).ok().map(|at| datum.to_wgs84(at))
    }

    fn degree(&mut self, heading: &str, text: &str, limit: f64, wanted: Words) -> Option<f64> {
        let number = text.parse().ok().filter(|number| (-limit..=limit).contains(number));
        if number.is_none() {
            self.refuse(heading, text, wanted);
        }
        number
    }

    fn datum_or(&mut self, columns: &Columns, usual: Datum) -> Option<Datum> {
        if self.datum.is_empty() {
            return Some(usual);
        }
        let (datum, text) = (Datum::from_name(self.datum), self.datum);
        if datum.is_none() {
            let wanted =
                Words::fixed("坐标系:wgs84、gcj02、bd09 或 cgcs2000", "a datum: wgs84, gcj02, bd09 or cgcs2000");
            self.refuse(columns.heading(Meaning::Datum).unwrap_or("crs"), text, wanted);
        }
        datum
    }

    /// Notes a wrong cell.
    pub(super) fn refuse(&mut self, column: &str, found: &str, wanted: Words) {
        let found = found.chars().take(FOUND_MAX_CHARS).collect();
        self.problems.push(DraftProblem { line: self.line, column: column.to_owned(), found, wanted });
    }
}

/// A number of children.
fn count(text: &str) -> Option<f64> {
    text.parse().ok().filter(|children: &f64| children.is_finite() && *children >= 0.0)
}

/// What a count should say.
pub(super) fn count_wanted() -> Words {
    Words::fixed("儿童数,0 或更大的数", "a number of children, 0 or more")
}

fn longitude() -> Words {
    Words::fixed("经度,-180 到 180 的数", "a longitude, a number from -180 to 180")
}

fn latitude() -> Words {
    Words::fixed(
        "纬度,-90 到 90 的数(经纬度是否写反?)",
        "a latitude, a number from -90 to 90 (are longitude and latitude swapped?)",
    )
}
