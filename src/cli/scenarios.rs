//! `yimi scenarios`: those that are kept, for whoever looks after the database, and one of them as a file.

use super::{CliError, Common};
use crate::export::Format;
use crate::http::scenario_file;
use crate::registry::is_secret;
use crate::registry::scenarios::{self, By, ScenarioError};
use crate::store::{ListedScenario, Store};
use anyhow::Context;
use clap::{Args, Subcommand};
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Scenarios that were saved
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Scenarios {
    #[command(subcommand)]
    what: Option<What>,
    /// 以 JSON 输出 | Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// 导出一个方案 | One scenario as a file
    Export(Export),
    /// 删除一个方案(各版本仍在修订记录中) | Remove one; its versions stay in the revision log
    Remove {
        /// 链接中的编号 | Its id, from its link
        id: String,
    },
}

#[derive(Debug, Args)]
struct Export {
    /// 链接中的编号 | Its id, from its link
    id: String,
    /// 格式 | Format
    #[arg(long, value_enum)]
    format: Format,
    /// 文件(默认标准输出) | File instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Scenarios {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        match self.what {
            Some(What::Export(export)) => export.run(common).await,
            Some(What::Remove { id }) => remove(&Store::open(&common.database).await?, &id).await,
            None => list(&Store::open(&common.database).await?, self.json).await,
        }
    }
}

async fn list(store: &Store, as_json: bool) -> Result<ExitCode, CliError> {
    let scenarios = store.scenarios().await?;
    if as_json {
        let told = |scenario: &ListedScenario| {
            let mut told = json!(scenario);
            told["link"] = link(scenario).into();
            told
        };
        let list = json!({ "scenarios": scenarios.iter().map(told).collect::<Vec<_>>() });
        return super::print_json(list.to_string().as_bytes());
    }
    for scenario in &scenarios {
        let ListedScenario { version, kind, name, saved, tasks, .. } = scenario;
        println!("{saved}  v{version}  {kind}  {name}  {}", link(scenario));
        if *tasks > 0 {
            println!("    已交办 {tasks} 处 | {tasks} handed over");
        }
    }
    eprintln!("{} 个方案 | {} scenarios", scenarios.len(), scenarios.len());
    Ok(ExitCode::SUCCESS)
}

/// Behind the address of the map, it opens the scenario.
fn link(scenario: &ListedScenario) -> String {
    format!("/#panel=plan&scenario={}", scenario.id)
}

fn unknown(id: &str) -> CliError {
    let id = id.escape_debug();
    CliError::Input(format!("没有方案 {id};yimi scenarios 列出所有方案 | no scenario {id}; yimi scenarios lists them"))
}

async fn remove(store: &Store, id: &str) -> Result<ExitCode, CliError> {
    match scenarios::remove(store, id, By::Administrator, None).await {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(ScenarioError::Unknown) => Err(unknown(id)),
        Err(error) => Err(anyhow::Error::from(error).into()),
    }
}

impl Export {
    async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let (store, _) = common.open().await?;
        let row = if is_secret(&self.id) { store.scenario(&self.id).await? } else { None };
        let row = row.ok_or_else(|| unknown(&self.id))?;
        let tasks = store.tasks(&row.id).await?;
        let file = scenario_file(&common.snapshot().await?, &row, &tasks);
        let file = file.map_err(|problem| anyhow::anyhow!(problem.to_string()))?;
        let written = file.written(self.format).context("export stopped")?;
        match &self.output {
            Some(path) => std::fs::write(path, written)
                .map_err(|error| CliError::Input(format!("--output {}: {error}", path.display())))?,
            None => std::io::stdout().write_all(&written).context("export stopped")?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
