//! `yimi route`.

use super::{CliError, Common};
use crate::geo::LonLat;
use crate::http::route_json;
use crate::network::{Network, Route as Way};
use crate::snapshot::{Live, WayQuery};
use crate::text::Words;
use chrono::NaiveDateTime;
use clap::Args;
use std::process::ExitCode;

/// The way on foot between two places
#[derive(Debug, Args)]
pub struct Route {
    /// 起点 经度,纬度(WGS-84) | Where it begins: longitude,latitude in WGS-84 degrees
    #[arg(long, value_parser = place, allow_hyphen_values = true, value_name = "LON,LAT")]
    from: LonLat,
    /// 终点 经度,纬度 | Where it ends
    #[arg(long, value_parser = place, allow_hyphen_values = true, value_name = "LON,LAT")]
    to: LonLat,
    /// 谁在走(profiles.toml) | Who walks, by the id in profiles.toml
    #[arg(long)]
    profile: Option<String>,
    /// 当地时间:此时在岗的护学岗缩短过街等待 | Local time, with the safety posts on duty then ("2025-06-02 07:30")
    #[arg(long, value_parser = super::time, value_name = "TIME")]
    at: Option<NaiveDateTime>,
    /// 回程:从终点走回起点 | The same way back
    #[arg(long)]
    home: bool,
    /// 以 GeoJSON 输出 | Print GeoJSON, the same feature as GET /api/route
    #[arg(long)]
    json: bool,
}

fn place(text: &str) -> Result<LonLat, String> {
    let wanted = || "wanted longitude,latitude such as 116.2432,36.3359".to_owned();
    let (lon, lat) = text.split_once(',').ok_or_else(wanted)?;
    let degrees = |part: &str| part.trim().parse::<f64>().ok();
    let (lon, lat) = degrees(lon).zip(degrees(lat)).ok_or_else(wanted)?;
    LonLat::new(lon, lat).map_err(|error| error.to_string())
}

impl Route {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let now = common.snapshot().await?;
        let profiles = now.profiles();
        let index = super::profile(profiles, self.profile.as_deref())?;
        let who = profiles.all()[index].name.clone();
        let query = WayQuery { from: self.from, to: self.to, profile: index, at: self.at, home: self.home };
        let found = Live::new(now).ways(query).map_err(|none| CliError::Input(none.words().to_string()))?;
        if self.json {
            return super::print_json(&route_json(&found).map_err(anyhow::Error::from)?);
        }
        print_way(&found.ways.quickest, &who, &found.network);
        if let Some(safest) = &found.ways.safest {
            println!("\n更安全 | Safer:");
            print_way(safest, &who, &found.network);
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn print_way(way: &Way, who: &Words, network: &Network) {
    println!("{:.0} m, {:.1} min ({who})", way.length_m, way.walk_secs / 60.0);
    for crossed in &way.crossings {
        let [lon, lat] = crossed.at.to_centimetre();
        println!("  +{:.0} s  {}  {lon},{lat}", crossed.delay_secs, crossed.protection.id());
    }
    for (number, step) in (1..).zip(way.instructions(network)) {
        println!("  {number}. {}", step.words());
    }
}
