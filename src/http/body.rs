//! Bodies of requests: JSON that is read whole, or refused with the field that is wrong, what it says and what it should
//! say.

use super::problem::{Problem, Wrong};
use crate::text::Words;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};
use std::time::Duration;

/// Who has not sent a body by then is not waited for.
const BODY_TIME_LIMIT: Duration = Duration::from_secs(20);
/// How much of a wrong value is repeated, in characters.
const FOUND_MAX_CHARS: usize = 60;
/// What a body as a whole is called.
const WHOLE: &str = "body";

/// A JSON body. A request without `Content-Type: application/json` is refused with 415, which also keeps forms of other
/// pages out; one that is too long with 413; one that is not understood with 400.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let sent = tokio::time::timeout(BODY_TIME_LIMIT, Bytes::from_request(request, state)).await;
        let bytes = sent.map_err(|_late| Problem::Refused(StatusCode::REQUEST_TIMEOUT))?;
        read(&bytes.map_err(|refused| Problem::Refused(refused.status()))?).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let said = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    said.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

/// Reads a value from JSON.
pub fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, Problem> {
    let mut source = serde_json::Deserializer::from_slice(json);
    let read = serde_path_to_error::deserialize(&mut source).map_err(|error| {
        let (path, inner) = (error.path().clone(), error.into_inner());
        wrong(json, &path, &inner)
    })?;
    source.end().map_err(|error| wrong(json, &serde_path_to_error::Track::new().path(), &error))?;
    Ok(read)
}

fn wrong(json: &[u8], path: &Path, error: &serde_json::Error) -> Problem {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    let whole: Option<Value> = serde_json::from_slice(json).ok();
    let Some(whole) = whole else {
        // no JSON at all: no field can be blamed
        let wanted = Words::new(format!("完整的 JSON({error})"), format!("well-formed JSON ({error})"));
        return refused(WHOLE, String::from_utf8_lossy(json).as_ref(), wanted);
    };
    let mut field = named(path);
    let mut found = inside(&whole, path).map(Value::to_string).unwrap_or_default();
    if let Some(name) = quoted(said, "missing field ") {
        field = below(&field, name);
        found.clear();
    } else if let Some(name) = quoted(said, "duplicate field ") {
        field = below(&field, name);
    } else if let Some(name) = quoted(said, "unknown field ").filter(|name| !field.ends_with(*name)) {
        field = below(&field, name);
    }
    if field.is_empty() {
        WHOLE.clone_into(&mut field);
    }
    refused(&field, &found, wanted(said))
}

fn refused(field: &str, found: &str, wanted: Words) -> Problem {
    let found = found.chars().filter(|c| !c.is_control()).take(FOUND_MAX_CHARS).collect();
    Problem::Parameters(vec![Wrong { field: field.to_owned(), found, wanted }])
}

/// A path as people write it: `add[2].lon`.
fn named(path: &Path) -> String {
    let name = path.to_string();
    if name == "." { String::new() } else { name }
}

fn below(field: &str, name: &str) -> String {
    if field.is_empty() { name.to_owned() } else { format!("{field}.{name}") }
}

/// The value that a path leads to.
fn inside<'v>(whole: &'v Value, path: &Path) -> Option<&'v Value> {
    path.iter().try_fold(whole, |value, segment| match segment {
        Segment::Seq { index } => value.get(index),
        Segment::Map { key } => value.get(key),
        Segment::Enum { .. } | Segment::Unknown => None,
    })
}

/// The word in back quotes behind `before`.
fn quoted<'s>(said: &'s str, before: &str) -> Option<&'s str> {
    said.strip_prefix(before)?.strip_prefix('`')?.split('`').next()
}

/// What should stand there, from what the reader says.
fn wanted(said: &str) -> Words {
    if said.starts_with("missing field") {
        return Words::fixed("必填", "it is needed");
    }
    if said.starts_with("duplicate field") {
        return Words::fixed("只写一次", "one value only");
    }
    if said.starts_with("unknown field") {
        return Words::fixed("没有这个字段，请去掉", "no such field; leave it out");
    }
    let expected = said.rsplit_once("expected ").map_or("", |(_, expected)| expected);
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => Words::fixed("0 或更大的整数", "a whole number, 0 or above"),
        "i32" | "i64" => Words::fixed("整数", "a whole number"),
        "f64" | "f32" => Words::fixed("数", "a number"),
        "a boolean" => Words::fixed("true 或 false", "true or false"),
        "a string" => Words::fixed("文字", "text"),
        "a sequence" => Words::fixed("列表 […]", "a list […]"),
        "a map" => Words::fixed("对象 {…}", "an object {…}"),
        _ if expected.starts_with("struct ") => Words::fixed("对象 {…}", "an object {…}"),
        _ => Words::new(format!("内容不合规则：{said}"), said.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Plan {
        add: Vec<Spot>,
        #[serde(default)]
        minutes: Option<u32>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Spot {
        lon: f64,
        name: Option<String>,
    }

    #[test]
    fn a_wrong_field_is_named_with_what_it_says() {
        for (json, field, found, wanted) in [
            (r#"{"add":[{"lon":1},{"lon":"east"}]}"#, "add[1].lon", "\"east\"", "a number"),
            (r#"{"add":[{"lon":1},{}]}"#, "add[1].lon", "", "it is needed"),
            (r#"{"add":[{"lon":1,"colour":3}]}"#, "add[0].colour", "3", "no such field"),
            (r#"{"add":[],"what":1}"#, "what", "1", "no such field"),
            (r#"{"add":[],"minutes":-4}"#, "minutes", "-4", "a whole number, 0 or above"),
            (r#"{"add":[],"minutes":1.5}"#, "minutes", "1.5", "a whole number, 0 or above"),
            (r#"{"add":{}}"#, "add", "{}", "a list"),
            (r#"{"add":[[1]]}"#, "add[0].lon", "", ""),
            (r#"{"add":[7]}"#, "add[0]", "7", "an object"),
            ("[]", "add", "", ""),
            ("{}", "add", "", "it is needed"),
            ("{\"add\":[]", "body", "{\"add\":[]", "well-formed JSON"),
            ("{\"add\":[]} x", "body", "{\"add\":[]} x", "well-formed JSON"),
            ("", "body", "", "well-formed JSON"),
            (r#"{"add":[{"lon":1e999}]}"#, "body", "", "well-formed JSON (number out of range"),
        ] {
            let Err(Problem::Parameters(told)) = read::<Plan>(json.as_bytes()) else { panic!("{json}") };
            assert!(told.len() == 1, "{json}");
            if wanted.is_empty() {
                continue; // a list where an object belongs: serde reads structs from lists too
            }
            assert!(told[0].wanted.en.contains(wanted) && told[0].field == field, "{json}: {told:?}");
            assert!(told[0].found == found || found.is_empty(), "{json}: {told:?}");
        }
        assert!(read::<Plan>(br#"{"add":[{"lon":1}]}"#).is_ok());
    }
}
