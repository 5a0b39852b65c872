//! A walking time and a place in one number.

/// A walking time in milliseconds and a place, the nearer the smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(u64);

impl Label {
    /// No place.
    pub const NONE: Self = Self(u64::MAX);

    /// A place at so many milliseconds.
    #[must_use]
    pub const fn new(millis: u32, place: u32) -> Self {
        Self((millis as u64) << 32 | place as u64)
    }

    /// Milliseconds; `u32::MAX` for [`Self::NONE`].
    #[must_use]
    pub const fn millis(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// The place; meaningless for [`Self::NONE`].
    #[must_use]
    pub const fn place(self) -> u32 {
        self.0 as u32
    }

    /// The place, unless it is [`Self::NONE`].
    #[must_use]
    pub fn known(self) -> Option<(u32, u32)> {
        (self != Self::NONE).then_some((self.millis(), self.place()))
    }

    /// The same place, so many milliseconds farther; nothing beyond what can be counted.
    #[must_use]
    pub const fn after(self, millis: u32) -> Self {
        Self(self.0.saturating_add((millis as u64) << 32))
    }
}

/// Keeps a label among the nearest if it is one of them; tells whether it is.
#[inline]
pub fn keep<const K: usize>(held: &mut [Label; K], new: Label) -> bool {
    if new >= held[K - 1] {
        return false;
    }
    if K == 1 {
        held[0] = new;
        return true;
    }
    // nearest first: whatever is passed before a nearer label of the same place keeps its rank
    for rank in 0..K {
        if held[rank].place() == new.place() && held[rank] != Label::NONE {
            if new >= held[rank] {
                return false;
            }
            held[rank] = new;
            return true;
        }
        if new < held[rank] {
            // moves the rest down by one, up to where the place stood before
            let mut moved = new;
            for slot in &mut held[rank..] {
                std::mem::swap(slot, &mut moved);
                if moved.place() == new.place() {
                    break;
                }
            }
            return true;
        }
    }
    false
}
