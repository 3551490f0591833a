//! Whole files, as offices send them and as nobody should, through the public functions.

#![cfg(test)]

mod bad_files;
mod delimited;
mod make;
mod noise;
mod other_formats;
mod workbooks;
