//! Spellings made comparable: full and half width, upper and lower case, spaces.

use unicode_normalization::UnicodeNormalization;

/// `text` in NFKC (so that `Ａ１（` equals `A1(`), lower case, without white space at its ends and with single spaces
/// within.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfkc().flat_map(char::to_lowercase) {
        if c.is_whitespace() {
            gap = !out.is_empty();
        } else {
            if std::mem::take(&mut gap) {
                out.push(' ');
            }
            out.push(c);
        }
    }
    out
}

/// Whether `text` has a character that no name or address has: control characters other than tab and line breaks, and
/// the invisible marks that reorder text.
#[must_use]
pub fn has_control(text: &str) -> bool {
    text.chars().any(|c| {
        (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
    })
}

/// Whether it is a Chinese character.
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_and_spaces_do_not_distinguish() {
        assert_eq!(fold("  Ｙimi　 一米（示例）"), fold("YIMI 一米(示例)"));
        assert_ne!(fold("实验小学"), fold("第二实验小学"));
    }

    #[test]
    fn invisible_characters_are_seen() {
        assert!(has_control("东阿\u{0}") && has_control("a\u{202e}b") && has_control("\u{1b}[31m"));
        assert!(!has_control("东阿县\n图书馆"));
    }
}
