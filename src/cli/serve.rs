//! `yimi serve`.

use super::{CliError, Common};
use crate::app;
use crate::config::{BaseMap, MapApproval};
use crate::http::{PageSettings, WebFiles};
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// Serve the map
#[derive(Debug, Args)]
pub struct Serve {
    /// 监听地址 | Address to listen on
    #[arg(long, env = "YIMI_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    listen: SocketAddr,
    /// 在线底图 | Online base map: none, osm, tianditu:KEY, or an https address with {z}, {x} and {y}
    #[arg(long, env = "YIMI_BASEMAP", default_value = "none", value_name = "MAP", hide_env_values = true)]
    basemap: String,
    /// 底图坐标系 | Datum of an own base map: wgs84, gcj02, bd09 or cgcs2000
    #[arg(long, env = "YIMI_BASEMAP_DATUM", value_name = "DATUM")]
    basemap_datum: Option<String>,
    /// 审图号;没有则不显示实测界线 | Map approval number; without it no surveyed outline is shown
    #[arg(long, env = "YIMI_MAP_APPROVAL", value_name = "NUMBER")]
    map_approval: Option<String>,
    /// 审图年份 | Year of the approval
    #[arg(long, env = "YIMI_MAP_APPROVAL_YEAR", value_name = "YEAR")]
    map_approval_year: Option<String>,
    /// 地图版权 | Whose map it is
    #[arg(long, env = "YIMI_MAP_COPYRIGHT", value_name = "TEXT")]
    map_copyright: Option<String>,
    /// 前端目录(开发用) | Serve the front end from this folder instead of the built-in one
    #[arg(long, env = "YIMI_WEB_DIR", value_name = "FOLDER")]
    web_dir: Option<PathBuf>,
}

impl Serve {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let base_map = BaseMap::parse(&self.basemap, self.basemap_datum.as_deref())?;
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let approval = given(self.map_approval).map(|number| MapApproval {
            number,
            year: given(self.map_approval_year),
            copyright: given(self.map_copyright),
        });
        let web = self.web_dir.map_or(WebFiles::BuiltIn, WebFiles::Folder);
        let (store, rules) = common.open().await?;
        app::serve(store, rules, self.listen, PageSettings { base_map, approval }, web).await?;
        Ok(ExitCode::SUCCESS)
    }
}
