//! `yimi import areas`, `yimi import sites` and `yimi import network`; `children.rs` has `yimi import children`.

use super::children::ChildrenFiles;
use super::progress::{ByteBar, watched};
use super::{CliError, Common};
use crate::geo::Datum;
use crate::import::{
    AreasReport, Clip, ImportError, NetworkImport, NetworkReport, SitesImport, SitesReport, import_areas,
    import_network, import_sites,
};
use crate::site::DraftProblem;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Wrong cells that are printed; all of them are in `--json`.
pub(super) const PRINTED: usize = 20;

/// Import areas, sites, the walking network with the base map, or children from files
#[derive(Debug, Subcommand)]
pub enum Import {
    /// 导入区划(GeoJSON) | Import towns and other areas from GeoJSON; all of the file or nothing
    Areas(Areas),
    /// 导入场所 | Import sites from CSV, XLSX, GeoJSON or an OSM extract (.osm.pbf, .osm, .osm.gz)
    Sites(Sites),
    /// 导入步行网络与底图 | Import the walking network and the base map from an OSM extract; those in use are kept beside them
    Network(NetworkFile),
    /// 导入儿童 | Import how many children live where, from a CSV, cells on a map, rasters or totals of towns
    Children(ChildrenFiles),
}

/// Import areas
#[derive(Debug, Args)]
pub struct Areas {
    /// GeoJSON 文件 | The file
    file: PathBuf,
    /// 坐标系 | Datum of the file, if not WGS-84: wgs84, gcj02, bd09 or cgcs2000
    #[arg(long, value_parser = datum, default_value = "wgs84", value_name = "DATUM")]
    crs: Datum,
    /// 以 JSON 输出 | Report as JSON
    #[arg(long)]
    json: bool,
}

/// Import sites
#[derive(Debug, Args)]
pub struct Sites {
    /// 文件 | The file
    file: PathBuf,
    /// 坐标系 | Datum of the positions, when the file does not say it: wgs84, gcj02, bd09 or cgcs2000
    #[arg(long, value_parser = datum, value_name = "DATUM")]
    crs: Option<Datum>,
    /// 场所类别 | Kind of the rows that do not say theirs (id or name)
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// 只检查,不保存 | Only tell what would happen
    #[arg(long)]
    dry_run: bool,
    /// 有一行有误则整个文件都不导入 | One wrong row keeps out the whole file
    #[arg(long)]
    all_or_nothing: bool,
    /// 以 JSON 输出 | Report as JSON
    #[arg(long)]
    json: bool,
}

/// Import the walking network and the base map
#[derive(Debug, Args)]
pub struct NetworkFile {
    /// OSM 文件(.osm.pbf、.osm、.osm.gz) | The extract
    file: PathBuf,
    /// 只取这一范围 | Only what lies in this area (a code, or the beginning of several) or box (west,south,east,north)
    #[arg(long, value_parser = clip, allow_hyphen_values = true, value_name = "AREA|BOX")]
    clip: Option<Clip>,
    /// 以 JSON 输出 | Report as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn clip(text: &str) -> Result<Clip, String> {
    Clip::parse(text).ok_or_else(|| "wanted an area's code or west,south,east,north".to_owned())
}

pub(super) fn datum(name: &str) -> Result<Datum, String> {
    Datum::from_name(name).ok_or_else(|| "wanted wgs84, gcj02, bd09 or cgcs2000".to_owned())
}

impl Import {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        match self {
            Self::Areas(areas) => areas.run(common).await,
            Self::Sites(sites) => sites.run(common).await,
            Self::Network(network) => network.run(common).await,
            Self::Children(children) => children.run(common, WHO).await,
        }
    }
}

impl Areas {
    async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let (store, _) = common.open().await?;
        let name = self.file.display().to_string();
        let report = match watched(&name, import_areas(&store, &self.file, self.crs, WHO)).await {
            Err(ImportError::Areas(problems)) => {
                print_problems(&problems, problems.len());
                return Err(ImportError::Areas(problems).into());
            }
            report => report?,
        };
        store.close().await;
        if self.json {
            return super::print_json(&serde_json::to_vec(&report).map_err(anyhow::Error::from)?);
        }
        print_areas(&report);
        Ok(ExitCode::SUCCESS)
    }
}

const WHO: &str = "yimi import";

impl Sites {
    async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let (store, rules) = common.open().await?;
        let kind = match &self.kind {
            None => None,
            Some(name) => Some(rules.catalogue.kind_named(name).ok_or_else(|| {
                let ids = rules.catalogue.kinds().iter().map(|kind| kind.id.as_str()).collect::<Vec<_>>().join(", ");
                CliError::Input(format!("--kind \"{name}\": 应为以下之一 | wanted one of {ids}"))
            })?),
        };
        let bar = ByteBar::new(&self.file.file_name().unwrap_or_default().to_string_lossy());
        let import = SitesImport {
            file: self.file,
            kind,
            datum: self.crs,
            dry_run: self.dry_run,
            all_or_nothing: self.all_or_nothing,
            who: WHO.to_owned(),
        };
        let report = import_sites(&store, &rules, import, move |done, total| bar.at(done, total)).await?;
        store.close().await;
        if self.json {
            super::print_json(&serde_json::to_vec(&report).map_err(anyhow::Error::from)?)?;
        } else {
            print_sites(&report);
        }
        Ok(if report.refused == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) })
    }
}

pub(super) fn print_areas(report: &AreasReport) {
    let AreasReport { created, amended, unchanged } = report;
    println!(
        "区划:新增 {created},更新 {amended},未变 {unchanged} | areas: {created} new, {amended} changed, {unchanged} as before"
    );
}

pub(super) fn print_sites(report: &SitesReport) {
    for warning in &report.warnings {
        eprintln!("! {warning}");
    }
    if !report.unknown_headings.is_empty() {
        let headings = report.unknown_headings.join(", ");
        eprintln!("! 未使用的列:{headings} | columns not used: {headings}");
    }
    print_problems(&report.problems, report.refused as usize);
    let SitesReport { file, created, amended, unchanged, repeated, refused, .. } = report;
    let outcome = if report.kept { "" } else { "(未保存 | nothing kept) " };
    println!(
        "{file}: {outcome}新增 {created},更新 {amended},未变 {unchanged},重复 {repeated},有误 {refused} | \
         {created} new, {amended} changed, {unchanged} as before, {repeated} repeated, {refused} refused"
    );
}

pub(super) fn print_problems(problems: &[DraftProblem], refused: usize) {
    for DraftProblem { line, column, found, wanted } in problems.iter().take(PRINTED) {
        let (zh, en) = (&wanted.zh, &wanted.en);
        eprintln!(
            "第 {line} 行 {column}:写的是“{found}”,应为{zh} | line {line}, {column}: found \"{found}\", wanted {en}"
        );
    }
    if problems.len() > PRINTED {
        eprintln!("…共 {refused} 行有误,--json 列出详情 | {refused} rows refused in all; --json lists them");
    }
}

impl NetworkFile {
    async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let (store, _) = common.open().await?;
        let bar = ByteBar::new(&self.file.file_name().unwrap_or_default().to_string_lossy());
        let import = NetworkImport { file: self.file, clip: self.clip, who: WHO.to_owned() };
        let report = import_network(&store, import, move |done, total| bar.at(done, total)).await?;
        store.close().await;
        warn_of_bare_areas(&report);
        if self.json {
            return super::print_json(&serde_json::to_vec(&report).map_err(anyhow::Error::from)?);
        }
        print_network(&report);
        Ok(ExitCode::SUCCESS)
    }
}

/// Tells which areas the network leaves out: their children would seem to be out of reach of everything.
pub(super) fn warn_of_bare_areas(report: &NetworkReport) {
    let Some(areas) = report.areas.as_ref().filter(|areas| !areas.without.is_empty()) else { return };
    let names = |of: fn(&crate::text::Words) -> &str| {
        let name = |words| if of(words).is_empty() { &*words.zh } else { of(words) };
        areas.without.iter().map(name).collect::<Vec<_>>()
    };
    let (covered, total) = (areas.covered, areas.total);
    let (zh, en) = (names(|words| &words.zh).join("、"), names(|words| &words.en).join(", "));
    eprintln!(
        "! 步行网络只覆盖 {total} 个区划中的 {covered} 个;没有道路的:{zh} | the network covers {covered} of {total} areas; \
         none or hardly any streets in {en}"
    );
}

pub(super) fn print_network(report: &NetworkReport) {
    let NetworkReport { file, version, built, .. } = report;
    let same = if report.unchanged { "(与在用的相同 | same as in use)" } else { "" };
    println!(
        "{file}: 步行网络第 {version} 版{same}:{} 个路口,{} 段路,{} 公里,{} 片 | walking network, version {version}: {} \
         junctions, {} streets, {} km, {} parts",
        built.nodes, built.edges, built.km, built.components, built.nodes, built.edges, built.km, built.components
    );
    let (parts, nodes, m) = (built.dropped_components, built.dropped_nodes, built.dropped_m);
    println!(
        "  未取用:{parts} 片孤立的小路,{nodes} 个点,{m} 米 | left out: {parts} small islands, {nodes} nodes, {m} m"
    );
    let counts = &built.crossings;
    println!(
        "  过街处:信号灯 {},标线 {},无标线 {},无设施 {} | crossings of larger roads: {} with signals, {} marked, {} \
         unmarked, {} with nothing",
        counts.signals,
        counts.marked,
        counts.unmarked,
        counts.none,
        counts.signals,
        counts.marked,
        counts.unmarked,
        counts.none
    );
    let base = &report.basemap;
    let same = if base.unchanged { "(与在用的相同 | same as in use)" } else { "" };
    let holds = &base.holds;
    println!(
        "{file}: 底图第 {} 版{same}:道路 {},水系 {},绿地 {},用地 {},房屋 {},地名 {} | base map, version {}: {} roads, {} \
         waters, {} greens, {} grounds, {} houses, {} names",
        base.version,
        holds.roads,
        holds.waters,
        holds.greens,
        holds.lands,
        holds.buildings,
        holds.places,
        base.version,
        holds.roads,
        holds.waters,
        holds.greens,
        holds.lands,
        holds.buildings,
        holds.places
    );
}
