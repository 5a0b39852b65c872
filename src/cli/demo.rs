//! `yimi demo`: the demonstration county, through the same importers as anyone's files.

use super::children::{print_children, warn_of_children};
use super::import::{print_areas, print_network, print_sites, warn_of_bare_areas};
use super::progress::ByteBar;
use super::{CliError, Common};
use crate::config::built_in;
use crate::geo::Datum;
use crate::import::{
    ChildrenImport, NetworkImport, SitesImport, import_areas, import_children, import_network, import_sites,
};
use crate::registry::units::{NewUnit, record};
use crate::snapshot::Rules;
use crate::store::Store;
use anyhow::{Context, anyhow};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Load the demonstration county
#[derive(Debug, Args)]
pub struct Demo {
    /// 仅当数据库为空时载入 | Only into an empty database
    #[arg(long)]
    if_empty: bool,
}

const WHO: &str = "yimi demo";

impl Demo {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let (store, rules) = common.open().await?;
        if self.if_empty && store.latest_shown_revision().await? > 0 {
            return Ok(ExitCode::SUCCESS);
        }
        let folder = Unpacked::make()?;
        let areas = folder.file("areas.geojson")?;
        print_areas(&import_areas(&store, &areas, Datum::Wgs84, WHO).await?);
        let import = SitesImport {
            file: folder.file("sites.csv")?,
            kind: None,
            datum: None,
            dry_run: false,
            all_or_nothing: true,
            who: WHO.to_owned(),
        };
        let bar = ByteBar::new("sites.csv");
        let report = import_sites(&store, &rules, import, move |done, total| bar.at(done, total)).await?;
        print_sites(&report);
        let import = NetworkImport { file: folder.file("network.osm.pbf")?, clip: None, who: WHO.to_owned() };
        let bar = ByteBar::new("network.osm.pbf");
        let network = import_network(&store, import, move |done, total| bar.at(done, total)).await?;
        warn_of_bare_areas(&network);
        print_network(&network);
        let import = ChildrenImport {
            files: vec![folder.file("children.csv")?],
            count_columns: Vec::new(),
            ages: Vec::new(),
            datum: None,
            clip: None,
            who: WHO.to_owned(),
        };
        let bar = ByteBar::new("children.csv");
        let children = import_children(&store, &rules, import, move |done, total| bar.at(done, total)).await?;
        warn_of_children(&children);
        print_children(&children);
        let units = demonstration_units(&store, &rules).await?;
        println!("责任单位 {units} 个(示例) | {units} responsible units (demonstration)");
        store.close().await;
        Ok(if report.refused == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) })
    }
}

/// The units that the targets name, so that there is somebody to register for.
async fn demonstration_units(store: &Store, rules: &Rules) -> Result<usize, CliError> {
    let units = rules.plan.units();
    let mut change = store.change().await?;
    for unit in &units {
        let new = NewUnit { id: None, name: unit.name.clone(), confirmed: unit.confirmed };
        record(&mut change, new, "demonstration", WHO, "units that the targets name")
            .await
            .map_err(|error| anyhow!("{error}"))?;
    }
    change.commit().await?;
    Ok(units.len())
}

/// The demonstration county's files, taken out of the binary for the importers, which read files; gone when dropped.
struct Unpacked(PathBuf);

impl Unpacked {
    fn make() -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("yimi-demo-{}", std::process::id()));
        std::fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
        Ok(Self(folder))
    }

    fn file(&self, name: &str) -> anyhow::Result<PathBuf> {
        let bytes = built_in(&Path::new("donge").join(name).to_string_lossy())
            .ok_or_else(|| anyhow!("the binary was built without data/donge/{name}"))?;
        let path = self.0.join(name);
        std::fs::write(&path, bytes).with_context(|| format!("can't write {}", path.display()))?;
        Ok(path)
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, folder = %self.0.display(), "a temporary folder stays behind");
        }
    }
}
