//! `/catalog/results`: results of past training, sent in as spreadsheets.

use thao_people::pages::imports::desk_pages;
use thao_web::Pages;

use crate::results::DESK;

pub(super) fn pages() -> Pages {
    desk_pages(&DESK)
}
