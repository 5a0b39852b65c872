//! What tests stand on: a fresh database, files written for one situation, and somebody who asks.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use futures_util::{Stream, StreamExt};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower::ServiceExt;
use yimi::auth::Role;
use yimi::config;
use yimi::geo::Datum;
use yimi::http::{App, Gate, PageSettings, TileCache, WebFiles, WholeAnswers, router};
use yimi::import::{
    ChildrenImport, ImportError, NetworkImport, SitesImport, SitesReport, import_areas, import_children,
    import_network, import_sites,
};
use yimi::jobs::Jobs;
use yimi::registry::people::{self, NewPerson};
use yimi::registry::sessions::sign_in;
use yimi::registry::units::{self, NewUnit};
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
        self.anybody_through(page, Gate::default()).await
    }

    /// A unit with this id, made when it is first named.
    pub async fn unit(&self, id: &str) {
        if self.store.unit(id).await.expect("asked").is_none() {
            let new = NewUnit { id: Some(id.to_owned()), name: format!("单位{id}"), confirmed: true };
            units::add(&self.store, new, "test").await.expect("a unit");
        }
    }

    /// Somebody with an account; their number. Nobody has a password: hashing takes its time.
    pub async fn person(&self, account: &str, roles: &[Role], unit: Option<&str>) -> i64 {
        if let Some(unit) = unit {
            self.unit(unit).await;
        }
        if let Some(known) = self.store.person_by_account(account).await.expect("asked") {
            return known.id;
        }
        let new = NewPerson {
            account: account.to_owned(),
            name: format!("某{account}"),
            unit: unit.map(str::to_owned),
            roles: roles.to_vec(),
        };
        people::add(&self.store, new, None, "test").await.expect("a person").0.id
    }

    /// Signed in, before a router of their own.
    pub async fn signed_in(&self, account: &str, roles: &[Role], unit: Option<&str>) -> Anybody {
        let id = self.person(account, roles, unit).await;
        let mut anybody = self.anybody().await;
        anybody.cookie = Some(self.cookie(id).await);
        anybody
    }

    /// The cookie of a new session.
    pub async fn cookie(&self, person: i64) -> String {
        let row = self.store.person(person).await.expect("asked").expect("there");
        format!("yimi={}", sign_in(&self.store, &row, None).await.expect("signed in"))
    }

    /// A member of the unit `u001`.
    pub async fn as_member(&self) -> Anybody {
        self.as_member_of("u001").await
    }

    /// A member of a unit, which is made when it is first named.
    pub async fn as_member_of(&self, unit: &str) -> Anybody {
        self.signed_in(&format!("member-{unit}"), &[Role::Member], Some(unit)).await
    }

    pub async fn as_reviewer(&self) -> Anybody {
        self.signed_in("reviewer", &[Role::Reviewer], None).await
    }

    pub async fn as_planner(&self) -> Anybody {
        self.signed_in("planner", &[Role::Planner], None).await
    }

    pub async fn as_administrator(&self) -> Anybody {
        self.signed_in("administrator", &[Role::Administrator], None).await
    }

    /// Before a gate of their own.
    pub async fn anybody_through(&self, page: PageSettings, gate: Gate) -> Anybody {
        let live = Arc::new(Live::new(load(&self.store, self.rules.clone()).await.expect("loads")));
        let (store, rules) = (self.store.clone(), self.rules.clone());
        let web = WebFiles::BuiltIn;
        let (whole, tiles) = (WholeAnswers::default(), TileCache::default());
        let jobs = Jobs::new(store.clone());
        let sheets = Jobs::new(store.clone());
        let app = App { live: live.clone(), store: store.clone(), page, web, whole, tiles, jobs, sheets, gate };
        Anybody { router: router(Arc::new(app)), live, store, rules, cookie: None }
    }
}

/// Somebody before the real router; without an account unless their browser has a cookie.
pub struct Anybody {
    pub cookie: Option<String>,
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
    /// The same service for somebody else, with their cookie or none.
    pub fn with_cookie(&self, cookie: Option<String>) -> Self {
        let Self { router, live, store, rules, .. } = self;
        Self { router: router.clone(), live: live.clone(), store: store.clone(), rules: rules.clone(), cookie }
    }

    pub async fn asks(&self, mut request: Request<Body>) -> Answer {
        if let Some(cookie) = self.cookie.as_ref().filter(|_| !request.headers().contains_key("cookie")) {
            request.headers_mut().insert("cookie", cookie.parse().expect("a header"));
        }
        let response = self.router.clone().oneshot(request).await.expect("answers");
        let (head, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        Answer { status: head.status, headers: head.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// The status of an answer and what comes of it at once: an answer that goes on as things happen is not waited for.
    pub async fn heads(&self, mut request: Request<Body>) -> (StatusCode, String) {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert("cookie", cookie.parse().expect("a header"));
        }
        let response = self.router.clone().oneshot(request).await.expect("answers");
        let (head, body) = response.into_parts();
        if head.headers.get("content-type").is_some_and(|of| of == "text/event-stream") {
            return (head.status, String::new());
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        (head.status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The bytes of an answer that is no text.
    pub async fn bytes(&self, address: &str) -> Vec<u8> {
        self.bytes_of(Request::get(address).body(Body::empty()).expect("a request")).await
    }

    /// The same for any request.
    pub async fn bytes_of(&self, mut request: Request<Body>) -> Vec<u8> {
        let address = request.uri().clone();
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert("cookie", cookie.parse().expect("a header"));
        }
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

    /// What is told as it happens, event by event.
    pub async fn hears(&self, address: &str, who: Option<yimi::auth::Person>) -> impl Stream<Item = String> + Unpin {
        let mut request = Request::get(address).body(Body::empty()).expect("a request");
        if let Some(person) = who {
            request.extensions_mut().insert(person);
        }
        let response = self.router.clone().oneshot(request).await.expect("answers");
        assert_eq!(response.status(), StatusCode::OK, "{address}");
        let pieces = response.into_body().into_data_stream();
        Box::pin(pieces.map(|piece| String::from_utf8_lossy(&piece.expect("a piece")).into_owned()))
    }

    /// The process is told to stop.
    pub fn stops(&self) {
        self.live.stop_telling();
    }

    /// Time goes on to a day.
    pub fn lives_on(&self, day: chrono::NaiveDate) {
        self.live.close_due(day);
    }

    /// The snapshot takes in what has been committed since.
    pub async fn catches_up(&self) {
        catch_up(&self.store, &self.live, &self.rules).await.expect("follows");
    }
}
