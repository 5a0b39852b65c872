//! The symbols of the map, from the front end's own definition of them.

use kurbo::BezPath;

/// A path of a symbol, around its middle, y downwards.
#[derive(Debug, Clone)]
pub(super) struct Stroke {
    pub path: BezPath,
    /// How wide its line is; filled without one.
    pub width: Option<f64>,
}

/// The front end's pictures and outlines. They are read, not copied: what is drawn on the map is what stands at the door.
const GLYPHS: &str = include_str!("../../../web/src/style/glyphs.ts");
const SHAPES: &str = include_str!("../../../web/src/style/shapes.ts");
/// Half the side of the grid on which pictures are drawn.
pub(super) const GLYPH_HALF: f64 = 8.0;

/// What stands in the brackets behind a name, up to the next name.
fn entry<'a>(source: &'a str, name: &str) -> Option<&'a str> {
    let begin = source.find(&format!("\n  {name}:"))? + name.len() + 4;
    let rest = &source[begin..];
    // an entry begins with two spaces and a word; its own lines with four or more, or with a bracket
    let next = rest.match_indices("\n  ").find(|(at, _)| rest[at + 3..].starts_with(|c: char| c.is_ascii_alphabetic()));
    let end = next.map_or_else(|| rest.find("\n}"), |(at, _)| Some(at)).unwrap_or(rest.len());
    Some(&rest[..end])
}

/// The text in single quotation marks, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let (_, rest) = text.split_once('\'')?;
    rest.split_once('\'')
}

/// The paths of a picture; those of a dot for one that is not known.
pub(super) fn glyph(name: &str) -> Vec<Stroke> {
    let Some(text) = entry(GLYPHS, name).or_else(|| entry(GLYPHS, "dot")) else { return Vec::new() };
    let one = |item: &str| {
        let (path, behind) = quoted(item)?;
        let width = behind.split_once("width:").and_then(|(_, rest)| {
            rest.trim_start().split(|c: char| !(c.is_ascii_digit() || c == '.')).next()?.parse().ok()
        });
        Some(Stroke { path: BezPath::from_svg(path).ok()?, width })
    };
    text.split('{').filter_map(one).collect()
}

/// The outline of a symbol; a circle for one that is not known.
pub(super) fn outline(name: &str) -> Option<BezPath> {
    let (path, _) = quoted(entry(SHAPES, name).or_else(|| entry(SHAPES, "circle"))?)?;
    BezPath::from_svg(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Catalogue;
    use kurbo::Shape;
    use std::path::Path;

    #[test]
    fn every_kind_of_the_catalogue_has_its_own_symbol() {
        let text = include_str!("../../../data/catalogue.toml");
        let catalogue = Catalogue::parse(Path::new("c"), text).expect("right");
        let dot = glyph("dot")[0].path.clone();
        for kind in catalogue.kinds() {
            let strokes = glyph(&kind.glyph);
            assert!(!strokes.is_empty() && strokes.iter().all(|stroke| stroke.path != dot), "{}", kind.glyph);
            for stroke in &strokes {
                let bounds = stroke.path.bounding_box();
                assert!(bounds.x0 >= 0.0 && bounds.y1 <= 2.0 * GLYPH_HALF, "{}: {bounds:?}", kind.glyph);
            }
            let shape = serde_json::to_value(kind.shape).expect("a word");
            let outline = outline(shape.as_str().expect("a word")).expect("an outline").bounding_box();
            assert!(outline.width() > 20.0 && outline.center().x.abs() < 0.5, "{shape}: {outline:?}");
        }
        assert_eq!((glyph("school").len(), glyph("school")[0].width, glyph("school")[2].width), (3, Some(1.1), None));
        assert_eq!(glyph("no such picture")[0].path, dot);
    }
}
