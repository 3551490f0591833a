//! Where the communes of a province lie in a map of tiles: one square each, neighbours in code
//! beside each other. It shows no borders; an office that has them loads its own. Pure.

use std::collections::{HashMap, HashSet};

/// Column and row of a tile, from 0.
pub type Tile = (u16, u16);

/// The tiles of five provinces as they start, `code,column,row`; a province moves its own about.
const FILES: [&str; 5] = [
    include_str!("../../../content/units/tiles/08.csv"),
    include_str!("../../../content/units/tiles/19.csv"),
    include_str!("../../../content/units/tiles/22.csv"),
    include_str!("../../../content/units/tiles/24.csv"),
    include_str!("../../../content/units/tiles/25.csv"),
];

/// Columns of a strip. Old districts had about twelve of today's codes in a row: such a run fills
/// a block of four by three.
const STRIP: usize = 4;

/// Tiles for so many units in the order of their codes: a snake in strips, down the first, up the
/// second, half as wide again as high.
pub fn layout(count: usize) -> Vec<Tile> {
    let width = (count as f64 * 1.5).sqrt() / STRIP as f64;
    let strips = (width.round() as usize).max(1);
    let rows = count.div_ceil(strips * STRIP).max(1);
    let tile = |n: usize| {
        let (strip, rest) = (n / (rows * STRIP), n % (rows * STRIP));
        let (line, step) = (rest / STRIP, rest % STRIP);
        let column = if line.is_multiple_of(2) { step } else { STRIP - 1 - step };
        let row = if strip.is_multiple_of(2) { line } else { rows - 1 - line };
        let small = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        (small(strip * STRIP + column), small(row))
    };
    (0..count).map(tile).collect()
}

/// A tile for each unit, given the codes they have: where the files say, and the others on the
/// first free tiles in the order of their codes.
pub fn arrange(codes: &[Option<&str>]) -> Vec<Tile> {
    let mut order: Vec<usize> = (0..codes.len()).collect();
    order.sort_by_key(|n| (codes.get(*n).copied().flatten().is_none(), codes.get(*n).copied()));
    let file = best_file(codes);
    let known = |n: usize| {
        let code = codes.get(n).copied().flatten()?;
        file.get(code).copied()
    };
    let taken: HashSet<Tile> = (0..codes.len()).filter_map(known).collect();
    let mut free = free(&taken, codes.len());
    let mut out = vec![(0, 0); codes.len()];
    for n in order {
        if let Some(place) = out.get_mut(n) {
            *place = known(n).or_else(|| free.next()).unwrap_or_default();
        }
    }
    out
}

/// The tiles nobody has, of a layout with room for everybody, and below it if need be.
fn free(taken: &HashSet<Tile>, count: usize) -> impl Iterator<Item = Tile> {
    let (taken, width) = (taken.clone(), layout(count).iter().map(|tile| tile.0).max());
    let width = width.unwrap_or_default();
    let below = taken.iter().map(|tile| tile.1 + 1).max().unwrap_or_default();
    let more = (below..u16::MAX).flat_map(move |row| (0..=width).map(move |column| (column, row)));
    let inside = if taken.is_empty() { layout(count) } else { Vec::new() };
    inside.into_iter().chain(more).filter(move |tile| !taken.contains(tile))
}

/// The file that knows most of these codes; none when no file knows any.
fn best_file(codes: &[Option<&str>]) -> HashMap<&'static str, Tile> {
    let known = |file: &HashMap<&str, Tile>| {
        codes.iter().flatten().filter(|code| file.contains_key(*code)).count()
    };
    FILES.iter().map(|text| read(text)).max_by_key(known).unwrap_or_default()
}

fn read(text: &str) -> HashMap<&str, Tile> {
    text.lines()
        .skip(1)
        .filter_map(|line| {
            let mut parts = line.split(',');
            let code = parts.next()?;
            Some((code, (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNITS: [&str; 5] = [
        include_str!("../../../content/units/08.csv"),
        include_str!("../../../content/units/19.csv"),
        include_str!("../../../content/units/22.csv"),
        include_str!("../../../content/units/24.csv"),
        include_str!("../../../content/units/25.csv"),
    ];

    fn codes(units: &str) -> Vec<&str> {
        units.lines().skip(1).filter_map(|line| line.split(',').next()).collect()
    }

    #[test]
    fn neighbours_in_code_lie_beside_each_other() {
        for count in 1..300 {
            let tiles = layout(count);
            let all: HashSet<Tile> = tiles.iter().copied().collect();
            assert_eq!(all.len(), count, "two on one tile of {count}");
            for pair in tiles.windows(2) {
                let far = pair[0].0.abs_diff(pair[1].0) + pair[0].1.abs_diff(pair[1].1);
                // From one strip to the next it is a step over at most a strip.
                assert!(far == 1 || far <= 4 && pair[0].1 == pair[1].1, "{count}: {pair:?}");
            }
        }
        let wide = layout(148).iter().map(|tile| tile.0).max().unwrap() + 1;
        let high = layout(148).iter().map(|tile| tile.1).max().unwrap() + 1;
        assert_eq!((wide, high), (16, 10));
    }

    #[test]
    fn every_commune_of_the_list_has_a_tile_and_none_has_two_or_shares_one() {
        for (units, tiles) in UNITS.iter().zip(FILES) {
            let (units, file) = (codes(units), read(tiles));
            assert_eq!(tiles.lines().count() - 1, file.len(), "a code twice");
            assert_eq!(
                units.iter().copied().collect::<HashSet<_>>(),
                file.keys().copied().collect()
            );
            assert_eq!(file.values().collect::<HashSet<_>>().len(), file.len(), "a tile twice");
        }
    }

    #[test]
    fn the_files_are_what_the_layout_makes_of_the_list() {
        for (units, tiles) in UNITS.iter().zip(FILES) {
            let codes = codes(units);
            let mut made = String::from("code,column,row\n");
            for (code, (column, row)) in codes.iter().zip(layout(codes.len())) {
                made.push_str(&format!("{code},{column},{row}\n"));
            }
            assert_eq!(tiles, made);
        }
    }

    #[test]
    fn whoever_the_files_do_not_know_gets_a_free_tile() {
        let known = codes(UNITS[2]);
        let mut asked: Vec<Option<&str>> = known.iter().map(|code| Some(*code)).collect();
        asked.extend([None, Some("99999"), None]);
        let tiles = arrange(&asked);
        assert_eq!(tiles.iter().collect::<HashSet<_>>().len(), tiles.len());
        assert_eq!(tiles[0], read(FILES[2])[known[0]]);
        let strangers = arrange(&[Some("2"), None, Some("1")]);
        assert_eq!(strangers, [(1, 0), (2, 0), (0, 0)]);
        assert!(arrange(&[]).is_empty());
    }
}
