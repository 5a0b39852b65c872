//! Accounts and ids as people write them.

use crate::text::fold;

/// The longest account, in characters.
const ACCOUNT_MAX_CHARS: usize = 40;
/// What the log calls programs and strangers; nobody is called so.
const NOT_PEOPLE: [&str; 4] = ["nobody", "public", "task", "yimi"];
/// The longest id of a unit.
const UNIT_MAX_CHARS: usize = 40;

/// An account as it is kept: folded, so that no two look alike. Letters, digits, `.`, `-`, `_` and Han characters.
#[must_use]
pub fn account(text: &str) -> Option<String> {
    let account = fold(text);
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '\u{4e00}'..='\u{9fff}');
    let length = account.chars().count();
    let is_person = !NOT_PEOPLE.contains(&account.as_str());
    ((2..=ACCOUNT_MAX_CHARS).contains(&length) && account.chars().all(fine) && is_person).then_some(account)
}

/// A unit's id: letters, digits and hyphens.
#[must_use]
pub fn unit_id(text: &str) -> Option<String> {
    let id = fold(text);
    let fine = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!id.is_empty() && id.len() <= UNIT_MAX_CHARS && id.chars().all(fine)).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_that_look_alike_are_one_and_strange_ones_are_none() {
        assert_eq!(account(" Ｗang.Fang "), Some("wang.fang".into()));
        assert_eq!(account("王芳2"), Some("王芳2".into()));
        for wrong in
            ["", "a", "wang fang", "аdmin", "unit:u1", "a\u{202e}b", "<b>", "../x", "Nobody", "task", &"a".repeat(41)]
        {
            assert_eq!(account(wrong), None, "{wrong}");
        }
        assert_eq!(unit_id("U-001"), Some("u-001".into()));
        assert!(unit_id("").is_none() && unit_id("a b").is_none() && unit_id("妇联").is_none());
    }
}
