//! `yimi export sites`.

use super::progress::watched;
use super::{CliError, Common};
use crate::export::{Format, export_sites};
use anyhow::Context;
use clap::{Args, Subcommand};
use std::io::{BufWriter, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

/// Export public sites
#[derive(Debug, Subcommand)]
pub enum Export {
    /// 导出公开场所 | All public sites, to standard output or a file
    Sites(Sites),
}

/// Export sites
#[derive(Debug, Args)]
pub struct Sites {
    /// 格式 | Format
    #[arg(long, value_enum)]
    format: Format,
    /// 文件(默认标准输出) | File instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Export {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let Self::Sites(Sites { format, output }) = self;
        let (store, rules) = common.open().await?;
        let name = output.as_ref().map_or_else(|| "export".to_owned(), |path| path.display().to_string());
        let written = match &output {
            None => {
                let mut out = BufWriter::new(std::io::stdout());
                watched(&name, export_sites(&store, &rules.catalogue, format, &mut out)).await
            }
            Some(path) => {
                let file = std::fs::File::create(path)
                    .map_err(|error| CliError::Input(format!("--output {}: {error}", path.display())))?;
                watched(&name, export_sites(&store, &rules.catalogue, format, &mut BufWriter::new(file))).await
            }
        };
        let written = written.context("export stopped")?;
        if output.is_some() || std::io::stderr().is_terminal() {
            eprintln!("已导出 {written} 个场所 | {written} sites exported");
        }
        Ok(ExitCode::SUCCESS)
    }
}
