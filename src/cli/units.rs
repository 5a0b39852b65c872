//! `yimi units`: the responsible units.

use super::{CliError, Common};
use crate::import::{ImportError, import_units};
use crate::store::Store;
use clap::Subcommand;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

/// Who stands in the log.
const WHO: &str = "yimi units";

/// Responsible units
#[derive(Debug, Subcommand)]
pub enum Units {
    /// 导入单位名单(CSV 或 XLSX:name 单位名称,可有 id 编号、confirmed 已核实) | Import a list: name, perhaps id and confirmed
    Import {
        /// 文件 | The file
        file: PathBuf,
    },
    /// 列出单位 | List the units
    List {
        /// 以 JSON 输出 | Print JSON
        #[arg(long)]
        json: bool,
    },
}

impl Units {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let store = Store::open(&common.database).await?;
        match self {
            Self::Import { file } => import(&store, &file).await,
            Self::List { json } => list(&store, json).await,
        }
    }
}

async fn import(store: &Store, file: &std::path::Path) -> Result<ExitCode, CliError> {
    let report = match import_units(store, file, WHO).await {
        Err(ImportError::Units(problems)) => {
            for problem in &problems {
                let crate::site::DraftProblem { line, column, found, wanted } = problem;
                eprintln!(
                    "第 {line} 行 {column} 列:现为“{found}”,应为 {} | row {line}, column {column}: found \"{found}\", wanted {}",
                    wanted.zh, wanted.en
                );
            }
            let count = problems.len();
            eprintln!("{count} 处有误,什么也没有写入 | {count} cells are wrong; nothing went in");
            return Ok(ExitCode::from(2));
        }
        report => report?,
    };
    for heading in &report.unknown_headings {
        eprintln!("! 未使用的列:{heading} | a column that means nothing here: {heading}");
    }
    println!(
        "新增 {},更新 {},不变 {} | {} added, {} changed, {} as they were",
        report.created, report.amended, report.unchanged, report.created, report.amended, report.unchanged
    );
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn list(store: &Store, as_json: bool) -> Result<ExitCode, CliError> {
    let units = store.units().await?;
    if as_json {
        let told = units.iter().map(
            |unit| json!({ "id": unit.id, "name": unit.name, "confirmed": unit.confirmed, "source": unit.source }),
        );
        return super::print_json(json!({ "units": told.collect::<Vec<_>>() }).to_string().as_bytes());
    }
    for unit in &units {
        let standing = if unit.confirmed { "" } else { "  待核实 | to be confirmed" };
        let demonstration = if unit.source == "demonstration" { "  示例 | demonstration" } else { "" };
        println!("{}  {}{standing}{demonstration}", unit.id, unit.name);
    }
    eprintln!("{} 个单位 | {} units", units.len(), units.len());
    Ok(ExitCode::SUCCESS)
}
