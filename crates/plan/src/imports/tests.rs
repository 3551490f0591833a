//! Figures from a spreadsheet: looked at, confirmed, seen on the board, taken back.
