//! The lesson player: one step a page, with where one is, pictures, video, and the way on.

use std::borrow::Cow;

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::{Icon, details};

/// The head of a step: lesson, "Bước 3/7", heading.
///
/// `(step_head(lang, "An toàn thông tin", "Mật khẩu mạnh", 3, 7))`; `at` counts from 1.
pub fn step_head(lang: Lang, lesson: &str, heading: &str, at: i64, of: i64) -> Markup {
    let words = lang.f("web.lesson.step", &[("at", &at), ("of", &of)]);
    html! {
        div.step-head {
            p.step-lesson { span { (lesson) } " " strong { (words) } }
            progress value=(at.clamp(0, of.max(0))) max=(of.max(1)) aria-label=(words) {}
            h1 { (heading) }
        }
    }
}

/// A picture with words for those who do not see it, and its size so that nothing jumps.
#[derive(Debug, Clone)]
pub struct Picture<'a> {
    src: Cow<'a, str>,
    alt: Cow<'a, str>,
    size: (u32, u32),
    caption: Option<Cow<'a, str>>,
}

impl<'a> Picture<'a> {
    /// Address, what it shows in words, width and height in pixels.
    pub fn new(
        src: impl Into<Cow<'a, str>>,
        alt: impl Into<Cow<'a, str>>,
        size: (u32, u32),
    ) -> Self {
        Picture { src: src.into(), alt: alt.into(), size, caption: None }
    }

    pub fn caption(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.caption = Some(words.into());
        self
    }
}

impl Render for Picture<'_> {
    fn render(&self) -> Markup {
        html! {
            figure.media {
                img src=(self.src) alt=(self.alt) width=(self.size.0) height=(self.size.1)
                    loading="lazy" decoding="async";
                @if let Some(caption) = &self.caption { figcaption { (caption) } }
            }
        }
    }
}

/// A video that loads nothing until asked: `(Video::new(lang, "/media/7.mp4", "video/mp4").poster("/media/7.webp").captions(Lang::Vi, "/media/7.vi.vtt"))`.
#[derive(Debug, Clone)]
pub struct Video<'a> {
    lang: Lang,
    sources: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    poster: Option<Cow<'a, str>>,
    captions: Vec<(Lang, Cow<'a, str>)>,
    weight: Option<Cow<'a, str>>,
    transcript: Option<Markup>,
}

impl<'a> Video<'a> {
    /// The first source and its media type.
    pub fn new(lang: Lang, src: impl Into<Cow<'a, str>>, mime: impl Into<Cow<'a, str>>) -> Self {
        Video {
            lang,
            sources: vec![(src.into(), mime.into())],
            poster: None,
            captions: Vec::new(),
            weight: None,
            transcript: None,
        }
    }

    /// The same in another format, for phones that cannot play the one before.
    pub fn or(mut self, src: impl Into<Cow<'a, str>>, mime: impl Into<Cow<'a, str>>) -> Self {
        self.sources.push((src.into(), mime.into()));
        self
    }

    /// The picture before it plays.
    pub fn poster(mut self, src: impl Into<Cow<'a, str>>) -> Self {
        self.poster = Some(src.into());
        self
    }

    /// Captions; those in the page's language show by themselves.
    pub fn captions(mut self, lang: Lang, src: impl Into<Cow<'a, str>>) -> Self {
        self.captions.push((lang, src.into()));
        self
    }

    /// Length and weight before it is loaded: "2 phút 10 giây, 6 MB".
    pub fn weight(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.weight = Some(words.into());
        self
    }

    /// What is said and shown, for who cannot play it.
    pub fn transcript(mut self, body: impl Render) -> Self {
        self.transcript = Some(body.render());
        self
    }
}

impl Render for Video<'_> {
    fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            figure.media {
                video controls preload="none" playsinline poster=[&self.poster] {
                    @for (src, mime) in &self.sources { source src=(src) type=(mime); }
                    @for (spoken, src) in &self.captions {
                        track kind="captions" src=(src) srclang=(spoken.code())
                            label=(spoken.t("web.page.language")) default[*spoken == lang];
                    }
                }
                @if let Some(weight) = &self.weight { figcaption { (Icon::Play) span { (weight) } } }
                @if let Some(transcript) = &self.transcript {
                    (details(lang.t("web.lesson.transcript"), transcript))
                }
            }
        }
    }
}

/// The way back and the way on, at the foot of the screen: `(step_bar(lang, Some("/…/2"), next))`.
///
/// `next` is a link or a form's button: `LinkButton::primary(…)` or `Button::primary(…).form("answer")`.
pub fn step_bar(lang: Lang, back: Option<&str>, next: impl Render) -> Markup {
    html! {
        nav.save-bar aria-label=(lang.t("web.lesson.steps")) {
            @if let Some(back) = back {
                a.button.button-quiet href=(back) {
                    (Icon::ArrowLeft) span { (lang.t("web.lesson.back")) }
                }
            }
            (next)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::LinkButton;
    use crate::components::probe::Probe;

    #[test]
    fn a_step_says_where_one_is() {
        let page = Probe::new(step_head(Lang::Vi, "An toàn thông tin", "Mật khẩu mạnh", 3, 7));
        assert_eq!(page.text(".step-lesson"), "An toàn thông tin Bước 3/7");
        assert_eq!(page.one("progress").attr("aria-label"), Some("Bước 3/7"));
        assert_eq!(page.text("h1"), "Mật khẩu mạnh");
    }

    #[test]
    fn a_video_loads_nothing_and_shows_captions_of_the_page_s_language() {
        let video = Video::new(Lang::Vi, "/m/7.mp4", "video/mp4")
            .poster("/m/7.webp")
            .captions(Lang::Vi, "/m/7.vi.vtt")
            .captions(Lang::En, "/m/7.en.vtt")
            .transcript(html! { p { "Lời" } });
        let page = Probe::new(video.render());
        page.one("video[controls][preload=none][poster='/m/7.webp']");
        assert_eq!(page.one("track[default]").attr("srclang"), Some("vi"));
        page.one("details p");
    }

    #[test]
    fn a_picture_has_words_and_size() {
        let page = Probe::new(Picture::new("/m/1.webp", "Ô nhập mật khẩu", (640, 360)).render());
        page.one("img[alt='Ô nhập mật khẩu'][width='640'][height='360']");
    }

    #[test]
    fn the_first_step_has_no_way_back() {
        let next = LinkButton::primary("/l/7/2", "Tiếp tục");
        let page = Probe::new(step_bar(Lang::Vi, None, next));
        assert_eq!(page.all("a").len(), 1);
    }
}
