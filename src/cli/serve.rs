//! `yimi serve`.

use super::{CliError, Common};
use crate::app;
use crate::config::{BaseMap, MapApproval};
use crate::http::{Gate, PageSettings, Proxies, WebFiles};
use clap::Args;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

/// Serve the map
#[derive(Debug, Args)]
pub struct Serve {
    /// 监听地址 | Address to listen on
    #[arg(long, env = "YIMI_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    listen: SocketAddr,
    /// 经 HTTPS 访问(由前面的代理提供) | Browsers come by HTTPS, by a proxy in front: the cookie is sent over nothing else
    #[arg(long, env = "YIMI_HTTPS")]
    https: bool,
    /// 可信代理的地址(其 X-Forwarded-For 有效) | Addresses of proxies whose X-Forwarded-For is taken, for the limit on tries
    #[arg(long, env = "YIMI_PROXY", value_name = "ADDR", value_delimiter = ',')]
    proxy: Vec<IpAddr>,
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
    /// 公众访问本服务的网址(印在标牌二维码里) | Where the public reaches this service; stands in the QR codes of signs
    #[arg(long, env = "YIMI_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    public_url: Option<String>,
    /// 标牌所用的中文字体文件 | Font of signs, TrueType or OpenType with Chinese characters
    #[arg(long, env = "YIMI_FONT", value_name = "FILE")]
    font: Option<PathBuf>,
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
        let page = PageSettings { base_map, approval, public_url: self.public_url, font: self.font };
        let (store, rules) = common.open().await?;
        let gate = Gate::new(self.https, Proxies(self.proxy));
        app::serve(store, rules, self.listen, page, web, gate).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// An address without a slash at its end.
fn public_url(said: &str) -> Result<String, String> {
    let url = said.trim().trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_graphic() && !"#?\"<>\\".contains(c);
    if host.is_empty() || url.len() > 200 || !url.chars().all(is_plain) {
        return Err("应为 https://… 的网址 | wanted an address such as https://map.example.org".to_owned());
    }
    Ok(url.to_owned())
}
