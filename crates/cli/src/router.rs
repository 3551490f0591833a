//! Every route there is: each context's pages and calls, in the order of the navigation.

use thao_base::{ActivityId, Lang, Result, Tx};
use thao_jobs::Handler;
use thao_web::Pages;

use thao_people::Outside;

use crate::{health, home};

/// All pages. The sweeps in `tests/it` walk the same list.
pub fn pages() -> Pages {
    Pages::new()
        .and(home::pages())
        .and(thao_assess::pages())
        .and(thao_classes::pages())
        .and(thao_plan::pages())
        .and(thao_report::pages())
        .and(thao_people::pages_with(Outside { name_activities }))
        .and(thao_catalog::pages())
        .and(thao_record::pages())
        .and(thao_web::language::pages())
        .and(health::pages())
}

/// What runs while nobody waits, of all contexts.
pub(crate) fn jobs() -> Vec<Handler> {
    let mut all = thao_people::jobs();
    all.extend(thao_catalog::jobs());
    all.extend(thao_plan::jobs());
    all
}

/// What statements are about, for pages that list them.
fn name_activities(
    tx: &mut Tx<'_>,
    activities: &[ActivityId],
    lang: Lang,
) -> Result<Vec<(ActivityId, String)>> {
    thao_catalog::name_activities(tx, activities, lang)
}
