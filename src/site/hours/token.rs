//! The words, numbers and signs of an expression.

use super::read::Misread;

/// What a text is made of; spaces between are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Letters, in small ones.
    Word(String),
    Number {
        value: u32,
        digits: usize,
    },
    Sign(char),
    /// What stands between quotation marks, as it was written.
    Comment(String),
}

/// The tokens with their places, in characters from 0.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, Misread> {
    let written: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(sign) = written.get(at).map(|sign| plain(*sign)) {
        let run = |belongs: fn(&char) -> bool| written[at..].iter().map(|c| plain(*c)).take_while(belongs);
        let (token, length) = match sign {
            '"' => comment(&written, at)?,
            ' ' | '\t' | '\n' | '\r' => {
                at += 1;
                continue;
            }
            '0'..='9' => {
                let digits: String = run(char::is_ascii_digit).collect();
                let value = digits.parse().unwrap_or(u32::MAX);
                (Token::Number { value, digits: digits.len() }, digits.len())
            }
            'a'..='z' => {
                let word: String = run(char::is_ascii_lowercase).collect();
                let length = word.len();
                (Token::Word(word), length)
            }
            '-' | '+' | ':' | ';' | ',' | '|' | '/' | '[' | ']' | '(' | ')' => (Token::Sign(sign), 1),
            _ => return Err(Misread::Unexpected { at, wanted: "hours in OSM syntax" }),
        };
        found.push((at, token));
        at += length;
    }
    Ok(found)
}

/// A comment with its length; both kinds of quotation mark may open and close it.
fn comment(written: &[char], at: usize) -> Result<(Token, usize), Misread> {
    let inside = written[at + 1..].iter().take_while(|c| plain(**c) != '"').collect::<String>();
    let length = inside.chars().count();
    if at + 1 + length >= written.len() {
        return Err(Misread::Unexpected { at, wanted: "a comment that ends" });
    }
    if inside.trim().is_empty() {
        return Err(Misread::Unexpected { at, wanted: "a comment with words" });
    }
    Ok((Token::Comment(inside.trim().to_owned()), length + 2))
}

/// A sign as a plain keyboard has it: full width becomes half width, every dash `-`, and letters small.
fn plain(sign: char) -> char {
    let half = match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        other => other,
    };
    match half {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{301c}' | '~' => '-',
        '\u{201c}'..='\u{201f}' => '"',
        '\u{3001}' => ',',
        '\u{3000}' | '\u{a0}' => ' ',
        other => other.to_ascii_lowercase(),
    }
}
