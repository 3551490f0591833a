//! Puts the files a browser loads into the program: the style sheet, the icon, the scripts.
//!
//! The style sheet is `web/css/**.css` in the order of their paths, whether or not Node is there.
//! Scripts are what `npm run build` left in `web/dist`; without them pages work, only plainer.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

#[path = "src/assets/minify.rs"]
mod minify;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web");
    let dist = web.join("dist");
    // Cargo rebuilds for ever when it watches something missing; a read-only checkout is no error.
    let _ = fs::create_dir_all(&dist);
    for watched in ["css", "dist", "icon.svg"] {
        tell_cargo(&format!("rerun-if-changed={}", web.join(watched).display()));
    }
    tell_cargo("rerun-if-changed=build.rs");
    tell_cargo("rerun-if-changed=src/assets/minify.rs");

    let mut files = vec![
        ("app.css".to_owned(), style_sheet(&web.join("css"))?),
        ("icon.svg".to_owned(), fs::read(web.join("icon.svg"))?),
    ];
    for path in sorted(&dist)? {
        if path.extension().is_some_and(|e| e == "js")
            && let Some(name) = path.file_name().and_then(|n| n.to_str())
        {
            files.push((name.to_owned(), fs::read(&path)?));
        }
    }

    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut table = String::from("&[\n");
    for (name, bytes) in &files {
        writeln!(table, "    {},", embed(&out, name, bytes)?)?;
    }
    table.push_str("]\n");
    fs::write(out.join("assets.rs"), table)?;
    Ok(())
}

/// Writes a file and its compressed twin, and gives the line of the table that includes them.
fn embed(out: &Path, name: &str, bytes: &[u8]) -> Outcome<String> {
    let hash: String = blake3::hash(bytes).to_hex().chars().take(12).collect();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    fs::write(out.join(name), bytes)?;
    fs::write(out.join(format!("{name}.gz")), gzip.finish()?)?;
    let mime = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => return Err(format!("{name}: no media type known for it; add one in build.rs").into()),
    };
    let here = |name: &str| format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))");
    Ok(format!(
        "File {{ name: {name:?}, hash: {hash:?}, url: \"/assets/{hash}/{name}\", mime: {mime:?}, \
         plain: {}, gzip: {} }}",
        here(name),
        here(&format!("{name}.gz")),
    ))
}

fn style_sheet(folder: &Path) -> Outcome<Vec<u8>> {
    let mut css = String::new();
    for layer in sorted(folder)?.into_iter().filter(|path| path.is_dir()) {
        for file in sorted(&layer)? {
            css.push_str(&fs::read_to_string(&file)?);
        }
    }
    Ok(minify::css(&css).into_bytes())
}

fn sorted(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut paths = Vec::new();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        // Without Node and on a read-only checkout there is no `web/dist`.
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(paths),
        Err(e) => return Err(format!("{}: {e}", folder.display()).into()),
    };
    for entry in entries {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

fn tell_cargo(words: &str) {
    println!("cargo:{words}");
}
