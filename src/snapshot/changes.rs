//! Which sites changed lately, for those who keep something made from sites.

use std::collections::VecDeque;

/// Changes that are remembered; whoever is farther behind starts anew.
const REMEMBERED: usize = 4096;

/// The last changes of one loaded snapshot, counted from its loading.
#[derive(Debug, Default)]
pub struct Changes {
    count: u64,
    last: VecDeque<u32>,
}

impl Changes {
    /// Notes that a site changed, came or went.
    pub(super) fn note(&mut self, key: u32) {
        if self.last.len() == REMEMBERED {
            self.last.pop_front();
        }
        self.last.push_back(key);
        self.count += 1;
    }

    /// How many there have been.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The sites that changed since there had been `count`, each once; nothing when that is too long ago.
    #[must_use]
    pub fn since(&self, count: u64) -> Option<Vec<u32>> {
        let behind = usize::try_from(self.count.checked_sub(count)?).ok()?;
        let first = self.last.len().checked_sub(behind)?;
        let mut keys: Vec<u32> = self.last.range(first..).copied().collect();
        keys.sort_unstable();
        keys.dedup();
        Some(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_ago_is_not_told() {
        let mut changes = Changes::default();
        assert_eq!(changes.since(0), Some(vec![]));
        (0..REMEMBERED as u32).for_each(|key| changes.note(key % 10));
        assert_eq!(changes.since(0), Some((0..10).collect()));
        assert_eq!(changes.since(REMEMBERED as u64 - 2), Some(vec![4, 5]));
        changes.note(7);
        assert_eq!((changes.since(0), changes.since(REMEMBERED as u64)), (None, Some(vec![7])));
        assert_eq!(changes.since(REMEMBERED as u64 + 2), None);
    }
}
