//! Photos that somebody sends before the registration that they belong to.

use crate::auth::Person;
use crate::chance::token;
use crate::clock;
use crate::store::{NewPhoto, NewRevision, PhotoRow, Store, StoreError};
use serde_json::json;

/// Photos of one person that no registration has yet.
pub const MOST_LOOSE: i64 = 60;
/// How long such a photo is kept: a draft may wait in a telephone for a season.
const LOOSE_DAYS: i64 = 120;

/// A picture as it is kept.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// JPEG.
    pub full: Vec<u8>,
    /// JPEG for lists.
    pub small: Vec<u8>,
}

/// Why a photo is not kept.
#[derive(Debug, thiserror::Error)]
pub enum PhotoNotKept {
    /// They have sent many that no registration has.
    #[error("{MOST_LOOSE} photos wait for a registration")]
    Full,
    /// The system has no random bits.
    #[error("no random bits: {0}")]
    Random(#[from] getrandom::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps a photo. Old ones that no registration ever had go by the way.
pub async fn keep(store: &Store, who: &Person, picture: Picture) -> Result<PhotoRow, PhotoNotKept> {
    let mut change = store.change().await?;
    if change.loose_photos(&who.account, &clock::ago(LOOSE_DAYS)).await? >= MOST_LOOSE {
        // what went by the way stays gone
        change.commit().await?;
        return Err(PhotoNotKept::Full);
    }
    let row = PhotoRow {
        id: token()?,
        unit: who.unit.as_ref().map(|unit| unit.0.clone()),
        author: who.account.clone(),
        width: picture.width.into(),
        height: picture.height.into(),
    };
    let line = NewRevision {
        noun: "photo",
        noun_id: row.id.clone(),
        action: "created",
        before: None,
        after: json!({ "unit": row.unit, "width": row.width, "height": row.height }).to_string(),
    };
    let made = clock::now_rfc3339();
    change.log(&made, &who.account, "sent a photo", &[line]).await?;
    change.add_photo(&NewPhoto { row: row.clone(), made, full: picture.full, small: picture.small }).await?;
    change.commit().await?;
    Ok(row)
}
