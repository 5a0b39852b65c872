//! What is known of a site, attribute by attribute, and its photos.

use super::html::Html;
use super::{Language, Page};
use crate::site::{Attribute, Type};
use crate::text::is_han;
use serde_json::Value;

/// What stands elsewhere on the page.
const ELSEWHERE: [&str; 3] = ["name_en", "opening_hours", "duty_hours"];

impl Page<'_> {
    pub(super) fn write_facts(&self, html: &mut Html) {
        let (site, catalogue) = (&self.held.site, self.now.catalogue());
        let told = site.attributes.told();
        let known =
            catalogue.kind(site.kind).attributes.iter().map(|index| &catalogue.attributes()[usize::from(*index)]);
        let known = known.filter(|attribute| !ELSEWHERE.contains(&attribute.id.as_str()));
        let mut told = known.filter_map(|attribute| Some((attribute, told.get(&attribute.id)?))).peekable();
        if told.peek().is_none() {
            return;
        }
        html.raw("<dl>");
        for (attribute, value) in told {
            let said = said(attribute, value, self.language);
            // what was registered in Chinese is read out as Chinese on the English page
            let foreign = self.language == Language::English && said.chars().any(is_han);
            html.element("dt", self.language.of(&attribute.name));
            html.raw(if foreign { "<dd lang=\"zh-CN\">" } else { "<dd>" });
            match attribute.of_type {
                Type::Phone => {
                    let dialled: String = said.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
                    html.raw("<a href=\"tel:").text(&dialled).raw("\">").text(&said).raw("</a>")
                }
                _ => html.text(&said),
            }
            .raw("</dd>");
        }
        html.raw("</dl>");
    }

    pub(super) fn write_photos(&self, html: &mut Html) {
        #[derive(serde::Deserialize)]
        struct Photo {
            id: String,
            width: u32,
            height: u32,
        }
        let Some(tended) = self.now.tended(self.held.site.id) else { return };
        let photos: Vec<Photo> = serde_json::from_str(&tended.photos).unwrap_or_default();
        for (number, photo) in (1..).zip(photos) {
            let Photo { id, width, height } = photo;
            let alt = match self.language {
                Language::Chinese => format!("{} 照片 {number}", self.held.site.name),
                Language::English => format!("{}, photo {number}", self.held.site.name),
            };
            html.raw("<img loading=\"lazy\" src=\"/api/photos/").text(&id).raw("\" width=\"").text(&width.to_string());
            html.raw("\" height=\"").text(&height.to_string()).raw("\" alt=\"").text(&alt).raw("\">");
        }
    }
}

/// A value as people read it.
fn said(attribute: &Attribute, value: &Value, language: Language) -> String {
    match (&attribute.of_type, value) {
        (Type::Choice(choices), Value::String(id)) => {
            let choice = choices.iter().find(|choice| choice.id == *id);
            choice.map_or_else(|| id.clone(), |choice| language.of(&choice.name).to_owned())
        }
        (_, Value::Bool(yes)) if *yes => language.pick("是", "yes").to_owned(),
        (_, Value::Bool(_)) => language.pick("否", "no").to_owned(),
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}
