//! A base map as bytes, for the database. Each point is stored as its distance from the one before, which is small.

use super::map::{BaseMap, Parts};
use super::world::Step;

/// What the bytes begin with; the last is the number of the form, to be raised with every change of it.
const HEAD: &[u8] = b"yimi basemap 1\n";

/// Why bytes are no base map.
#[derive(Debug, thiserror::Error)]
pub enum StoredBaseError {
    /// Written by another version of this program.
    #[error("the stored base map has another form than this program writes; import it again")]
    Form,
    /// Cut off or damaged.
    #[error("the stored base map does not decode: {0}")]
    Damaged(#[from] postcard::Error),
    /// Decoded, but wrong.
    #[error("the stored base map is wrong: {0}")]
    Incoherent(&'static str),
}

impl BaseMap {
    /// The base map as bytes; the same base map gives the same bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>, StoredBaseError> {
        let mut parts = self.parts().clone();
        let mut before = [0, 0];
        for at in &mut parts.points {
            let here = *at;
            *at = [0, 1].map(|k| here[k] - before[k]);
            before = here;
        }
        Ok(postcard::to_extend(&parts, HEAD.to_vec())?)
    }

    /// The base map that was stored.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoredBaseError> {
        let mut parts: Parts = postcard::from_bytes(bytes.strip_prefix(HEAD).ok_or(StoredBaseError::Form)?)?;
        let mut before: Step = [0, 0];
        for at in &mut parts.points {
            *at = [0, 1].map(|k| before[k].wrapping_add(at[k]));
            before = *at;
        }
        parts.fault().map_or_else(|| Ok(Self::new(parts)), |fault| Err(StoredBaseError::Incoherent(fault)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::tags::Level;
    use crate::basemap::{Class, PlaceKind};
    use crate::geo::LonLat;
    use crate::text::Words;

    fn drawn() -> BaseMap {
        let mut parts = Parts::new(true);
        let name = Words::new("文化街", "");
        parts.line(Class::Street, Level::Bridge, Some(&name), &[[5, 7], [1_000_000, 3], [999_999, 4]]);
        parts.place(PlaceKind::Village, &Words::new("村", "Village"), LonLat::new(116.0, 36.0).expect("a place"), 0.0);
        BaseMap::new(parts)
    }

    #[test]
    fn a_base_map_comes_back_as_it_was() {
        let bytes = drawn().to_bytes().expect("written");
        let back = BaseMap::from_bytes(&bytes).expect("read");
        assert_eq!(back.parts().fault(), None);
        assert_eq!(back.to_bytes().expect("written"), bytes);
        assert_eq!(back.chains(0).next(), Some(&[[5, 7], [1_000_000, 3], [999_999, 4]][..]));
        assert!(back.is_demonstration() && &*back.places()[0].name.en == "Village");
    }

    #[test]
    fn what_is_damaged_or_of_another_form_is_refused() {
        let bytes = drawn().to_bytes().expect("written");
        assert!(matches!(BaseMap::from_bytes(b"yimi basemap 0\n"), Err(StoredBaseError::Form)));
        assert!(matches!(BaseMap::from_bytes(&bytes[..bytes.len() - 1]), Err(StoredBaseError::Damaged(_))));
        let mut wrong = Parts::new(false);
        wrong.line(Class::Street, Level::Ground, None, &[[-1, 0], [0, 0]]);
        let bytes = BaseMap::new(wrong).to_bytes().expect("written");
        assert!(matches!(BaseMap::from_bytes(&bytes), Err(StoredBaseError::Incoherent(_))));
    }
}
