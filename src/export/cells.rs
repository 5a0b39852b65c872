//! Lines of CSV for spreadsheets.

/// The byte-order mark by which Excel knows UTF-8, and with it Chinese.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A line of harmless cells (RFC 4180).
pub fn line(cells: impl IntoIterator<Item = String>) -> std::io::Result<Vec<u8>> {
    let mut line = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    line.write_record(cells.into_iter().map(harmless)).map_err(std::io::Error::other)?;
    line.into_inner().map_err(|e| std::io::Error::other(e.to_string()))
}

/// A cell that a spreadsheet would run as a formula is kept from it by an apostrophe; numbers are left alone.
pub(super) fn harmless(cell: String) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if risky { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_kept_from_running_and_numbers_stay() {
        assert_eq!(harmless("=1+1".into()), "'=1+1");
        assert_eq!(harmless("@SUM(A1)".into()), "'@SUM(A1)");
        assert_eq!(harmless("-51.2".into()), "-51.2");
        assert_eq!(harmless("东阿县图书馆".into()), "东阿县图书馆");
    }
}
