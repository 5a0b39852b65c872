//! What the columns of a spreadsheet mean: proposed by their headings, corrected by people.

use super::super::heading::{Meaning, Vocabulary};
use super::table::Table;
use crate::geo::Datum;
use crate::site::{Catalogue, Field, KindIndex};
use crate::text::{Words, fold};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Headings over the town that a row says it lies in.
const TOWN: [&str; 13] = [
    "town",
    "乡镇",
    "镇街",
    "乡镇街道",
    "镇(街道)",
    "乡镇(街道)",
    "所属乡镇",
    "所在乡镇",
    "所在镇街",
    "街道",
    "镇",
    "所属镇街",
    "乡镇/街道",
];
/// Cells that are shown beside a heading, so that people see what stands under it.
const EXAMPLES: usize = 3;
const EXAMPLE_CHARS: usize = 40;

/// What a column's cells are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Under {
    /// Something of a site.
    Site(Field),
    /// The town that it says it lies in; compared with the point, not kept.
    Town,
}

/// A column, as people see and correct it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ColumnShown {
    /// What stands over it.
    pub heading: String,
    /// The id of what it means; null when it is not read.
    pub field: Option<String>,
    /// Some of its cells.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// Something that a column can mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldShown {
    /// Its id.
    pub id: String,
    /// What people read.
    pub name: Words,
    /// Whether no row is right without it.
    pub needed: bool,
}

/// What columns of a sheet of `kind` can mean, what is needed first.
#[must_use]
pub fn fields(catalogue: &Catalogue, kind: KindIndex) -> Vec<FieldShown> {
    let fixed = [
        ("name", "名称", "Name", true),
        ("lon", "经度", "Longitude", true),
        ("lat", "纬度", "Latitude", true),
        ("crs", "坐标系", "Datum", false),
        ("town", "所在镇街(用于核对)", "Town (compared with the point)", false),
        ("id", "编号", "Own number", false),
        ("kind", "类别", "Kind", false),
    ];
    let fixed = fixed.map(|(id, zh, en, needed)| FieldShown { id: id.to_owned(), name: Words::fixed(zh, en), needed });
    let own = catalogue.kind(kind).attributes.iter().map(|index| {
        let attribute = &catalogue.attributes()[usize::from(*index)];
        FieldShown { id: attribute.id.clone(), name: attribute.name.clone(), needed: false }
    });
    fixed.into_iter().chain(own).collect()
}

impl Under {
    /// By the id of a field.
    pub(super) fn named(catalogue: &Catalogue, id: &str) -> Option<Self> {
        Some(Self::Site(match id {
            "name" => Field::Name,
            "lon" => Field::Lon,
            "lat" => Field::Lat,
            "crs" => Field::Datum,
            "id" => Field::Key,
            "kind" => Field::Kind,
            "town" => return Some(Self::Town),
            other => Field::Attribute(catalogue.attribute(other)?),
        }))
    }

    fn id(self, catalogue: &Catalogue) -> Option<String> {
        let id = match self {
            Self::Town => "town",
            Self::Site(Field::Name) => "name",
            Self::Site(Field::Lon) => "lon",
            Self::Site(Field::Lat) => "lat",
            Self::Site(Field::Datum) => "crs",
            Self::Site(Field::Key) => "id",
            Self::Site(Field::Kind) => "kind",
            Self::Site(Field::Attribute(index)) => &catalogue.attributes()[usize::from(index)].id,
            // who a row comes from is who sends it
            Self::Site(Field::Source | Field::SourceKey) => return None,
        };
        Some(id.to_owned())
    }
}

/// What each column of a table seems to mean, and the datum that its headings name. Of two columns for one thing the first
/// is proposed.
pub(super) fn proposed(
    catalogue: &Catalogue,
    vocabulary: &Vocabulary,
    table: &Table,
) -> (Vec<ColumnShown>, Option<Datum>) {
    let (mut taken, mut datum) = (HashSet::new(), None);
    let column = |(place, heading): (usize, &String)| {
        let town = TOWN.iter().any(|word| *word == fold(heading).trim_matches(['*', ':', ' ']));
        let under = match vocabulary.meaning(heading) {
            _ if town => Some(Under::Town),
            Meaning::Field(field) => Some(Under::Site(field)),
            Meaning::Degrees(field, of) => {
                datum = datum.or(Some(of));
                Some(Under::Site(field))
            }
            Meaning::Nothing | Meaning::Unknown => None,
        };
        let field = under.filter(|under| taken.insert(*under)).and_then(|under| under.id(catalogue));
        let cells = table.rows.iter().map(|row| row.cells[place].as_str()).filter(|cell| !cell.is_empty());
        let examples = cells.take(EXAMPLES).map(|cell| cell.chars().take(EXAMPLE_CHARS).collect()).collect();
        ColumnShown { heading: heading.clone(), field, examples }
    };
    let columns = table.headings.iter().enumerate().map(column).collect();
    (columns, datum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reader::testing::catalogue;
    use crate::import::sheet::table::TableRow;

    #[test]
    fn columns_are_proposed_by_their_headings_each_field_once() {
        let catalogue = catalogue();
        let headings = ["序号", "书屋", "场所名称", "百度经度", "百度纬度", "名称", "乡镇(街道)", "详细地址", "负责人"];
        let row = TableRow { line: 2, cells: headings.map(|heading| format!("{heading}1")).to_vec() };
        let table = Table { headings: headings.map(str::to_owned).to_vec(), rows: vec![row], cut: false };
        let (columns, datum) = proposed(&catalogue, &Vocabulary::new(&catalogue), &table);
        let fields: Vec<_> = columns.iter().map(|column| column.field.as_deref().unwrap_or("-")).collect();
        assert_eq!(fields, ["-", "-", "name", "lon", "lat", "-", "town", "address", "-"]);
        assert_eq!((datum, columns[1].examples.as_slice()), (Some(Datum::Bd09), &["书屋1".to_owned()][..]));
        let kind = catalogue.kind_index("reading_space").expect("a kind");
        for field in fields.iter().filter(|field| **field != "-") {
            assert!(super::fields(&catalogue, kind).iter().any(|shown| shown.id == **field), "{field}");
        }
        assert!(super::fields(&catalogue, kind).iter().all(|field| Under::named(&catalogue, &field.id).is_some()));
    }
}
