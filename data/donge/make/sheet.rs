//! `sites.csv` as a unit would send it: Chinese headings, UTF-8 with a byte order mark.

/// The headings, in order.
pub const HEADINGS: [&str; 30] = [
    "编号",
    "类别",
    "名称",
    "英文名",
    "经度",
    "纬度",
    "坐标系",
    "来源",
    "责任单位",
    "地址",
    "开放时间",
    "最小年龄",
    "最大年龄",
    "容量(人)",
    "无障碍",
    "收费",
    "母婴室",
    "阅读角",
    "公开电话",
    "所在场所",
    "示范点",
    "示范点认定日期",
    "学段",
    "儿童友好建设",
    "状态起始日期",
    "提供儿童诊疗",
    "值勤时间",
    "服务学校",
    "规范化建设",
    "有遮阴",
];

/// A row; what is not known stays empty.
#[derive(Clone)]
pub struct Row {
    values: Vec<String>,
}

impl Row {
    /// An empty row.
    pub fn new() -> Self {
        Self { values: vec![String::new(); HEADINGS.len()] }
    }

    /// Puts a value under a heading of [`HEADINGS`].
    pub fn set(&mut self, heading: &str, value: impl Into<String>) -> &mut Self {
        let i = HEADINGS.iter().position(|h| *h == heading).expect("the heading is one of the sheet's");
        self.values[i] = value.into();
        self
    }

    /// The value under a heading.
    pub fn get(&self, heading: &str) -> &str {
        HEADINGS.iter().position(|h| *h == heading).map_or("", |i| &self.values[i])
    }
}

/// Quoted when it has to be.
fn field(value: &str) -> String {
    if value.contains([',', '"', '\n']) { format!("\"{}\"", value.replace('"', "\"\"")) } else { value.to_owned() }
}

/// The file's text.
pub fn write(rows: &[Row]) -> String {
    let mut text = format!("\u{feff}{}\n", HEADINGS.join(","));
    for row in rows {
        text.push_str(&row.values.iter().map(|v| field(v)).collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text
}
