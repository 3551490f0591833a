//! Makes a style sheet smaller without changing what it means: comments and idle space go.

/// A style sheet without comments and without space that means nothing.
///
/// Text in quotes stays as it is; a space inside `calc()`, between selectors and between values
/// stays, because it means something.
pub fn css(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut gap = false;
    while let Some(c) = chars.next() {
        if c == '/' && chars.peek() == Some(&'*') {
            chars.next();
            let mut before = ' ';
            for c in chars.by_ref() {
                if before == '*' && c == '/' {
                    break;
                }
                before = c;
            }
            gap = true;
            continue;
        }
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        let idle = out.is_empty()
            || out.ends_with(['{', '}', ';', ',', ':'])
            || matches!(c, '{' | '}' | ';' | ',');
        if gap && !idle {
            out.push(' ');
        }
        gap = false;
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push(c);
        if c == '"' || c == '\'' {
            copy_quoted(c, &mut chars, &mut out);
        }
    }
    out
}

fn copy_quoted(quote: char, chars: &mut impl Iterator<Item = char>, out: &mut String) {
    let mut escaped = false;
    for c in chars {
        out.push(c);
        if c == quote && !escaped {
            return;
        }
        escaped = c == '\\' && !escaped;
    }
}

#[cfg(test)]
mod tests {
    use super::css;

    #[test]
    fn what_means_nothing_goes_and_what_means_something_stays() {
        for (written, kept) in [
            ("/* a */\na { color : red; }\n", "a{color :red}"),
            ("a , b{margin:0 auto;padding: 0}", "a,b{margin:0 auto;padding:0}"),
            (".a :hover { }", ".a :hover{}"),
            ("a{width: calc( 1px + 2em )}", "a{width:calc( 1px + 2em )}"),
            (
                "a::after { content: \" /* no */  ;} \\\" \"; }",
                "a::after{content:\" /* no */  ;} \\\" \"}",
            ),
            (
                "@media (min-width: 1px) and (print) { a{b:c} }",
                "@media (min-width:1px) and (print){a{b:c}}",
            ),
            ("a{b:c}/**/d{e:f}", "a{b:c}d{e:f}"),
        ] {
            assert_eq!(css(written), kept, "{written}");
        }
    }
}
