//! Spreadsheets for units: a template for each kind, and the rows that were not registered with their reasons.
//!
//! Every cell is written as text or number, never as a formula; a text that begins like one gets an apostrophe in front, which
//! reading it again takes off.

use super::cells::harmless;
use crate::site::{Catalogue, KindIndex, Type};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, Note, Workbook, Worksheet, XlsxError,
};

/// Rows of a template that have drop-downs.
const ROWS: u32 = 2000;
/// The longest list that Excel takes within a rule; longer ones stand on a sheet of their own.
const LIST_CHARS: usize = 255;
/// Yes and no as the template has them.
const YES_NO: [&str; 2] = ["是", "否"];
const DATUMS: [&str; 4] = ["WGS-84", "高德", "百度", "CGCS2000"];

/// A column of a template.
struct Column {
    heading: String,
    needed: bool,
    note: String,
    choices: Vec<String>,
    width: f64,
}

/// The template of a kind: headings with notes, drop-downs where there is a choice, and a sheet that explains each column.
/// `towns` are the names of the county's towns.
pub fn template(catalogue: &Catalogue, kind: KindIndex, towns: &[String]) -> Result<Vec<u8>, XlsxError> {
    let columns = columns(catalogue, kind, towns);
    let mut workbook = Workbook::new();
    let mut lists: Vec<(String, &[String])> = Vec::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("填写")?;
    for (place, column) in (0_u16..).zip(&columns) {
        head(sheet, place, column)?;
        if let Some(rule) = rule(column, &mut lists)? {
            sheet.add_data_validation(1, place, ROWS, place, &rule)?;
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    explained(workbook.add_worksheet(), &catalogue.kind(kind).name.zh, &columns)?;
    if !lists.is_empty() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(LISTS)?.set_hidden(true);
        for (place, (_, list)) in (0_u16..).zip(&lists) {
            for (row, word) in (0_u32..).zip(*list) {
                sheet.write_string(row, place, word)?;
            }
        }
    }
    workbook.save_to_buffer()
}

const LISTS: &str = "选项";

fn columns(catalogue: &Catalogue, kind: KindIndex, towns: &[String]) -> Vec<Column> {
    let column = |heading: &str, needed, note: &str, choices: Vec<String>| Column {
        heading: heading.to_owned(),
        needed,
        note: note.to_owned(),
        choices,
        width: 14.0,
    };
    let mut all = vec![
        Column { width: 30.0, ..column("名称", true, "场所全称,1 到 120 个字", Vec::new()) },
        column("经度", true, "十进制度数,如 116.243234", Vec::new()),
        column("纬度", true, "十进制度数,如 36.335913", Vec::new()),
        column(
            "坐标系",
            true,
            "坐标从哪里来就选哪个:GPS 选 WGS-84,高德和腾讯地图选“高德”,百度地图选“百度”",
            DATUMS.map(str::to_owned).to_vec(),
        ),
        column("所在镇街", false, "只用来核对坐标", towns.to_vec()),
        column("编号", false, "本单位自己的编号,同一编号再次上传时更新同一场所", Vec::new()),
    ];
    for index in &catalogue.kind(kind).attributes {
        let attribute = &catalogue.attributes()[usize::from(*index)];
        let (note, choices) = match &attribute.of_type {
            Type::Text { max_chars } => (format!("最多 {max_chars} 个字"), Vec::new()),
            Type::Integer { min, max } => (format!("{min} 到 {max} 的整数"), Vec::new()),
            Type::Bool => ("是或否".to_owned(), YES_NO.map(str::to_owned).to_vec()),
            Type::Date => ("日期,如 2025-12-31".to_owned(), Vec::new()),
            Type::Hours => {
                ("如 Mo-Fr 08:00-18:00; Sa 09:00-12:00(周一至周日写作 Mo Tu We Th Fr Sa Su)".to_owned(), Vec::new())
            }
            Type::Phone => ("可以公开的电话,如 0635-3281234".to_owned(), Vec::new()),
            Type::Choice(choices) => {
                ("从列表中选".to_owned(), choices.iter().map(|one| one.name.zh.to_string()).collect())
            }
        };
        all.push(column(&attribute.name.zh, false, &note, choices));
    }
    all
}

fn head(sheet: &mut Worksheet, place: u16, column: &Column) -> Result<(), XlsxError> {
    let plain = Format::new().set_bold().set_align(FormatAlign::Center).set_background_color(Color::RGB(0x00E6_F4F1));
    let heading = if column.needed { format!("{}*", column.heading) } else { column.heading.clone() };
    let format = if column.needed { plain.set_font_color(Color::RGB(0x00B4_2318)) } else { plain };
    sheet.write_string_with_format(0, place, heading, &format)?;
    sheet.set_column_width(place, column.width)?;
    if !column.note.is_empty() {
        sheet.insert_note(0, place, &Note::new(&column.note).add_author_prefix(false))?;
    }
    Ok(())
}

/// The drop-down of a column.
fn rule<'a>(column: &'a Column, lists: &mut Vec<(String, &'a [String])>) -> Result<Option<DataValidation>, XlsxError> {
    if column.choices.is_empty() {
        return Ok(None);
    }
    let rule = DataValidation::new();
    let fits = column.choices.iter().map(|word| word.chars().count() + 1).sum::<usize>() <= LIST_CHARS
        && !column.choices.iter().any(|word| word.contains(','));
    let rule = if fits {
        rule.allow_list_strings(&column.choices)?
    } else {
        let letter = rust_xlsxwriter::utility::column_number_to_name(lists.len() as u16);
        lists.push((letter.clone(), &column.choices));
        let range = format!("='{LISTS}'!${letter}$1:${letter}${}", column.choices.len());
        rule.allow_list_formula(range.as_str().into())
    };
    let rule = rule.set_error_style(DataValidationErrorStyle::Stop).set_error_title("请从列表中选")?;
    Ok(Some(rule.set_error_message("这一列只能填列表中的内容")?))
}

fn explained(sheet: &mut Worksheet, kind: &str, columns: &[Column]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_name("说明")?;
    sheet.write_string_with_format(0, 0, format!("{kind}登记表"), &bold)?;
    sheet.write_string(1, 0, "一行一处,带 * 的必填。填好后在“表格”中上传,有问题的行会标出原因。")?;
    for (place, word) in (0_u16..).zip(["列", "必填", "怎么填", "可选内容"]) {
        sheet.write_string_with_format(3, place, word, &bold)?;
    }
    for (row, column) in (4_u32..).zip(columns) {
        sheet.write_string(row, 0, &column.heading)?;
        sheet.write_string(row, 1, if column.needed { "是" } else { "" })?;
        sheet.write_string(row, 2, &column.note)?;
        sheet.write_string(row, 3, column.choices.join("、"))?;
    }
    for (place, width) in [(0, 16.0), (1, 8.0), (2, 60.0), (3, 60.0)] {
        sheet.set_column_width(place, width)?;
    }
    Ok(())
}

/// A row that was not registered.
#[derive(Debug, Clone)]
pub struct BadRow {
    /// Its line in the sheet that was sent.
    pub line: i64,
    /// Its cells.
    pub cells: Vec<String>,
    /// Which of them are wrong, by place.
    pub wrong: Vec<usize>,
    /// Why it was not registered.
    pub reason: String,
}

/// Rows that were not registered, under the headings that they had, wrong cells in red. It can be corrected and sent again:
/// the two columns that are added mean nothing to the reader.
pub fn bad_rows(headings: &[String], rows: &[BadRow]) -> Result<Vec<u8>, XlsxError> {
    let (bold, red) = (Format::new().set_bold(), Format::new().set_background_color(Color::RGB(0x00FD_E2E0)));
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("未登记的行")?;
    let last = headings.len() as u16;
    for (place, heading) in (0_u16..).zip(headings) {
        sheet.write_string_with_format(0, place, harmless(heading.clone()), &bold)?;
    }
    sheet.write_string_with_format(0, last, "原因(可删除)", &bold)?;
    sheet.write_string_with_format(0, last + 1, "原行号(可删除)", &bold)?;
    sheet.set_column_width(last, 60.0)?;
    for (row, bad) in (1_u32..).zip(rows) {
        for (place, cell) in bad.cells.iter().enumerate() {
            let (at, cell) = (place as u16, harmless(cell.clone()));
            if bad.wrong.contains(&place) {
                sheet.write_string_with_format(row, at, cell, &red)?;
            } else if !cell.is_empty() {
                sheet.write_string(row, at, cell)?;
            }
        }
        sheet.write_string(row, last, harmless(bad.reason.clone()))?;
        sheet.write_number(row, last + 1, bad.line as f64)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}
