//! Takes a GeoJSON apart feature by feature, so that memory holds one feature and never the file.

use super::error::FileError;
use crate::text::Words;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::fmt;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// The most bytes that one feature may have.
const FEATURE_LIMIT: u64 = 16 << 20;
const BUFFER_BYTES: usize = 64 << 10;
/// Features between two words on progress.
const PROGRESS_FEATURES: u64 = 1024;

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    No,
    Yes,
}

/// What a file says beside its features.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// The coordinate system of the specification of 2008.
    pub crs: Option<Value>,
    of_type: Option<String>,
    /// Whether there is a member `features`.
    features: bool,
    /// Members of a bare feature.
    bare: Map<String, Value>,
    stopped: bool,
}

/// Bytes taken from the file, in all and since the last feature.
#[derive(Default)]
struct Taken {
    all: Cell<u64>,
    since: Cell<u64>,
}

/// Hands each feature to `each`, whatever JSON it is.
pub(super) fn read(
    file: &Path,
    progress: &mut dyn FnMut(u64),
    each: &mut dyn FnMut(Value) -> Stop,
) -> Result<Frame, FileError> {
    let unreadable = |source| FileError::unreadable(file, source);
    let mut input = File::open(file).map_err(unreadable)?;
    let mut mark = [0; 3];
    if input.read(&mut mark).map_err(unreadable)? < 3 || mark != *b"\xef\xbb\xbf" {
        input.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    }
    read_from(file, input, progress, each)
}

fn read_from(
    file: &Path,
    input: impl Read,
    progress: &mut dyn FnMut(u64),
    each: &mut dyn FnMut(Value) -> Stop,
) -> Result<Frame, FileError> {
    let taken = Taken::default();
    let guarded = BufReader::with_capacity(BUFFER_BYTES, Guard { input, taken: &taken });
    let mut json = serde_json::Deserializer::from_reader(guarded);
    let mut frame = Frame::default();
    let mut number = 0;
    let counted = &mut |feature: Value| {
        number += 1;
        if number % PROGRESS_FEATURES == 0 {
            progress(taken.all.get());
        }
        each(feature)
    };
    let read = Document { frame: &mut frame, each: counted, taken: &taken }.deserialize(&mut json);
    let result = if frame.stopped { Ok(()) } else { read.and_then(|()| json.end()) };
    result.map_err(|error| told(file, number + 1, error))?;
    if let Some(found) = frame.misfit() {
        return Err(FileError::GeoJson { file: file.to_owned(), found });
    }
    if !frame.features {
        let mut bare = std::mem::take(&mut frame.bare);
        bare.insert("type".to_owned(), "Feature".into());
        each(Value::Object(bare));
    }
    Ok(frame)
}

fn told(file: &Path, feature: u64, error: serde_json::Error) -> FileError {
    let file = file.to_owned();
    if error.is_io() {
        let source = std::io::Error::from(error);
        return match source.get_ref() {
            Some(inner) if inner.is::<TooLong>() => {
                FileError::LongFeature { file, feature, limit_mib: FEATURE_LIMIT >> 20 }
            }
            _ => FileError::Unreadable { file, source },
        };
    }
    let (line, column, reason) = (error.line(), error.column(), error.to_string());
    let place = format!(" at line {line} column {column}");
    FileError::Json { file, line, column, reason: reason.strip_suffix(&place).unwrap_or(&reason).to_owned() }
}

impl Frame {
    /// What the document is if it is no collection and no feature.
    fn misfit(&self) -> Option<Words> {
        match (self.of_type.as_deref(), self.features) {
            (Some("FeatureCollection"), true) | (Some("Feature"), false) => None,
            (Some("FeatureCollection"), false) => {
                Some(Words::fixed("没有 features 的 FeatureCollection", "a FeatureCollection without features"))
            }
            (Some(LIST), _) => Some(Words::fixed("JSON 数组", "a JSON list")),
            (None, _) => Some(Words::fixed("没有 type 的 JSON", "JSON with no type")),
            (Some(other), _) => {
                let other: String = other.chars().take(40).collect();
                Some(Words::new(format!("类型为 {other} 的 JSON"), format!("JSON of type {other}")))
            }
        }
    }
}

/// Stands for the type of a document that is a list.
const LIST: &str = "[]";

/// The document as a whole.
struct Document<'a> {
    frame: &'a mut Frame,
    each: &'a mut dyn FnMut(Value) -> Stop,
    taken: &'a Taken,
}

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => self.frame.of_type = map.next_value::<Value>()?.as_str().map(str::to_owned),
                "crs" => self.frame.crs = Some(map.next_value()?),
                "features" => {
                    self.frame.features = true;
                    let stopped = &mut self.frame.stopped;
                    map.next_value_seed(Features { stopped, each: &mut *self.each, taken: self.taken })?;
                }
                "geometry" | "properties" | "id" => {
                    self.frame.bare.insert(key, map.next_value()?);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.frame.of_type = Some(LIST.to_owned());
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

/// The member `features`.
struct Features<'a> {
    stopped: &'a mut bool,
    each: &'a mut dyn FnMut(Value) -> Stop,
    taken: &'a Taken,
}

impl<'de> DeserializeSeed<'de> for Features<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut features: A) -> Result<(), A::Error> {
        while let Some(feature) = features.next_element::<Value>()? {
            self.taken.since.set(0);
            if (self.each)(feature) == Stop::Yes {
                *self.stopped = true;
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

#[derive(Debug, thiserror::Error)]
#[error("a feature of more than {} MiB", FEATURE_LIMIT >> 20)]
struct TooLong;

/// Fails when one feature takes more than [`FEATURE_LIMIT`].
struct Guard<'a, R> {
    input: R,
    taken: &'a Taken,
}

impl<R: Read> Read for Guard<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.taken.since.get() > FEATURE_LIMIT {
            return Err(std::io::Error::other(TooLong));
        }
        let n = self.input.read(out)?;
        self.taken.all.set(self.taken.all.get() + n as u64);
        self.taken.since.set(self.taken.since.get() + n as u64);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The beginning and then `1,` for ever.
    struct Endless(&'static [u8], u64);

    impl Read for Endless {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            assert!(self.1 < 2 * FEATURE_LIMIT, "reading goes on beyond the limit");
            if self.0.is_empty() {
                self.0 = b"1,";
            }
            let n = self.0.read(out)?;
            self.1 += n as u64;
            Ok(n)
        }
    }

    #[test]
    fn a_feature_that_never_ends_is_refused_before_it_fills_memory() {
        for begin in [
            &br#"{"type":"FeatureCollection","features":[{},{"geometry":{"coordinates":["#[..],
            br#"{"type":"FeatureCollection","features":[{},{"name":""#,
        ] {
            let mut seen = 0;
            let error = read_from(Path::new("x"), Endless(begin, 0), &mut |_| (), &mut |_| {
                seen += 1;
                Stop::No
            });
            let error = error.expect_err("endless");
            assert!(matches!(error, FileError::LongFeature { feature: 2, limit_mib: 16, .. }), "{error}");
            assert_eq!(seen, 1);
        }
    }

    #[test]
    fn members_stand_in_any_order() {
        let text = br#"{"features":[{"a":1}],"x":[[{}]],"crs":null,"type":"FeatureCollection"}"#;
        let mut seen = 0;
        let frame = read_from(Path::new("x"), &text[..], &mut |_| (), &mut |_| {
            seen += 1;
            Stop::No
        });
        assert_eq!((frame.expect("right").crs, seen), (Some(Value::Null), 1));
    }
}
