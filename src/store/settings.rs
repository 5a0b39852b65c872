//! Rows of `setting`: facts about this database itself.

use super::{Store, StoreError};

impl Store {
    /// A number that tells this database from any other, made when it is first asked for.
    pub async fn identity(&self) -> Result<String, StoreError> {
        sqlx::query("insert into setting (name, value) values ('identity', $1) on conflict (name) do nothing")
            .bind(fresh_identity())
            .execute(&self.write)
            .await?;
        Ok(sqlx::query_scalar("select value from setting where name = 'identity'").fetch_one(&self.read).await?)
    }
}

/// Two random numbers from the standard library's hash keys, which the system's randomness seeds.
fn fresh_identity() -> String {
    use std::hash::{BuildHasher, RandomState};
    format!("{:016x}{:016x}", RandomState::new().hash_one(0_u8), RandomState::new().hash_one(1_u8))
}
