//! `yimi backup`, `yimi restore` and `yimi check`: a copy as of one moment while the service runs, back from it, and
//! whether the database is what it should be.

use super::progress::ByteBar;
use super::{CliError, Common};
use crate::registry::sessions::sign_all_out;
use crate::registry::{Checked, Checking, check};
use crate::store::{Store, StoreError, private_file};
use anyhow::Context;
use clap::Args;
use indicatif::ProgressBar;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// How often progress is told.
const PACE: Duration = Duration::from_millis(200);

/// Make a consistent copy, also while serving
#[derive(Debug, Args)]
pub struct Backup {
    /// 备份文件,不能已存在 | The file to write; it must not be there yet
    file: PathBuf,
}

/// Bring a copy back
#[derive(Debug, Args)]
pub struct Restore {
    /// 备份文件 | The file that `yimi backup` wrote
    file: PathBuf,
    /// 覆盖已有数据 | Replace a database that has data
    #[arg(long)]
    replace: bool,
}

/// Check that the database is what it should be
#[derive(Debug, Args)]
pub struct Check {}

impl Backup {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        if self.file.exists() {
            let file = self.file.display();
            return Err(CliError::Input(format!(
                "{file} 已存在,请换一个文件名 | {file} is there already; wanted a new file"
            )));
        }
        existing(&common.database)?;
        let store = Store::open_as_it_is(&common.database).await?;
        let part = beside(&self.file, "part");
        remove(&part)?;
        private_file(&part).with_context(|| format!("can't write {}", part.display()))?;
        let (bar, total) = (ByteBar::new("backup"), u64::try_from(store.bytes().await?).unwrap_or(0));
        let copied = {
            let copying = store.copy_into(&part);
            tokio::pin!(copying);
            loop {
                tokio::select! {
                    copied = &mut copying => break copied,
                    () = tokio::time::sleep(PACE) => bar.at(part.metadata().map_or(0, |file| file.len()), total),
                }
            }
        };
        drop(bar);
        if let Err(error) = copied {
            remove(&part)?;
            return Err(error.into());
        }
        settle(&part, &self.file)?;
        store.close().await;
        let mib = self.file.metadata().map_or(0.0, |file| file.len() as f64 / f64::from(1 << 20));
        println!("{}: {mib:.1} MiB", self.file.display());
        Ok(ExitCode::SUCCESS)
    }
}

impl Restore {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let url = &common.database;
        let target = Store::file_of(url).ok_or_else(|| StoreError::Url(url.clone()))?.to_owned();
        if !self.file.is_file() {
            let file = self.file.display();
            return Err(CliError::Input(format!("没有文件 {file} | {file} does not exist")));
        }
        if target.exists() {
            if !self.replace && Store::is_used(url).await? {
                let file = target.display();
                return Err(CliError::Input(format!(
                    "{file} 里已有数据;确要替换请加 --replace | {file} has data; --replace replaces it"
                )));
            }
            if Store::is_open_elsewhere(url).await? {
                let file = target.display();
                return Err(CliError::Input(format!(
                    "{file} 正在使用,请先停止服务 | {file} is in use; stop the service first"
                )));
            }
        }
        if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).with_context(|| format!("can't make {}", folder.display()))?;
        }
        let part = beside(&target, "restored");
        remove(&part)?;
        private_file(&part).with_context(|| format!("can't write {}", part.display()))?;
        copy(&self.file, &part).with_context(|| format!("can't copy {}", self.file.display()))?;
        let checked = checked_copy(&part).await;
        match checked {
            Ok(checked) if checked.faults.is_empty() => {
                settle(&part, &target)?;
                println!(
                    "已恢复:{} 处场所,{} 条修订 | restored: {} sites, {} revisions",
                    checked.sites, checked.revisions, checked.sites, checked.revisions
                );
                println!(
                    "所有人须重新登录;备份之后撤销的令牌、改过的密码和停用的账号又回到备份时的样子,请核对 | everybody signs in anew; tokens, passwords and accounts are again as they were then: look through them"
                );
                Ok(ExitCode::SUCCESS)
            }
            Ok(checked) => {
                remove(&part)?;
                tell_faults(&checked);
                let file = self.file.display();
                Err(CliError::Input(format!("{file} 不完好,没有恢复 | {file} is damaged; nothing was restored")))
            }
            Err(error) => {
                remove(&part)?;
                let file = self.file.display();
                Err(CliError::Input(format!("{file} 不是可用的备份 | {file} is no backup that can be used: {error}")))
            }
        }
    }
}

/// Opens a copy, which brings its schema up to date, and checks it.
async fn checked_copy(file: &Path) -> Result<Checked, StoreError> {
    let url = format!("sqlite:{}", file.display());
    // a file that is no database of ours gets none of our tables before that is known
    if !Store::is_used(&url).await? {
        return Err(StoreError::Url(format!("{} (a database without a revision log)", file.display())));
    }
    let store = Store::open(&url).await?;
    let checked = check_with_bar(&store).await;
    if checked.as_ref().is_ok_and(|checked| checked.faults.is_empty()) {
        sign_all_out(&store, "restored from a backup").await?;
    }
    store.close().await;
    checked
}

impl Check {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        existing(&common.database)?;
        let store = Store::open_as_it_is(&common.database).await?;
        if !store.is_up_to_date().await? {
            return Err(CliError::Input(
                "数据库结构属于另一版本的程序,请用那一版检查,或备份后用本版打开一次 | the database is of another version of this program; check it with that one, or make a backup and open it with this one first".to_owned(),
            ));
        }
        let checked = check_with_bar(&store).await?;
        store.close().await;
        let Checked { revisions, sites, datasets, ref faults } = checked;
        println!(
            "{sites} 处场所,{revisions} 条修订,{datasets} 个数据集 | {sites} sites, {revisions} revisions, {datasets} datasets"
        );
        if faults.is_empty() {
            println!("完好 | all is well");
            return Ok(ExitCode::SUCCESS);
        }
        tell_faults(&checked);
        Ok(ExitCode::FAILURE)
    }
}

fn tell_faults(checked: &Checked) {
    for fault in &checked.faults {
        eprintln!("✗ {fault}");
    }
    eprintln!("{} 处有误 | {} faults", checked.faults.len(), checked.faults.len());
}

async fn check_with_bar(store: &Store) -> Result<Checked, StoreError> {
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(PACE);
    let checked = check(store, |part| {
        bar.set_message(match part {
            Checking::File => "数据库文件 | the file",
            Checking::References => "引用 | references",
            Checking::Log => "修订记录 | the revision log",
            Checking::Sites => "场所与修订记录 | sites and their revisions",
            Checking::Registrations => "登记、人员与照片 | registrations, people and photos",
            Checking::Datasets => "数据集 | datasets",
        });
    })
    .await;
    bar.finish_and_clear();
    checked
}

/// The database must be there: a backup of nothing is none.
fn existing(url: &str) -> Result<(), CliError> {
    let file = Store::file_of(url).ok_or_else(|| StoreError::Url(url.to_owned()))?;
    if file.is_file() {
        return Ok(());
    }
    let file = file.display();
    Err(CliError::Input(format!("没有数据库 {file} | there is no database {file}")))
}

/// A file of the same folder, so that renaming it is one step.
fn beside(file: &Path, ending: &str) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!("{name}.{ending}"))
}

/// Onto the disk, and then in its place at once.
fn settle(part: &Path, file: &Path) -> Result<(), CliError> {
    let synced = std::fs::File::open(part).and_then(|file| file.sync_all());
    synced.with_context(|| format!("can't write {}", part.display()))?;
    // empty by now, and not to be taken for those of the new file
    for beside_it in ["-wal", "-shm"] {
        let mut left = file.as_os_str().to_owned();
        left.push(beside_it);
        remove(Path::new(&left))?;
    }
    std::fs::rename(part, file).with_context(|| format!("can't make {}", file.display()))?;
    Ok(())
}

/// The bytes of a file and not who may read it.
fn copy(from: &Path, to: &Path) -> std::io::Result<u64> {
    std::io::copy(&mut std::fs::File::open(from)?, &mut std::fs::OpenOptions::new().write(true).open(to)?)
}

fn remove(file: &Path) -> Result<(), CliError> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(anyhow::Error::from(error).context(format!("can't remove {}", file.display())).into())
        }
        _ => Ok(()),
    }
}
