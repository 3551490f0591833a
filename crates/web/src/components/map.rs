//! Maps of units: one tile each, or the shapes an office loaded. A picture beside the list that
//! says the same: it is hidden from those who listen, and no stop for the keyboard.

use std::borrow::Cow;

use maud::{Markup, html};

/// A unit in a map.
#[derive(Debug, Clone)]
pub struct MapUnit<'a> {
    pub name: Cow<'a, str>,
    /// What a tile has room for: "45,3".
    pub figure: Cow<'a, str>,
    /// Everything in words, shown when pointed at: "Xã A: 45,3%, chậm".
    pub title: Cow<'a, str>,
    /// The class of its shade: see [`super::shade`].
    pub shade: &'static str,
    pub href: Cow<'a, str>,
}

/// A tile with the room around it, and letters a tile is wide.
const WIDE: usize = 100;
const HIGH: usize = 66;
const GAP: usize = 4;
const LETTERS: usize = 12;

/// A map of tiles: each unit with its column and row.
pub fn tile_map<'a>(units: impl IntoIterator<Item = (MapUnit<'a>, (u16, u16))>) -> Markup {
    let units: Vec<_> = units.into_iter().collect();
    let most = |of: fn(&(u16, u16)) -> u16| units.iter().map(|(_, tile)| of(tile)).max();
    let columns = most(|tile| tile.0).map_or(0, |n| usize::from(n) + 1);
    let rows = most(|tile| tile.1).map_or(0, |n| usize::from(n) + 1);
    html! {
        svg.map.map-tiles viewBox={ "0 0 " (columns * WIDE) " " (rows * HIGH) } aria-hidden="true"
            focusable="false"
        {
            @for (unit, (column, row)) in &units {
                @let (x, y) = (usize::from(*column) * WIDE, usize::from(*row) * HIGH);
                a class=(unit.shade) href=(unit.href) tabindex="-1" {
                    title { (unit.title) }
                    rect x=(x) y=(y) width=(WIDE - GAP) height=(HIGH - GAP) rx="5" {}
                    text x=(x + (WIDE - GAP) / 2) y=(y + 25) { (short(&unit.name)) }
                    text.map-figure x=(x + (WIDE - GAP) / 2) y=(y + 50) { (unit.figure) }
                }
            }
        }
    }
}

/// A map of shapes: each unit with its path data in ten-thousandths of a degree.
///
/// `bounds`: west, north, east and south of all of them, south positive.
pub fn shape_map<'a, 's>(
    units: impl IntoIterator<Item = (MapUnit<'a>, &'s str)>,
    bounds: [i32; 4],
) -> Markup {
    let [west, north, east, south] = bounds.map(f64::from);
    // A degree of longitude is shorter than one of latitude, the more the further north.
    let squeeze = ((north + south) / 2.0 / 10_000.0).to_radians().cos().abs().max(0.01);
    let edge = ((east - west) * squeeze).max(south - north) * 0.01 + 1.0;
    let view = format!(
        "{:.0} {:.0} {:.0} {:.0}",
        west * squeeze - edge,
        north - edge,
        (east - west) * squeeze + 2.0 * edge,
        south - north + 2.0 * edge,
    );
    html! {
        svg.map.map-shapes viewBox=(view) aria-hidden="true" focusable="false" {
            g transform={ "scale(" (format!("{squeeze:.5}")) " 1)" } {
                @for (unit, path) in units {
                    a class=(unit.shade) href=(unit.href) tabindex="-1" {
                        title { (unit.title) }
                        path d=(path) {}
                    }
                }
            }
        }
    }
}

/// The name without "Xã" or "Phường", as long as a tile is wide.
fn short(name: &str) -> Cow<'_, str> {
    let forms = ["Xã ", "Phường ", "Đặc khu "];
    let bare = forms.iter().find_map(|form| name.strip_prefix(form)).unwrap_or(name);
    if bare.chars().count() <= LETTERS {
        return bare.into();
    }
    let mut out: String = bare.chars().take(LETTERS - 1).collect();
    out.truncate(out.trim_end().len());
    out.push('…');
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::probe::Probe;

    fn unit(name: &'static str) -> MapUnit<'static> {
        MapUnit {
            name: name.into(),
            figure: "45,3".into(),
            title: format!("{name}: 45,3%, chậm").into(),
            shade: "h3",
            href: "?unit=1".into(),
        }
    }

    #[test]
    fn tiles_lie_where_they_are_told_and_say_their_figure() {
        let page = Probe::new(tile_map([(unit("Xã Hòa Bình"), (0, 0)), (unit("Xã B"), (2, 1))]));
        assert_eq!(page.one("svg").attr("viewBox"), Some("0 0 300 132"));
        assert_eq!(page.texts("text"), ["Hòa Bình", "45,3", "B", "45,3"]);
        assert_eq!(page.texts("title")[0], "Xã Hòa Bình: 45,3%, chậm");
        page.one("svg[aria-hidden=true] a.h3[tabindex='-1']:nth-child(2) rect[x='200'][y='66']");
        Probe::new(tile_map([])).one("svg");
    }

    #[test]
    fn shapes_are_drawn_within_their_bounds_as_wide_as_the_earth_is_there() {
        let bounds = [1_050_000, -220_000, 1_060_000, -210_000];
        let page = Probe::new(shape_map([(unit("Xã A"), "M1 1l2 2z")], bounds));
        page.one("svg g[transform^='scale(0.930'] a.h3 path[d='M1 1l2 2z']");
        let view = page.one("svg").attr("viewBox").unwrap().to_owned();
        let numbers: Vec<f64> = view.split(' ').map(|n| n.parse().unwrap()).collect();
        assert!(numbers[2] < numbers[3], "{view}");
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!(short("Phường Việt Trì"), "Việt Trì");
        assert_eq!(short("Đặc khu Cô Tô"), "Cô Tô");
        assert_eq!(short("Xã Thượng Cốc Nghĩa"), "Thượng Cốc…");
    }
}
