//! The cookie that says who is signed in, and the header of scripts.

use crate::auth::session::ABSOLUTE;
use crate::registry::units::TOKEN_PREFIX;
use axum::http::{HeaderMap, HeaderValue, header};

/// Its name where browsers come by HTTPS: with the prefix they take it from this host only, and over HTTPS only.
const SECURE_NAME: &str = "__Host-yimi";
/// Its name otherwise.
const PLAIN_NAME: &str = "yimi";
/// 256 bits in hexadecimal.
const TOKEN_LENGTH: usize = 64;

fn name(https: bool) -> &'static str {
    if https { SECURE_NAME } else { PLAIN_NAME }
}

/// The token in the cookie of a request. What can't be one is none.
pub fn token(headers: &HeaderMap, https: bool) -> Option<&str> {
    let pairs = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = pairs.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(of, token)| *of == name(https) && is_token(token)).map(|(_, token)| token)
}

/// The token that a script shows.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let said = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = said.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| token.starts_with(TOKEN_PREFIX))
}

fn is_token(text: &str) -> bool {
    text.len() == TOKEN_LENGTH && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Gives a browser its token: scripts of the page don't see it, other sites' forms don't send it.
pub fn given(token: &str, https: bool) -> Option<HeaderValue> {
    set(token, ABSOLUTE.num_seconds(), https)
}

/// Takes it away.
pub fn taken(https: bool) -> Option<HeaderValue> {
    set("", 0, https)
}

fn set(token: &str, secs: i64, https: bool) -> Option<HeaderValue> {
    let secure = if https { "; Secure" } else { "" };
    let text = format!("{}={token}; Path=/; Max-Age={secs}; HttpOnly; SameSite=Lax{secure}", name(https));
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_among_other_cookies_and_nothing_else_is_taken_for_it() {
        let token_of = |cookies: &[&str], https| {
            let headers = cookies.iter().map(|c| (header::COOKIE, HeaderValue::from_str(c).expect("a header")));
            token(&headers.collect(), https).map(str::to_owned)
        };
        let (a, b) = ("a".repeat(64), "b".repeat(64));
        assert_eq!(token_of(&[&format!("theme=dark; yimi={a}; x=y")], false), Some(a.clone()));
        assert_eq!(token_of(&["theme=dark", &format!("yimi={a}")], false), Some(a.clone()));
        assert_eq!(token_of(&[&format!("yimi={b}; __Host-yimi={a}")], true), Some(a.clone()));
        for none in ["", "yimi=", "yimi=zz", "yimi", &format!("yimi2={a}"), &format!("yimi={}", "A".repeat(64))] {
            assert_eq!(token_of(&[none], false), None, "{none}");
        }
        assert_eq!(token_of(&[&format!("yimi={a}")], true), None, "over HTTPS only the strict one counts");
    }
}
