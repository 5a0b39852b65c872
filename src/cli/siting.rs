//! `yimi siting`.

use super::coverage::question;
use super::progress::watched;
use super::{CliError, Common};
use crate::http::siting_of;
use crate::snapshot::Live;
use clap::Args;
use std::process::ExitCode;

/// Where the next sites of a kind should go, with a proof
#[derive(Debug, Args)]
pub struct Siting {
    /// 场所类别 | The kind of site
    #[arg(long)]
    kind: String,
    /// 新增几处 | How many more
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=500), value_name = "N")]
    add: u16,
    /// 步行分钟数 | The limit of the walk, 1 to 120 minutes; usually the kind's own
    #[arg(long)]
    minutes: Option<u32>,
    /// 谁在走(profiles.toml) | Who walks, by the id in profiles.toml
    #[arg(long)]
    profile: Option<String>,
    /// 年龄段 | Ages that are counted, such as 0-14 (usual)
    #[arg(long, value_name = "FROM-TO")]
    ages: Option<String>,
    /// 以 JSON 输出 | Print JSON
    #[arg(long)]
    json: bool,
}

impl Siting {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let minutes = self.minutes.map(|minutes| minutes.to_string());
        let given = [("minutes", &minutes), ("profile", &self.profile), ("ages", &self.ages)];
        let query = question(&self.kind, &given).finish();
        let live = Live::new(common.snapshot().await?);
        let add = usize::from(self.add);
        let plan = tokio::task::spawn_blocking(move || siting_of(&live, &query, add));
        let plan = watched(&self.kind, plan).await.map_err(anyhow::Error::from)?;
        let plan = plan.map_err(|problem| CliError::Input(problem.detail().to_string()))?;
        if self.json {
            return super::print_json(&serde_json::to_vec(&plan).map_err(anyhow::Error::from)?);
        }
        let (sites, after, total) = (plan.sites.len(), plan.children_after(), plan.children_total);
        let (more, bound, gap) = (plan.objective, plan.bound, plan.gap * 100.0);
        println!(
            "新增 {sites} 处可多覆盖 {more} 名儿童(共 {after} / {total});{sites} 处最多能多覆盖 {bound} 名,差距 {gap:.2} % | \
             {sites} more sites cover {more} more children; no plan of {sites} can cover more than {bound} (gap {gap:.2} %)"
        );
        for site in &plan.sites {
            println!("  {:>6}  {},{}", site.children, site.lon, site.lat);
        }
        Ok(ExitCode::SUCCESS)
    }
}
