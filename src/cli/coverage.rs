//! `yimi coverage`.

use super::{CliError, Common};
use crate::http::{CoverageAnswer, GroupFigures, coverage_of};
use crate::snapshot::Live;
use clap::Args;
use std::process::ExitCode;

/// Gaps that are printed.
const PRINTED: usize = 10;

/// Which children reach a kind of site on foot
#[derive(Debug, Args)]
pub struct Coverage {
    /// 场所类别 | The kind of site
    #[arg(long)]
    kind: String,
    /// 步行分钟数 | The limit of the walk, 1 to 120 minutes; usually the kind's own
    #[arg(long)]
    minutes: Option<u32>,
    /// 谁在走(profiles.toml) | Who walks, by the id in profiles.toml
    #[arg(long)]
    profile: Option<String>,
    /// 当地时间:只计此时开放的场所,护学岗在岗 | Local time ("2025-06-01 10:00"): only sites open then, posts on duty then
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// 年龄段 | Ages that are counted, such as 0-14 (usual)
    #[arg(long, value_name = "FROM-TO")]
    ages: Option<String>,
    /// 只计符合的场所,如 demonstration=true;可重复 | Only sites with this attribute, such as setting=library; repeatable
    #[arg(long = "where", value_name = "ATTRIBUTE=VALUE")]
    attributes: Vec<String>,
    /// 以 JSON 输出 | Print JSON, the same as GET /api/coverage
    #[arg(long)]
    json: bool,
}

impl Coverage {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let query = self.query()?;
        let live = Live::new(common.snapshot().await?);
        let answer =
            tokio::task::spawn_blocking(move || coverage_of(&live, &query)).await.map_err(anyhow::Error::from)?;
        let answer = answer.map_err(|problem| CliError::Input(problem.detail().to_string()))?;
        if self.json {
            return super::print_json(&serde_json::to_vec(&answer).map_err(anyhow::Error::from)?);
        }
        print(&answer);
        Ok(ExitCode::SUCCESS)
    }

    /// The options as the parameters of the address, so that both are read, and refused, by the same rules.
    fn query(&self) -> Result<String, CliError> {
        let minutes = self.minutes.map(|minutes| minutes.to_string());
        let given = [("minutes", &minutes), ("profile", &self.profile), ("at", &self.at), ("ages", &self.ages)];
        let mut query = question(&self.kind, &given);
        for attribute in &self.attributes {
            let (name, value) = attribute.split_once('=').ok_or_else(|| {
                CliError::Input(format!("--where \"{attribute}\": 应为 属性=值 | wanted attribute=value"))
            })?;
            query.append_pair(name.trim(), value.trim());
        }
        Ok(query.finish())
    }
}

/// The parameters of a question, those that were given.
pub(super) fn question(kind: &str, given: &[(&str, &Option<String>)]) -> form_urlencoded::Serializer<'static, String> {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("kind", kind);
    for (name, value) in given {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    query
}

fn print(answer: &CoverageAnswer) {
    let county = &answer.county;
    let (total, covered, percent) = (county.children_total, county.children_covered, county.share * 100.0);
    let (minutes, ages, kind) = (answer.minutes, answer.ages, &answer.kind);
    println!(
        "{kind}: {ages} 岁儿童 {total} 人,{covered} 人({percent:.1} %)步行 {minutes} 分钟内可达 | {covered} of {total} \
         children aged {ages} within {minutes} minutes on foot"
    );
    for band in &county.bands {
        let to = band.to_min.map_or("…".to_owned(), |to| to.to_string());
        println!("  {:>3}–{to:<3} min  {:>8}  {:>5.1} %", band.from_min, band.children, band.share * 100.0);
    }
    let minutes = |secs: Option<f64>| secs.map_or("–".to_owned(), |secs| format!("{:.1} min", secs / 60.0));
    println!(
        "  中位 {},最远十分之一 {} 起 | median {}, worst tenth from {}",
        minutes(county.median_secs),
        minutes(county.worst_decile_secs),
        minutes(county.median_secs),
        minutes(county.worst_decile_secs)
    );
    let mut areas: Vec<_> = answer.areas.iter().collect();
    areas.sort_by(|a, b| a.figures.share.total_cmp(&b.figures.share));
    for area in areas {
        let GroupLine { covered, total, percent } = GroupLine::of(&area.figures);
        println!("  {percent:>5.1} %  {covered:>7} / {total:<7}  {}", area.name);
    }
    for gap in answer.gaps.iter().take(PRINTED) {
        println!("  还差 | gap: {:>6}  {}  {}", gap.children, minutes(gap.walk_secs), gap.name);
    }
    let counted = &answer.sites;
    println!(
        "  计入场所 {};此时关闭 {},开放时间不详 {},300 米内无路 {} | sites counted {}; closed then {}, hours unknown {}, no \
         street near {}",
        counted.counted,
        counted.not_open,
        counted.unknown_hours,
        counted.unsnapped_total,
        counted.counted,
        counted.not_open,
        counted.unknown_hours,
        counted.unsnapped_total
    );
    if answer.unsnapped.children > 0 {
        let (cells, children) = (answer.unsnapped.cells, answer.unsnapped.children);
        println!(
            "  {children} 名儿童({cells} 处)300 米内没有道路,计为未覆盖 | {children} children ({cells} cells) have no \
             street within 300 m and count as not covered"
        );
    }
}

struct GroupLine {
    covered: u64,
    total: u64,
    percent: f64,
}

impl GroupLine {
    fn of(figures: &GroupFigures) -> Self {
        Self { covered: figures.children_covered, total: figures.children_total, percent: figures.share * 100.0 }
    }
}
