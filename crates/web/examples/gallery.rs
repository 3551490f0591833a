//! Writes every component to `target/gallery*.html`, style sheet inside, to be looked at.

use std::error::Error;
use std::path::Path;

use thao_base::Lang;
use thao_web::assets;
use thao_web::components::gallery::{attendance, gallery, lesson, roll};

fn main() -> Result<(), Box<dyn Error>> {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    let link = format!("<link rel=\"stylesheet\" href=\"{}\">", assets::stylesheet_url());
    let inside = format!("<style>{}</style>", assets::stylesheet());
    for lang in Lang::ALL {
        for (name, page) in [
            ("gallery", gallery(lang)),
            ("gallery-attendance", attendance(lang)),
            ("gallery-lesson", lesson(lang)),
            ("gallery-roll", roll(lang)),
        ] {
            let page = page.into_string().replace(&link, &inside);
            std::fs::write(target.join(format!("{name}.{}.html", lang.code())), page)?;
        }
    }
    Ok(())
}
