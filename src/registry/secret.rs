//! Links that can't be guessed and keys that are told once: both are tokens of [`crate::chance`].

use crate::store::sha256;

/// 128 bits in hexadecimal.
const LENGTH: usize = 32;

/// Whether a text could be such a token.
#[must_use]
pub fn is_secret(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether `key` is the one with this hash. It takes as long whatever is wrong.
#[must_use]
pub fn fits(key: &str, sha256_of_key: &str) -> bool {
    constant_time_eq::constant_time_eq(sha256(key.as_bytes()).as_bytes(), sha256_of_key.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::token;

    #[test]
    fn tokens_differ_and_only_the_right_key_fits() {
        let [one, other] = [token().expect("random"), token().expect("random")];
        assert!(is_secret(&one) && is_secret(&other) && one != other, "{one} {other}");
        let hash = sha256(one.as_bytes());
        assert!(fits(&one, &hash) && !fits(&other, &hash) && !fits("", &hash) && !fits(&hash, &hash));
        assert!(!is_secret("") && !is_secret(&one[1..]) && !is_secret(&"G".repeat(32)) && !is_secret("../etc"));
    }
}
