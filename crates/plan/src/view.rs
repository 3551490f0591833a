//! By which tree of units figures are counted. A view changes the tree, never the person: who met
//! what on which day is the same in all of them, and a person counts once in each unit.

use jiff::civil::Date;

/// A view of boards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum TreeView {
    /// All days by the tree of today.
    #[default]
    Now,
    /// Each day by the tree of that day.
    Then,
    /// All days by the tree of one day.
    At(Date),
}

impl TreeView {
    /// As addresses and tables have it: `now`, `then`, or the day.
    pub fn code(self) -> String {
        match self {
            TreeView::Now => "now".to_owned(),
            TreeView::Then => "then".to_owned(),
            TreeView::At(day) => day.to_string(),
        }
    }

    pub fn from_code(code: &str) -> Option<TreeView> {
        match code {
            "now" => Some(TreeView::Now),
            "then" => Some(TreeView::Then),
            day => day.parse().ok().map(TreeView::At),
        }
    }

    /// The day whose tree a board as of `on` shows.
    pub fn tree_day(self, on: Date, today: Date) -> Date {
        match self {
            TreeView::Now => today,
            TreeView::Then => on,
            TreeView::At(day) => day,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_view_is_its_code_and_back() {
        for view in [TreeView::Now, TreeView::Then, TreeView::At(date(2025, 7, 1))] {
            assert_eq!(TreeView::from_code(&view.code()), Some(view));
        }
        assert_eq!(TreeView::from_code("2025-13-01"), None);
        let (on, today) = (date(2026, 1, 5), date(2026, 3, 1));
        assert_eq!(TreeView::Now.tree_day(on, today), today);
        assert_eq!(TreeView::Then.tree_day(on, today), on);
        assert_eq!(TreeView::At(date(2025, 7, 1)).tree_day(on, today), date(2025, 7, 1));
    }
}
