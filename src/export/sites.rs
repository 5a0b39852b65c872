//! Public sites as GeoJSON or CSV, row by row.

use super::cells::{BYTE_ORDER_MARK, line};
use crate::clock;
use crate::site::{Attributes, Catalogue, Visibility};
use crate::store::{SiteRow, Store, StoreError};
use clap::ValueEnum;
use serde_json::json;
use std::io::Write;
use std::ops::ControlFlow;
use std::str::FromStr;

/// The file formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// RFC 7946.
    Geojson,
    /// Comma-separated, UTF-8 with a byte-order mark, so that Excel reads Chinese.
    Csv,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        ValueEnum::from_str(name, false)
    }
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Writing failed.
    #[error("writing failed: {0}")]
    Write(#[from] std::io::Error),
}

/// Writes all public sites that are shown today, by number. Returns how many.
pub async fn export_sites(
    store: &Store,
    catalogue: &Catalogue,
    format: Format,
    to: &mut (impl Write + Send),
) -> Result<u64, ExportError> {
    let mut writer = Writer { catalogue, format, to, written: 0 };
    writer.head()?;
    let mut failed = None;
    if let Some((_, last)) = store.site_id_range().await? {
        let today = clock::today().to_string();
        let each = |row: &SiteRow| {
            if !row.is_shown_on(&today) {
                return ControlFlow::Continue(());
            }
            failed = writer.row(row).err();
            if failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        // public sites count up from 1
        store.each_site(1, last, each).await?;
    }
    if let Some(failed) = failed {
        return Err(failed.into());
    }
    writer.foot()?;
    Ok(writer.written)
}

struct Writer<'a, W> {
    catalogue: &'a Catalogue,
    format: Format,
    to: &'a mut W,
    written: u64,
}

impl<W: Write> Writer<'_, W> {
    fn head(&mut self) -> std::io::Result<()> {
        match self.format {
            Format::Geojson => self.to.write_all(b"{\"type\":\"FeatureCollection\",\"features\":["),
            Format::Csv => {
                self.to.write_all(BYTE_ORDER_MARK.as_bytes())?;
                let fixed = ["kind", "name", "lon", "lat", "crs", "source", "source_key"].map(str::to_owned);
                self.record(fixed.into_iter().chain(self.catalogue.attributes().iter().map(|a| a.id.clone())))
            }
        }
    }

    fn row(&mut self, row: &SiteRow) -> std::io::Result<()> {
        let public = self
            .catalogue
            .kind_index(&row.kind)
            .is_some_and(|k| self.catalogue.kind(k).visibility == Visibility::Public);
        if !public {
            return Ok(());
        }
        match self.format {
            Format::Geojson => self.feature(row)?,
            Format::Csv => self.line(row)?,
        }
        self.written += 1;
        Ok(())
    }

    fn feature(&mut self, row: &SiteRow) -> std::io::Result<()> {
        let mut properties = json!({
            "id": row.id, "kind": row.kind, "name": row.name, "source": row.source, "source_key": row.source_key,
        });
        if let Some(properties) = properties.as_object_mut() {
            properties.extend(Attributes::from_json(self.catalogue, &row.attributes).unwrap_or_default().told());
        }
        let feature = json!({
            "type": "Feature", "id": row.id, "properties": properties,
            "geometry": { "type": "Point", "coordinates": [row.lon, row.lat] },
        });
        self.to.write_all(if self.written == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *self.to, &feature).map_err(Into::into)
    }

    fn line(&mut self, row: &SiteRow) -> std::io::Result<()> {
        let told = Attributes::from_json(self.catalogue, &row.attributes).unwrap_or_default().told();
        let fixed =
            [&row.kind, &row.name, &row.lon.to_string(), &row.lat.to_string(), "wgs84", &row.source, &row.source_key]
                .map(str::to_owned);
        let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let values = self.catalogue.attributes().iter().map(|a| told.get(&a.id).map(text).unwrap_or_default());
        let values: Vec<String> = values.collect();
        self.record(fixed.into_iter().chain(values))
    }

    fn record(&mut self, cells: impl Iterator<Item = String>) -> std::io::Result<()> {
        self.to.write_all(&line(cells)?)
    }

    fn foot(&mut self) -> std::io::Result<()> {
        if self.format == Format::Geojson {
            self.to.write_all(b"\n]}\n")?;
        }
        self.to.flush()
    }
}
