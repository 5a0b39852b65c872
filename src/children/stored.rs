//! Children as bytes, for the database.

use super::{AgeBand, Children};

/// What the bytes begin with; the last is the number of the form, to be raised with every change of it.
const HEAD: &[u8] = b"yimi children 1\n";

/// Why bytes are no children.
#[derive(Debug, thiserror::Error)]
pub enum StoredChildrenError {
    /// Written by another version of this program.
    #[error("the stored children have another form than this program writes; import them again")]
    Form,
    /// Cut off or damaged.
    #[error("the stored children do not decode: {0}")]
    Damaged(#[from] postcard::Error),
    /// Decoded, but wrong.
    #[error("the stored children do not hang together")]
    Incoherent,
}

impl Children {
    /// The children as bytes; the same children give the same bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>, StoredChildrenError> {
        Ok(postcard::to_extend(self, HEAD.to_vec())?)
    }

    /// The children that were stored.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoredChildrenError> {
        let read: Self = postcard::from_bytes(bytes.strip_prefix(HEAD).ok_or(StoredChildrenError::Form)?)?;
        let right = AgeBand::sorted(&read.bands)
            && !read.bands.is_empty()
            && read.ids.len() == read.places.len()
            && read.counts.len() == read.places.len() * read.bands.len();
        if right { Ok(read) } else { Err(StoredChildrenError::Incoherent) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Method};
    use super::*;
    use crate::geo::LonLat;

    #[test]
    fn children_come_back_as_they_were_stored() {
        let bands = vec![AgeBand { from: 0, to: 14 }, AgeBand { from: 15, to: 18 }];
        let at = LonLat::new(116.25, 36.33).expect("a position");
        let cells =
            vec![Cell { id: "a".into(), at, counts: vec![3, 1] }, Cell { id: "b".into(), at, counts: vec![0, 9] }];
        let children = Children::new(bands, Method::Given, true, cells);
        let bytes = children.to_bytes().expect("written");
        assert_eq!(Children::from_bytes(&bytes).expect("read"), children);
        assert!(matches!(Children::from_bytes(b"yimi children 0\n"), Err(StoredChildrenError::Form)));
        assert!(Children::from_bytes(&bytes[..bytes.len() - 3]).is_err());
    }
}
