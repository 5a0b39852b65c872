//! A phrase in Chinese and in English, the two languages that Yimi speaks, in that order.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// One phrase in both languages. English may be missing in what counties write themselves; then the Chinese stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Chinese.
    #[schema(value_type = String)]
    pub zh: Cow<'static, str>,
    /// English.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    #[schema(value_type = Option<String>)]
    pub en: Cow<'static, str>,
}

impl Words {
    /// A phrase known when the program was written.
    #[must_use]
    pub const fn fixed(zh: &'static str, en: &'static str) -> Self {
        Self { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }

    /// A phrase made at run time.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: Cow::Owned(zh.into()), en: Cow::Owned(en.into()) }
    }
}

/// Both languages in one line, as the command line prints them.
impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.en.is_empty() { f.write_str(&self.zh) } else { write!(f, "{} | {}", self.zh, self.en) }
    }
}
