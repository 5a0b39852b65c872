//! The one place that asks the machine for randomness, so that everything else does the same every time.

use std::fmt::Write as _;

/// 128 random bits in hexadecimal: a name that nobody guesses.
pub fn token() -> Result<String, getrandom::Error> {
    Ok(hexadecimal(&bytes::<16>()?))
}

/// 256 random bits in hexadecimal: what somebody shows who was let in once.
pub fn long_token() -> Result<String, getrandom::Error> {
    Ok(hexadecimal(&bytes::<32>()?))
}

/// Random bytes.
pub fn bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // writing to a string does not fail
        let _ = write!(text, "{byte:02x}");
        text
    })
}
