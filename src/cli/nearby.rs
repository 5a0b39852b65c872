//! `yimi nearby`.

use super::{CliError, Common};
use crate::clock;
use crate::geo::LonLat;
use crate::http::{Detail, feature_collection};
use crate::site::Filter;
use crate::snapshot::{NearQuery, Walker};
use chrono::NaiveDateTime;
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
    /// 按步行时间,而不是直线距离 | By walking time instead of in a straight line
    #[arg(long)]
    on_foot: bool,
    /// 谁在走(profiles.toml) | Who walks, by the id in profiles.toml
    #[arg(long, requires = "on_foot")]
    profile: Option<String>,
    /// 当地时间;不写即现在 | Local time ("2025-06-07 20:00"); now unless said
    #[arg(long, value_parser = super::time, value_name = "TIME")]
    at: Option<NaiveDateTime>,
    /// 只要那时开放的 | Only those known to be open then
    #[arg(long)]
    open: bool,
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
        let at = self.at.unwrap_or_else(|| now.rules().calendar.local(clock::now()));
        let open_at = self.open.then_some(at);
        let query = NearQuery { from, filter: &filter, age: None, open_at, limit: usize::from(self.limit) };
        let sites = if self.on_foot {
            let profile = super::profile(now.profiles(), self.profile.as_deref())?;
            let walker = Walker { profile, at: Some(at), within: u32::MAX };
            now.nearest_on_foot(query, walker).map_err(|none| CliError::Input(none.words().to_string()))?.sites
        } else {
            now.nearest(query, f64::INFINITY).sites
        };
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
            let far = match &found.on_foot {
                Some(way) => format!("{:>6.1} min {:>7.0} m", f64::from(way.millis) / 60_000.0, way.length_m),
                None => format!("{:>8.0} m", found.distance_m.unwrap_or_default()),
            };
            println!("{far}  {kind}  {}  #{}", site.name, site.id.0);
        }
        Ok(ExitCode::SUCCESS)
    }
}
