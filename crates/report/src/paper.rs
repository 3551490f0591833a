//! The text of a report as a paper: letterhead, headings, paragraphs, and the annex by unit, for
//! [`thao_paper`] to lay out. Always in Vietnamese, never signed or numbered.

use thao_base::Lang;
use thao_paper::{
    Align, Annex, Block as Part, Column, Document, Letterhead, Level, Orientation, Row as PaperRow,
    RowKind, Run, Signature, Stage, Table,
};
use thao_people::UnitKind;
use thao_people::unit::Place;

use crate::collect::Collected;
use crate::draft::{Block, Draft};
use crate::figure::{self, Figure};
use crate::form::{Entry, Line};
use crate::period::Period;

/// Puts a paper together.
pub fn document(
    place: &Place,
    title: &str,
    period: &Period,
    draft: &Draft,
    annex: &Collected,
) -> Document {
    let vi = Lang::Vi;
    let mut body: Vec<Part> = Vec::new();
    let mut annexes = Vec::new();
    for block in &draft.blocks {
        match block {
            Block::Heading(level, words) => {
                let level = if *level == 1 { Level::Roman } else { Level::Number };
                body.push(Part::Heading(level, words.clone()));
            }
            Block::Paragraph(words) => match (words.strip_prefix("- "), body.last_mut()) {
                (Some(item), Some(Part::List(items))) => items.push(vec![Run::new(item)]),
                (Some(item), _) => body.push(Part::List(vec![vec![Run::new(item)]])),
                (None, _) => body.push(Part::text(words.clone())),
            },
            Block::Annex => annexes.push(Annex {
                title: vi.f(
                    "report.paper.annex",
                    &[("period", &crate::template::within(&period.name.words(vi)))],
                ),
                orientation: Orientation::Landscape,
                blocks: vec![Part::Table(table(annex)), Part::Table(legend(annex))],
            }),
        }
    }
    Document {
        head: Letterhead {
            kind: Some(vi.t("report.draft.report").to_owned()),
            subject: format!("{title}, {}", crate::template::within(&period.name.words(vi))),
            ..letterhead(place)
        },
        body,
        recipients: vec![vi.t("report.paper.kept").to_owned()],
        signature: Signature { titles: signs(place), name: None },
        annexes,
        stage: Stage::Draft,
    }
}

fn is_committee(place: &Place) -> bool {
    matches!(place.kind(), Some(UnitKind::Province | UnitKind::Commune))
}

/// A province and a commune write as their People's Committee, others in their own name.
fn letterhead(place: &Place) -> Letterhead {
    let vi = Lang::Vi;
    let name = place.name.as_str();
    // "Tỉnh Phú Thọ" is dated in Phú Thọ.
    let town = name.split_once(' ').map_or(name, |(_, town)| town);
    match is_committee(place) {
        true => Letterhead {
            agency: format!("{}\n{}", vi.t("report.paper.committee_caps"), name.to_uppercase()),
            issuer: format!("{} {}", vi.t("report.paper.committee"), crate::template::within(name)),
            place: town.to_owned(),
            suffix: vi.t("report.paper.suffix").to_owned(),
            ..Letterhead::default()
        },
        false => Letterhead {
            agency: name.to_uppercase(),
            issuer: name.to_owned(),
            place: String::new(),
            suffix: "BC".to_owned(),
            ..Letterhead::default()
        },
    }
}

fn signs(place: &Place) -> Vec<String> {
    let vi = Lang::Vi;
    match is_committee(place) {
        true => ["report.paper.for_committee", "report.paper.chair"]
            .map(|key| vi.t(key).to_owned())
            .to_vec(),
        false => vec![vi.t("report.paper.head").to_owned()],
    }
}

/// Numerator, denominator and share of a line, each in a cell of its own.
fn cells(line: &Line, of: &Figure) -> Vec<String> {
    let vi = Lang::Vi;
    let number = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), |n| figure::number(vi, n));
    match line.entry() {
        Entry::Count => vec![number(of.part)],
        Entry::Target | Entry::Share => vec![
            number(of.part),
            number(of.whole),
            of.permille().map_or_else(|| "–".to_owned(), |p| figure::percent(vi, p)),
        ],
    }
}

fn table(annex: &Collected) -> Table {
    let vi = Lang::Vi;
    let mut columns = vec![
        Column::new(vi.t("report.paper.no"), Align::Center),
        Column::new(vi.t("report.column.unit"), Align::Left),
    ];
    for line in &annex.lines {
        let group = Some(line.code.clone());
        let headings: &[&str] = match line.entry() {
            Entry::Count => &["report.paper.count"],
            Entry::Target | Entry::Share => {
                &["report.export.part", "report.export.whole", "report.export.share"]
            }
        };
        let of =
            |key: &&str| Column { group: group.clone(), ..Column::new(vi.t(key), Align::Right) };
        columns.extend(headings.iter().map(of));
    }
    let mut rows: Vec<PaperRow> = annex
        .rows
        .iter()
        .zip(1..)
        .map(|(row, no)| {
            let mut out = vec![no.to_string(), row.place.name.clone()];
            out.extend(annex.lines.iter().flat_map(|line| cells(line, &row.figure(line))));
            PaperRow { kind: RowKind::Plain, cells: out }
        })
        .collect();
    let mut total = vec![String::new(), vi.t("report.export.total").to_owned()];
    total.extend(annex.lines.iter().flat_map(|line| cells(line, &annex.total(line).figure)));
    rows.push(PaperRow { kind: RowKind::Total, cells: total });
    Table {
        note: Some(vi.t("report.export.missing").to_owned()),
        columns,
        leading: 2,
        rows,
        ..Table::default()
    }
}

/// What each code of the annex means.
fn legend(annex: &Collected) -> Table {
    let vi = Lang::Vi;
    let row = |line: &Line| PaperRow {
        kind: RowKind::Plain,
        cells: vec![line.code.clone(), line.title(vi).to_owned(), line.unit(vi).to_owned()],
    };
    Table {
        title: Some(vi.t("report.export.lines").to_owned()),
        columns: vec![
            Column::new(vi.t("report.form.code"), Align::Left),
            Column::new(vi.t("report.column.line"), Align::Left),
            Column::new(vi.t("report.form.unit_of"), Align::Left),
        ],
        leading: 1,
        rows: annex.lines.iter().map(row).collect(),
        ..Table::default()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use thao_base::{Entropy, Id};

    use super::*;
    use crate::collect::{Row, Total};
    use crate::draft::{Facts, draft};
    use crate::period::Name;

    #[test]
    fn a_text_becomes_a_paper_with_its_annex() {
        let entropy = Entropy::seeded(3);
        let at = "2026-11-20T00:00:00Z".parse().unwrap();
        let place = |name: &str, kind: &str| Place {
            unit: thao_base::UnitId::new(at, &entropy),
            parent: None,
            commune: None,
            kind: kind.to_owned(),
            code: None,
            name: name.to_owned(),
            path: name.to_owned(),
            sort: name.to_owned(),
            pos: 0,
            last: 0,
            depth: 0,
        };
        let (share, count) =
            (Line::test("A", Entry::Share, &[]), Line::test("B", Entry::Count, &[]));
        let row = |name, figure: Figure| Row {
            place: place(name, "commune"),
            standing: None,
            figures: [(share.id, figure)].into(),
        };
        let annex = Collected {
            rows: vec![row("Xã Một", Figure::share(1, 2)), row("Xã Hai", Figure::default())],
            totals: [(share.id, Total { figure: Figure::share(1, 2), given: 1, units: 2 })].into(),
            lines: vec![share, count],
        };
        let period = Period {
            name: Name::from_key("2026-m11").unwrap(),
            starts: date(2026, 10, 15),
            ends: date(2026, 11, 14),
        };
        let text = draft("# Kết quả\nMở đầu.\n- Một\n- Hai\n## Riêng\n{{bang}}", &Facts::default());
        let province = place("Tỉnh Thử", "province");
        let paper = document(&province, "Báo cáo tháng", &period, &text, &annex);
        assert_eq!(paper.head.agency, "ỦY BAN NHÂN DÂN\nTỈNH THỬ");
        assert_eq!(paper.head.issuer, "Ủy ban nhân dân tỉnh Thử");
        assert_eq!(paper.head.subject, "Báo cáo tháng, tháng 11/2026");
        assert!(matches!(paper.body.get(2), Some(Part::List(items)) if items.len() == 2));
        let Some(Part::Table(table)) = paper.annexes.first().and_then(|a| a.blocks.first()) else {
            panic!("no annex: {:?}", paper.annexes)
        };
        assert_eq!(paper.annexes[0].title, "Số liệu theo đơn vị, tháng 11/2026");
        assert_eq!(table.columns.len(), 6);
        let cells: Vec<&[String]> = table.rows.iter().map(|row| row.cells.as_slice()).collect();
        assert_eq!(
            cells,
            [
                ["1", "Xã Một", "1", "2", "50,0%", "–"],
                ["2", "Xã Hai", "–", "–", "–", "–"],
                ["", "Toàn đơn vị", "1", "2", "50,0%", "–"],
            ]
        );
        // A department writes in its own name.
        let own = document(&place("Sở Thử", "agency"), "Báo cáo", &period, &text, &annex);
        assert_eq!((own.head.agency.as_str(), own.head.suffix.as_str()), ("SỞ THỬ", "BC"));
    }
}
