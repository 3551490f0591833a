//! Looks at the names of a class, as [`thao_people::viewing`] logs them.

use thao_people::viewing::Look;

use crate::class::Class;

/// A page with so many names of a class; the key is what the audit page shows.
pub fn page(key: &'static str, class: &Class, people: usize) -> Look {
    Look::page(key, people).about(class.id).within(Some(class.unit))
}

/// Looking for people to put down.
pub fn search(class: &Class, people: usize) -> Look {
    page("classes.view.search", class, people)
}
