//! `yimi nearby`.

use super::{CliError, Common};
use crate::geo::LonLat;
use crate::http::{Detail, feature_collection};
use crate::site::Filter;
use crate::snapshot::NearQuery;
use clap::Args;
use std::process::ExitCode;

/// The nearest sites to a place
#[derive(Debug, Args)]
pub struct Nearby {
    /// 经度(WGS-84) | Longitude, WGS-84 degrees
    #[arg(long, allow_negative_numbers = true)]
    lon: f64,
    /// 纬度(WGS-84) | Latitude, WGS-84 degrees
    #[arg(long, allow_negative_numbers = true)]
    lat: f64,
    /// 类别,可用逗号分隔 | Kinds, separated by commas
    #[arg(long)]
    kind: Option<String>,
    /// 个数 | How many
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// 以 GeoJSON 输出 | Print GeoJSON
    #[arg(long)]
    json: bool,
}

impl Nearby {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let from = LonLat::new(self.lon, self.lat).map_err(|e| CliError::Input(format!("--lon --lat: {e}")))?;
        let now = common.snapshot().await?;
        let filter = match &self.kind {
            None => Filter::default(),
            Some(ids) => Filter::default().kinds(now.catalogue(), ids).map_err(|wanted| {
                CliError::Input(format!("--kind \"{ids}\": 应为{} | wanted {}", wanted.zh, wanted.en))
            })?,
        };
        let query = NearQuery { from, filter: &filter, age: None, open_at: None, limit: usize::from(self.limit) };
        let sites = now.nearest(query, f64::INFINITY).sites;
        if self.json {
            let json = feature_collection(&now, &sites, Detail::Full, None).map_err(anyhow::Error::from)?;
            return super::print_json(&json);
        }
        if sites.is_empty() {
            println!("没有找到场所;yimi demo 可载入示例县 | no site found; yimi demo loads the demonstration county");
        }
        for found in &sites {
            let site = &found.held.site;
            let kind = &now.catalogue().kind(site.kind).name.zh;
            println!("{:>8.0} m  {kind}  {}  #{}", found.distance_m.unwrap_or_default(), site.name, site.id.0);
        }
        Ok(ExitCode::SUCCESS)
    }
}
