//! A name taken apart into what distinguishes and what doesn't.

use super::words::{ANOTHER, EMPTY, NUMERALS, REMARKS, SIDES, THINGS};
use crate::text::fold;

/// A piece of a name that says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub piece: Piece,
    /// Whether it ends the name of an area or the like: 县, 街道, 社区 stands behind it.
    pub ends: bool,
}

/// A piece of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// What belongs to the name of a place, a person or a school: a Han character, or a word of letters.
    Own(Box<str>),
    /// What follows the name of a place (县, 镇, 街道, 社区, 村), or says nothing; people leave it out.
    Empty,
    /// What a site is: class and word. Words of one class mean the same.
    Thing(u8, &'static str),
    /// A word that makes another institution of one: 外国语, 中医, 分园.
    Another(&'static str),
    /// A side or size: 东, 后, 大, 新. On its own it distinguishes; within a name (东阿) it belongs to that.
    Side(char),
}

/// A name's pieces, its numbers apart: 实验三小 and 第三实验小学 have them in other places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub pieces: Vec<Told>,
    /// In order.
    pub numbers: Vec<String>,
    /// Letters and digits only, where a name has no Han characters.
    pub latin: Option<String>,
    /// Without white space and marks.
    pub plain: String,
}

impl Name {
    /// Takes a name apart. What stands in brackets may be another name of the same: 曹植小学(东阿县第五小学).
    pub(super) fn read(name: &str) -> Vec<Self> {
        let folded = fold(name);
        let parts: Vec<&str> = folded
            .split(['(', ')', '[', ']', '【', '】'])
            .map(str::trim)
            .filter(|part| !part.is_empty() && !REMARKS.contains(part))
            .collect();
        let whole = Self::of(&parts.concat());
        match parts[..] {
            [first, second] if is_whole(first) && is_whole(second) => vec![Self::of(first), Self::of(second)],
            _ => vec![whole],
        }
    }

    fn of(text: &str) -> Self {
        let plain: String = text.chars().map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' }).collect();
        let han = plain.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
        let latin = (!han).then(|| plain.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
        let (pieces, mut numbers) = pieces(&plain);
        numbers.sort();
        let mut told: Vec<Told> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            match (piece, told.last_mut()) {
                (Piece::Empty, Some(before)) => before.ends = true,
                (Piece::Empty, None) => {}
                (piece, _) => told.push(Told { piece, ends: false }),
            }
        }
        let plain = plain.split_whitespace().collect();
        Self { pieces: told, numbers, latin: latin.filter(|latin| !latin.is_empty()), plain }
    }
}

/// Whether a text says what a site is, and is no part of another.
fn is_whole(text: &str) -> bool {
    let pieces = pieces(text).0;
    pieces.iter().any(|piece| matches!(piece, Piece::Thing(..)))
        && !pieces.iter().any(|piece| matches!(piece, Piece::Another(_)))
        && !text.ends_with("部")
}

fn pieces(plain: &str) -> (Vec<Piece>, Vec<String>) {
    let (mut pieces, mut numbers, mut rest) = (Vec::new(), Vec::new(), plain);
    while let Some(first) = rest.chars().next() {
        if let Some((taken, piece)) = word(rest) {
            pieces.push(piece);
            rest = &rest[taken..];
        } else if let Some((taken, number)) = number(rest) {
            numbers.push(number);
            rest = &rest[taken..];
            if let Some((taken, thing)) = abbreviated(rest) {
                pieces.push(thing);
                rest = &rest[taken..];
            }
        } else if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
        } else if SIDES.contains(first) {
            pieces.push(Piece::Side(first));
            rest = &rest[first.len_utf8()..];
        } else {
            let end = if first.is_ascii() || first.is_lowercase() {
                rest.find(|c: char| !(c.is_lowercase() || c == '\'')).unwrap_or(rest.len()).max(first.len_utf8())
            } else {
                first.len_utf8()
            };
            pieces.push(Piece::Own(rest[..end].into()));
            rest = &rest[end..];
        }
    }
    (pieces, numbers)
}

/// The longest known word that `rest` begins with.
fn word(rest: &str) -> Option<(usize, Piece)> {
    let things = (0..).zip(THINGS).flat_map(|(class, words)| words.iter().map(move |word| (*word, Some(class))));
    let all = things.chain(EMPTY.iter().chain(ANOTHER).map(|word| (*word, None)));
    let (word, class) = all.filter(|(word, _)| rest.starts_with(word)).max_by_key(|(word, _)| word.len())?;
    let piece = match class {
        Some(class) => Piece::Thing(class, word),
        None if ANOTHER.contains(&word) => Piece::Another(word),
        None => Piece::Empty,
    };
    Some((word.len(), piece))
}

/// A number in digits or Chinese numerals, as digits.
fn number(rest: &str) -> Option<(usize, String)> {
    let taken = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    if taken > 0 {
        return Some((taken, rest[..taken].trim_start_matches('0').to_owned()));
    }
    let taken = rest.find(|c| !NUMERALS.contains(c)).unwrap_or(rest.len());
    (taken > 0).then(|| (taken, digits(&rest[..taken])))
}

/// 十二 is 12, 二十 20, 六一 61.
fn digits(numerals: &str) -> String {
    let value = |c: char| "零一二三四五六七八九".chars().position(|n| n == c || (c == '〇' && n == '零'));
    if !numerals.contains(['十', '百']) {
        return numerals.chars().filter_map(value).map(|digit| digit.to_string()).collect();
    }
    let (mut total, mut digit) = (0, None);
    for c in numerals.chars() {
        match c {
            '十' => total += 10 * digit.take().unwrap_or(1),
            '百' => total += 100 * digit.take().unwrap_or(1),
            _ => digit = value(c),
        }
    }
    (total + digit.unwrap_or(0)).to_string()
}

/// What a number is of, in short: 一中, 二小, 三幼.
fn abbreviated(rest: &str) -> Option<(usize, Piece)> {
    let mut chars = rest.chars();
    let (short, then) = (chars.next()?, chars.next());
    if !then.is_none_or(|c| "分东西南北门附校 ".contains(c)) {
        return None;
    }
    let full = match short {
        '小' => "小学",
        '中' => "中学",
        '幼' => "幼儿园",
        _ => return None,
    };
    word(full).map(|(_, thing)| (short.len_utf8(), thing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        for (name, number) in
            [("第十二小学", "12"), ("12小", "12"), ("二十幼", "20"), ("六一幼儿园", "61"), ("第07小学", "7")]
        {
            assert_eq!(Name::of(name).numbers, [number], "{name}");
        }
        assert_eq!(Name::of("第三小学").pieces.last(), Name::of("三小").pieces.last());
    }

    #[test]
    fn remarks_are_left_out_and_other_brackets_are_read() {
        assert_eq!(Name::read("文化社区小学(示例)"), Name::read("文化社区小学"));
        let campus = Name::read("实验小学(北校区)");
        assert!(campus.len() == 1 && campus[0].pieces.iter().any(|told| told.piece == Piece::Another("校区")));
        assert_eq!(Name::read("曹植小学(第五小学)").len(), 2);
    }
}
