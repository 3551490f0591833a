//! Fewer corners, the same shape: Visvalingam and Whyatt (1993), by the line between two places
//! where borders meet, so that a border two communes share stays shared. Pure.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::rc::Rc;

use super::read::{Point, Ring};

/// The weight of a corner that stays whatever happens.
const KEPT: i64 = i64::MAX;

/// The rings of each area with at most about `most` corners in all; the smallest corners go
/// first. Ends of shared borders always stay, and so do three corners of an area's largest
/// ring.
pub fn simplify(areas: &[Vec<Ring>], most: usize) -> Vec<Vec<Ring>> {
    let ends = Ends::of(areas);
    let mut arcs: HashMap<Vec<Point>, Rc<Vec<i64>>> = HashMap::new();
    let cut: Vec<Vec<Vec<Arc>>> = areas
        .iter()
        .map(|rings| rings.iter().map(|ring| ends.cut(ring, &mut arcs)).collect())
        .collect();
    let mut weights: Vec<i64> =
        arcs.values().flat_map(|weights| weights.iter().copied()).filter(|w| *w != KEPT).collect();
    weights.sort_unstable_by_key(|weight| Reverse(*weight));
    // A corner in a straight line weighs nothing and always goes.
    let least = weights.get(most).map_or(1, |weight| weight.saturating_add(1).max(1));
    areas
        .iter()
        .zip(cut)
        .map(|(rings, cut)| {
            let mut kept: Vec<Ring> = cut.iter().map(|arcs| join(arcs, least)).collect();
            let largest = (0..rings.len()).max_by_key(|n| rings.get(*n).map_or(0, Vec::len));
            if kept.iter().all(|ring| ring.len() < 3)
                && let Some(n) = largest
                && let (Some(place), Some(arcs)) = (kept.get_mut(n), cut.get(n))
            {
                *place = join(arcs, third(arcs));
            }
            kept.retain(|ring| 3 <= ring.len());
            kept
        })
        .collect()
}

/// A line between two ends, and the weight of each of its corners.
struct Arc {
    points: Vec<Point>,
    weights: Rc<Vec<i64>>,
}

/// The ring of the arcs without what weighs less than `least`.
fn join(arcs: &[Arc], least: i64) -> Ring {
    let mut out: Ring = Vec::new();
    for arc in arcs {
        let stays = arc.points.iter().zip(arc.weights.iter()).filter(|(_, w)| least <= **w);
        // The last corner of a line is the first of the next.
        let points: Vec<Point> = stays.map(|(point, _)| *point).collect();
        out.extend(points.iter().take(points.len().saturating_sub(1)));
    }
    out
}

/// The weight that the three heaviest corners of a ring have at least: what is left of an area
/// that would vanish.
fn third(arcs: &[Arc]) -> i64 {
    let of_arc = |arc: &Arc| arc.weights.iter().copied().rev().skip(1).collect::<Vec<i64>>();
    let mut weights: Vec<i64> = arcs.iter().flat_map(of_arc).collect();
    weights.sort_unstable_by_key(|weight| Reverse(*weight));
    weights.get(2).copied().unwrap_or_default()
}

/// Corners where other than two lines meet: there a border begins or ends.
struct Ends(HashMap<Point, Around>);

#[derive(Default)]
struct Around {
    near: [Option<Point>; 2],
    more: bool,
}

impl Around {
    fn add(&mut self, point: Point) {
        for place in &mut self.near {
            match place {
                Some(known) if *known == point => return,
                Some(_) => {}
                None => {
                    *place = Some(point);
                    return;
                }
            }
        }
        self.more = true;
    }
}

impl Ends {
    fn of(areas: &[Vec<Ring>]) -> Ends {
        let mut all: HashMap<Point, Around> = HashMap::new();
        for ring in areas.iter().flatten() {
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                all.entry(*a).or_default().add(*b);
                all.entry(*b).or_default().add(*a);
            }
        }
        Ends(all)
    }

    fn is_end(&self, point: Point) -> bool {
        self.0.get(&point).is_none_or(|around| around.more || around.near[1].is_none())
    }

    /// A ring cut at its ends; one without two ends is cut at its first corner in the order of
    /// places, and at the corner furthest from there, whichever ring it is met in.
    fn cut(&self, ring: &[Point], arcs: &mut HashMap<Vec<Point>, Rc<Vec<i64>>>) -> Vec<Arc> {
        let mut at: Vec<usize> = (0..ring.len())
            .filter(|n| ring.get(*n).is_some_and(|point| self.is_end(*point)))
            .collect();
        if at.is_empty() {
            at.extend((0..ring.len()).min_by_key(|n| ring.get(*n).copied()));
        }
        if let [only] = at[..]
            && let Some(from) = ring.get(only)
        {
            let far = |n: &usize| ring.get(*n).map(|point| (distance(*from, *point), *point));
            at.extend((0..ring.len()).max_by_key(far));
            at.sort_unstable();
            at.dedup();
        }
        let turned: Vec<usize> = at.iter().copied().cycle().skip(1).take(at.len()).collect();
        at.iter().zip(turned).map(|(from, to)| arc(ring, *from, to, arcs)).collect()
    }
}

fn arc(
    ring: &[Point],
    from: usize,
    to: usize,
    arcs: &mut HashMap<Vec<Point>, Rc<Vec<i64>>>,
) -> Arc {
    let length = if from < to { to - from } else { ring.len() - from + to };
    let mut points: Vec<Point> = ring.iter().cycle().skip(from).take(length + 1).copied().collect();
    // Both neighbours weigh the line in the same direction.
    let turned: Vec<Point> = points.iter().rev().copied().collect();
    let is_turned = turned < points;
    let key = if is_turned { turned } else { points.clone() };
    let weights = arcs.entry(key).or_insert_with_key(|points| Rc::new(weigh(points)));
    let weights = match is_turned {
        true => Rc::new(weights.iter().rev().copied().collect()),
        false => Rc::clone(weights),
    };
    points.shrink_to_fit();
    Arc { points, weights }
}

/// Twice the area of the triangle a corner makes with those beside it when its turn comes to go,
/// never less than that of a corner that went before.
fn weigh(points: &[Point]) -> Vec<i64> {
    let last = points.len().saturating_sub(1);
    let mut weights = vec![KEPT; points.len()];
    let mut before: Vec<usize> = (0..points.len()).map(|n| n.saturating_sub(1)).collect();
    let mut after: Vec<usize> = (0..points.len()).map(|n| (n + 1).min(last)).collect();
    let area = |a: usize, b: usize, c: usize| match (points.get(a), points.get(b), points.get(c)) {
        (Some(a), Some(b), Some(c)) => triangle(*a, *b, *c),
        _ => KEPT,
    };
    let mut now: Vec<i64> = vec![KEPT; points.len()];
    let mut heap = BinaryHeap::new();
    for n in 1..last {
        let own = area(n - 1, n, n + 1);
        if let Some(place) = now.get_mut(n) {
            *place = own;
        }
        heap.push(Reverse((own, n)));
    }
    let mut least = 0;
    while let Some(Reverse((own, n))) = heap.pop() {
        // An older weight of the same corner, or one that went already.
        if now.get(n) != Some(&own) || weights.get(n) != Some(&KEPT) {
            continue;
        }
        least = own.max(least);
        if let Some(place) = weights.get_mut(n) {
            *place = least;
        }
        let (Some(a), Some(c)) = (before.get(n).copied(), after.get(n).copied()) else { continue };
        if let (Some(to), Some(back)) = (after.get_mut(a), before.get_mut(c)) {
            (*to, *back) = (c, a);
        }
        for n in [a, c].into_iter().filter(|n| 0 < *n && *n < last) {
            let (Some(b), Some(d)) = (before.get(n).copied(), after.get(n).copied()) else {
                continue;
            };
            let own = area(b, n, d);
            if let Some(place) = now.get_mut(n) {
                *place = own;
            }
            heap.push(Reverse((own, n)));
        }
    }
    weights
}

/// Twice the area of a triangle.
fn triangle(a: Point, b: Point, c: Point) -> i64 {
    let d = |from: i32, to: i32| i64::from(to) - i64::from(from);
    (d(a.0, b.0) * d(a.1, c.1) - d(a.0, c.0) * d(a.1, b.1)).abs()
}

fn distance(a: Point, b: Point) -> i64 {
    let d = |from: i32, to: i32| i64::from(to) - i64::from(from);
    d(a.0, b.0).pow(2) + d(a.1, b.1).pow(2)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn corners_in_a_straight_line_go_and_the_shape_stays() {
        let square = vec![(0, 0), (5, 0), (10, 0), (10, 10), (0, 10), (0, 5)];
        let kept = simplify(&[vec![square]], 100);
        assert_eq!(kept, [vec![vec![(0, 0), (10, 0), (10, 10), (0, 10)]]]);
    }

    #[test]
    fn the_smallest_corner_goes_first() {
        let ring = vec![(0, 0), (50, 3), (100, 0), (100, 100), (50, 140), (0, 100)];
        let kept = simplify(&[vec![ring]], 3);
        assert!(!kept[0][0].contains(&(50, 3)), "{kept:?}");
        assert!(kept[0][0].contains(&(50, 140)), "{kept:?}");
    }

    #[test]
    fn an_area_never_vanishes_and_an_islet_beside_a_larger_one_does() {
        let land: Ring = vec![(0, 0), (900, 10), (1000, 1000), (20, 900)];
        let islet: Ring = vec![(5000, 5000), (5001, 5000), (5002, 5001), (5001, 5001)];
        let kept = simplify(&[vec![land, islet.clone()], vec![islet]], 1);
        assert_eq!(kept[0].len(), 1);
        assert!(3 <= kept[1][0].len());
    }

    /// Two areas left and right of a ragged border, in rows of two.
    fn neighbours(bends: &[i32]) -> Vec<Vec<Ring>> {
        let border: Vec<Point> =
            bends.iter().enumerate().map(|(n, x)| (1000 + x, n as i32 * 10)).collect();
        let top = bends.len() as i32 * 10 - 10;
        let mut left = border.clone();
        left.extend([(0, top), (0, 0)]);
        let mut right: Ring = border.iter().rev().copied().collect();
        right.extend([(2000, 0), (2000, top)]);
        vec![vec![left], vec![right]]
    }

    proptest! {
        #[test]
        fn a_shared_border_stays_shared(
            bends in prop::collection::vec(-80..80i32, 3..60), most in 4..60usize,
        ) {
            let areas = neighbours(&bends);
            let kept = simplify(&areas, most);
            let on_border = |rings: &[Ring]| -> BTreeSet<Point> {
                let points = rings.iter().flatten().copied();
                points.filter(|(x, _)| (900..1100).contains(x)).collect()
            };
            prop_assert_eq!(on_border(&kept[0]), on_border(&kept[1]));
            for (before, after) in areas.iter().flatten().zip(kept.iter().flatten()) {
                prop_assert!(after.iter().all(|point| before.contains(point)));
            }
        }

        #[test]
        fn no_more_stay_than_asked_for_and_the_ends(
            bends in prop::collection::vec(-80..80i32, 3..60), most in 0..60usize,
        ) {
            let kept = simplify(&neighbours(&bends), most);
            let points: BTreeSet<Point> = kept.iter().flatten().flatten().copied().collect();
            // Each area keeps at most its two ends of the border besides.
            prop_assert!(points.len() <= most + 4, "{} of {most}", points.len());
        }

        #[test]
        fn any_rings_are_simplified_without_loss_of_an_area(
            rings in prop::collection::vec(
                prop::collection::vec((-50..50i32, -50..50i32), 3..20), 1..8),
            most in 0..40usize,
        ) {
            let areas: Vec<Vec<Ring>> = rings.into_iter().map(|ring| vec![ring]).collect();
            let kept = simplify(&areas, most);
            prop_assert!(kept.iter().all(|rings| !rings.is_empty()));
        }
    }
}
