//! Whether a place is open, and its week as a table, in words.

use super::html::Html;
use super::{Language, Page};
use crate::site::hours::{Change, DayRow, DaySpan, Kind, State, Unsure, Week};
use chrono::{NaiveDateTime, Weekday};

const DAYS: [[&str; 2]; 7] = [
    ["周一", "Monday"],
    ["周二", "Tuesday"],
    ["周三", "Wednesday"],
    ["周四", "Thursday"],
    ["周五", "Friday"],
    ["周六", "Saturday"],
    ["周日", "Sunday"],
];

impl Page<'_> {
    pub(super) fn write_hours(&self, html: &mut Html) {
        let language = self.language;
        html.raw("<section>").element("h2", self.hours_heading());
        let calendar = &self.now.rules().calendar;
        match self.now.hours_of(self.held) {
            None => {
                html.element("p", language.pick("开放时间未登记。", "Nobody has told them yet."));
            }
            Some(hours) => {
                let state = self.state(&hours.state(self.at, calendar));
                let at = self.at.format("%Y-%m-%d %H:%M");
                html.raw("<p class=\"state\">")
                    .text(&state)
                    .raw(" <small>")
                    .text(&format!("({at})"))
                    .raw("</small></p>");
                match hours.week(self.at.date(), calendar) {
                    Some(week) => self.write_week(html, &week),
                    None => {
                        html.raw("<p>")
                            .text(language.pick("原文：", "As written: "))
                            .element("q", hours.written())
                            .raw("</p>");
                    }
                }
            }
        }
        html.raw("</section>");
    }

    /// Posts have hours of duty.
    fn hours_heading(&self) -> &str {
        let catalogue = self.now.catalogue();
        let duty = catalogue.attribute("duty_hours").filter(|index| self.held.site.attributes.get(*index).is_some());
        duty.map_or(self.language.pick("开放时间", "Opening hours"), |index| {
            self.language.of(&catalogue.attributes()[usize::from(index)].name)
        })
    }

    fn state(&self, state: &State) -> String {
        let zh = self.language == Language::Chinese;
        let (mut said, comment) = match state {
            State::Open { until, comment, .. } => (
                match until {
                    None if zh => "开放中".to_owned(),
                    None => "Open".to_owned(),
                    Some(change) if zh && change.sure => format!("开放中，{} 关门", self.when(*change)),
                    Some(change) if zh => format!("开放中，至少到 {}", self.when(*change)),
                    Some(change) if change.sure => format!("Open until {}", self.when(*change)),
                    Some(change) => format!("Open, at least until {}", self.when(*change)),
                },
                comment,
            ),
            State::Closed { opens, comment } => (
                match opens {
                    None if zh => "近两周不开放".to_owned(),
                    None => "Closed for the next two weeks".to_owned(),
                    Some(change) if zh && change.sure => format!("不开放，{} 开门", self.when(*change)),
                    Some(change) if zh => format!("不开放，{} 起可能开放", self.when(*change)),
                    Some(change) if change.sure => format!("Closed, opens {}", self.when(*change)),
                    Some(change) => format!("Closed, perhaps open from {}", self.when(*change)),
                },
                comment,
            ),
            State::Unknown { why, comment, .. } => (unsure(*why, self.language).to_owned(), comment),
        };
        if let Some(comment) = comment {
            said.push_str(if zh { "：" } else { ": " });
            said.push_str(comment);
        }
        said
    }

    /// `17:00` today, else with the weekday or the date.
    fn when(&self, change: Change) -> String {
        let (date, time) = (change.at.date(), change.at.format("%H:%M"));
        match (date - self.at.date()).num_days() {
            0 => time.to_string(),
            1..7 => format!("{} {time}", self.day(weekday(change.at))),
            _ => format!("{date} {time}"),
        }
    }

    fn day(&self, weekday: Weekday) -> &'static str {
        DAYS[weekday.num_days_from_monday() as usize][usize::from(self.language == Language::English)]
    }

    fn write_week(&self, html: &mut Html, week: &Week<'_>) {
        html.raw("<table><tbody>");
        for day in &week.days {
            html.raw("<tr><th scope=\"row\">").text(self.day(day.weekday)).raw(" <small>");
            html.text(&day.date.format("%m-%d").to_string()).raw("</small></th><td>");
            let times: Vec<String> = day.spans.iter().map(|span| self.span(span)).collect();
            match (times.is_empty(), &day.closed_comment) {
                (false, _) => html.text(&times.join(self.language.pick("、", ", "))),
                (true, Some(comment)) => html.text(comment),
                (true, None) => html.text(self.language.pick("休息", "closed")),
            };
            html.raw("</td><td>").text(&self.notes(day, week)).raw("</td></tr>");
        }
        html.raw("</tbody></table>");
    }

    fn span(&self, span: &DaySpan) -> String {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let end = match span.to {
            0..=1440 => clock(span.to),
            later => format!("{}{}", self.language.pick("次日 ", "next day "), clock(later - 1440)),
        };
        let mut said = match (span.from, span.to) {
            (0, 1440) => self.language.pick("全天", "all day").to_owned(),
            _ => format!("{}–{end}", clock(span.from)),
        };
        if span.kind != Kind::Open {
            said.push_str(self.language.pick("（不确定）", " (not sure)"));
        }
        if let Some(comment) = &span.comment {
            said.extend([" ", comment]);
        }
        said
    }

    fn notes(&self, day: &DayRow<'_>, week: &Week<'_>) -> String {
        let language = self.language;
        let mut notes: Vec<String> = Vec::new();
        if let Some(holiday) = day.notes.holiday {
            let unsaid = language.pick("，可能另有安排", "; hours may differ");
            notes.push(format!("{}{}", language.of(holiday), if week.names_public_holidays { "" } else { unsaid }));
        }
        if let Some(weekday) = day.notes.worked_as {
            notes.push(format!("{}{}", language.pick("调休上班，按", "worked as "), self.day(weekday)));
        }
        if let Some(school) = day.notes.school.filter(|_| week.names_school_holidays) {
            let perhaps = language.pick("，日期待确认", ", dates to be confirmed");
            notes.push(format!("{}{}", language.of(school), if day.notes.school_known { "" } else { perhaps }));
        }
        notes.join(language.pick("；", "; "))
    }
}

fn weekday(at: NaiveDateTime) -> Weekday {
    chrono::Datelike::weekday(&at)
}

fn unsure(why: Unsure, language: Language) -> &'static str {
    match why {
        Unsure::Unreadable => language.pick("开放时间的写法读不懂", "The hours can't be read"),
        Unsure::Said => language.pick("是否开放不确定，请先询问", "It is not sure whether it is open; ask first"),
        Unsure::OpenEnd => language.pick("已开门，关门时间未写明", "Open, with no fixed closing time"),
        Unsure::PublicHolidays => language
            .pick("放假安排尚未公布，是否开放不确定", "Holidays are not announced yet; not sure whether it is open"),
        Unsure::SchoolHolidays => language
            .pick("寒暑假日期待确认，是否开放不确定", "School holidays are not confirmed; not sure whether it is open"),
        Unsure::WorkedDay => {
            language.pick("调休上班日，是否开放不确定", "A working weekend; not sure whether it is open")
        }
        Unsure::Sun => language.pick("随日出日落，时间不确定", "Follows the sun; not sure"),
    }
}
