//! The kit's own icons: 20 px, one stroke of 1.75, drawn on a 20 × 20 grid, inlined into the page.
//!
//! An icon never stands alone: words are beside it, so it is hidden from assistive technology.

use maud::{Markup, PreEscaped, Render, html};

/// An icon of the kit; `html! { (Icon::Check) }` draws it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Icon {
    Home,
    Lesson,
    Class,
    People,
    Person,
    Unit,
    Target,
    Chart,
    Report,
    Settings,
    Journal,
    Menu,
    Check,
    Cross,
    Warning,
    Info,
    Question,
    Clock,
    Calendar,
    Search,
    Filter,
    Plus,
    Edit,
    Trash,
    Download,
    Upload,
    Print,
    Copy,
    Link,
    Lock,
    Language,
    SignOut,
    Play,
    ArrowUp,
    ArrowDown,
    ArrowFlat,
    ArrowLeft,
    ArrowRight,
    Dash,
    Phone,
    Award,
}

impl Icon {
    /// Every icon with its name, for the gallery.
    pub const ALL: [Icon; 41] = [
        Icon::Home,
        Icon::Lesson,
        Icon::Class,
        Icon::People,
        Icon::Person,
        Icon::Unit,
        Icon::Target,
        Icon::Chart,
        Icon::Report,
        Icon::Settings,
        Icon::Journal,
        Icon::Menu,
        Icon::Check,
        Icon::Cross,
        Icon::Warning,
        Icon::Info,
        Icon::Question,
        Icon::Clock,
        Icon::Calendar,
        Icon::Search,
        Icon::Filter,
        Icon::Plus,
        Icon::Edit,
        Icon::Trash,
        Icon::Download,
        Icon::Upload,
        Icon::Print,
        Icon::Copy,
        Icon::Link,
        Icon::Lock,
        Icon::Language,
        Icon::SignOut,
        Icon::Play,
        Icon::ArrowUp,
        Icon::ArrowDown,
        Icon::ArrowFlat,
        Icon::ArrowLeft,
        Icon::ArrowRight,
        Icon::Dash,
        Icon::Phone,
        Icon::Award,
    ];

    /// The path data of the icon on its 20 × 20 grid.
    fn path(self) -> &'static str {
        match self {
            Icon::Home => "M3 9.5 10 3.5l7 6M5 8v8.5h10V8M8.5 16.5v-5h3v5",
            Icon::Lesson => {
                "M10 5.5C8 4 5.5 3.7 3 4v11.5c2.5-.3 5 0 7 1.5 2-1.5 4.5-1.8 7-1.5V4c-2.5-.3-5 0-7 1.5zM10 5.5V17"
            }
            Icon::Class => "M2.5 4h15v9h-15zM10 2.5V4M7 17l3-4 3 4M6 7.5h8M6 10h5",
            Icon::People => {
                "M7.5 9a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5zM2.5 16.5c0-3 2.2-5 5-5s5 2 5 5M13 4a2.6 2.6 0 0 1 0 5M14.5 11.9c1.9.7 3 2.4 3 4.6"
            }
            Icon::Person => {
                "M10 9.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM3.5 17c.3-3.2 2.9-5 6.5-5s6.2 1.8 6.5 5"
            }
            Icon::Unit => "M3 17h14M4.5 17V7L10 3.5 15.5 7v10M8 10h.01M12 10h.01M8.5 17v-3.5h3V17",
            Icon::Target => {
                "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 10h.01"
            }
            Icon::Chart => "M3 3v14h14M6.5 14v-3.5M10 14V6.5M13.5 14V9",
            Icon::Report => "M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5M7.5 13h5",
            Icon::Settings => {
                "M3 6h8M15 6h2M3 14h2M9 14h8M13 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM7 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4z"
            }
            Icon::Journal => "M5.5 2.5h10v15h-10zM3.5 6h4M3.5 10h4M3.5 14h4M10.5 7h2.5M10.5 10h2.5",
            Icon::Menu => "M3 5.5h14M3 10h14M3 14.5h14",
            Icon::Check => "M4 10.5 8.2 15 16 5.5",
            Icon::Cross => "M5 5l10 10M15 5 5 15",
            Icon::Warning => "M10 3 18 16.5H2zM10 8v4M10 14.2h.01",
            Icon::Info => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 9v5M10 6.2h.01",
            Icon::Question => {
                "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM7.7 7.8c.1-1.3 1-2.1 2.3-2.1s2.3.8 2.3 2c0 1.6-2.3 1.8-2.3 3.6M10 14h.01"
            }
            Icon::Clock => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 5.5V10l3 2",
            Icon::Calendar => "M3 4.5h14v12.5H3zM3 8.5h14M6.5 2.5v4M13.5 2.5v4",
            Icon::Search => "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4",
            Icon::Filter => "M3 4h14l-5.5 6.5V16l-3 1v-6.5z",
            Icon::Plus => "M10 4v12M4 10h12",
            Icon::Edit => "M3.5 16.5l.8-3.7L13 4l3 3-8.8 8.7zM11 6l3 3",
            Icon::Trash => {
                "M3.5 5.5h13M7.5 5.5V3h5v2.5M5 5.5l.8 11.5h8.4L15 5.5M8.5 8.5v5.5M11.5 8.5v5.5"
            }
            Icon::Download => "M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13",
            Icon::Upload => "M10 13V3.5M6 7l4-4 4 4M3.5 16.5h13",
            Icon::Print => "M6 7V3h8v4M6 14H3V7h14v7h-3M6 11.5h8V17H6z",
            Icon::Copy => "M7 7h10v10H7zM13 7V3H3v10h4",
            Icon::Link => {
                "M8.5 11.5a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.3l-.8.8M11.5 8.5a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.3l.8-.8"
            }
            Icon::Lock => "M4.5 9h11v8h-11zM7 9V6.5a3 3 0 0 1 6 0V9M10 12.2v1.6",
            Icon::Language => {
                "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM2.5 10h15M10 2.5c2.2 2.2 3.2 4.7 3.2 7.5s-1 5.3-3.2 7.5c-2.2-2.2-3.2-4.7-3.2-7.5s1-5.3 3.2-7.5z"
            }
            Icon::SignOut => "M8 3H3.5v14H8M8 10h9M13.5 6.5 17 10l-3.5 3.5",
            Icon::Play => "M6 3.5v13l10.5-6.5z",
            Icon::ArrowUp => "M4 14 16 6M9.5 6H16v6.5",
            Icon::ArrowDown => "M4 6l12 8M16 7.5V14H9.5",
            Icon::ArrowFlat => "M3 10h14M12.5 5.5 17 10l-4.5 4.5",
            Icon::ArrowLeft => "M12.5 4 6.5 10l6 6",
            Icon::ArrowRight => "M7.5 4l6 6-6 6",
            Icon::Dash => "M5 10h10",
            Icon::Phone => "M6 2.5h8v15H6zM9 15h2",
            Icon::Award => {
                "M10 12a4.75 4.75 0 1 0 0-9.5 4.75 4.75 0 0 0 0 9.5zM7 11l-1.5 6.5L10 15l4.5 2.5L13 11"
            }
        }
    }
}

impl Render for Icon {
    fn render(&self) -> Markup {
        html! {
            svg.icon viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false" {
                path d=(PreEscaped(self.path())) {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_is_hidden_from_assistive_technology_and_no_two_are_alike() {
        let mut seen = std::collections::HashSet::new();
        for icon in Icon::ALL {
            let drawn = icon.render().into_string();
            assert!(drawn.contains("aria-hidden=\"true\""));
            assert!(seen.insert(drawn), "{icon:?} is drawn like another");
        }
    }
}
