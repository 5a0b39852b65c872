//! Which encoding a text file has, and its text as UTF-8 with plain line feeds.
//!
//! A byte order mark decides. Without one, a file that is UTF-8 from end to end is UTF-8; another that is GB18030 from end
//! to end is GB18030, which holds GBK and GB2312, as Excel in Chinese writes CSV. A text that has plainly been UTF-8 until
//! one damaged byte is refused, although GB18030 can read almost anything: its names would come out as others.

use super::error::FileError;
use crate::text::Words;
use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8};
use std::fs::File;
use std::io::{Read, Result, Seek, SeekFrom};
use std::path::Path;

const CHUNK_BYTES: usize = 64 << 10;
/// How far into a file its kind is looked for.
const HEAD_BYTES: usize = 512;
/// So many characters of three or more bytes before the first damage make a text UTF-8: GBK seldom forms two by chance.
const PLAINLY_UTF8: usize = 8;

/// Decides the encoding. Reads the file once, twice if it is not UTF-8; memory stays flat.
pub(super) fn detect(file: &Path) -> std::result::Result<&'static Encoding, FileError> {
    let unreadable = |source| FileError::unreadable(file, source);
    let mut input = File::open(file).map_err(unreadable)?;
    let mut head = [0; HEAD_BYTES];
    let filled = fill(&mut input, &mut head).map_err(unreadable)?;
    let head = &head[..filled];
    let marked = Encoding::for_bom(head).map(|(encoding, _)| encoding);
    if let Some(encoding) = marked.filter(|encoding| *encoding != UTF_8) {
        return Ok(encoding);
    }
    if head.contains(&0) {
        return Err(FileError::Format { file: file.to_owned(), found: Words::fixed("二进制数据", "binary data") });
    }
    input.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let Some(damage) = not_utf8(&mut input).map_err(unreadable)? else { return Ok(UTF_8) };
    let wrong = |gb18030| FileError::Encoding { file: file.to_owned(), utf8: damage.byte, gb18030 };
    if marked.is_some() || damage.cut_off || damage.long_characters >= PLAINLY_UTF8 {
        return Err(wrong(None));
    }
    input.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    match not_gb18030(&mut input).map_err(unreadable)? {
        None => Ok(GB18030),
        Some(byte) => Err(wrong(Some(byte))),
    }
}

/// Reads until `buffer` is full or the input ends.
fn fill(input: &mut impl Read, buffer: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..])? {
            0 => break,
            n => filled += n,
        }
    }
    Ok(filled)
}

/// Where a text stops being UTF-8.
#[derive(Debug, PartialEq, Eq)]
struct Damage {
    byte: u64,
    /// The text ends within a character.
    cut_off: bool,
    /// Characters of three or more bytes before it.
    long_characters: usize,
}

fn not_utf8(input: &mut impl Read) -> Result<Option<Damage>> {
    let mut chunk = vec![0; CHUNK_BYTES];
    let (mut kept, mut before, mut long_characters) = (0, 0, 0);
    loop {
        let filled = kept + fill(input, &mut chunk[kept..])?;
        let last = filled < chunk.len();
        let error = std::str::from_utf8(&chunk[..filled]).err();
        let valid = error.map_or(filled, |error| error.valid_up_to());
        if long_characters < PLAINLY_UTF8 {
            long_characters += chunk[..valid].iter().filter(|byte| **byte >= 0xe0).count();
        }
        let cut = error.is_some_and(|error| error.error_len().is_none());
        match error {
            Some(_) if last || !cut => {
                return Ok(Some(Damage { byte: before + valid as u64, cut_off: cut, long_characters }));
            }
            None if last => return Ok(None),
            _ => {}
        }
        chunk.copy_within(valid..filled, 0);
        kept = filled - valid;
        before += valid as u64;
    }
}

/// The first byte that is not GB18030.
fn not_gb18030(input: &mut impl Read) -> Result<Option<u64>> {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut text = vec![0; decoder.max_utf8_buffer_length_without_replacement(CHUNK_BYTES).unwrap_or(4 * CHUNK_BYTES)];
    let mut before = 0;
    loop {
        let filled = fill(input, &mut chunk)?;
        let last = filled < chunk.len();
        let (result, taken, _) = decoder.decode_to_utf8_without_replacement(&chunk[..filled], &mut text, last);
        if let DecoderResult::Malformed(wrong, beyond) = result {
            return Ok(Some((before + taken as u64).saturating_sub(u64::from(wrong) + u64::from(beyond))));
        }
        if last {
            return Ok(None);
        }
        before += filled as u64;
    }
}

/// The text of a file: UTF-8 without byte order mark, every line ended by a line feed alone.
pub(super) struct Text<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    decoded: Vec<u8>,
    /// What of `decoded` is not handed out yet.
    ready: std::ops::Range<usize>,
    read: u64,
    after_return: bool,
    ended: bool,
}

impl<R: Read> Text<R> {
    pub(super) fn new(input: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        let longest = decoder.max_utf8_buffer_length(CHUNK_BYTES).unwrap_or(4 * CHUNK_BYTES);
        Self {
            input,
            decoder,
            raw: vec![0; CHUNK_BYTES],
            decoded: vec![0; longest],
            ready: 0..0,
            read: 0,
            after_return: false,
            ended: false,
        }
    }

    /// Bytes of the file read so far.
    pub(super) fn bytes_read(&self) -> u64 {
        self.read
    }

    fn decode_more(&mut self) -> Result<()> {
        let filled = self.input.read(&mut self.raw)?;
        self.read += filled as u64;
        self.ended = filled == 0;
        // `decoded` is long enough for whatever `raw` holds, so nothing is left undecoded
        let (_, _, written, _) = self.decoder.decode_to_utf8(&self.raw[..filled], &mut self.decoded, self.ended);
        self.ready = 0..feed_lines(&mut self.decoded[..written], &mut self.after_return);
        Ok(())
    }
}

/// `\r\n` and a lone `\r` become `\n`, in place; gives the new length. `after_return` spans two chunks.
fn feed_lines(text: &mut [u8], after_return: &mut bool) -> usize {
    let (mut from, mut to) = (0, 0);
    if !text.is_empty() && std::mem::take(after_return) && text[0] == b'\n' {
        from = 1;
    }
    while let Some(at) = memchr::memchr(b'\r', &text[from..]) {
        text.copy_within(from..from + at, to);
        to += at;
        from += at + 1;
        text[to] = b'\n';
        to += 1;
        match text.get(from) {
            Some(b'\n') => from += 1,
            Some(_) => {}
            None => *after_return = true,
        }
    }
    let rest = text.len() - from;
    if from != to {
        text.copy_within(from.., to);
    }
    to + rest
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        while self.ready.is_empty() && !self.ended {
            self.decode_more()?;
        }
        let n = (&self.decoded[self.ready.clone()]).read(out)?;
        self.ready.start += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{UTF_16BE, UTF_16LE};
    use std::io::Write;

    fn file(content: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(content).expect("written");
        file
    }

    fn text(content: &[u8], encoding: &'static Encoding) -> String {
        let mut text = String::new();
        Text::new(content, encoding).read_to_string(&mut text).expect("UTF-8");
        text
    }

    /// `text` in UTF-16 with a byte order mark.
    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    #[test]
    fn each_encoding_is_told_and_read() {
        // 小学 in GBK is D0 A1 D1 A7, which is UTF-8 of something else: the whole file decides
        let gbk = b"\xc3\xfb\xb3\xc6,\xd0\xa1\xd1\xa7\r\n";
        for (content, encoding) in [
            ("名称,小学\r\n".as_bytes().to_vec(), UTF_8),
            ("\u{feff}名称,小学\n".as_bytes().to_vec(), UTF_8),
            (gbk.to_vec(), GB18030),
            (utf16("名称,小学\r\n", u16::to_le_bytes), UTF_16LE),
            (utf16("名称,小学\r", u16::to_be_bytes), UTF_16BE),
        ] {
            let told = detect(file(&content).path()).expect("right");
            assert_eq!((told, text(&content, told).as_str()), (encoding, "名称,小学\n"), "{}", encoding.name());
        }
    }

    #[test]
    fn a_character_across_two_chunks_is_whole() {
        for shift in 0..3 {
            let long = format!("{}{}", "a".repeat(CHUNK_BYTES - shift), "阿胶\r\n".repeat(40_000));
            assert_eq!(detect(file(long.as_bytes()).path()).expect("right"), UTF_8);
            assert_eq!(text(long.as_bytes(), UTF_8), long.replace('\r', ""));
            let (gbk, _, _) = GB18030.encode(&long);
            assert_eq!(detect(file(&gbk).path()).expect("right"), GB18030);
            assert_eq!(text(&gbk, GB18030), long.replace('\r', ""));
        }
        let returns = "\r".repeat(CHUNK_BYTES - 1) + "\r\n\r\n";
        assert_eq!(text(returns.as_bytes(), UTF_8).len(), CHUNK_BYTES + 1);
    }

    #[test]
    fn what_is_in_no_known_encoding_is_refused_with_the_byte() {
        let error = detect(file(b"name\n\xff\xff\n").path()).expect_err("neither");
        assert!(matches!(error, FileError::Encoding { utf8: 5, gb18030: Some(5), .. }), "{error}");
        let binary = detect(file(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").path()).expect_err("binary");
        assert!(matches!(binary, FileError::Format { .. }));
    }

    #[test]
    fn a_damaged_utf8_is_not_taken_for_gb18030() {
        let long = "名称,经度,纬度\n东阿县实验小学,116.2,36.3\n".as_bytes();
        let cut = detect(file(&long[..13]).path());
        assert!(cut.is_ok(), "cut between characters");
        let cut = detect(file("名称,纬度".as_bytes().split_last().expect("some").1).path()).expect_err("cut off");
        assert!(matches!(cut, FileError::Encoding { utf8: 10, gb18030: None, .. }), "{cut}");
        let mut damaged = long.to_vec();
        let last = damaged.len() - 21;
        damaged[last] = 0xb0;
        let error = detect(file(&damaged).path()).expect_err("damaged");
        assert!(matches!(error, FileError::Encoding { gb18030: None, .. }), "{error}");
        assert!(error.zh().contains("UTF-8"), "{}", error.zh());
    }
}
