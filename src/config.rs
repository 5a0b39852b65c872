//! Settings as plain values, and the data files that everything is read by.
//!
//! A data file is taken from the data folder (`--data`, `YIMI_DATA`, default `data`) when it is there, else from the copy
//! inside the binary, so that the binary alone is a whole Yimi and a county's own file needs no recompiling.

use crate::auth::password::CommonPasswords;
use crate::geo::Datum;
use crate::network::Profiles;
use crate::site::Catalogue;
use crate::site::hours::Calendar;
use crate::snapshot::Rules;
use crate::store::sha256;
use crate::targets::Plan;
use crate::text::{DataFileError, Readings};
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// The data files inside the binary.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/data"]
#[include = "*.toml"]
#[include = "passwords.txt"]
#[include = "donge/*.geojson"]
#[include = "donge/*.csv"]
#[include = "donge/*.osm.pbf"]
struct BuiltIn;

/// An online base map.
#[derive(Debug, Clone, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct BaseMap {
    /// Tile address with `{z}`, `{x}` and `{y}`.
    pub url: String,
    /// A second layer of labels over it.
    pub labels: Option<String>,
    /// The datum of its tiles.
    #[schema(value_type = String)]
    pub datum: Datum,
    /// Whose it is; shown on the map.
    pub attribution: String,
    /// The deepest zoom that has tiles.
    pub max_zoom: u8,
    /// Hosts that pictures may come from, for the content security policy.
    #[serde(skip)]
    pub hosts: Vec<String>,
}

/// The approval under which a public map shows administrative outlines.
#[derive(Debug, Clone, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct MapApproval {
    /// 审图号.
    pub number: String,
    /// The year of issue.
    pub year: Option<String>,
    /// Whose map it is.
    pub copyright: Option<String>,
}

/// A setting that is not understood.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// The base map.
    #[error(
        "YIMI_BASEMAP \"{found}\": wanted none, osm, tianditu:KEY or an https address with {{z}}, {{x}} and {{y}} ({reason})"
    )]
    BaseMap {
        /// As given, without a key.
        found: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The base map's datum.
    #[error("YIMI_BASEMAP_DATUM \"{0}\": wanted wgs84, gcj02, bd09 or cgcs2000")]
    Datum(String),
}

impl BaseMap {
    /// Reads the setting: nothing or `none`, `osm`, `tianditu:KEY`, or a tile address with its datum.
    pub fn parse(setting: &str, datum: Option<&str>) -> Result<Option<Self>, SettingError> {
        let datum = match datum.filter(|d| !d.is_empty()) {
            None => None,
            Some(name) => Some(Datum::from_name(name).ok_or_else(|| SettingError::Datum(name.to_owned()))?),
        };
        if let Some(key) = setting.strip_prefix("tianditu:") {
            return Self::tianditu(key).map(Some);
        }
        Ok(match setting {
            "" | "none" => None,
            "osm" => Some(Self {
                url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png".to_owned(),
                labels: None,
                datum: Datum::Wgs84,
                attribution: "© OpenStreetMap contributors".to_owned(),
                max_zoom: 19,
                hosts: vec!["https://tile.openstreetmap.org".to_owned()],
            }),
            url => Some(Self {
                hosts: vec![host(url)?],
                url: url.to_owned(),
                labels: None,
                datum: datum.unwrap_or(Datum::Wgs84),
                attribution: String::new(),
                max_zoom: 18,
            }),
        })
    }

    /// The national map service: CGCS2000, pictures and labels apart, a key of the county's own.
    fn tianditu(key: &str) -> Result<Self, SettingError> {
        if key.is_empty() || !key.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(SettingError::BaseMap {
                found: "tianditu:…".to_owned(),
                reason: "the key is letters and digits",
            });
        }
        let layer = |name: &str| {
            format!(
                "https://t0.tianditu.gov.cn/{name}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={name}\
                 &STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
            )
        };
        Ok(Self {
            url: layer("vec"),
            labels: Some(layer("cva")),
            datum: Datum::Cgcs2000,
            attribution: "© 天地图 Tianditu".to_owned(),
            max_zoom: 18,
            hosts: vec!["https://t0.tianditu.gov.cn".to_owned()],
        })
    }
}

/// The origin of a tile address, as a content security policy names it.
fn host(url: &str) -> Result<String, SettingError> {
    let wrong = |reason| SettingError::BaseMap { found: url.to_owned(), reason };
    if !["{z}", "{x}", "{y}"].iter().all(|part| url.contains(part)) {
        return Err(wrong("{z}, {x} or {y} is missing"));
    }
    let (scheme, rest) =
        url.split_once("://").filter(|(s, _)| matches!(*s, "https" | "http")).ok_or_else(|| wrong("no https://"))?;
    let host = rest.split('/').next().unwrap_or_default().replacen("{s}.", "*.", 1);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    if host.is_empty() || !host.strip_prefix("*.").unwrap_or(&host).chars().all(plain) {
        return Err(wrong("the host is not plain; {s} may only stand as its first part"));
    }
    Ok(format!("{scheme}://{host}"))
}

/// Reads catalogue, targets, profiles, calendar and readings; the first mistake is told with file, line and reason.
pub fn rules(folder: &Path) -> Result<Rules, DataFileError> {
    let mut mark = DefaultHasher::new();
    let (file, text) = read(folder, "catalogue.toml")?;
    text.hash(&mut mark);
    let mut figures = text.clone();
    let catalogue = Catalogue::parse(&file, &text)?;
    let (file, text) = read(folder, "targets.toml")?;
    text.hash(&mut mark);
    let plan = Plan::parse(&file, &text, &catalogue)?;
    let (file, text) = read(folder, "profiles.toml")?;
    text.hash(&mut mark);
    figures.push_str(&text);
    let profiles = Profiles::parse(&file, &text)?;
    let (file, text) = read(folder, "calendar.toml")?;
    text.hash(&mut mark);
    let calendar = Calendar::parse(&file, &text)?;
    let calendar_mark = sha256(text.as_bytes());
    let (file, text) = read(folder, "readings.toml")?;
    text.hash(&mut mark);
    let pairs: BTreeMap<String, String> = toml::from_str(&text).map_err(|e| DataFileError::toml(&file, &text, &e))?;
    let (usual, names): (Vec<_>, Vec<_>) = pairs.iter().partition(|(name, _)| *name == "usual");
    let readings = Readings::with_overrides(names.iter().map(|(name, reading)| (name.as_str(), reading.as_str())))
        .usual_only(usual.first().map_or("", |(_, characters)| characters));
    let (_, text) = read(folder, "passwords.txt")?;
    let passwords = CommonPasswords::parse(&text);
    let figures_mark = sha256(figures.as_bytes());
    let mark = mark.finish();
    Ok(Rules { mark, figures_mark, calendar_mark, catalogue, plan, profiles, calendar, readings, passwords })
}

/// A text file of the data folder, or the copy inside the binary, with the path to name in messages.
fn read(folder: &Path, name: &str) -> Result<(PathBuf, String), DataFileError> {
    let file = folder.join(name);
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok((file, text)),
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => {
            let text = built_in(name).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            text.map(|text| (PathBuf::from(format!("built-in {name}")), text))
                .ok_or(DataFileError::Unreadable { file, source })
        }
        Err(source) => Err(DataFileError::Unreadable { file, source }),
    }
}

/// A data file inside the binary, by its path below `data/`.
#[must_use]
pub fn built_in(name: &str) -> Option<Cow<'static, [u8]>> {
    BuiltIn::get(name).map(|file| file.data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_maps_are_understood_or_refused_with_the_reason() {
        let parse = |setting: &str, datum| BaseMap::parse(setting, datum);
        assert_eq!(parse("none", None).expect("none"), None);
        let tianditu = parse("tianditu:abc123", None).expect("right").expect("a map");
        assert!(tianditu.url.contains("TILEROW={y}&TILECOL={x}") && tianditu.labels.is_some());
        let own = parse("https://{s}.tiles.example/{z}/{x}/{y}.png", Some("GCJ-02")).expect("right").expect("a map");
        assert_eq!((own.datum, own.hosts[0].as_str()), (Datum::Gcj02, "https://*.tiles.example"));
        for wrong in
            ["google", "https://x.example/{z}/{x}.png", "ftp://x/{z}/{x}/{y}", "https://a;b/{z}/{x}/{y}", "tianditu:"]
        {
            assert!(parse(wrong, None).is_err(), "{wrong}");
        }
        assert!(parse("https://x.example/{z}/{x}/{y}", Some("beijing54")).is_err());
    }

    #[test]
    fn without_a_folder_the_files_inside_the_binary_serve() {
        let rules = rules(Path::new("/nowhere/at/all")).expect("built in");
        assert!(rules.catalogue.kind_index("hope_cabin").is_some() && !rules.plan.targets.is_empty());
    }
}
