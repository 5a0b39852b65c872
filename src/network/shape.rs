//! The points of a street as differences in variable length (zigzag, seven bits a byte), as PBF itself stores them.

/// Appends the points between two ends.
pub(super) fn append(into: &mut Vec<u8>, start: [i32; 2], between: &[[i32; 2]]) {
    let mut last = start;
    for point in between {
        for axis in 0..2 {
            number(into, i64::from(point[axis]) - i64::from(last[axis]));
        }
        last = *point;
    }
}

fn number(into: &mut Vec<u8>, value: i64) {
    let mut rest = (value << 1 ^ value >> 63) as u64;
    while rest >= 0x80 {
        into.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    into.push(rest as u8);
}

/// The points of a street, ends included.
#[derive(Debug, Clone)]
pub(super) struct Points<'a> {
    at: [i32; 2],
    bytes: &'a [u8],
    end: [i32; 2],
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Start,
    Between,
    Done,
}

pub(super) fn between(start: [i32; 2], bytes: &[u8], end: [i32; 2]) -> Points<'_> {
    Points { at: start, bytes, end, state: State::Start }
}

impl Points<'_> {
    fn number(&mut self) -> i64 {
        let (mut value, mut shift) = (0_u64, 0);
        while let Some((byte, rest)) = self.bytes.split_first() {
            self.bytes = rest;
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 || shift > 56 {
                break;
            }
        }
        (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
    }
}

impl Iterator for Points<'_> {
    type Item = [i32; 2];

    fn next(&mut self) -> Option<[i32; 2]> {
        match self.state {
            State::Start => {
                self.state = State::Between;
                Some(self.at)
            }
            State::Between if self.bytes.is_empty() => {
                self.state = State::Done;
                Some(self.end)
            }
            State::Between => {
                for axis in 0..2 {
                    self.at[axis] = (i64::from(self.at[axis]) + self.number()) as i32;
                }
                Some(self.at)
            }
            State::Done => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_come_back_as_they_went_in() {
        let line = [[1_162_000_000, 363_000_000], [1_162_000_050, 362_999_000], [-1_800_000_000, 900_000_000]];
        let end = [1_800_000_000, -900_000_000];
        let mut bytes = Vec::new();
        append(&mut bytes, line[0], &line[1..]);
        let wanted: Vec<_> = line.into_iter().chain([end]).collect();
        assert_eq!(between(line[0], &bytes, end).collect::<Vec<_>>(), wanted);
        assert_eq!(between(line[0], &[], end).collect::<Vec<_>>(), [line[0], end]);
    }
}
