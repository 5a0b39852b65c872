//! What a unit does: saves, amends, submits and withdraws.

use super::{MOST_PHOTOS, RegistrationError, come_to, may_touch, opened, put};
use crate::auth::{Action, Person};
use crate::chance::token;
use crate::clock;
use crate::registry::sites::NO_PHOTOS;
use crate::site::{Catalogue, Visibility};
use crate::store::{Change, Intent, RegistrationRow, SiteRow, State, Store};
use crate::text::Words;
use serde::Deserialize;
use serde_json::json;

/// What a registration says, each part of it read and right; parts may be missing as long as it is a draft.
#[derive(Debug, Clone)]
pub struct Filled {
    /// What it is to do.
    pub change: Intent,
    /// The site that is amended or closed.
    pub site: Option<i64>,
    /// The site's version that was seen. An amendment needs it: without it one that was begun before another was published
    /// would undo that.
    pub base: Option<i64>,
    /// Whose it is to be; usually the unit of whoever registers.
    pub unit: Option<String>,
    /// The kind's id.
    pub kind: String,
    /// Perhaps empty.
    pub name: String,
    /// As [`crate::geo::LonLat::to_store`] gives it.
    pub at: Option<[f64; 2]>,
    /// The code of the town that it lies in.
    pub area: Option<String>,
    /// JSON object.
    pub attributes: String,
    /// Their ids.
    pub photos: Vec<String>,
    /// The day on which it closes.
    pub closed_on: Option<String>,
    /// What the unit's own list calls it; nothing leaves it as it is.
    pub number: Option<String>,
    /// For the reviewer.
    pub note: String,
}

/// Keeps a new registration, as a draft or submitted. What the same person sent under the same key before is answered with
/// what there is; whether it is a new one stands beside it.
pub async fn save(
    store: &Store,
    catalogue: &Catalogue,
    who: &Person,
    filled: Filled,
    submit: bool,
    key: Option<&str>,
) -> Result<(RegistrationRow, bool), RegistrationError> {
    let mut change = store.change().await?;
    let (row, is_new) = save_in(&mut change, catalogue, who, filled, submit, key).await?;
    if is_new {
        change.commit().await?;
    }
    Ok((row, is_new))
}

/// The same as a part of a larger change: a spreadsheet's rows are registered together.
pub async fn save_in(
    change: &mut Change,
    catalogue: &Catalogue,
    who: &Person,
    filled: Filled,
    submit: bool,
    key: Option<&str>,
) -> Result<(RegistrationRow, bool), RegistrationError> {
    if let Some(key) = key
        && let Some(known) = change.registration_sent(&who.account, key).await?
    {
        return Ok((known, false));
    }
    let now = clock::now_rfc3339();
    let blank = RegistrationRow {
        id: token()?,
        version: 1,
        state: if submit { State::Submitted } else { State::Draft },
        change: filled.change,
        site: filled.site,
        base: None,
        unit: None,
        author: who.account.clone(),
        author_name: who.name.clone(),
        kind: String::new(),
        name: String::new(),
        lon: None,
        lat: None,
        area: None,
        attributes: "{}".to_owned(),
        photos: NO_PHOTOS.to_owned(),
        closed_on: None,
        reopens: false,
        note: String::new(),
        reason: String::new(),
        sent_as: key.map(str::to_owned),
        number: None,
        task: None,
        created: now.clone(),
        saved: now.clone(),
        since: now.clone(),
        submitted: submit.then(|| now.clone()),
        decided: None,
    };
    let row = fill(change, catalogue, who, blank, filled).await?;
    if submit {
        complete(catalogue, &row)?;
    }
    let step = if submit { ("submitted", "registered and submitted") } else { ("created", "registered") };
    put(change, &who.account, step, None, &row).await?;
    Ok((row, true))
}

/// Saves another version of a registration that is not published, which must stand at `version`. What is as it was makes
/// no new version. What was submitted stays so; what was returned or is a draft may be submitted by the way.
pub async fn amend(
    store: &Store,
    catalogue: &Catalogue,
    who: &Person,
    (id, version): (&str, i64),
    filled: Filled,
    submit: bool,
) -> Result<RegistrationRow, RegistrationError> {
    let mut change = store.change().await?;
    let before = in_work(&mut change, who, id, version).await?;
    if (filled.change, filled.site) != (before.change, before.site) {
        let wanted = Words::fixed("与原登记相同", "the same as before");
        return Err(RegistrationError::Wrong { field: "change", found: format!("{:?}", filled.change), wanted });
    }
    let row = fill(&mut change, catalogue, who, before.clone(), filled).await?;
    let state = if submit { State::Submitted } else { row.state };
    if row == before && state == before.state {
        return Ok(row);
    }
    if state == State::Submitted {
        complete(catalogue, &row)?;
    }
    let row = come_to(&row, state, &clock::now_rfc3339());
    let step = if state == before.state { ("amended", "saved again") } else { ("submitted", "saved and submitted") };
    put(&mut change, &who.account, step, Some(&before), &row).await?;
    change.commit().await?;
    Ok(row)
}

/// Submits a draft, or again what was returned.
pub async fn submit(
    store: &Store,
    catalogue: &Catalogue,
    who: &Person,
    (id, version): (&str, i64),
) -> Result<RegistrationRow, RegistrationError> {
    let mut change = store.change().await?;
    let before = in_work(&mut change, who, id, version).await?;
    if before.state == State::Submitted {
        return Ok(before);
    }
    complete(catalogue, &before)?;
    let row = come_to(&before, State::Submitted, &clock::now_rfc3339());
    put(&mut change, &who.account, ("submitted", "submitted"), Some(&before), &row).await?;
    change.commit().await?;
    Ok(row)
}

/// Gives up a registration that is not published. It stays in the log.
pub async fn withdraw(
    store: &Store,
    who: &Person,
    (id, version): (&str, i64),
) -> Result<RegistrationRow, RegistrationError> {
    let mut change = store.change().await?;
    let before = in_work(&mut change, who, id, version).await?;
    let row = come_to(&before, State::Withdrawn, &clock::now_rfc3339());
    put(&mut change, &who.account, ("withdrawn", "withdrawn"), Some(&before), &row).await?;
    change.commit().await?;
    Ok(row)
}

/// A registration that its unit still works on, or that waits.
async fn in_work(
    change: &mut Change,
    who: &Person,
    id: &str,
    version: i64,
) -> Result<RegistrationRow, RegistrationError> {
    let row = opened(change, who, id, version).await?;
    match row.state {
        State::Draft | State::Submitted | State::Returned => Ok(row),
        State::Published | State::Withdrawn => Err(RegistrationError::Elsewhere { now: Box::new(row) }),
    }
}

/// Puts what somebody filled in into a registration, in the place of what it said.
async fn fill(
    change: &mut Change,
    catalogue: &Catalogue,
    who: &Person,
    mut row: RegistrationRow,
    filled: Filled,
) -> Result<RegistrationRow, RegistrationError> {
    let site = match (filled.change, filled.site) {
        (Intent::Create, None) => None,
        (Intent::Create, Some(site)) => {
            return Err(no_such("site", &site, "新登记不写场所编号", "none: a new site has no number yet"));
        }
        (_, None) => return Err(RegistrationError::Incomplete(vec!["site"])),
        (_, Some(id)) => Some(touched(change, who, id).await?),
    };
    let unit = unit_of(change, who, &row, site.as_ref(), filled.unit.as_deref()).await?;
    let photos = photos_of(change, who, &row, site.as_ref(), &filled.photos).await?;
    change.use_photos(&filled.photos).await?;
    row.base = base_of(&row, site.as_ref(), filled.base)?;
    row.unit = unit;
    row.number = filled.number.or(row.number);
    row.note = filled.note;
    row.closed_on = filled.closed_on;
    match site {
        // nothing but the day is up to whoever closes a site
        Some(site) if row.change == Intent::Close => {
            (row.kind, row.name, row.attributes, row.photos) = (site.kind, site.name, site.attributes, site.photos);
            (row.lon, row.lat) = (Some(site.lon), Some(site.lat));
        }
        site => {
            same_sight(catalogue, &filled.kind, site.as_ref())?;
            (row.kind, row.name, row.attributes, row.photos) = (filled.kind, filled.name, filled.attributes, photos);
            (row.lon, row.lat) = (filled.at.map(|at| at[0]), filled.at.map(|at| at[1]));
        }
    }
    row.area = filled.area;
    Ok(row)
}

/// The version of the site that a registration is made on.
fn base_of(row: &RegistrationRow, site: Option<&SiteRow>, said: Option<i64>) -> Result<Option<i64>, RegistrationError> {
    let Some(site) = site else { return Ok(None) };
    // a version that is not there yet would let it pass over what is published meanwhile
    if let Some(ahead) = said.filter(|base| !(1..=site.version).contains(base)) {
        return Err(no_such("base", &ahead, "场所已有的版本", "a version that the site has had"));
    }
    match said.or(row.base) {
        Some(base) => Ok(Some(base)),
        // closing does not depend on what else is known of a site
        None if row.change == Intent::Close => Ok(Some(site.version)),
        None => Err(RegistrationError::Incomplete(vec!["base"])),
    }
}

/// A site that somebody may register changes of. Of one that they may not even know of, nothing is told.
pub(super) async fn touched(change: &mut Change, who: &Person, id: i64) -> Result<SiteRow, RegistrationError> {
    let site = change.site(id).await?.ok_or(RegistrationError::NoSite)?;
    match may_touch(who, &site) {
        true => Ok(site),
        false if site.id < 0 => Err(RegistrationError::NoSite),
        false => Err(RegistrationError::OtherUnits),
    }
}

/// A home must not turn into a point, nor a point into a home: their numbers tell them apart.
pub(super) fn same_sight(catalogue: &Catalogue, kind: &str, site: Option<&SiteRow>) -> Result<(), RegistrationError> {
    let known = catalogue.kind_index(kind).map(|kind| catalogue.kind(kind).visibility);
    let is_right = known.is_some_and(|sight| site.is_none_or(|site| (site.id > 0) == (sight == Visibility::Public)));
    if is_right {
        return Ok(());
    }
    let wanted =
        Words::fixed("类别目录中的类别，且不改变是否公开", "a kind of the catalogue that is as public as the site's");
    Err(RegistrationError::Wrong { field: "kind", found: kind.to_owned(), wanted })
}

/// Whose a registration is. Members register for their own unit only.
async fn unit_of(
    change: &mut Change,
    who: &Person,
    row: &RegistrationRow,
    site: Option<&SiteRow>,
    said: Option<&str>,
) -> Result<Option<String>, RegistrationError> {
    let own = who.unit.as_ref().map(|unit| unit.0.as_str());
    if !who.may(Action::Review) {
        let own = own.ok_or(RegistrationError::NoUnit)?;
        return if said.is_none_or(|said| said == own) {
            Ok(Some(own.to_owned()))
        } else {
            Err(RegistrationError::OtherUnits)
        };
    }
    let of_site = site.and_then(|site| site.unit.as_deref());
    let unit = said.or(row.unit.as_deref()).or(of_site).or(own);
    if let Some(said) = said
        && !change.has_unit(said).await?
    {
        return Err(no_such("unit", said, "已登记的责任单位编号", "the id of a unit"));
    }
    Ok(unit.map(str::to_owned))
}

fn no_such(
    field: &'static str,
    found: &(impl ToString + ?Sized),
    zh: &'static str,
    en: &'static str,
) -> RegistrationError {
    RegistrationError::Wrong { field, found: found.to_string(), wanted: Words::fixed(zh, en) }
}

#[derive(Deserialize)]
struct Kept {
    id: String,
}

/// The ids in a list of photos as it is stored.
pub(super) fn photo_ids(photos: &str) -> Vec<String> {
    let kept: Vec<Kept> = serde_json::from_str(photos).unwrap_or_default();
    kept.into_iter().map(|photo| photo.id).collect()
}

/// Photos as they are stored, in the order in which they were named. They must have been sent by the same unit, or be
/// there already.
async fn photos_of(
    change: &mut Change,
    who: &Person,
    row: &RegistrationRow,
    site: Option<&SiteRow>,
    ids: &[String],
) -> Result<String, RegistrationError> {
    if ids.len() > MOST_PHOTOS {
        return Err(no_such("photos", &ids.len(), "最多 6 张照片", "at most 6 photos"));
    }
    let known = change.photos(ids).await?;
    let there = [row.photos.as_str(), site.map_or(NO_PHOTOS, |site| &site.photos)];
    let mut list = Vec::with_capacity(ids.len());
    for (place, id) in ids.iter().enumerate() {
        let own = |photo: &&crate::store::PhotoRow| {
            who.may(Action::Review)
                || photo.author == who.account
                || photo.unit.is_some() && photo.unit.as_deref() == who.unit.as_ref().map(|unit| unit.0.as_str())
                || there.iter().any(|photos| photo_ids(photos).contains(&photo.id))
        };
        let photo = known.iter().find(|photo| photo.id == *id).filter(own);
        let Some(photo) = photo.filter(|_| !ids[..place].contains(id)) else {
            return Err(no_such(
                "photos",
                id,
                "先上传的照片编号，各写一次",
                "ids of photos that were sent before, each once",
            ));
        };
        list.push(json!({ "id": photo.id, "width": photo.width, "height": photo.height }));
    }
    Ok(serde_json::Value::Array(list).to_string())
}

/// What a registration needs before somebody else looks at it.
fn complete(catalogue: &Catalogue, row: &RegistrationRow) -> Result<(), RegistrationError> {
    let mut missing = Vec::new();
    let needed = [("kind", catalogue.kind_index(&row.kind).is_some()), ("name", !row.name.is_empty())];
    missing.extend(needed.into_iter().chain([("lon", row.lon.is_some()), ("lat", row.lat.is_some())]));
    missing.retain(|(_, is_there)| !is_there);
    if missing.is_empty() {
        return Ok(());
    }
    Err(RegistrationError::Incomplete(missing.into_iter().map(|(field, _)| field).collect()))
}
