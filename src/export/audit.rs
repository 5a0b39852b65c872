//! The revision log as CSV, line by line.

use super::cells::{BYTE_ORDER_MARK, line};
use crate::store::RevisionRow;

/// The headings, with a byte-order mark before them.
pub fn audit_head() -> std::io::Result<Vec<u8>> {
    let mut head = BYTE_ORDER_MARK.as_bytes().to_vec();
    let headings = [
        "修订 revision",
        "时间 at",
        "何人 who",
        "事由 why",
        "对象 noun",
        "编号 id",
        "动作 action",
        "之前 before",
        "之后 after",
    ];
    head.extend(line(headings.map(str::to_owned))?);
    Ok(head)
}

/// One line of the log; cells that a spreadsheet would run are kept from it.
pub fn audit_line(row: &RevisionRow) -> std::io::Result<Vec<u8>> {
    let cells = [&row.who, &row.why, &row.noun, &row.noun_id, &row.action].map(String::clone);
    let [who, why, noun, noun_id, action] = cells;
    let before = row.before.clone().unwrap_or_default();
    line([row.id.to_string(), row.at.clone(), who, why, noun, noun_id, action, before, row.after.clone()])
}
