//! Files as they are opened by others.

mod docx;
mod speed;
