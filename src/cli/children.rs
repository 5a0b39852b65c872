//! `yimi import children`: its arguments, and what is printed of it.

use super::import::{PRINTED, clip, datum, print_problems};
use super::progress::ByteBar;
use super::{CliError, Common};
use crate::children::{AgeBand, Method};
use crate::geo::Datum;
use crate::import::{
    BandTotal, ChildrenError, ChildrenImport, ChildrenReport, Clip, CountColumn, Counted, ImportError, import_children,
};
use crate::text::Words;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Import children
#[derive(Debug, Args)]
pub struct ChildrenFiles {
    /// 文件;栅格可每个年龄段一个 | The file; of rasters, one for each band of ages
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// 儿童数所在的列,可注明年龄 | A column of counts under another heading, with its ages if not 0-14: population:0-17
    #[arg(long, value_parser = count_column, value_name = "COLUMN[:FROM-TO]")]
    count_column: Vec<CountColumn>,
    /// 每个栅格的年龄段,顺序同文件 | Whom each raster counts, in their order, if not 0-14 or told by their names
    #[arg(long, value_parser = ages, value_name = "FROM-TO")]
    ages: Vec<AgeBand>,
    /// 坐标系 | Datum, if not WGS-84 and not said by the file: wgs84, gcj02, bd09 or cgcs2000
    #[arg(long, value_parser = datum, value_name = "DATUM")]
    crs: Option<Datum>,
    /// 只取这一范围;栅格默认取全部区划的外框 | Only what lies in this area (a code, or the beginning of several) or box
    /// (west,south,east,north); a raster is read within the box of all areas unless this says otherwise
    #[arg(long, value_parser = clip, allow_hyphen_values = true, value_name = "AREA|BOX")]
    clip: Option<Clip>,
    /// 以 JSON 输出 | Report as JSON
    #[arg(long)]
    json: bool,
}

fn count_column(text: &str) -> Result<CountColumn, String> {
    CountColumn::parse(text).ok_or_else(|| "wanted a heading, or a heading and ages such as population:0-17".to_owned())
}

fn ages(text: &str) -> Result<AgeBand, String> {
    AgeBand::parse(text).ok_or_else(|| format!("wanted ages such as 0-14, up to {}", AgeBand::OLDEST))
}

impl ChildrenFiles {
    pub(super) async fn run(self, common: &Common, who: &str) -> Result<ExitCode, CliError> {
        let (store, rules) = common.open().await?;
        let first = self.files.first().and_then(|file| file.file_name()).unwrap_or_default();
        let bar = ByteBar::new(&first.to_string_lossy());
        let import = ChildrenImport {
            files: self.files,
            count_columns: self.count_column,
            ages: self.ages,
            datum: self.crs,
            clip: self.clip,
            who: who.to_owned(),
        };
        let report = import_children(&store, &rules, import, move |done, total| bar.at(done, total)).await;
        store.close().await;
        let report = match report {
            Err(ImportError::Children(ChildrenError::Rows(refused))) => {
                if self.json {
                    super::print_json(&serde_json::to_vec(&refused).map_err(anyhow::Error::from)?)?;
                } else {
                    print_problems(&refused.problems, refused.refused as usize);
                }
                return Err(ImportError::Children(ChildrenError::Rows(refused)).into());
            }
            report => report?,
        };
        warn_of_children(&report);
        if self.json {
            return super::print_json(&serde_json::to_vec(&report).map_err(anyhow::Error::from)?);
        }
        print_children(&report);
        Ok(ExitCode::SUCCESS)
    }
}

/// Tells what looks wrong, and who lives far from any street: these children would be missed silently otherwise.
pub(super) fn warn_of_children(report: &ChildrenReport) {
    for warning in &report.warnings {
        eprintln!("! {warning}");
    }
    if !report.unused_columns.is_empty() {
        let columns = report.unused_columns.join(", ");
        eprintln!("! 未使用的列:{columns} | columns not used: {columns}");
    }
    let Some(far) = report.unsnapped.as_ref().filter(|far| far.cells > 0) else { return };
    let (cells, children) = (far.cells, far.children);
    eprintln!(
        "! {cells} 个单元({children} 名儿童)离道路超过 300 米,计入总数,按未覆盖计 | {cells} cells with {children} children \
         are more than 300 m from any street; they count, as not covered"
    );
    for cell in far.listed.iter().take(PRINTED) {
        let street = cell.street_m.map_or(Words::fixed("5 公里内无道路", "no street within 5 km"), |metres| {
            Words::new(format!("道路在 {metres} 米外"), format!("the nearest street is {metres} m away"))
        });
        eprintln!("  {} ({}, {}): {};{street}", cell.id, cell.lon, cell.lat, cell.children);
    }
    if far.cells > far.listed.len() {
        eprintln!("  …");
    }
}

pub(super) fn print_children(report: &ChildrenReport) {
    let ChildrenReport { file, version, .. } = report;
    let Counted { cells, zero_cells, clipped_cells, total, method, demonstration, bands } = &report.counted;
    let same = if report.unchanged { "(与在用的相同 | same as in use)" } else { "" };
    let shown = if *demonstration { "(示例数据 | demonstration data)" } else { "" };
    let method = method_words(*method);
    println!(
        "{file}: 儿童第 {version} 版{same}{shown}:{total} 名,{cells} 个单元,{} | children, version {version}: {total} in \
         {cells} cells, {}",
        method.zh, method.en
    );
    let by_band = bands.iter().map(|BandTotal { from, to, total }| format!("{from}–{to}: {total}"));
    println!("  按年龄 | by age: {}", by_band.collect::<Vec<_>>().join(", "));
    if zero_cells + clipped_cells > 0 {
        println!(
            "  未取用:{zero_cells} 个没有儿童的单元,{clipped_cells} 个范围外的单元 | left out: {zero_cells} cells without \
             children, {clipped_cells} outside the part that was wanted"
        );
    }
    if let Some(outside) = report.outside_areas {
        let areas = report.areas.iter().map(|area| format!("{} {}", area.name.zh, area.children));
        println!(
            "  按区划 | by area: {}; 不在任何区划内 | in no area: {outside}",
            areas.collect::<Vec<_>>().join(", ")
        );
    }
    if report.unsnapped.is_none() {
        println!("  尚无步行网络,未检查离道路的距离 | no walking network yet: distances to streets are not checked");
    }
}

fn method_words(method: Method) -> Words {
    match method {
        Method::Given => Words::fixed("与文件相同", "as the file gives them"),
        Method::Rounded => Words::fixed("取整,各年龄段总数不变", "rounded, each band's total kept"),
        Method::Raster => Words::fixed("来自栅格,取整,总数不变", "from a raster, rounded, totals kept"),
        Method::Spread => {
            Words::fixed("乡镇总数按居住道路长度分摊", "totals of towns spread by the length of residential streets")
        }
    }
}
