//! Whether the database is what it should be: whole, without loose ends, with a log that has no gaps and says of each site
//! what its row says, with the photos that are shown, and with datasets that are what was stored.

use super::sites::logged;
use crate::store::{Store, StoreError};
use serde_json::Value;

/// Faults of one sort that are told.
const TOLD: usize = 20;

/// What was looked at, and what is wrong.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Lines of the log.
    pub revisions: i64,
    /// Sites.
    pub sites: u64,
    /// Datasets, also those no longer in use.
    pub datasets: usize,
    /// What is wrong; nothing when all is well.
    pub faults: Vec<String>,
}

/// A part of the check, as it is begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checking {
    /// Pages and indexes of the file.
    File,
    /// Rows that point at others.
    References,
    /// The log's numbers.
    Log,
    /// Each site against its newest line.
    Sites,
    /// Registrations and people against their newest lines, and the photos that are shown.
    Registrations,
    /// Each dataset against its hash.
    Datasets,
}

/// Looks at everything. It reads all there is, which takes a while.
pub async fn check(store: &Store, mut begins: impl FnMut(Checking)) -> Result<Checked, StoreError> {
    let mut checked = Checked::default();
    begins(Checking::File);
    checked.faults.extend(store.faults_of_file().await?.into_iter().map(|fault| format!("file: {fault}")));
    begins(Checking::References);
    checked.faults.extend(store.loose_rows().await?.into_iter().map(|row| format!("loose row: {row}")));
    begins(Checking::Log);
    let [count, first, last, given] = store.ends_of_log().await?;
    checked.revisions = count;
    if count > 0 && (first != 1 || last != count) {
        checked.faults.push(format!("log: {count} lines, numbered {first} to {last}; wanted 1 to {count}"));
    }
    if given > last {
        checked.faults.push(format!("log: line {given} was written and the last is {last}"));
    }
    begins(Checking::Sites);
    sites(store, &mut checked).await?;
    begins(Checking::Registrations);
    let behind = store.behind_the_log().await?.into_iter();
    checked.faults.extend(behind.map(|what| format!("{what}: is not at the version of its newest line")));
    let lost = store.lost_photos().await?.into_iter();
    checked.faults.extend(lost.map(|what| format!("{what} is not there")));
    begins(Checking::Datasets);
    for row in store.all_datasets().await? {
        checked.datasets += 1;
        match store.dataset_content(&row).await {
            Err(damaged @ StoreError::Damaged { .. }) => checked.faults.push(damaged.to_string()),
            content => drop(content?),
        }
    }
    Ok(checked)
}

async fn sites(store: &Store, checked: &mut Checked) -> Result<(), StoreError> {
    let mut faults = Vec::new();
    let mut different = 0;
    store
        .each_site_twice(|row, after| {
            checked.sites += 1;
            let same = after.is_some_and(|after| is_same(&logged(row), after));
            if !same {
                different += 1;
                if faults.len() < TOLD {
                    let what = if after.is_some() { "is not as its newest line says" } else { "has no line" };
                    faults.push(format!("site {}: {what}", row.id));
                }
            }
        })
        .await?;
    if different > faults.len() {
        faults.push(format!("sites: {different} in all are not as the log says"));
    }
    checked.faults.append(&mut faults);
    let lost = store.lost_sites().await?;
    checked.faults.extend(lost.into_iter().map(|id| format!("site {id}: the log has it and the table does not")));
    Ok(())
}

/// Whether two say the same. What one does not know of and the other leaves empty is the same: older lines lack what came
/// later.
fn is_same(row: &str, line: &str) -> bool {
    if row == line {
        return true;
    }
    let read = |text: &str| -> Option<serde_json::Map<String, Value>> {
        let mut said: serde_json::Map<String, Value> = serde_json::from_str(text).ok()?;
        said.retain(|_, value| !value.is_null());
        Some(said)
    };
    read(row).is_some_and(|row| read(line).is_some_and(|line| row == line))
}
