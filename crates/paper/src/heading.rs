//! The headings of a table: one row, or two where neighbours share a heading above their own.

use crate::columns::Group;
use crate::document::Table;
use crate::layout::Words;

/// A heading in one of the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    /// Its first column within the group, and how many it stands over.
    pub(crate) first: usize,
    pub(crate) columns: usize,
    pub(crate) text: String,
    pub(crate) reach: Reach,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Within its row.
    One,
    /// Through both rows.
    Both,
    /// The lower part of one that reaches through both; it has no text.
    Below,
}

/// The rows of headings of a group of columns.
pub(crate) fn heads(table: &Table, group: &Group) -> Vec<Vec<Head>> {
    let columns: Vec<_> =
        group.columns.iter().filter_map(|(at, _)| table.columns.get(*at)).collect();
    let single = |reach: Reach| {
        let heads = columns.iter().enumerate();
        heads.map(move |(first, column)| Head {
            first,
            columns: 1,
            text: column.heading.clone(),
            reach,
        })
    };
    if columns.iter().all(|column| column.group.is_none()) {
        return vec![single(Reach::One).collect()];
    }
    let mut upper: Vec<Head> = Vec::new();
    let mut last = None;
    for head in single(Reach::Both) {
        let name = columns.get(head.first).and_then(|column| column.group.clone());
        match (&name, upper.last_mut()) {
            (Some(_), Some(before)) if last == name => before.columns += 1,
            (Some(text), _) => {
                upper.push(Head { text: text.clone(), reach: Reach::One, ..head });
            }
            (None, _) => upper.push(head),
        }
        last = name;
    }
    let lower = single(Reach::One).map(|head| {
        match columns.get(head.first).is_some_and(|column| column.group.is_some()) {
            true => head,
            false => Head { text: String::new(), reach: Reach::Below, ..head },
        }
    });
    vec![upper, lower.collect()]
}

/// What stands above a group at the right: its unit, and which part of the table it is.
pub(crate) fn above(words: &Words, table: &Table, part: usize, parts: usize) -> String {
    let numbers = words.part.replace("{part}", &part.to_string());
    let numbers = numbers.replace("{parts}", &parts.to_string());
    let part = (1 < parts).then_some(numbers);
    let both: Vec<String> = part.into_iter().chain(table.unit.clone()).collect();
    both.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Align, Column};

    #[test]
    fn neighbours_share_the_heading_above_them() {
        let column = |heading: &str, group: &str| Column {
            group: (!group.is_empty()).then(|| group.to_owned()),
            ..Column::new(heading, Align::Left)
        };
        let columns =
            vec![column("TT", ""), column("Nam", "Người"), column("Nữ", "Người"), column("x", "Y")];
        let group = Group { columns: (0..4).map(|at| (at, 10.0)).collect() };
        let table = Table { columns, ..Table::default() };
        let rows = heads(&table, &group);
        let seen: Vec<Vec<(usize, usize, &str, Reach)>> = rows
            .iter()
            .map(|row| row.iter().map(|h| (h.first, h.columns, h.text.as_str(), h.reach)).collect())
            .collect();
        use Reach::{Below, Both, One};
        assert_eq!(
            seen,
            [
                vec![(0, 1, "TT", Both), (1, 2, "Người", One), (3, 1, "Y", One)],
                vec![(0, 1, "", Below), (1, 1, "Nam", One), (2, 1, "Nữ", One), (3, 1, "x", One)],
            ]
        );
    }
}
