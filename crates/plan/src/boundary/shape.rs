//! A shape as it is kept and drawn: path data of whole numbers and its bounds. Pure.

use std::fmt::Write as _;

use super::Draft;
use super::read::{Area, Ring};
use super::simplify::simplify;

/// Path data in ten-thousandths of a degree; south is positive, as a page draws.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    pub west: i32,
    pub north: i32,
    pub east: i32,
    pub south: i32,
    pub path: String,
}

impl Shape {
    /// The shape of rings; none without any.
    pub fn of(rings: &[Ring]) -> Option<Shape> {
        let points = || rings.iter().flatten();
        let mut path = String::new();
        for ring in rings {
            let mut before: Option<(i32, i32)> = None;
            for (x, y) in ring.iter().map(|(x, y)| (*x, -y)) {
                let _ = match before {
                    None => write!(path, "M{x} {y}l"),
                    Some((a, b)) => {
                        if !path.ends_with('l') && a <= x {
                            path.push(' ');
                        }
                        // A minus parts two numbers by itself.
                        let space = if b <= y { " " } else { "" };
                        write!(path, "{}{space}{}", x - a, y - b)
                    }
                };
                before = Some((x, y));
            }
            path.push('z');
        }
        Some(Shape {
            west: points().map(|point| point.0).min()?,
            north: points().map(|point| -point.1).min()?,
            east: points().map(|point| point.0).max()?,
            south: points().map(|point| -point.1).max()?,
            path,
        })
    }

    /// The shape of both together.
    #[must_use]
    pub fn and(self, other: &Shape) -> Shape {
        Shape {
            west: self.west.min(other.west),
            north: self.north.min(other.north),
            east: self.east.max(other.east),
            south: self.south.max(other.south),
            path: self.path + &other.path,
        }
    }
}

/// The areas of a file with shapes of about `most` corners in all.
pub fn drafts(areas: Vec<Area>, most: usize) -> Vec<Draft> {
    let (properties, rings): (Vec<_>, Vec<Vec<Ring>>) =
        areas.into_iter().map(|area| (area.properties, area.rings)).unzip();
    let simple = simplify(&rings, most);
    let shapes = simple.iter().map(|rings| Shape::of(rings));
    let drafts = (0..).zip(properties).zip(shapes);
    drafts.map(|((no, properties), shape)| Draft { no, properties, shape }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_relative_whole_numbers_with_north_up() {
        let ring = vec![(1_050_000, 210_000), (1_050_010, 210_000), (1_050_005, 210_020)];
        let shape = Shape::of(&[ring]).unwrap();
        assert_eq!(shape.path, "M1050000 -210000l10 0-5-20z");
        assert_eq!((shape.west, shape.east), (1_050_000, 1_050_010));
        assert_eq!((shape.north, shape.south), (-210_020, -210_000));
        assert_eq!(Shape::of(&[]), None);
    }

    #[test]
    fn two_areas_of_a_unit_are_one_shape() {
        let one = Shape::of(&[vec![(0, 0), (5, 0), (5, 5)]]).unwrap();
        let two = Shape::of(&[vec![(90, -9), (95, -9), (95, -4)]]).unwrap();
        let both = one.and(&two);
        assert_eq!((both.west, both.east, both.north, both.south), (0, 95, -5, 9));
        assert_eq!(both.path.matches('z').count(), 2);
    }
}
