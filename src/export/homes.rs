//! Sites of an aggregate kind as CSV. Each line says who asked for it, when and why, so that a file that wanders says
//! where it comes from.

use super::cells::{BYTE_ORDER_MARK, line};
use crate::store::SiteRow;

/// The table, with a byte-order mark.
pub fn homes_csv(rows: &[SiteRow], who: &str, why: &str, at: &str) -> std::io::Result<Vec<u8>> {
    let mut out = BYTE_ORDER_MARK.as_bytes().to_vec();
    let headings = ["编号 id", "类别 kind", "名称 name", "经度 lon", "纬度 lat", "查看人 who", "事由 why", "时间 at"];
    out.extend(line(headings.map(str::to_owned))?);
    for row in rows {
        let [lon, lat] = [row.lon, row.lat].map(|degrees| degrees.to_string());
        let told = [who, why, at].map(str::to_owned);
        let site = [row.id.to_string(), row.kind.clone(), row.name.clone(), lon, lat];
        out.extend(line(site.into_iter().chain(told))?);
    }
    Ok(out)
}
