//! What a reviewer makes public.

use super::save::{photo_ids, same_sight};
use super::{MOST_PHOTOS, RegistrationError, SOURCE, before_decision, come_to, put, unit_key};
use crate::auth::Person;
use crate::clock;
use crate::registry::sites::logged;
use crate::site::{Catalogue, Visibility};
use crate::store::{Change, Intent, NewRevision, RegistrationRow, SiteRow, State, Store, StoreError};
use crate::text::Words;
use serde_json::{Map, Value};

/// Publishes a submitted registration, which must stand at `version`. With it comes the site as the public sees it from now
/// on.
pub async fn publish(
    store: &Store,
    catalogue: &Catalogue,
    who: &Person,
    (id, version): (&str, i64),
    note: &str,
) -> Result<RegistrationRow, RegistrationError> {
    let mut change = store.change().await?;
    let before = before_decision(&mut change, who, id, version).await?;
    let row = make_public(&mut change, catalogue, who, &before, note).await?;
    change.commit().await?;
    Ok(row)
}

/// Lays a submitted registration over a site that is there already: what the registration says more is added, the site's name,
/// place and unit stay, and whatever both say. It must stand at `seen`. When the registration was about another site, that
/// one closes.
pub async fn merge(
    store: &Store,
    who: &Person,
    (id, version): (&str, i64),
    (into, seen): (i64, i64),
) -> Result<RegistrationRow, RegistrationError> {
    let mut change = store.change().await?;
    let before = before_decision(&mut change, who, id, version).await?;
    let wrong =
        |zh, en| RegistrationError::Wrong { field: "into", found: into.to_string(), wanted: Words::fixed(zh, en) };
    let kept = change.site(into).await?.ok_or(RegistrationError::NoSite)?;
    if before.site == Some(into) {
        return Err(wrong("另一个场所", "another site than its own"));
    }
    if kept.kind != before.kind {
        return Err(wrong("同一类别的场所", "a site of the same kind"));
    }
    if kept.version != seen {
        return Err(RegistrationError::SiteMoved { yours: Box::new(before), site: Box::new(kept) });
    }
    let now = clock::now_rfc3339();
    let mut site = kept.clone();
    site.attributes = laid_over(&before.attributes, &kept.attributes)?;
    site.photos = together(&kept.photos, &before.photos)?;
    site.unit = site.unit.or_else(|| before.unit.clone());
    write_site(&mut change, who, "merged with a duplicate", Some(&kept), &mut site, &now).await?;
    if let Some(other) = before.site {
        let double = change.site(other).await?.ok_or(RegistrationError::NoSite)?;
        let mut closed = SiteRow { closed: Some(clock::today().to_string()), ..double.clone() };
        let why = format!("merged into {into}");
        write_site(&mut change, who, &why, Some(&double), &mut closed, &now).await?;
    }
    let mut row = come_to(&before, State::Published, &now);
    (row.change, row.site, row.base) = (Intent::Amend, Some(into), Some(kept.version));
    row.decided = Some(now);
    put(&mut change, &who.account, ("merged", &format!("merged into {into}")), Some(&before), &row).await?;
    change.commit().await?;
    Ok(row)
}

/// Writes the site that a registration makes, and that it is published.
pub(super) async fn make_public(
    change: &mut Change,
    catalogue: &Catalogue,
    who: &Person,
    before: &RegistrationRow,
    note: &str,
) -> Result<RegistrationRow, RegistrationError> {
    let now = clock::now_rfc3339();
    let why = if note.is_empty() { "published" } else { note };
    let kept = match before.site {
        Some(id) => Some(change.site(id).await?.ok_or(RegistrationError::NoSite)?),
        None => None,
    };
    // closing does not depend on what else is known of a site
    if let Some(site) = kept.as_ref().filter(|site| before.change == Intent::Amend && Some(site.version) != before.base)
    {
        let (yours, site) = (Box::new(before.clone()), Box::new(site.clone()));
        return Err(RegistrationError::SiteMoved { yours, site });
    }
    let mut site = match (&kept, before.change) {
        (Some(site), Intent::Close) => {
            let day = before.closed_on.clone().unwrap_or_else(|| clock::today().to_string());
            SiteRow { closed: Some(day), ..site.clone() }
        }
        (kept, _) => {
            same_sight(catalogue, &before.kind, kept.as_ref())?;
            said(change, catalogue, before, kept.as_ref()).await?
        }
    };
    write_site(change, who, why, kept.as_ref(), &mut site, &now).await?;
    let mut row = come_to(before, State::Published, &now);
    row.site = Some(site.id);
    row.decided = Some(now);
    put(change, &who.account, ("published", why), Some(before), &row).await?;
    Ok(row)
}

/// The site as a registration says it, in the place of the one that there is.
async fn said(
    change: &mut Change,
    catalogue: &Catalogue,
    row: &RegistrationRow,
    kept: Option<&SiteRow>,
) -> Result<SiteRow, RegistrationError> {
    let (Some(lon), Some(lat)) = (row.lon, row.lat) else {
        return Err(RegistrationError::Incomplete(vec!["lon", "lat"]));
    };
    let hidden = catalogue.kind_index(&row.kind).map(|kind| catalogue.kind(kind).visibility == Visibility::Aggregate);
    let id = match kept {
        Some(site) => site.id,
        None => next_id(change, hidden == Some(true)).await?,
    };
    let closed = match kept {
        Some(site) if !row.reopens => site.closed.clone(),
        _ => row.closed_on.clone(),
    };
    Ok(SiteRow {
        id,
        kind: row.kind.clone(),
        name: row.name.clone(),
        lon,
        lat,
        attributes: row.attributes.clone(),
        source: kept.map_or_else(|| SOURCE.to_owned(), |site| site.source.clone()),
        source_key: match kept {
            Some(site) => site.source_key.clone(),
            None => new_key(change, row).await?,
        },
        version: kept.map_or(0, |site| site.version),
        updated: kept.map_or_else(String::new, |site| site.updated.clone()),
        // a reviewer may hand a site on to another unit; members only ever say their own
        unit: row.unit.clone().or_else(|| kept.and_then(|site| site.unit.clone())),
        closed,
        photos: row.photos.clone(),
    })
}

/// By what a new site is known again: its unit's number for it, if no other site has that, or else its registration.
async fn new_key(change: &mut Change, row: &RegistrationRow) -> Result<String, StoreError> {
    if let (Some(unit), Some(number)) = (&row.unit, &row.number) {
        let key = unit_key(unit, &row.kind, number);
        if !change.has_site_key(SOURCE, &key).await? {
            return Ok(key);
        }
    }
    Ok(row.id.clone())
}

/// Public numbers count up from 1, those of homes down from −1.
async fn next_id(change: &mut Change, hidden: bool) -> Result<i64, StoreError> {
    let (least, most) = change.site_id_ends().await?;
    Ok(if hidden { least - 1 } else { most + 1 })
}

/// Writes a site and its line; one that is as it was is left alone.
async fn write_site(
    change: &mut Change,
    who: &Person,
    why: &str,
    before: Option<&SiteRow>,
    site: &mut SiteRow,
    now: &str,
) -> Result<(), StoreError> {
    if before == Some(site) {
        return Ok(());
    }
    site.version += 1;
    now.clone_into(&mut site.updated);
    change.put_sites(std::slice::from_ref(site)).await?;
    let line = NewRevision {
        noun: "site",
        noun_id: site.id.to_string(),
        action: if before.is_some() { "amended" } else { "created" },
        before: before.map(logged),
        after: logged(site),
    };
    change.log(now, &who.account, why, &[line]).await
}

/// One object's members over another's.
fn laid_over(below: &str, above: &str) -> Result<String, serde_json::Error> {
    let mut all: Map<String, Value> = serde_json::from_str(below)?;
    all.extend(serde_json::from_str::<Map<String, Value>>(above)?);
    Ok(Value::Object(all).to_string())
}

/// Two lists of photos as one, each once, as many as a site has room for.
fn together(first: &str, second: &str) -> Result<String, serde_json::Error> {
    let mut all: Vec<Value> = serde_json::from_str(first)?;
    let known = photo_ids(first);
    let more: Vec<Value> = serde_json::from_str(second)?;
    all.extend(more.into_iter().filter(|photo| !known.iter().any(|id| photo["id"] == **id)));
    all.truncate(MOST_PHOTOS);
    Ok(Value::Array(all).to_string())
}
