//! Traditional characters made comparable with simplified ones, one by one.
//!
//! The pairs are in `data/simplified.txt`, which says where they come from. A character that stands for several
//! simplified ones is read as the commonest of them: enough for searching, where query and name go the same way, and not
//! for turning text from one writing into the other.

use std::sync::LazyLock;

/// The simplified character of each of the Basic Multilingual Plane.
static TABLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table: Vec<u16> = (0..=u16::MAX).collect();
    let lines = include_str!("../../data/simplified.txt").lines().filter(|line| !line.starts_with('#'));
    for pair in lines.flat_map(str::split_whitespace) {
        let mut units = pair.encode_utf16();
        if let (Some(from), Some(to)) = (units.next(), units.next()) {
            table[usize::from(from)] = to;
        }
    }
    table
});

/// The simplified character that is read for a UTF-16 unit; itself where there is no other.
#[must_use]
pub fn simplified(unit: u16) -> u16 {
    TABLE[usize::from(unit)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_names_read_like_simplified_ones() {
        let read = |text: &str| String::from_utf16_lossy(&text.encode_utf16().map(simplified).collect::<Vec<_>>());
        assert_eq!(read("東阿縣圖書館"), "东阿县图书馆");
        assert_eq!(read("劉集鎮第二實驗幼兒園"), "刘集镇第二实验幼儿园");
        assert_eq!(read("东阿县 A1"), "东阿县 A1");
    }
}
