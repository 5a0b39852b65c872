//! What people write into scenarios, checked: it is shown to others, and printed on paper.

use super::super::problem::{Problem, Wrong};
use super::super::what_if::WhatIf;
use crate::text::{Words, has_control};

/// The longest name, in characters.
const NAME_MAX_CHARS: usize = 80;
/// The longest note, in characters.
const NOTE_MAX_CHARS: usize = 2000;
/// The longest opening hours, in characters; those that are in use are far shorter.
const HOURS_MAX_CHARS: usize = 500;
/// The longest id of a siting job.
const JOB_MAX_CHARS: usize = 64;
/// How much of a wrong text is repeated, in characters.
const FOUND_MAX_CHARS: usize = 60;

/// Checks texts one after another; all that are wrong are told at once.
#[derive(Debug, Default)]
pub struct Texts {
    wrong: Vec<Wrong>,
}

impl Texts {
    /// A name of one line, without spaces at its ends.
    pub fn name(&mut self, field: &str, text: &str) -> String {
        let name = text.trim();
        let length = name.chars().count();
        if length == 0 || length > NAME_MAX_CHARS || has_control(name) || name.chars().any(char::is_control) {
            let zh = format!("1 到 {NAME_MAX_CHARS} 个字，不含控制字符");
            let en = format!("1 to {NAME_MAX_CHARS} characters, no control characters");
            self.refuse(field, name, Words::new(zh, en));
        }
        name.to_owned()
    }

    /// A text of some lines.
    pub fn note(&mut self, text: &str) -> String {
        let note = text.trim();
        if note.chars().count() > NOTE_MAX_CHARS || has_control(note) {
            let zh = format!("最多 {NOTE_MAX_CHARS} 个字，不含控制字符");
            let en = format!("at most {NOTE_MAX_CHARS} characters, no control characters");
            self.refuse("note", note, Words::new(zh, en));
        }
        note.to_owned()
    }

    /// The id of a siting job.
    pub fn job(&mut self, id: Option<String>) -> Option<String> {
        let id = id?;
        let fine = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if id.is_empty() || id.len() > JOB_MAX_CHARS || !id.chars().all(fine) {
            self.refuse("siting", &id, Words::fixed("选址任务的编号", "the id of a siting job"));
        }
        Some(id)
    }

    /// Names and hours within a plan. An empty name is as good as none.
    pub fn plan(&mut self, plan: &mut WhatIf) {
        for (place, site) in plan.add.iter_mut().enumerate() {
            site.name = site.name.take().filter(|name| !name.trim().is_empty());
            if let Some(name) = &mut site.name {
                *name = self.name(&format!("plan.add[{place}].name"), name);
            }
            if let Some(hours) = &site.opening_hours {
                self.hours(&format!("plan.add[{place}].opening_hours"), hours);
            }
        }
        for (place, site) in plan.hours.iter().enumerate() {
            self.hours(&format!("plan.hours[{place}].opening_hours"), &site.opening_hours);
        }
    }

    fn hours(&mut self, field: &str, hours: &str) {
        if hours.chars().count() > HOURS_MAX_CHARS || hours.chars().any(char::is_control) {
            let zh = format!("开放时间，最多 {HOURS_MAX_CHARS} 个字，如 Mo-Su 09:00-17:00");
            let en = format!("opening hours of at most {HOURS_MAX_CHARS} characters, such as Mo-Su 09:00-17:00");
            self.refuse(field, hours, Words::new(zh, en));
        }
    }

    /// Notes a text that is wrong.
    pub fn refuse(&mut self, field: &str, found: &str, wanted: Words) {
        let found = found.chars().filter(|c| !c.is_control()).take(FOUND_MAX_CHARS).collect();
        self.wrong.push(Wrong { field: field.to_owned(), found, wanted });
    }

    /// Fails with all that is wrong.
    pub fn done(self) -> Result<(), Problem> {
        if self.wrong.is_empty() { Ok(()) } else { Err(Problem::Parameters(self.wrong)) }
    }
}
