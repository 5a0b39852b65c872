//! Whether rings make a shape that can be counted in.

use crate::geo::LonLat;
use geo::algorithm::Validation;
use geo::{Area as _, Coord, LineString, MultiPolygon, Polygon};

/// Why rings are no outline.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OutlineProblem {
    /// Not a position.
    #[error("vertex {vertex} of ring {ring}: found {lon}, {lat}; wanted longitude and latitude in degrees")]
    Position {
        /// Which ring, from 1.
        ring: usize,
        /// Which vertex, from 1.
        vertex: usize,
        /// As found.
        lon: f64,
        /// As found.
        lat: f64,
    },
    /// Too few vertices, or the last is not the first.
    #[error(
        "ring {ring}: found {vertices} vertices that do not close; wanted at least 4 with the last equal to the first"
    )]
    Open {
        /// Which ring, from 1.
        ring: usize,
        /// How many.
        vertices: usize,
    },
    /// Rings cross themselves or one another, or lie outside.
    #[error("the rings do not make a valid polygon: {0}")]
    Invalid(String),
    /// No surface.
    #[error("the outline has no surface")]
    Empty,
}

/// Polygons (each a list of rings of [lon, lat], the outer first) as a valid shape.
pub fn check(polygons: &[Vec<Vec<[f64; 2]>>]) -> Result<MultiPolygon<f64>, OutlineProblem> {
    let mut shapes = Vec::new();
    for rings in polygons {
        let mut lines = rings.iter().enumerate().map(|(i, ring)| close(ring, i + 1)).collect::<Result<Vec<_>, _>>()?;
        if lines.is_empty() {
            return Err(OutlineProblem::Empty);
        }
        let exterior = lines.remove(0);
        shapes.push(Polygon::new(exterior, lines));
    }
    let shape = MultiPolygon::new(shapes);
    shape.check_validation().map_err(|e| OutlineProblem::Invalid(e.to_string()))?;
    if shape.unsigned_area() <= 0.0 {
        return Err(OutlineProblem::Empty);
    }
    Ok(shape)
}

fn close(ring: &[[f64; 2]], number: usize) -> Result<LineString<f64>, OutlineProblem> {
    if ring.len() < 4 || ring.first() != ring.last() {
        return Err(OutlineProblem::Open { ring: number, vertices: ring.len() });
    }
    for (vertex, [lon, lat]) in (1..).zip(ring) {
        if LonLat::new(*lon, *lat).is_err() {
            return Err(OutlineProblem::Position { ring: number, vertex, lon: *lon, lat: *lat });
        }
    }
    Ok(ring.iter().map(|[x, y]| Coord { x: *x, y: *y }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_that_cannot_be_counted_in_are_refused() {
        let square = vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]];
        assert!(check(&[vec![square.clone()]]).is_ok());
        let bow = vec![[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]];
        assert!(matches!(check(&[vec![bow]]), Err(OutlineProblem::Invalid(_))));
        assert!(matches!(check(&[vec![square[..4].to_vec()]]), Err(OutlineProblem::Open { ring: 1, vertices: 4 })));
        let far = square.iter().map(|[x, y]| [x + 200.0, *y]).collect();
        assert!(matches!(check(&[vec![far]]), Err(OutlineProblem::Position { vertex: 1, .. })));
        assert_eq!(check(&[]), Err(OutlineProblem::Empty));
    }
}
