//! The one place that asks the machine for randomness, so that everything else does the same every time.

use std::fmt::Write as _;

/// 128 random bits in hexadecimal: a name that nobody guesses.
pub fn token() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().fold(String::with_capacity(32), |mut text, byte| {
        // writing to a string does not fail
        let _ = write!(text, "{byte:02x}");
        text
    }))
}
