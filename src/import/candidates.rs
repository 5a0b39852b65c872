//! The planner's own list of candidate sites: a CSV with a row a place.
//!
//! `lon` and `lat` (经度, 纬度) are needed; `name` (名称), `cost` (费用) and `capacity` (容量) may be there. The whole list is
//! right, or every wrong cell of it is told.

use super::records::Records;
use super::{FileError, ImportError};
use crate::geo::{Datum, LonLat};
use crate::site::DraftProblem;
use crate::text::Words;
use csv::StringRecord;
use std::path::Path;

/// The longest name of a candidate, in characters.
const NAME_MAX_CHARS: usize = 120;
/// How much of a wrong cell is shown, in characters.
const FOUND_MAX_CHARS: usize = 60;

/// A place of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateRow {
    /// Where it is.
    pub at: LonLat,
    /// What it is called.
    pub name: Option<String>,
    /// What a site there costs.
    pub cost: Option<u64>,
    /// How many children a site there takes.
    pub capacity: Option<u64>,
}

/// The headings of each column, the first for people who read English.
const HEADINGS: [&[&str]; 5] = [
    &["lon", "lng", "longitude", "经度"],
    &["lat", "latitude", "纬度"],
    &["name", "名称", "名字"],
    &["cost", "费用", "造价", "投资"],
    &["capacity", "容量", "座位", "座位数"],
];
const LON: usize = 0;
const LAT: usize = 1;
const NAME: usize = 2;
const COST: usize = 3;
const CAPACITY: usize = 4;

/// Reads a list of candidates whose degrees are of `datum`.
pub fn read_candidates(file: &Path, datum: Datum) -> Result<Vec<CandidateRow>, ImportError> {
    let mut records = Records::open(file)?;
    let mut record = StringRecord::new();
    let (line, columns) = loop {
        let Some(line) = records.next(file, &mut record)? else {
            return Err(FileError::Empty { file: file.to_owned() }.into());
        };
        if record.iter().any(|heading| !heading.trim().is_empty()) {
            let place = |known: &&[&str]| {
                record
                    .iter()
                    .position(|it| known.contains(&it.trim().trim_start_matches('\u{feff}').to_lowercase().as_str()))
            };
            break (line, HEADINGS.map(|known| place(&known)));
        }
    };
    if columns[LON].is_none() || columns[LAT].is_none() {
        let found = record.iter().map(str::to_owned).collect();
        return Err(FileError::Headings { file: file.to_owned(), line, found }.into());
    }
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    while let Some(line) = records.next(file, &mut record)? {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cell = |column: usize| columns[column].and_then(|place| record.get(place)).map_or("", str::trim);
        let mut row = Row { line, problems: &mut problems };
        let lon = row.degree(LON, cell(LON), 180.0);
        let lat = row.degree(LAT, cell(LAT), 90.0);
        let name = row.name(cell(NAME));
        let (cost, capacity) = (row.whole(COST, cell(COST)), row.whole(CAPACITY, cell(CAPACITY)));
        if let Some(at) = lon.zip(lat).and_then(|(lon, lat)| LonLat::new(lon, lat).ok()) {
            rows.push(CandidateRow { at: datum.to_wgs84(at), name, cost, capacity });
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(ImportError::Candidates(problems)) }
}

/// A row that is read.
struct Row<'p> {
    line: u64,
    problems: &'p mut Vec<DraftProblem>,
}

impl Row<'_> {
    fn refuse(&mut self, column: usize, found: &str, wanted: Words) {
        let found = found.chars().filter(|c| !c.is_control()).take(FOUND_MAX_CHARS).collect();
        self.problems.push(DraftProblem { line: self.line, column: HEADINGS[column][0].to_owned(), found, wanted });
    }

    fn degree(&mut self, column: usize, text: &str, most: f64) -> Option<f64> {
        let degrees = text.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
        if degrees.is_none() {
            let wanted = Words::new(format!("-{most} 到 {most} 的度数"), format!("degrees from -{most} to {most}"));
            self.refuse(column, text, wanted);
        }
        degrees
    }

    fn whole(&mut self, column: usize, text: &str) -> Option<u64> {
        let number = text.replace(',', "").parse().ok();
        if number.is_none() && !text.is_empty() {
            self.refuse(column, text, Words::fixed("0 或更大的整数", "a whole number, 0 or above"));
        }
        number
    }

    fn name(&mut self, text: &str) -> Option<String> {
        if text.chars().count() > NAME_MAX_CHARS || crate::text::has_control(text) {
            let zh = format!("最多 {NAME_MAX_CHARS} 个字,不含控制字符");
            let en = format!("at most {NAME_MAX_CHARS} characters without control characters");
            self.refuse(NAME, text, Words::new(zh, en));
        }
        (!text.is_empty()).then(|| text.to_owned())
    }
}
