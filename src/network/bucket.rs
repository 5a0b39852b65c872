//! A queue of junctions by their walking time, for searches that move forward in time.
//!
//! Times fall into buckets of some seconds. A search empties the earliest bucket, in whatever order; a junction that is
//! reached again within the bucket, and earlier, is put in again. When the bucket is empty all times in it are final. On
//! streets this is several times faster than a heap (`../shared/design/performance.md` has the figures of bare loops).
//! The buckets form a ring that is as long as the longest street takes, plus the spread of the first entries. An entry is
//! a junction alone: whoever takes it out looks its time up and passes over it when that belongs to another bucket
//! ([`Buckets::is_due`]), for it was reached earlier meanwhile.

/// Milliseconds of a bucket, as a power of two: eight seconds. Wider ones have junctions put in twice, narrower ones make a
/// longer ring, which falls out of the cache.
const SHIFT: u32 = 13;

#[derive(Debug, Default)]
pub(super) struct Buckets {
    slots: Vec<Vec<u32>>,
    /// What is being emptied; junctions that come back to the same bucket wait in its slot.
    due: Vec<u32>,
    /// The bucket that is being emptied, counted from time 0.
    now: u32,
    /// How many there are in the slots.
    held: usize,
}

impl Buckets {
    /// Empties the queue and lets it begin at `first`; nothing will be put in later than `span` after what is taken out.
    pub(super) fn restart(&mut self, first: u32, span: u32) {
        let slots = ((span >> SHIFT) as usize + 2).next_power_of_two();
        if self.held > 0 {
            self.slots.iter_mut().for_each(Vec::clear);
        }
        self.due.clear();
        if self.slots.len() < slots {
            self.slots.resize_with(slots, Vec::new);
        }
        self.now = first >> SHIFT;
        self.held = 0;
    }

    #[inline]
    pub(super) fn put(&mut self, node: u32, millis: u32) {
        let slot = (millis >> SHIFT) as usize & (self.slots.len() - 1);
        self.slots[slot].push(node);
        self.held += 1;
    }

    /// An entry of the earliest bucket.
    #[inline]
    pub(super) fn take(&mut self) -> Option<u32> {
        self.due.pop().or_else(|| self.next_due())
    }

    fn next_due(&mut self) -> Option<u32> {
        if self.held == 0 {
            return None;
        }
        loop {
            let slot = self.now as usize & (self.slots.len() - 1);
            if !self.slots[slot].is_empty() {
                std::mem::swap(&mut self.due, &mut self.slots[slot]);
                self.held -= self.due.len();
                return self.due.pop();
            }
            self.now += 1;
        }
    }

    /// Whether a time belongs to the bucket that is being emptied.
    #[inline]
    pub(super) fn is_due(&self, millis: u32) -> bool {
        millis >> SHIFT == self.now
    }

    /// All times before this are final.
    pub(super) fn floor(&self) -> u32 {
        self.now << SHIFT
    }
}
