//! What a word for a result means. Pure.

use thao_base::text::fold;
use thao_record::Verb;

/// What was said of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// A verb of the record, and how it ended where it can end either way.
    Outcome(Verb, Option<bool>),
    /// They were not there: nothing to write.
    Absent,
}

/// The words of offices and training centres, without accents. The first of each is the usual.
const WORDS: [(&[&str], Said); 6] = [
    (
        &[
            "dat",
            "dat yeu cau",
            "xuat sac",
            "gioi",
            "kha",
            "trung binh kha",
            "trung binh",
            "kha gioi",
            "tot",
            "do",
            "dau",
            "da dat",
            "loai gioi",
            "loai kha",
            "loai tot",
            "loai xuat sac",
            "loai trung binh",
            "loai trung binh kha",
            "loai dat",
            "passed",
            "pass",
        ],
        Said::Outcome(Verb::Passed, Some(true)),
    ),
    (
        &[
            "khong dat",
            "khong dat yeu cau",
            "chua dat",
            "chua dat yeu cau",
            "truot",
            "yeu",
            "kem",
            "hong",
            "thi lai",
            "loai yeu",
            "loai kem",
            "failed",
            "fail",
        ],
        Said::Outcome(Verb::Passed, Some(false)),
    ),
    (
        &[
            "hoan thanh",
            "da hoan thanh",
            "hoan thanh khoa hoc",
            "hoan thanh tot",
            "hoan thanh xuat sac",
            "hoan thanh chuong trinh",
            "ket thuc",
            "da hoc xong",
            "hoc xong",
            "completed",
        ],
        Said::Outcome(Verb::Completed, Some(true)),
    ),
    (
        &[
            "khong hoan thanh",
            "chua hoan thanh",
            "khong hoan thanh khoa hoc",
            "chua hoc xong",
            "not completed",
        ],
        Said::Outcome(Verb::Completed, Some(false)),
    ),
    (
        &[
            "tham du",
            "da tham du",
            "tham du day du",
            "tham gia",
            "da tham gia",
            "tham gia day du",
            "co mat",
            "du",
            "du hoc",
            "da du",
            "attended",
        ],
        Said::Outcome(Verb::Attended, None),
    ),
    (
        &[
            "vang",
            "vang mat",
            "khong tham du",
            "khong tham gia",
            "khong du",
            "nghi",
            "bo hoc",
            "nghi hoc",
            "khong hoc",
            "absent",
        ],
        Said::Absent,
    ),
];

/// What a word means; `None` when it is not known: it is refused, not guessed.
pub fn said(word: &str) -> Option<Said> {
    let word = fold(word);
    WORDS.iter().find(|(words, _)| words.contains(&word.as_str())).map(|(_, said)| *said)
}

/// What a cross means under a heading that is itself a word: `Hoàn thành | x`.
pub(super) fn crossed(heading: &str, cell: &str) -> Option<Said> {
    let is_cross = matches!(fold(cell).as_str(), "x" | "v" | "co" | "1") || cell == "✓";
    if is_cross { said(heading) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_offices() {
        use Verb::{Attended, Completed, Passed};
        for (word, expected) in [
            ("Đạt", Some(Said::Outcome(Passed, Some(true)))),
            ("GIỎI", Some(Said::Outcome(Passed, Some(true)))),
            ("Trung bình - khá", Some(Said::Outcome(Passed, Some(true)))),
            ("Không đạt", Some(Said::Outcome(Passed, Some(false)))),
            ("chưa đạt", Some(Said::Outcome(Passed, Some(false)))),
            ("Hoàn thành", Some(Said::Outcome(Completed, Some(true)))),
            ("Chưa hoàn thành", Some(Said::Outcome(Completed, Some(false)))),
            ("Tham dự", Some(Said::Outcome(Attended, None))),
            ("Vắng", Some(Said::Absent)),
            ("8,5", None),
            ("Tạm được", None),
            ("", None),
        ] {
            assert_eq!(said(word), expected, "{word}");
        }
        assert_eq!(crossed("Hoàn thành", "x"), said("Hoàn thành"));
        assert_eq!(crossed("Đạt/Không đạt", "x"), None);
        assert_eq!(crossed("Hoàn thành", "y"), None);
    }

    #[test]
    fn no_word_means_two_things() {
        let mut all: Vec<&str> =
            WORDS.iter().flat_map(|(words, _)| words.iter().copied()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        for word in all {
            assert_eq!(fold(word), word, "words are kept as they are compared");
        }
    }
}
