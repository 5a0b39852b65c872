//! HTML in which every text is escaped: only what stands in the source of this program goes in as it is.

use super::Language;
use serde_json::Value;

/// A page as it is written.
#[derive(Debug)]
pub(super) struct Html(String);

impl Html {
    /// Up to inside the head, with title and style.
    pub fn begin(language: Language, title: &str) -> Self {
        let mut html = Self(String::with_capacity(4096));
        html.raw("<!doctype html><html lang=\"").text(language.tag()).raw("\"><head><meta charset=\"utf-8\">");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.element("title", title);
        html.raw("<link rel=\"stylesheet\" href=\"/s/page.css\">");
        html.raw("<link rel=\"icon\" href=\"/icons/yimi-180.png\">");
        html
    }

    /// Markup of the program's own.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// A text, between tags or inside a quoted attribute.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                _ => self.0.push(c),
            }
        }
        self
    }

    /// An element with nothing but a text in it.
    pub fn element(&mut self, name: &'static str, text: &str) -> &mut Self {
        self.raw("<").raw(name).raw(">").text(text).raw("</").raw(name).raw(">")
    }

    /// A line of the head.
    pub fn meta(&mut self, name: &'static str, content: &str) -> &mut Self {
        self.raw("<meta name=\"").raw(name).raw("\" content=\"").text(content).raw("\">")
    }

    /// JSON inside a script element, which entities do not reach: no sign of it can end the element.
    pub fn json(&mut self, value: &Value) -> &mut Self {
        let safe = value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
        self.0.push_str(&safe);
        self
    }

    /// The page.
    pub fn done(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let nasty = "</title><script>alert('1')</script>\"&amp;";
        let mut html = Html::begin(Language::Chinese, nasty);
        html.meta("description", nasty)
            .raw("<script type=\"application/ld+json\">")
            .json(&nasty.into())
            .raw("</script>");
        let page = html.done();
        assert_eq!((page.matches("<script").count(), page.matches("</script").count()), (1, 1), "{page}");
        assert_eq!(page.matches("</title>").count(), 1);
        assert!(page.contains("&lt;script&gt;alert(&#39;1&#39;)") && page.contains("&quot;&amp;amp;"));
        let json = page.split("ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("there");
        assert_eq!(serde_json::from_str::<String>(json).expect("still JSON"), nasty);
    }
}
