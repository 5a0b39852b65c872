//! The font of signs: found when one is made, and of it only the characters that are needed.

use super::SignError;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use subsetter::GlyphRemapper;
use ttf_parser::Face;

/// Where Debian, and many others, keep fonts with Chinese characters.
const USUAL: [&str; 8] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
];
/// A character that every font for Chinese has.
const CHINESE: char = '童';
/// What stands for a character that the font does not have.
const UNKNOWN: char = '?';

/// A font as it lies on the disk.
pub struct FontFile {
    file: PathBuf,
    bytes: Vec<u8>,
    index: u32,
}

impl FontFile {
    /// The font that was said, or the first of the usual ones that is installed. Reads some 20 MB.
    pub fn find(said: Option<&Path>) -> Result<Self, SignError> {
        let file = match said {
            Some(file) => file.to_owned(),
            None => USUAL.iter().map(PathBuf::from).find(|file| file.is_file()).ok_or(SignError::NoFont)?,
        };
        let bytes = std::fs::read(&file).map_err(|source| SignError::Unreadable { file: file.clone(), source })?;
        let font = Self { index: simplified(&bytes), file, bytes };
        let face = font.face()?;
        if face.glyph_index(CHINESE).is_none() {
            return Err(font.wrong(&"it has no Chinese characters"));
        }
        Ok(font)
    }

    pub(super) fn face(&self) -> Result<Face<'_>, SignError> {
        Face::parse(&self.bytes, self.index).map_err(|error| self.wrong(&error))
    }

    fn wrong(&self, reason: &impl ToString) -> SignError {
        SignError::Font { file: self.file.clone(), reason: reason.to_string() }
    }
}

/// Of a collection, the font that writes characters as the mainland does.
fn simplified(bytes: &[u8]) -> u32 {
    let fonts = ttf_parser::fonts_in_collection(bytes).unwrap_or(1);
    let is_simplified = |index: &u32| {
        let Ok(face) = Face::parse(bytes, *index) else { return false };
        let is = |name: ttf_parser::name::Name<'_>| name.to_string().is_some_and(|name| name.ends_with(" SC"));
        face.names().into_iter().filter(|name| name.name_id == ttf_parser::name_id::FAMILY).any(is)
    };
    (0..fonts).find(is_simplified).unwrap_or(0)
}

/// The characters that signs have, by the numbers under which the embedded part of the font has them.
pub(super) struct Letters<'a> {
    font: &'a FontFile,
    pub face: Face<'a>,
    remapper: GlyphRemapper,
    /// New number to character and width in thousandths of the size.
    pub used: BTreeMap<u16, (char, f32)>,
}

impl<'a> Letters<'a> {
    pub(super) fn of(font: &'a FontFile) -> Result<Self, SignError> {
        Ok(Self { font, face: font.face()?, remapper: GlyphRemapper::new(), used: BTreeMap::new() })
    }

    /// The numbers of a text's characters, two bytes each, and how wide it is at size 1.
    pub(super) fn set(&mut self, text: &str) -> (Vec<u8>, f32) {
        let (mut numbers, mut width) = (Vec::new(), 0.0);
        for letter in text.chars().filter(|c| !c.is_control()) {
            let glyph = self.face.glyph_index(letter).or_else(|| self.face.glyph_index(UNKNOWN)).unwrap_or_default();
            let number = self.remapper.remap(glyph.0);
            let advance = f32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default());
            let advance = 1000.0 * advance / f32::from(self.face.units_per_em());
            self.used.insert(number, (letter, advance));
            numbers.extend(number.to_be_bytes());
            width += advance / 1000.0;
        }
        (numbers, width)
    }

    /// The part of the font that is embedded, and whether its outlines are of the CFF sort.
    pub(super) fn embedded(&self) -> Result<(Vec<u8>, bool), SignError> {
        let font = subsetter::subset(&self.font.bytes, self.font.index, &self.remapper);
        let font = font.map_err(|error| self.font.wrong(&error))?;
        // of an OpenType font with CFF outlines a PDF takes that table alone
        let cff =
            ttf_parser::RawFace::parse(&font, 0).ok().and_then(|face| face.table(ttf_parser::Tag::from_bytes(b"CFF ")));
        Ok(match cff {
            Some(table) => (table.to_vec(), true),
            None => (font, false),
        })
    }
}
