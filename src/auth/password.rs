//! Passwords: what may be one, and how it is kept.
//!
//! Length is what makes a password hard to guess, so that is what is asked for, and no mixture of signs. Refused is what
//! guessers try first: the list of `data/passwords.txt`, few different characters, and what everybody knows of the person:
//! account, name, unit, the names on the map, alone or with digits around. Kept is an argon2id hash as a PHC string, with
//! the parameters that OWASP recommends (19 MiB, two passes); a hash takes tens of milliseconds, on a thread of its own.

use crate::chance;
use crate::text::{Words, fold};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error, PasswordHasher, PasswordVerifier};
use std::collections::HashSet;
use std::sync::OnceLock;

/// The fewest characters of a password.
pub const FEWEST_CHARS: usize = 10;
/// The most bytes of a password; beyond it hashing would only cost.
pub const MOST_BYTES: usize = 256;
/// The fewest different characters.
const FEWEST_DIFFERENT: usize = 5;
/// Names shorter than this are no reason to refuse.
const NAME_CHARS: usize = 3;

/// The passwords that everybody tries first.
#[derive(Debug, Clone, Default)]
pub struct CommonPasswords(HashSet<Box<str>>);

impl CommonPasswords {
    /// One a line; lines that begin with `#` are remarks.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self(lines.map(|line| fold(line).into()).collect())
    }

    /// Refuses a password that is too short, too common or made of what everybody knows: `known`, names of the person and
    /// their unit, in any spelling.
    pub fn check<'a>(&self, password: &str, known: impl IntoIterator<Item = &'a str>) -> Result<(), Words> {
        let length = password.chars().count();
        if length < FEWEST_CHARS {
            return Err(Words::new(
                format!("至少 {FEWEST_CHARS} 个字符(现有 {length} 个);一句话就很好"),
                format!("at least {FEWEST_CHARS} characters (it has {length}); a sentence is fine"),
            ));
        }
        if password.len() > MOST_BYTES {
            return Err(Words::new(format!("最多 {MOST_BYTES} 字节"), format!("at most {MOST_BYTES} bytes")));
        }
        let folded = fold(password);
        let different: HashSet<char> = folded.chars().collect();
        if different.len() < FEWEST_DIFFERENT || is_run(&folded) {
            return Err(Words::fixed(
                "不能只是重复或连续的字符",
                "more than the same few characters, or characters in a row",
            ));
        }
        let bare = bare(&folded);
        if self.0.contains(folded.as_str()) || self.0.contains(bare) {
            return Err(Words::fixed(
                "这是最常见的密码之一，最先被人猜到；请换一个",
                "another one: this is among those that everybody tries first",
            ));
        }
        for name in known {
            let name = fold(name);
            if name.chars().count() >= NAME_CHARS && bare == bare_name(&name) {
                return Err(Words::fixed(
                    "不能只是账号、姓名、单位或场所的名称加数字",
                    "more than the name of an account, a person, a unit or a site with digits",
                ));
            }
        }
        Ok(())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A password as it is compared with names: folded, without digits and signs around it.
#[must_use]
pub fn without_digits(password: &str) -> String {
    bare(&fold(password)).to_owned()
}

/// A text without digits and signs around it.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphabetic())
}

fn bare_name(name: &str) -> &str {
    let bare = bare(name);
    if bare.is_empty() { name } else { bare }
}

/// Whether each character follows the one before, up or down, as in 1234567890 or the same keys again.
fn is_run(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    let steps = |by: i64| codes.windows(2).filter(|two| two[1] - two[0] == by).count();
    let most = codes.len().saturating_sub(2);
    steps(1) >= most || steps(-1) >= most
}

/// Hashes a password with a salt of its own, as a PHC string. Takes tens of milliseconds and 19 MiB.
pub fn hash(password: &str) -> Result<String, Error> {
    let salt = chance::bytes::<16>().map_err(|_no_random_bits| Error::Crypto)?;
    Ok(Argon2::default().hash_password_with_salt(password.as_bytes(), &salt)?.to_string())
}

/// Whether a password is the one with this hash. Without a hash, or with one that does not read, it takes as long and says
/// no, so that nobody learns from the time which accounts there are.
#[must_use]
pub fn is_right(password: &str, hash: Option<&str>) -> bool {
    let kept = hash.and_then(|hash| PasswordHash::new(hash).ok());
    let nobodys = nobodys_hash();
    let (Some(against), is_real) = (kept.as_ref().or(nobodys), kept.is_some()) else { return false };
    let password = if password.len() > MOST_BYTES { "" } else { password };
    let fits = Argon2::default().verify_password(password.as_bytes(), against).is_ok();
    fits && is_real && !password.is_empty()
}

/// A hash of what nobody knows, made with the same parameters as all.
fn nobodys_hash() -> Option<&'static PasswordHash> {
    static HASH: OnceLock<Option<PasswordHash>> = OnceLock::new();
    HASH.get_or_init(|| {
        let password = chance::long_token().ok()?;
        PasswordHash::new(&hash(&password).ok()?).ok()
    })
    .as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common() -> CommonPasswords {
        CommonPasswords::parse(include_str!("../../data/passwords.txt"))
    }

    #[test]
    fn what_guessers_try_first_is_refused_with_the_reason() {
        let known = ["wang.fang", "王芳", "东阿县图书馆", "dongexiantushuguan"];
        for (password, reason) in [
            ("short", "at least 10"),
            ("", "at least 10"),
            ("一二三四五六七八九", "at least 10"),
            ("1234567890", "in a row"),
            ("0987654321", "in a row"),
            ("aaaaaaaaaaaaa", "the same few"),
            ("abababababab", "the same few"),
            ("password123", "everybody tries first"),
            ("PassWord2024!", "everybody tries first"),
            ("ｐａｓｓｗｏｒｄ１２３", "everybody tries first"),
            ("woaini1314520", "everybody tries first"),
            ("1qaz2wsx3edc", "everybody tries first"),
            ("wang.fang2026", "the name of"),
            ("123王芳45678", "everybody tries first"),
            ("东阿县图书馆123456", "the name of"),
            ("DongExianTushuguan1", "the name of"),
        ] {
            let told = common().check(password, known);
            if password.contains("王芳") {
                // two characters are no name to be kept from; the rest of it is a run of digits, and nothing else stands there
                assert!(told.is_ok(), "{password}");
                continue;
            }
            assert!(told.as_ref().is_err_and(|words| words.en.contains(reason)), "{password}: {told:?}");
        }
        assert!(common().check(&"长".repeat(90), []).is_err(), "bytes count");
        for password in ["春天送孩子去图书馆看书", "correct horse battery", "mK7#vvq2Lp-x", "我家在东阿县图书馆旁边"]
        {
            assert_eq!(common().check(password, known), Ok(()), "{password}");
        }
    }

    #[test]
    fn a_hash_is_argon2id_with_its_own_salt_and_fits_only_its_password() {
        let (one, other) = (hash("春天送孩子去图书馆").expect("hashed"), hash("春天送孩子去图书馆").expect("hashed"));
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && one != other, "{one}");
        assert!(is_right("春天送孩子去图书馆", Some(&one)) && !is_right("春天送孩子去图书馆 ", Some(&one)));
        assert!(!is_right("anything", None) && !is_right("", None) && !is_right("", Some("no hash")));
        assert!(!is_right(&"长".repeat(100), Some(&one)));
    }
}
