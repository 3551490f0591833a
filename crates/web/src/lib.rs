//! The web kit: page shell, components, assets.

pub mod assets;
pub mod components;
pub mod page;
