pub mod locale;
pub use locale::Lang;
