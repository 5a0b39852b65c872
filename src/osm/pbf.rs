//! From packed blobs to elements, on all cores, results in the file's order.

use super::element::Block;
use super::error::{BlobFault, OsmError};
use super::frames::{Frame, FrameError, Frames};
use osmpbf::{BlobDecode, BlobReader, HeaderBlock, PrimitiveBlock};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

/// What this reader knows of what a file may demand.
pub(super) const FEATURES: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// Packed bytes that are read before they are decoded together; bounds memory.
const BATCH_BYTES: usize = 32 << 20;
/// Blobs per core in a batch: enough that cores seldom wait for the slowest.
const BLOBS_PER_CORE: usize = 4;

/// Maps each block on some core and folds what comes out in the file's order.
pub(super) fn read<R: Send>(
    file: &Path,
    input: impl Read,
    progress: &mut dyn FnMut(u64),
    map: &(impl Fn(&Block) -> R + Sync),
    fold: &mut impl FnMut(R) -> ControlFlow<()>,
) -> Result<(), OsmError> {
    let mut frames = Frames::new(input);
    loop {
        let batch = batch(&mut frames).map_err(|error| told(file, error))?;
        if batch.is_empty() {
            return Ok(());
        }
        let mapped: Vec<_> =
            batch.into_par_iter().map(|frame| unpack(file, &frame).map(|block| block.as_ref().map(map))).collect();
        for result in mapped {
            if let Some(result) = result?
                && fold(result).is_break()
            {
                return Ok(());
            }
        }
        progress(frames.offset());
    }
}

/// What the file's header says of where its data come from.
pub(super) fn source(file: &Path, input: impl Read) -> Result<Option<String>, OsmError> {
    let Some(frame) = Frames::new(input).next().map_err(|error| told(file, error))? else { return Ok(None) };
    let broken = |fault| OsmError::Blob { file: file.to_owned(), offset: frame.offset, fault };
    let Some(blob) = BlobReader::new(&frame.bytes[..]).next() else { return Err(broken(BlobFault::Header)) };
    let blob = blob.map_err(|error| broken(BlobFault::Content(error)))?;
    match blob.decode().map_err(|error| broken(BlobFault::Content(error)))? {
        BlobDecode::OsmHeader(header) => Ok(header.source().map(str::to_owned)),
        BlobDecode::OsmData(_) | BlobDecode::Unknown(_) => Ok(None),
    }
}

fn batch<I: Read>(frames: &mut Frames<I>) -> Result<Vec<Frame>, FrameError> {
    let most = rayon::current_num_threads() * BLOBS_PER_CORE;
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < most && bytes < BATCH_BYTES {
        let Some(frame) = frames.next()? else { break };
        bytes += frame.bytes.len();
        batch.push(frame);
    }
    Ok(batch)
}

fn told(file: &Path, error: FrameError) -> OsmError {
    let file = file.to_owned();
    match error {
        FrameError::Unreadable(source) => OsmError::Unreadable { file, source },
        FrameError::Fault { offset, fault } => OsmError::Blob { file, offset, fault },
    }
}

/// The elements in a frame; nothing in a header or in a blob of another purpose.
fn unpack(file: &Path, frame: &Frame) -> Result<Option<Block>, OsmError> {
    let broken = |fault| OsmError::Blob { file: file.to_owned(), offset: frame.offset, fault };
    let Some(blob) = BlobReader::new(&frame.bytes[..]).next() else { return Err(broken(BlobFault::Header)) };
    let blob = blob.map_err(|error| broken(BlobFault::Content(error)))?;
    match blob.decode().map_err(|error| broken(BlobFault::Content(error)))? {
        BlobDecode::OsmHeader(header) => known(file, &header).map(|()| None),
        BlobDecode::OsmData(block) => match undecodable(&block) {
            Some(place) => Err(broken(BlobFault::Text(place))),
            None => Ok(Some(Block::decoded(block))),
        },
        BlobDecode::Unknown(_) => Ok(None),
    }
}

fn known(file: &Path, header: &HeaderBlock) -> Result<(), OsmError> {
    match header.required_features().iter().find(|feature| !FEATURES.contains(&feature.as_str())) {
        Some(feature) => Err(OsmError::Feature { file: file.to_owned(), feature: feature.clone() }),
        None => Ok(()),
    }
}

/// The first text that is not UTF-8. The decoder would end an element's tags there and say nothing.
fn undecodable(block: &PrimitiveBlock) -> Option<usize> {
    block.raw_stringtable().iter().position(|text| std::str::from_utf8(text).is_err())
}
