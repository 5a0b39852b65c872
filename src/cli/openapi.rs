//! `yimi openapi`: the document that `/api/openapi.json` serves.

use super::CliError;
use crate::http::document;
use std::process::ExitCode;

pub(super) fn run() -> Result<ExitCode, CliError> {
    super::print_json(document().trim_end().as_bytes())
}
