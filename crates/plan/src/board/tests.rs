//! The board over a small province, on both databases.
