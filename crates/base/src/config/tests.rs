//! Tests of the settings: what wins, what is refused and in which words.

use std::path::PathBuf;

use super::*;
use crate::Kind;

/// The settings of a file with this text, this environment and this command line.
fn load(
    file: &str,
    env: &[(&str, &str)],
    overrides: &[(&'static str, &str)],
) -> Result<Config, String> {
    static NO: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let no = NO.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("thao-config-{}-{no}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("thao.toml");
    std::fs::write(&path, file).unwrap();
    let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let overrides = overrides.iter().map(|(key, value)| (*key, (*value).to_owned()));
    let config = Config::load(Some(&path), env, overrides);
    std::fs::remove_dir_all(&folder).unwrap();
    config.map_err(|error| {
        assert_eq!(error.kind(), Kind::Invalid, "{error}");
        let name = format!("{}", path.display());
        error.words(Lang::En).replace(&name, "thao.toml")
    })
}

#[test]
fn without_any_file_the_defaults_hold() {
    let config = Config::load(None, std::iter::empty(), []).unwrap();
    assert_eq!(config, load("", &[], &[]).unwrap());
    assert_eq!(
        config,
        Config {
            data: PathBuf::from("data"),
            listen: "127.0.0.1:8080".to_owned(),
            public_url: None,
            database: Place::Sqlite(PathBuf::from("data/thao.db")),
            log_format: LogFormat::Text,
            log_level: LogLevel::Info,
            session_days: 14,
            class_size: 40,
            upload_limit_mb: 20,
            import_days: 90,
            export_rows: 200_000,
            province_code: None,
            province_name: None,
            lang: Lang::Vi,
            trust_proxy: false,
        }
    );
    assert!(!config.secure());
}

#[test]
fn what_comes_later_wins() {
    let file = "listen = \"127.0.0.1:1\"\ndata = \"a\"\nsession_days = 1\n";
    let env = [("THAO_LISTEN", "127.0.0.1:2"), ("THAO_DATA", "b"), ("PATH", "/bin")];
    let config = load(file, &env, &[("listen", "localhost:3")]).unwrap();
    assert_eq!(config.listen, "localhost:3");
    assert_eq!(config.data, PathBuf::from("b"));
    assert_eq!(config.database, Place::Sqlite(PathBuf::from("b/thao.db")));
    assert_eq!(config.session_days, 1);
    // A server in the file, and the embedded database asked for once.
    let file = "database = \"postgres://thao@db/thao\"\nconnections = 7\n";
    let url = "postgres://thao@db/thao".to_owned();
    assert_eq!(load(file, &[], &[]).unwrap().database, Place::Postgres { url, connections: 7 });
    assert_eq!(
        load(file, &[], &[("database", "sqlite")]).unwrap().database,
        Place::Sqlite(PathBuf::from("data/thao.db"))
    );
}

#[test]
fn the_environment_may_hold_other_things_of_ours_and_empty_lines() {
    let env = [
        ("THAO_CONFIG", "/etc/thao.toml"),
        ("THAO_TEST_POSTGRES", "postgres://x"),
        ("THAO_PUBLIC_URL", ""),
        ("THAO_LANG", " "),
    ];
    assert_eq!(load("", &env, &[]).unwrap(), load("", &[], &[]).unwrap());
}

#[test]
fn the_example_of_the_page_is_read() {
    let page = reference(Lang::Vi);
    let (_, example) = page.split_once("```toml\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let config = load(example, &[], &[]).unwrap();
    assert!(config.secure() && config.trust_proxy);
    assert_eq!(config.province_name.as_deref(), Some("Phú Thọ"));
    assert_eq!(config.log_format, LogFormat::Json);
    for setting in SETTINGS {
        assert!(example.contains(&format!("{} = ", setting.key)), "{}", setting.key);
        for lang in Lang::ALL {
            assert!(lang.has(setting.about) && lang.has(setting.wrong), "{}", setting.key);
        }
    }
}

#[test]
fn a_value_that_does_not_fit_is_refused_by_name_place_and_example() {
    for (key, values) in [
        ("data", &["\"\"", "[1]"][..]),
        (
            "listen",
            &[
                "\"8080\"",
                "\"localhost\"",
                "\"a:b\"",
                "\"127.0.0.1:70000\"",
                "\":80\"",
                "\"::1:80\"",
                "\"[x]:80\"",
                "8080",
            ],
        ),
        (
            "public_url",
            &[
                "\"hoc.example.vn\"",
                "\"ftp://a\"",
                "\"https://\"",
                "\"https://a/b\"",
                "\"https://a b\"",
            ],
        ),
        ("database", &["\"mysql://a/b\"", "\"thao.db\"", "\"\"", "\"postgres://a@/x?port=y\""]),
        ("connections", &["0", "501", "-1", "\"many\"", "1.5"]),
        ("log_format", &["\"xml\"", "true"]),
        ("log_level", &["\"loud\"", "\"INFO\""]),
        ("session_days", &["0", "366", "2026-11-20"]),
        ("class_size", &["0", "501", "\"forty\""]),
        ("upload_limit_mb", &["0", "1025", "99999999999"]),
        ("import_days", &["0", "3651"]),
        ("export_rows", &["0", "1000001"]),
        ("province_code", &["8", "\"8\"", "\"008\"", "\"XX\""]),
        ("province_name", &["\"\"", "\"  \""]),
        ("lang", &["\"fr\"", "\"\"", "\"VI\""]),
        ("trust_proxy", &["\"yes\"", "1"]),
    ] {
        for value in values {
            let told = load(&format!("# one\n\n{key} = {value}\n"), &[], &[]).unwrap_err();
            let found = value.trim_matches('"').trim();
            let wanted = format!("thao.toml:3: {key} = “{found}");
            assert!(told.starts_with(&wanted) || found.is_empty(), "{key} = {value}: {told}");
            assert!(told.contains(" is n"), "{told}");
        }
        let name = format!("THAO_{}", key.to_uppercase());
        let told = load("", &[(&name, "!")], &[]);
        if !["data", "province_name"].contains(&key) {
            assert!(told.unwrap_err().starts_with(&format!("{name}: {key} = “!” is")));
        }
    }
    let told = load("", &[], &[("listen", "80")]).unwrap_err();
    assert_eq!(
        told,
        "--listen: listen = “80” is not an address with a port, such as 127.0.0.1:8080."
    );
}

#[test]
fn values_at_the_edge_fit() {
    for text in [
        "listen = \"[::1]:0\"",
        "listen = \"thao.local:65535\"",
        "public_url = \"http://localhost:8080/\"",
        "database = \"postgresql://u:p@h:5433/d?sslmode=require\"",
        "connections = 500",
        "session_days = \"365\"",
        "province_code = \"08\"",
    ] {
        assert!(load(text, &[], &[]).is_ok(), "{text}");
    }
    let config = load("public_url = \"https://hoc.example.vn/\"", &[], &[]).unwrap();
    assert_eq!(config.public_url.as_deref(), Some("https://hoc.example.vn"));
}

#[test]
fn an_unknown_name_is_refused_and_the_likely_one_named() {
    let told = load("data = \"a\"\nlisten_on = \"x\"", &[], &[]).unwrap_err();
    assert!(told.starts_with("thao.toml:2: there is no setting called “listen_on”."), "{told}");
    let told = load("lisen = \"127.0.0.1:1\"", &[], &[]).unwrap_err();
    assert!(told.ends_with("Did you mean “listen”?"), "{told}");
    let told = load("", &[("THAO_SESSIONDAYS", "1")], &[]).unwrap_err();
    assert!(told.starts_with("THAO_SESSIONDAYS:") && told.contains("“session_days”"), "{told}");
    let told = load("[log]\nformat = \"json\"", &[], &[]).unwrap_err();
    assert!(told.starts_with("thao.toml:1: there is no setting called “log”"), "{told}");
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let told = load("data = \"a\"\nlisten = \n", &[], &[]).unwrap_err();
    assert!(told.starts_with("thao.toml:2: the configuration file is not valid TOML"), "{told}");
    let told = load("lang = \"vi\"\nlang = \"en\"", &[], &[]).unwrap_err();
    assert!(told.starts_with("thao.toml:2:"), "{told}");
    let none = Config::load(Some(Path::new("/no/such/thao.toml")), std::iter::empty(), []);
    assert_eq!(none.unwrap_err().key(), "base.config.file_missing");
    let folder = Config::load(Some(&std::env::temp_dir()), std::iter::empty(), []);
    assert_eq!(folder.unwrap_err().key(), "base.config.file_unreadable");
}

#[test]
fn a_password_is_never_told() {
    let told = load("database = \"mysql://thao:secret@db/thao\"", &[], &[]).unwrap_err();
    assert!(told.contains("mysql://thao:…@db/thao") && !told.contains("secret"), "{told}");
    let config = load("database = \"postgres://thao:secret@db/thao\"", &[], &[]).unwrap();
    assert!(!format!("{config:?}").contains("secret"), "{config:?}");
}

#[test]
fn the_page_about_the_settings_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/configuration.md");
    let wanted = reference(Lang::En);
    if std::env::var_os("THAO_TEST_WRITE").is_some() {
        std::fs::write(&file, &wanted).unwrap();
    }
    assert!(
        std::fs::read_to_string(&file).unwrap_or_default() == wanted,
        "docs/configuration.md is out of date; write it anew with \
         THAO_TEST_WRITE=1 cargo test -p thao-base the_page_about_the_settings"
    );
}
