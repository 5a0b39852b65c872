//! Links that can't be guessed and keys that are told once.

use crate::store::sha256;

/// Crockford's base 32: nothing that is read as something else.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 128 bits at five bits a letter.
const LENGTH: usize = 26;

/// 128 bits from the system's randomness, as 26 letters.
pub fn fresh() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    let mut left = u128::from_be_bytes(bytes);
    let letter = |_| {
        let letter = LETTERS[(left & 31) as usize];
        left >>= 5;
        char::from(letter)
    };
    Ok((0..LENGTH).map(letter).collect())
}

/// Whether a text could have come from [`fresh`].
#[must_use]
pub fn is_secret(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|byte| LETTERS.contains(&byte))
}

/// Whether `key` is the one with this hash. It takes as long whatever is wrong.
#[must_use]
pub fn fits(key: &str, sha256_of_key: &str) -> bool {
    constant_time_eq::constant_time_eq(sha256(key.as_bytes()).as_bytes(), sha256_of_key.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_only_the_right_key_fits() {
        let [one, other] = [fresh().expect("random"), fresh().expect("random")];
        assert!(is_secret(&one) && is_secret(&other) && one != other, "{one} {other}");
        let hash = sha256(one.as_bytes());
        assert!(fits(&one, &hash) && !fits(&other, &hash) && !fits("", &hash) && !fits(&hash, &hash));
        assert!(!is_secret("") && !is_secret(&one[1..]) && !is_secret(&one.to_uppercase()) && !is_secret("../etc"));
    }
}
