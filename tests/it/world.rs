//! What tests stand on: a fresh database, files written for one situation, and somebody who asks.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower::ServiceExt;
use yimi::config;
use yimi::geo::Datum;
use yimi::http::{App, PageSettings, TileCache, WebFiles, WholeAnswers, router};
use yimi::import::{
    ChildrenImport, ImportError, NetworkImport, SitesImport, SitesReport, import_areas, import_children,
    import_network, import_sites,
};
use yimi::jobs::Jobs;
use yimi::snapshot::{Live, Rules, catch_up, load};
use yimi::store::Store;

/// A county of its own, gone when dropped.
pub struct World {
    folder: tempfile::TempDir,
    pub store: Store,
    pub rules: Arc<Rules>,
}

/// Two square towns side by side, each a tenth of a degree wide.
pub const TWO_TOWNS: &str = r#"{"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"code":"371524101","name":"甲镇","name_en":"Jia Town","county":"某县","county_en":"Some County","outline":"schematic"},
  "geometry":{"type":"Polygon","coordinates":[[[116.0,36.0],[116.1,36.0],[116.1,36.1],[116.0,36.1],[116.0,36.0]]]}},
 {"type":"Feature","properties":{"code":"371524102","name":"乙镇","county":"某县","outline":"schematic"},
  "geometry":{"type":"Polygon","coordinates":[[[116.1,36.0],[116.2,36.0],[116.2,36.1],[116.1,36.1],[116.1,36.0]]]}}]}"#;

impl World {
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = Store::open(&format!("sqlite:{}", folder.path().join("yimi.db").display())).await.expect("opens");
        let rules =
            config::rules(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data"))).expect("the data files are right");
        Self { folder, store, rules: Arc::new(rules) }
    }

    /// Where its database is.
    pub fn database(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("yimi.db").display())
    }

    /// With two towns.
    pub async fn two_towns() -> Self {
        let world = Self::empty().await;
        world.areas(TWO_TOWNS).await.expect("two towns");
        world
    }

    /// The demonstration county, from its own files.
    pub async fn demonstration() -> Self {
        let world = Self::empty().await;
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/donge");
        import_areas(&world.store, &data.join("areas.geojson"), Datum::Wgs84, "test").await.expect("areas");
        let report = world.import_path(data.join("sites.csv"), |_| {}).await.expect("sites");
        assert_eq!(report.refused, 0, "{:?}", report.problems);
        world
    }

    /// The demonstration county with its streets and children.
    pub async fn planned() -> Self {
        let world = Self::demonstration().await;
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/donge");
        world.network_of(data.join("network.osm.pbf")).await;
        world.children_of(data.join("children.csv")).await;
        world
    }

    /// Streets, as OSM XML.
    pub async fn network(&self, xml: &str) {
        self.network_of(self.file("network.osm", xml)).await;
    }

    pub async fn network_of(&self, file: PathBuf) {
        let import = NetworkImport { file, clip: None, who: "test".into() };
        import_network(&self.store, import, |_, _| {}).await.expect("a network");
    }

    /// Children, as CSV.
    pub async fn children(&self, csv: &str) {
        self.children_of(self.file("children.csv", csv)).await;
    }

    pub async fn children_of(&self, file: PathBuf) {
        let import = ChildrenImport {
            files: vec![file],
            count_columns: Vec::new(),
            ages: Vec::new(),
            datum: None,
            clip: None,
            who: "test".into(),
        };
        import_children(&self.store, &self.rules, import, |_, _| {}).await.expect("children");
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("written");
        path
    }

    pub async fn areas(&self, text: &str) -> Result<(), ImportError> {
        import_areas(&self.store, &self.file("areas.geojson", text), Datum::Wgs84, "test").await.map(|_| ())
    }

    /// Imports a file written here; `with` sets how.
    pub async fn import(
        &self,
        name: &str,
        content: impl AsRef<[u8]>,
        with: impl FnOnce(&mut SitesImport),
    ) -> Result<SitesReport, ImportError> {
        self.import_path(self.file(name, content), with).await
    }

    pub async fn import_path(
        &self,
        file: PathBuf,
        with: impl FnOnce(&mut SitesImport),
    ) -> Result<SitesReport, ImportError> {
        let mut import =
            SitesImport { file, kind: None, datum: None, dry_run: false, all_or_nothing: false, who: "test".into() };
        with(&mut import);
        import_sites(&self.store, &self.rules, import, |_, _| {}).await
    }

    /// Imports WGS-84 rows under `kind,name,lon,lat` and further headings; all must be right.
    pub async fn sites(&self, csv: &str) {
        let report = self.import("sites.csv", csv, |import| import.datum = Some(Datum::Wgs84)).await.expect("imports");
        assert_eq!(report.refused, 0, "{:?}", report.problems);
    }

    pub async fn anybody(&self) -> Anybody {
        self.anybody_with(PageSettings::default()).await
    }

    pub async fn anybody_with(&self, page: PageSettings) -> Anybody {
        let live = Arc::new(Live::new(load(&self.store, self.rules.clone()).await.expect("loads")));
        let (store, rules) = (self.store.clone(), self.rules.clone());
        let web = WebFiles::BuiltIn;
        let (whole, tiles) = (WholeAnswers::default(), TileCache::default());
        let jobs = Jobs::new(store.clone());
        let app = App { live: live.clone(), store: store.clone(), page, web, whole, tiles, jobs };
        Anybody { router: router(Arc::new(app)), live, store, rules }
    }
}

/// Somebody without an account, before the real router.
pub struct Anybody {
    router: Router,
    live: Arc<Live>,
    store: Store,
    rules: Arc<Rules>,
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The names of the features, in order; the answer must be of the documented shape.
    pub fn names(&self) -> Vec<String> {
        let page: yimi::http::SiteCollection = serde_json::from_str(&self.text).expect("a page of sites");
        assert_eq!((page.of_type.as_str(), page.number_returned), ("FeatureCollection", page.features.len()));
        page.features
            .into_iter()
            .map(|feature| {
                assert_eq!((feature.of_type.as_str(), feature.geometry.of_type.as_str()), ("Feature", "Point"));
                assert_eq!(feature.id, feature.properties.id);
                feature.properties.name
            })
            .collect()
    }
}

impl Anybody {
    pub async fn asks(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("answers");
        let (head, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        Answer { status: head.status, headers: head.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// The bytes of an answer that is no text.
    pub async fn bytes(&self, address: &str) -> Vec<u8> {
        let request = Request::get(address).body(Body::empty()).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("answers");
        assert!(response.status().is_success(), "{address}: {}", response.status());
        axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body").to_vec()
    }

    pub async fn gets(&self, address: &str) -> Answer {
        self.asks(Request::get(address).body(Body::empty()).expect("a request")).await
    }

    /// Sends JSON.
    pub async fn sends(&self, method: &str, address: &str, json: &Value) -> Answer {
        let request = Request::builder().method(method).uri(address).header("content-type", "application/json");
        self.asks(request.body(Body::from(json.to_string())).expect("a request")).await
    }

    /// The answer, which must be 200, as JSON.
    pub async fn reads(&self, address: &str) -> Value {
        let answer = self.gets(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text);
        answer.json()
    }

    /// The snapshot takes in what has been committed since.
    pub async fn catches_up(&self) {
        catch_up(&self.store, &self.live, &self.rules).await.expect("follows");
    }
}
