//! Scenarios side by side as CSV, a line for each town.

use super::cells::{BYTE_ORDER_MARK, line};

/// A town, or the county, under each scenario.
#[derive(Debug, Clone)]
pub struct ComparedTown {
    /// Its name.
    pub name: String,
    /// Its code, where it has one.
    pub code: String,
    /// All its children.
    pub children: u64,
    /// Those covered today.
    pub before: u64,
    /// Those covered under each scenario.
    pub covered: Vec<u64>,
}

/// The table, with a byte-order mark. `names` are those of the scenarios.
pub fn compared_csv(names: &[String], towns: &[ComparedTown]) -> std::io::Result<Vec<u8>> {
    let mut out = BYTE_ORDER_MARK.as_bytes().to_vec();
    let headings = ["乡镇 town", "代码 code", "儿童 children", "现覆盖 today"].map(str::to_owned);
    out.extend(line(headings.into_iter().chain(names.iter().cloned()))?);
    for town in towns {
        let counts = [town.children, town.before].into_iter().chain(town.covered.iter().copied());
        let cells = [town.name.clone(), town.code.clone()].into_iter().chain(counts.map(|count| count.to_string()));
        out.extend(line(cells)?);
    }
    Ok(out)
}
