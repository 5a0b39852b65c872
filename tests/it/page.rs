//! `/s/{id}`: a site's own page.

use crate::world::World;

const ROWS: &str = "kind,name,name_en,lon,lat,address,opening_hours,phone,accessibility,fee\n\
    reading_space,曙光社区书屋,Shuguang Bookroom,116.02,36.02,东苑街 7 号,Mo-Su 09:00-17:30,0635-0000001,yes,免费\n\
    reading_space,</script><script>alert(1)</script>,\"\"\"><img src=x onerror=alert(1)>\",116.02,36.02,<b>'&\"\"</b>,,,,\n";

/// What stands between two marks of a page.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    page.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|(inside, _)| inside).expect(from)
}

#[tokio::test]
async fn a_site_has_a_page_in_two_languages_that_machines_read_too() {
    let world = World::two_towns().await;
    world.sites(ROWS).await;
    let anybody = world.anybody().await;
    let chinese = anybody.gets("/s/1").await;
    assert_eq!((chinese.status.as_u16(), chinese.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(chinese.header("content-security-policy").contains("default-src 'self'"));
    let page = chinese.text.as_str();
    assert!(page.starts_with("<!doctype html><html lang=\"zh-CN\">"));
    assert_eq!(between(page, "<title>", "</title>"), "曙光社区书屋 · 阅读空间 · 甲镇 · 某县");
    assert!(between(page, "name=\"description\" content=\"", "\"").contains("东苑街 7 号"));
    assert!(
        page.contains("href=\"/#site=1\"") && page.contains("href=\"tel:06350000001\"") && page.contains("09:00–17:30")
    );
    assert_eq!(page.matches("<tr>").count(), 7);
    let place: serde_json::Value =
        serde_json::from_str(between(page, "application/ld+json\">", "</script>")).expect("JSON");
    assert_eq!((&place["@type"], &place["name"]), (&"Place".into(), &"曙光社区书屋".into()));
    assert_eq!((&place["geo"]["longitude"], &place["address"]["addressLocality"]), (&116.02.into(), &"甲镇".into()));
    assert_eq!(place["isAccessibleForFree"], true);
    assert_eq!(place["openingHoursSpecification"].as_array().map(Vec::len), Some(7));
    let english = anybody.gets("/s/1?lang=en").await.text;
    assert!(english.contains("<html lang=\"en\">") && english.contains("<h1>Shuguang Bookroom</h1>"));
    assert!(english.contains("Opening hours") && english.contains("Monday") && english.contains("Step-free"));
    assert!(english.contains("<dd lang=\"zh-CN\">") && !page.contains("<dd lang"), "{english}");
    assert!(!page.contains("示例数据"), "sites of one's own are no demonstration");
}

#[tokio::test]
async fn nothing_that_somebody_wrote_becomes_markup() {
    let world = World::two_towns().await;
    world.sites(ROWS).await;
    let anybody = world.anybody().await;
    for address in ["/s/2", "/s/2?lang=en"] {
        let page = anybody.gets(address).await.text;
        assert_eq!(page.matches("<script").count(), 1, "only the description for machines: {page}");
        assert_eq!(page.matches("</script").count(), 1);
        assert!(
            !page.contains("<img")
                && !page.contains("<b>")
                && page.contains("&lt;b&gt;&#39;&amp;&quot;&quot;&lt;/b&gt;"),
            "{page}"
        );
        serde_json::from_str::<serde_json::Value>(between(&page, "application/ld+json\">", "</script>")).expect("JSON");
    }
}

#[tokio::test]
async fn what_is_no_public_site_has_a_page_that_says_so() {
    let world = World::two_towns().await;
    world.sites("kind,name,lon,lat\nhope_cabin,某小屋,116.05,36.05\n").await;
    let anybody = world.anybody().await;
    for address in ["/s/1", "/s/-1", "/s/x", "/s/9?lang=en", "/s/%3Cb%3E"] {
        let answer = anybody.gets(address).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (404, "text/html; charset=utf-8"),
            "{address}"
        );
        assert!(
            answer.text.contains("noindex") && answer.text.contains("href=\"/\"") && !answer.text.contains("某小屋")
        );
    }
    let style = anybody.gets("/s/page.css").await;
    assert_eq!((style.status.as_u16(), style.header("content-type")), (200, "text/css; charset=utf-8"));
}
