//! What is known of Dong'e: codes and names of the ten towns, their approximate centres, village units of 2020, totals of
//! children. Sources are named in the README beside the files. Everything else in this program is drawn or invented.

/// A town or subdistrict as it is published.
pub struct Town {
    pub code: &'static str,
    pub name: &'static str,
    pub name_en: &'static str,
    pub lon: f64,
    pub lat: f64,
    /// Village-level units in the 2020 statistical codes.
    pub units: usize,
    /// How many of them are urban communities here (ten in the two subdistricts; the split between the two is invented).
    pub communities: usize,
}

const fn town(
    code: &'static str,
    name: &'static str,
    name_en: &'static str,
    at: (f64, f64),
    units: (usize, usize),
) -> Town {
    Town { code, name, name_en, lon: at.0, lat: at.1, units: units.0, communities: units.1 }
}

/// The ten units, the two subdistricts first.
pub const TOWNS: [Town; 10] = [
    town("371524001", "铜城街道", "Tongcheng Subdistrict", (116.2653, 36.3300), (57, 6)),
    town("371524002", "新城街道", "Xincheng Subdistrict", (116.2325, 36.3553), (38, 4)),
    town("371524101", "刘集镇", "Liuji Town", (116.1058, 36.2000), (85, 0)),
    town("371524102", "牛角店镇", "Niujiaodian Town", (116.4331, 36.4061), (83, 0)),
    town("371524103", "大桥镇", "Daqiao Town", (116.3572, 36.3128), (31, 0)),
    town("371524104", "高集镇", "Gaoji Town", (116.3769, 36.4586), (47, 0)),
    town("371524105", "姜楼镇", "Jianglou Town", (116.1675, 36.2586), (35, 0)),
    town("371524107", "姚寨镇", "Yaozhai Town", (116.3608, 36.3714), (58, 0)),
    town("371524108", "鱼山镇", "Yushan Town", (116.2006, 36.2183), (54, 0)),
    town("371524109", "陈集镇", "Chenji Town", (116.2961, 36.3547), (32, 0)),
];

/// The two subdistricts are the first two of [`TOWNS`].
pub const SUBDISTRICTS: usize = 2;

/// West, south, east and north of the county.
pub const BOUNDS: [f64; 4] = [116.0493, 36.1266, 116.5441, 36.5245];

/// Children by age band: heading and number. The first four add up to 67,613 (0–14), all five to 79,536 (0–18). The split of
/// the first four follows the 2020 census shares by single year and five-year group.
pub const BANDS: [(&str, usize); 5] =
    [("age_0_2", 14_603), ("age_3_5", 15_875), ("age_6_9", 18_242), ("age_10_14", 18_893), ("age_15_18", 11_923)];
