pub mod locale;
pub mod text;
pub use locale::Lang;
