//! How names and queries are spelled for comparing: UTF-16 units without signs, small letters, simplified characters.
//!
//! `Dong'e County Library (new)` is `donge county library new`, `東阿縣（示例）` is `东阿县示例`. A gap stays only between two
//! Latin letters or digits, where leaving it out would join words. Each unit tells which character it comes from, so that
//! what matched can be shown.

use crate::text::simplified;
use unicode_normalization::UnicodeNormalization;

/// Stands between Latin words.
pub(super) const GAP: u16 = 0x20;

/// Hands on the units of `text`, each with the place of its character.
pub(super) fn spell(text: &str, mut take: impl FnMut(u16, usize)) {
    let mut last = 0;
    let mut gap = false;
    for (place, c) in text.chars().enumerate() {
        let mut put = |unit: u16| {
            if gap && is_latin(last) && is_latin(unit) {
                take(GAP, place);
            }
            gap = false;
            last = unit;
            take(unit, place);
        };
        match c {
            '\u{4e00}'..='\u{9fff}' => put(simplified(c as u16)),
            '0'..='9' | 'a'..='z' => put(c as u16),
            'A'..='Z' => put(c.to_ascii_lowercase() as u16),
            '\'' | '’' | '·' => {}
            // pinyin is typed with v for ü, whatever its tone
            'ü' | 'Ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => put(u16::from(b'v')),
            _ => {
                let mut any = false;
                for plain in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
                    if plain.is_alphanumeric() {
                        any = true;
                        plain.encode_utf16(&mut [0; 2]).iter().for_each(|unit| put(simplified(*unit)));
                    }
                }
                gap |= !any && !unicode_normalization::char::is_combining_mark(c);
            }
        }
    }
}

/// The units alone.
pub(super) fn spelled(text: &str) -> Vec<u16> {
    let mut out = Vec::with_capacity(text.len() / 2);
    spell(text, |unit, _| out.push(unit));
    out
}

/// A letter or a digit of ASCII.
pub(super) fn is_latin(unit: u16) -> bool {
    u8::try_from(unit).is_ok_and(|byte| byte.is_ascii_alphanumeric())
}

/// A letter of ASCII: what pinyin is written with.
pub(super) fn is_letter(unit: u16) -> bool {
    u8::try_from(unit).is_ok_and(|byte| byte.is_ascii_lowercase())
}

/// The Latin words of some units: a single letter is none, a single digit is, as in No. 2.
pub(super) fn latin_words(units: &[u16]) -> impl Iterator<Item = &[u16]> {
    let words = units.split(|unit| !is_latin(*unit));
    words.filter(|word| word.len() > 1 || word.first().is_some_and(|unit| !is_letter(*unit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        String::from_utf16(&spelled(text)).expect("whole characters")
    }

    #[test]
    fn signs_width_case_and_writing_do_not_distinguish() {
        assert_eq!(read("Dong'e County  Library (new)"), "donge county library new");
        assert_eq!(read("東阿縣（示例）-Ａ１ 座"), "东阿县示例a1座");
        assert_eq!(read("Dōng ē, Lǘ Café"), "dong e lv cafe");
        assert_eq!(read("𠮷野家🍜"), "𠮷野家");
    }

    #[test]
    fn each_unit_knows_its_character() {
        let mut places = Vec::new();
        spell("（A）图 b", |unit, place| places.push((unit, place)));
        assert_eq!(places, [(u16::from(b'a'), 1), ('图' as u16, 3), (u16::from(b'b'), 5)]);
    }
}
