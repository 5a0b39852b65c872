//! Many short lists of small numbers, one behind the other in memory.

/// Lists of indices.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lists {
    start: Vec<usize>,
    all: Vec<u32>,
}

impl Default for Lists {
    fn default() -> Self {
        Self { start: vec![0], all: Vec::new() }
    }
}

impl Lists {
    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.start.len() - 1
    }

    /// One of them.
    pub fn of(&self, list: usize) -> &[u32] {
        &self.all[self.start[list]..self.start[list + 1]]
    }

    /// Where it stands among all numbers.
    pub fn span(&self, list: usize) -> std::ops::Range<usize> {
        self.start[list]..self.start[list + 1]
    }

    /// How many numbers there are in all lists.
    pub fn size(&self) -> usize {
        self.all.len()
    }

    /// Adds a number to the list that is being written.
    pub fn put(&mut self, number: u32) {
        self.all.push(number);
    }

    /// Ends the list that is being written.
    pub fn end(&mut self) {
        self.start.push(self.all.len());
    }

    /// For each number below `n` the lists that hold it, in order.
    pub fn transposed(&self, n: usize) -> Self {
        let mut start = vec![0; n + 1];
        for number in &self.all {
            start[*number as usize + 1] += 1;
        }
        for number in 0..n {
            start[number + 1] += start[number];
        }
        let mut next = start.clone();
        let mut all = vec![0; self.all.len()];
        for list in 0..self.len() {
            for number in self.of(list) {
                let place = &mut next[*number as usize];
                all[*place] = list as u32;
                *place += 1;
            }
        }
        Self { start, all }
    }
}
