//! A network as bytes, for the database. What can be made again (the streets at each junction, the index) is not in them.

use super::graph::{Incoherent, Network, Parts};

/// What the bytes begin with; the last is the number of the form, to be raised with every change of it.
const HEAD: &[u8] = b"yimi network 2\n";

/// Why bytes are no network.
#[derive(Debug, thiserror::Error)]
pub enum StoredError {
    /// Written by another version of this program.
    #[error("the stored network has another form than this program writes; import it again")]
    Form,
    /// Cut off or damaged.
    #[error("the stored network does not decode: {0}")]
    Damaged(#[from] postcard::Error),
    /// Decoded, but wrong.
    #[error(transparent)]
    Incoherent(#[from] Incoherent),
}

impl Network {
    /// The network as bytes; the same network gives the same bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>, StoredError> {
        Ok(postcard::to_extend(self.parts(), HEAD.to_vec())?)
    }

    /// The network that was stored.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoredError> {
        let parts: Parts = postcard::from_bytes(bytes.strip_prefix(HEAD).ok_or(StoredError::Form)?)?;
        Ok(Self::new(parts)?)
    }
}
