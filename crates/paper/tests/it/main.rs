//! Files as they are opened by others.

#![cfg(test)]

mod docx;
mod speed;
