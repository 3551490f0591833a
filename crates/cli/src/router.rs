//! Every route there is: each context's pages and calls, in the order of the navigation.

use thao_web::Pages;

use crate::{health, home};

/// All pages. The sweeps in `tests/it` walk the same list.
pub fn pages() -> Pages {
    Pages::new()
        .and(home::pages())
        .and(thao_assess::pages())
        .and(thao_classes::pages())
        .and(thao_plan::pages())
        .and(thao_people::pages())
        .and(thao_catalog::pages())
        .and(thao_record::pages())
        .and(thao_web::language::pages())
        .and(health::pages())
}
