//! The outer layer of a PBF: one blob after the other, each behind a length and a header.
//!
//! Blobs are cut out here, not by the decoder, for three reasons: a blob is then an independent piece of work for another
//! core; the byte at which a file broke is known; and lengths are checked before anything is reserved for them.

use super::error::BlobFault;
use std::io::{ErrorKind, Read};

/// A blob with its length and header, still packed.
#[derive(Debug)]
pub(super) struct Frame {
    /// Where it begins, bytes from the start of the file.
    pub offset: u64,
    /// As it stands in the file.
    pub bytes: Vec<u8>,
}

/// Why no frame could be cut out.
#[derive(Debug)]
pub(super) enum FrameError {
    Unreadable(std::io::Error),
    Fault { offset: u64, fault: BlobFault },
}

/// The frames of a file.
#[derive(Debug)]
pub(super) struct Frames<R> {
    input: R,
    offset: u64,
}

/// Bytes of the length in front of each header.
const LENGTH_BYTES: u64 = 4;

impl<R: Read> Frames<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, offset: 0 }
    }

    /// How many bytes have been read.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// The next frame; nothing at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Frame>, FrameError> {
        let mut bytes = Vec::with_capacity(64);
        if self.append(LENGTH_BYTES, &mut bytes)? == 0 {
            return Ok(None);
        }
        self.whole(&bytes, LENGTH_BYTES)?;
        let header = u64::from(u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
        self.allowed("header", i64::try_from(header).unwrap_or(i64::MAX), osmpbf::MAX_BLOB_HEADER_SIZE)?;
        self.append(header, &mut bytes)?;
        self.whole(&bytes, LENGTH_BYTES + header)?;
        let Some(body) = body_length(&bytes[4..]) else { return Err(self.fault(BlobFault::Header)) };
        let body = self.allowed("body", body, osmpbf::MAX_BLOB_MESSAGE_SIZE)?;
        self.append(body, &mut bytes)?;
        let wanted = LENGTH_BYTES + header + body;
        self.whole(&bytes, wanted)?;
        let offset = self.offset;
        self.offset += wanted;
        Ok(Some(Frame { offset, bytes }))
    }

    /// Appends up to `n` bytes. Grows with what arrives, not with what is announced.
    fn append(&mut self, n: u64, bytes: &mut Vec<u8>) -> Result<usize, FrameError> {
        loop {
            match self.input.by_ref().take(n).read_to_end(bytes) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => return other.map_err(FrameError::Unreadable),
            }
        }
    }

    fn whole(&self, bytes: &[u8], wanted: u64) -> Result<(), FrameError> {
        let found = bytes.len() as u64;
        if found < wanted { Err(self.fault(BlobFault::Short { found, wanted })) } else { Ok(()) }
    }

    fn allowed(&self, part: &'static str, found: i64, limit: u64) -> Result<u64, FrameError> {
        match u64::try_from(found) {
            Ok(length) if (1..=limit).contains(&length) => Ok(length),
            Ok(_) | Err(_) => Err(self.fault(BlobFault::Length { part, found, limit })),
        }
    }

    fn fault(&self, fault: BlobFault) -> FrameError {
        FrameError::Fault { offset: self.offset, fault }
    }
}

/// The `datasize` (field 3) of a `BlobHeader`; the fields before it are skipped.
fn body_length(mut header: &[u8]) -> Option<i64> {
    let mut length = None;
    while !header.is_empty() {
        let key = varint(&mut header)?;
        match (key >> 3, key & 7) {
            (3, 0) => length = Some(i64::from(varint(&mut header)? as i32)),
            (_, 0) => {
                varint(&mut header)?;
            }
            (_, 2) => {
                let skipped = usize::try_from(varint(&mut header)?).ok()?;
                header = header.get(skipped..)?;
            }
            _ => return None,
        }
    }
    length
}

/// A base-128 number, least significant group first.
fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Length, header with type `OSMData` and the given datasize, then a body.
    fn frame(announced: u8, body: &[u8]) -> Vec<u8> {
        let header = [&[0x0a, 7][..], b"OSMData", &[0x18, announced]].concat();
        [&(header.len() as u32).to_be_bytes()[..], &header, body].concat()
    }

    #[test]
    fn frames_are_cut_out_one_after_the_other() {
        let file = [frame(3, b"abc"), frame(1, b"d")].concat();
        let mut frames = Frames::new(&file[..]);
        let first = frames.next().expect("right").expect("a frame");
        let second = frames.next().expect("right").expect("a frame");
        assert_eq!((first.offset, second.offset), (0, first.bytes.len() as u64));
        assert!(second.bytes.ends_with(b"d"));
        assert!(frames.next().expect("right").is_none());
        assert_eq!(frames.offset(), file.len() as u64);
    }

    #[test]
    fn a_cut_off_blob_is_told_with_the_byte_at_which_it_begins() {
        let whole = [frame(3, b"abc"), frame(3, b"def")].concat();
        let begin = frame(3, b"abc").len() as u64;
        for cut in [1, 2, 3, 4, 9, 17] {
            let mut frames = Frames::new(&whole[..whole.len() - cut]);
            frames.next().expect("the first is whole");
            match frames.next() {
                Err(FrameError::Fault { offset, fault: BlobFault::Short { .. } }) => {
                    assert_eq!(offset, begin, "cut {cut}");
                }
                other => panic!("cut {cut}: {other:?}"),
            }
        }
    }

    #[test]
    fn lengths_that_the_format_does_not_allow_are_refused_before_anything_is_reserved() {
        let huge_header = [0xff, 0xff, 0xff, 0xff, 0x0a];
        assert!(matches!(
            Frames::new(&huge_header[..]).next(),
            Err(FrameError::Fault { offset: 0, fault: BlobFault::Length { part: "header", .. } })
        ));
        let header = [&[0x0a, 7][..], b"OSMData", &[0x18, 0xff, 0xff, 0xff, 0xff, 0x07]].concat();
        let huge_body = [&(header.len() as u32).to_be_bytes()[..], &header].concat();
        assert!(matches!(
            Frames::new(&huge_body[..]).next(),
            Err(FrameError::Fault { fault: BlobFault::Length { part: "body", found: 0x7fff_ffff, .. }, .. })
        ));
        let header = [0x0a, 0xff, 0x01];
        let broken = [&(header.len() as u32).to_be_bytes()[..], &header].concat();
        assert!(matches!(Frames::new(&broken[..]).next(), Err(FrameError::Fault { fault: BlobFault::Header, .. })));
    }
}
