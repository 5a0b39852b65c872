//! A site in the words of [schema.org](https://schema.org/Place), for search engines.

use super::Page;
use crate::site::hours::Kind;
use serde_json::{Value, json};

impl Page<'_> {
    /// The place with its name, position, address, telephone and the hours of the next seven days.
    pub(super) fn place(&self) -> Value {
        let site = &self.held.site;
        let [longitude, latitude] = site.at.to_centimetre();
        let mut place = json!({
            "@context": "https://schema.org",
            "@type": "Place",
            "name": &*site.name,
            "geo": { "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude },
            "additionalType": &*self.now.catalogue().kind(site.kind).name.zh,
        });
        let text = |id| site.attributes.text(id).filter(|text| !text.is_empty());
        for (member, id) in [("alternateName", "name_en"), ("telephone", "phone")] {
            if let Some(text) = text(id) {
                place[member] = (*text).into();
            }
        }
        if let Some(address) = text("address") {
            let town = self.held.area.map(|area| &*self.now.areas().get(area).name.zh);
            place["address"] = json!({ "@type": "PostalAddress", "streetAddress": &*address, "addressLocality": town,
                                       "addressCountry": "CN" });
        }
        if let Some(base) = self.base {
            place["url"] = format!("{base}/s/{}", site.id.0).into();
        }
        if let Some(fee) = site.attributes.told().get("fee") {
            place["isAccessibleForFree"] = (*fee == "no").into();
        }
        let hours = self.hours();
        if !hours.is_empty() {
            place["openingHoursSpecification"] = hours.into();
        }
        place
    }

    /// When it is surely open, day by day: holidays and working weekends are in it.
    fn hours(&self) -> Vec<Value> {
        let hours = self.now.hours_of(self.held);
        let Some(week) = hours.and_then(|hours| hours.week(self.at.date(), &self.now.rules().calendar)) else {
            return Vec::new();
        };
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
        let spans = week.days.iter().flat_map(|day| day.spans.iter().map(move |span| (day.date, span)));
        let open = spans.filter(|(_, span)| span.kind == Kind::Open).map(|(date, span)| {
            // schema.org writes the end of the day so
            let closes = if span.to == 24 * 60 { "23:59".to_owned() } else { clock(span.to) };
            json!({ "@type": "OpeningHoursSpecification", "opens": clock(span.from), "closes": closes,
                    "validFrom": date.to_string(), "validThrough": date.to_string() })
        });
        open.collect()
    }
}
