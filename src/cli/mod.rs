//! The command line: `yimi --help` explains each command. Data go to standard output, everything else to standard error.
//! Exit code 0, 2 when the input is wrong, 1 for anything else.

mod backup;
mod children;
mod coverage;
mod demo;
mod export;
mod import;
mod log;
mod nearby;
mod openapi;
mod people;
mod progress;
mod route;
mod scenarios;
mod serve;
mod siting;
mod targets;
mod units;

use crate::config;
use crate::http::at_time;
use crate::import::ImportError;
use crate::network::Profiles;
use crate::snapshot::{Rules, Snapshot, load};
use crate::store::{Store, StoreError};
use crate::text::DataFileError;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// 一米 Yimi:儿童友好空间地图 | a map of child-friendly spaces
#[derive(Debug, Parser)]
#[command(name = "yimi", version, about, max_term_width = 110)]
pub struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
struct Common {
    /// 数据库 | Database: sqlite:FILE
    #[arg(long, global = true, env = "YIMI_DATABASE", default_value = "sqlite:var/yimi.db", value_name = "URL")]
    database: String,
    /// 数据文件目录(catalogue.toml、targets.toml、profiles.toml、calendar.toml、readings.toml) | Folder of the data files; missing ones are built in
    #[arg(long, global = true, env = "YIMI_DATA", default_value = "data", value_name = "FOLDER")]
    data: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 启动地图服务 | Serve the map
    Serve(serve::Serve),
    /// 载入示例县数据 | Load the demonstration county
    Demo(demo::Demo),
    /// 导入区划、场所、步行网络与底图、儿童 | Import areas, sites, the walking network with the base map, or children
    #[command(subcommand)]
    Import(import::Import),
    /// 查找附近场所 | The nearest sites to a place
    Nearby(nearby::Nearby),
    /// 两地之间的步行路线 | The way on foot between two places
    Route(route::Route),
    /// 步行可达覆盖,按儿童人数 | Which children reach a kind of site on foot
    Coverage(coverage::Coverage),
    /// 下一批场所应建在哪里 | Where the next sites of a kind should go, with a proof
    Siting(Box<siting::Siting>),
    /// 保存的方案 | Scenarios that were saved, with their links
    Scenarios(scenarios::Scenarios),
    /// 方案目标进展 | How the plan's targets stand
    Targets(targets::Targets),
    /// 导出公开场所 | Export public sites
    #[command(subcommand)]
    Export(export::Export),
    /// 账号 | People with an account
    #[command(subcommand)]
    People(people::People),
    /// 责任单位 | Responsible units
    #[command(subcommand)]
    Units(units::Units),
    /// 备份,服务运行时也可 | A consistent copy of the database, also while serving
    Backup(backup::Backup),
    /// 从备份恢复 | Bring a copy back
    Restore(backup::Restore),
    /// 检查数据库是否完好 | Check that the database is what it should be
    Check(backup::Check),
    /// 输出接口说明 | Print the OpenAPI document
    Openapi,
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
enum CliError {
    /// What was given is wrong; exit code 2.
    #[error("{0}")]
    Input(String),
    /// A data file is wrong; exit code 2.
    #[error(transparent)]
    DataFile(#[from] DataFileError),
    /// A setting is wrong; exit code 2.
    #[error(transparent)]
    Setting(#[from] config::SettingError),
    /// An import stopped.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Anything else.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

impl CliError {
    fn is_input(&self) -> bool {
        match self {
            Self::Input(_) | Self::DataFile(_) | Self::Setting(_) | Self::Store(StoreError::Url(_)) => true,
            Self::Import(error) => !matches!(
                error,
                ImportError::Store(_)
                    | ImportError::Stopped(_)
                    | ImportError::Stored(_)
                    | ImportError::StoredChildren(_)
                    | ImportError::StoredBase(_)
                    | ImportError::Packing(_)
            ),
            Self::Store(_) | Self::Other(_) => false,
        }
    }

    /// One line, Chinese first where there is Chinese.
    fn line(&self) -> String {
        match self {
            Self::Import(ImportError::File(error)) => format!("{} | {error}", error.zh()),
            Self::Import(ImportError::Network(error)) => error.words().to_string(),
            other => other.to_string(),
        }
        .replace(['\n', '\r'], " ")
    }
}

/// Runs a command to its exit code.
#[must_use]
pub fn run(arguments: Arguments) -> ExitCode {
    log::start(matches!(arguments.command, Command::Serve(_)));
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("yimi: no runtime: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(async {
        let common = arguments.common;
        match arguments.command {
            Command::Serve(serve) => serve.run(&common).await,
            Command::Demo(demo) => demo.run(&common).await,
            Command::Import(import) => import.run(&common).await,
            Command::Nearby(nearby) => nearby.run(&common).await,
            Command::Route(route) => route.run(&common).await,
            Command::Coverage(coverage) => coverage.run(&common).await,
            Command::Siting(siting) => siting.run(&common).await,
            Command::Scenarios(scenarios) => scenarios.run(&common).await,
            Command::Targets(targets) => targets.run(&common).await,
            Command::Export(export) => export.run(&common).await,
            Command::People(people) => people.run(&common).await,
            Command::Units(units) => units.run(&common).await,
            Command::Backup(backup) => backup.run(&common).await,
            Command::Restore(restore) => restore.run(&common).await,
            Command::Check(check) => check.run(&common).await,
            Command::Openapi => openapi::run(),
        }
    });
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("yimi: {}", error.line());
            ExitCode::from(if error.is_input() { 2 } else { 1 })
        }
    }
}

/// A local time of an option.
fn time(text: &str) -> Result<chrono::NaiveDateTime, String> {
    at_time(text).ok_or_else(|| "wanted a local time such as 2025-06-02 07:30".to_owned())
}

/// A profile's place by its id; without one, the usual one's.
fn profile(profiles: &Profiles, id: Option<&str>) -> Result<usize, CliError> {
    profiles.index(id).ok_or_else(|| {
        let ids = profiles.all().iter().map(|profile| profile.id.as_str()).collect::<Vec<_>>().join(", ");
        CliError::Input(format!("--profile \"{}\": 应为以下之一 | wanted one of {ids}", id.unwrap_or_default()))
    })
}

impl Common {
    fn rules(&self) -> Result<Arc<Rules>, CliError> {
        Ok(Arc::new(config::rules(&self.data)?))
    }

    async fn open(&self) -> Result<(Store, Arc<Rules>), CliError> {
        let rules = self.rules()?;
        Ok((Store::open(&self.database).await?, rules))
    }

    async fn snapshot(&self) -> Result<Snapshot, CliError> {
        let (store, rules) = self.open().await?;
        Ok(progress::watched(&self.database, load(&store, rules)).await?)
    }
}

/// Writes `json` and a line break to standard output; a closed pipe is no failure.
fn print_json(json: &[u8]) -> Result<ExitCode, CliError> {
    use std::io::{ErrorKind, Write};
    let mut out = std::io::stdout().lock();
    match out.write_all(json).and_then(|()| out.write_all(b"\n")) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(anyhow::Error::from(error).into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}
