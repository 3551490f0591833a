//! `thao demo`: a whole province with a year of activity, the same for the same seed and day.
//!
//! Communes and their codes are real; villages, people and everything they did are made up, and
//! every page says so. The people bear the middle name "Mẫu" (sample) and identity numbers that
//! begin with 000, which no province has.

mod accounts;
mod allotments;
mod classes;
mod learning;
mod measures;
mod names;
mod people;
mod plans;
mod reports;
mod targets;
mod units;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use thao_base::locale::{instant_at, instant_of};
use thao_base::{Clock, Db, Entropy, Error, Kind, Lang, Result, Stamp, args};
use thao_record::Draft;

use crate::progress;

/// The first entry of the journal of a demo database: what labels it.
pub(crate) const ACT: &str = "cli.act.demo";
/// The password of every demo account that has one.
pub(crate) const PASSWORD: &str = "thao-demo";
/// People added in one transaction.
const PEOPLE_CHUNK: usize = 1_000;
/// Statements appended in one transaction.
const STATEMENT_CHUNK: usize = 2_000;

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) people: usize,
    pub(crate) seed: u64,
    /// The last day of the year of activity.
    pub(crate) until: Date,
    /// At least so many statements; people at home practise more until there are.
    pub(crate) statements: Option<usize>,
}

/// Everything that one part of the demo hands to the next.
pub(crate) struct Province {
    pub(crate) units: units::Units,
    pub(crate) people: Vec<people::Demo>,
    pub(crate) courses: Vec<learning::Course>,
    pub(crate) cast: accounts::Cast,
}

/// Fills an empty database.
///
/// # Errors
/// [`Kind::Conflict`] when the database holds units already.
pub(crate) async fn load(db: &Db, lang: Lang, options: &Options) -> Result<u64> {
    db.expect_many_writes().await?;
    let entropy = Entropy::seeded(options.seed);
    let start = options.until.saturating_sub(Span::new().years(1));
    let opening = instant_of(start);
    let province = register(db, lang, options, &entropy, opening).await?;
    let drafts = activity(db, lang, options, &province, &entropy, start).await?;
    let count = append(db, lang, drafts, &entropy).await?;
    let end = stamp(instant_of(options.until), &entropy);
    measures::add(db, &end, &province, options.until).await?;
    let clock = Clock::stopped(instant_of(options.until)).0;
    let bar = progress::bar(lang.t("cli.demo.readings"), 0);
    let shown = bar.clone();
    thao_plan::readings::rebuild(db, &clock, move |done, total| {
        shown.set_length(total);
        shown.set_position(done);
    })
    .await?;
    bar.finish_and_clear();
    // Computed lines are read off the boards, so the readings come first.
    reports::add(db, options, &province, &entropy).await?;
    thao_plan::readings::catch_up(db).await?;
    Ok(count)
}

fn stamp(at: Timestamp, entropy: &Entropy) -> Stamp {
    Stamp::program(ACT, at, entropy.clone())
}

async fn register(
    db: &Db,
    lang: Lang,
    options: &Options,
    entropy: &Entropy,
    opening: Timestamp,
) -> Result<Province> {
    let stamp = stamp(opening, entropy);
    let (own, seed) = (stamp.clone(), options.seed);
    let units = db
        .write(move |tx| {
            if tx.value::<i64>("SELECT COUNT(*) FROM unit", args![])? != 0 {
                return Err(Error::new(Kind::Conflict, "cli.demo.not_empty"));
            }
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let from = Date::new(2025, 7, 1).map_err(Error::internal)?;
            units::add(tx, &own, &mut rng, "25", "Tỉnh Phú Thọ", from)
        })
        .await?;
    let bar = progress::bar(lang.t("cli.demo.people"), options.people as u64);
    let mut people = Vec::with_capacity(options.people);
    let mut from = 0;
    while from < options.people {
        let range = from..(from + PEOPLE_CHUNK).min(options.people);
        from = range.end;
        let (own, units, today) = (stamp.clone(), units.clone(), options.until);
        let more =
            db.write(move |tx| people::add(tx, &own, &units, seed, range.clone(), today)).await?;
        people.extend(more);
        bar.set_position(from as u64);
    }
    bar.finish_and_clear();
    let (own, units_too) = (stamp.clone(), units.clone());
    let hash = thao_people::account::hash_unchecked(PASSWORD, entropy)?;
    let cast = db.write(move |tx| accounts::add(tx, &own, &units_too, &hash)).await?;
    let own = stamp.clone();
    let courses = db
        .write(move |tx| {
            thao_catalog::publish_starter(tx, &own)?;
            learning::courses(tx)
        })
        .await?;
    let province = Province { units, people, courses, cast };
    targets::add(db, &stamp, &province, options.until).await?;
    plans::add(db, &stamp, &province, options.until).await?;
    allotments::add(db, &stamp, &province).await?;
    Ok(province)
}

async fn activity(
    db: &Db,
    lang: Lang,
    options: &Options,
    province: &Province,
    entropy: &Entropy,
    start: Date,
) -> Result<Vec<Draft>> {
    let bar = progress::bar(lang.t("cli.demo.activity"), province.people.len() as u64);
    let mut drafts = learning::year(province, options, start, entropy);
    drafts.extend(classes::hold(db, province, options, start, entropy).await?);
    bar.finish_and_clear();
    let until = instant_of(options.until);
    drafts.retain(|draft| draft.at < until);
    if let Some(wanted) = options.statements {
        learning::practise(&mut drafts, wanted, province, options, start, entropy);
    }
    drafts.sort_by_key(|draft| (draft.at, draft.id));
    Ok(drafts)
}

/// Appends in the order of time, each chunk recorded when its last statement happened.
async fn append(db: &Db, lang: Lang, drafts: Vec<Draft>, entropy: &Entropy) -> Result<u64> {
    let bar = progress::bar(lang.t("cli.demo.statements"), drafts.len() as u64);
    let mut count = 0;
    for chunk in drafts.chunks(STATEMENT_CHUNK) {
        let Some(last) = chunk.last() else { continue };
        let stamp = stamp(last.at, entropy);
        let chunk = chunk.to_vec();
        count += chunk.len() as u64;
        db.write(move |tx| thao_record::statement::append(tx, &stamp, &chunk)).await?;
        bar.set_position(count);
    }
    bar.finish_and_clear();
    Ok(count)
}

/// An evening hour of a day.
fn evening(day: Date, hour: i8) -> Timestamp {
    instant_at(day, jiff::civil::Time::constant(hour, 30, 0, 0))
}

/// Who can sign in to the demo, and as what.
pub(crate) fn sign_in_words(lang: Lang) -> String {
    let mut out = lang.f("cli.demo.sign_in", &[("password", &PASSWORD)]);
    for role in accounts::ROLES {
        out.push_str(&format!("\n  {:<10} {}", role.login, lang.t(role.words)));
    }
    out
}
