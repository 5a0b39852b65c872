//! A photo of a site: what somebody's camera gives becomes two plain JPEGs that say nothing but what is to be seen.
//!
//! The format is told by content, never by name. Before anything is decoded the file is walked through, part by part
//! ([`parts`]), which finds its end, so that a cut-off file is refused and what is hidden behind the end is seen. The picture
//! is then decoded within limits, turned the way it was held, and written anew: position, time, owner and whatever else
//! stood beside the picture are not copied, because nothing is copied but pixels.
//!
//! A colour profile goes as well: colours of a wide profile come out a little duller.

mod parts;
mod prepare;

pub use prepare::{JpegPicture, Photo, PhotoError, prepare};

/// The longest side of the picture, pixels.
pub const LONGEST: u32 = 1600;
/// The longest side of the small one.
pub const LONGEST_SMALL: u32 = 480;
/// The largest file that is looked at.
pub const MAX_BYTES: usize = 12 << 20;
/// The most pixels that are decoded; cameras of telephones give 48 million at most unless told otherwise.
pub const MAX_PIXELS: u64 = 50_000_000;
