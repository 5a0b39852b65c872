//! Every error that leaves over HTTP: one status table, RFC 9457 `application/problem+json`, and the one place that logs
//! a failure. Causes go to the log, never to the caller.

use crate::store::StoreError;
use crate::text::Words;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Parameters that are not understood.
    #[error("{} of the parameters are wrong", .0.len())]
    Parameters(Vec<Wrong>),
    /// No such thing.
    #[error("nothing here")]
    NotFound(Words),
    /// There is no way on foot.
    #[error("no way on foot")]
    NoWay(Words),
    /// What is asked for is understood and can't be.
    #[error("can't be")]
    Infeasible(Words),
    /// Only people with an account may do this.
    #[error("not signed in")]
    Unsigned,
    /// Account and password don't belong together; it is not said which is wrong.
    #[error("not let in")]
    SignIn,
    /// Tried too often; after so many seconds it may be tried again.
    #[error("tried too often")]
    TooOften(u64),
    /// Only somebody else may do this.
    #[error("forbidden")]
    Forbidden(Words),
    /// Somebody changed it meanwhile.
    #[error("older than what is there")]
    Older(Words),
    /// Somebody changed it meanwhile, and both versions are told.
    #[error("in conflict with what is there")]
    Conflict(Box<Clash>),
    /// It must be said which version is changed.
    #[error("no version was said")]
    NoVersion,
    /// There is no room for more.
    #[error("no room for more: {}", .0.en)]
    Full(Words),
    /// The route does not take this method.
    #[error("method not allowed")]
    Method,
    /// The request took too long or was too large.
    #[error("request refused with {0}")]
    Refused(StatusCode),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something that should never happen.
    #[error("{0}")]
    Internal(String),
}

/// One parameter that is wrong.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Wrong {
    /// Which parameter.
    pub field: String,
    /// What it says.
    pub found: String,
    /// What it should say.
    pub wanted: Words,
}

/// Two versions that can't both be.
#[derive(Debug)]
pub struct Clash {
    /// What to know and do.
    pub words: Words,
    /// What was sent, or stands to be published.
    pub yours: Option<Value>,
    /// What is there.
    pub theirs: Value,
}

/// The body of an error.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemBody {
    /// A name for the sort of problem.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    pub of_type: &'static str,
    /// In few words.
    pub title: String,
    /// In few words, Chinese.
    pub title_zh: String,
    /// The status again.
    pub status: u16,
    /// What to know and do.
    pub detail: String,
    /// What to know and do, Chinese.
    pub detail_zh: String,
    /// The parameters that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Wrong>,
    /// Of a conflict, what was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub yours: Option<Value>,
    /// Of a conflict, what is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub theirs: Option<Value>,
}

impl Problem {
    /// No such address.
    #[must_use]
    pub fn no_route() -> Self {
        Self::NotFound(Words::fixed(
            "没有这个地址，请查看 /api/openapi.json",
            "no such address; /api/openapi.json lists them",
        ))
    }

    /// One field that is wrong.
    #[must_use]
    pub fn wrong(field: &str, found: &str, wanted: Words) -> Self {
        Self::Parameters(vec![Wrong { field: field.to_owned(), found: found.to_owned(), wanted }])
    }

    /// The same with its fields inside another.
    #[must_use]
    pub fn inside(self, field: &str) -> Self {
        let Self::Parameters(mut wrong) = self else { return self };
        for wrong in &mut wrong {
            wrong.field = format!("{field}.{}", wrong.field);
        }
        Self::Parameters(wrong)
    }

    /// An account that may not do this.
    #[must_use]
    pub fn not_allowed() -> Self {
        Self::Forbidden(Words::fixed("您的账号没有这项权限", "your account may not do this"))
    }

    /// A change that another site's page asks for with the cookie of whoever looks at it.
    #[must_use]
    pub fn cross_site() -> Self {
        Self::Forbidden(Words::fixed(
            "请求来自别的网站，已拒绝",
            "the request comes from another site's page; only this one's may change something",
        ))
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Parameters(_) => StatusCode::BAD_REQUEST,
            Self::NotFound(_) | Self::NoWay(_) => StatusCode::NOT_FOUND,
            Self::Infeasible(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unsigned | Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Older(_) => StatusCode::PRECONDITION_FAILED,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::NoVersion => StatusCode::PRECONDITION_REQUIRED,
            Self::Full(_) => StatusCode::INSUFFICIENT_STORAGE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Refused(status) => *status,
            Self::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Parameters(_) => "/problems/parameters",
            Self::NotFound(_) => "/problems/not-found",
            Self::NoWay(_) => "/problems/no-way",
            Self::Infeasible(_) => "/problems/infeasible",
            Self::Unsigned => "/problems/unsigned",
            Self::SignIn => "/problems/sign-in",
            Self::TooOften(_) => "/problems/too-often",
            Self::Forbidden(_) => "/problems/forbidden",
            Self::Older(_) => "/problems/older",
            Self::Conflict(_) => "/problems/conflict",
            Self::NoVersion => "/problems/no-version",
            Self::Full(_) => "/problems/full",
            Self::Method => "/problems/method",
            Self::Refused(_) => "/problems/refused",
            Self::Store(_) => "/problems/unavailable",
            Self::Internal(_) => "/problems/internal",
        }
    }

    fn title(&self) -> Words {
        match self {
            Self::Parameters(_) => Words::fixed("参数有误", "Parameters not understood"),
            Self::NotFound(_) => Words::fixed("没有找到", "Not found"),
            Self::NoWay(_) => Words::fixed("无法步行到达", "No way on foot"),
            Self::Infeasible(_) => Words::fixed("条件无法满足", "No plan meets this"),
            Self::Unsigned => Words::fixed("请先登录", "Sign in first"),
            Self::SignIn => Words::fixed("登录失败", "Not signed in"),
            Self::TooOften(_) => Words::fixed("尝试过于频繁", "Tried too often"),
            Self::Forbidden(_) => Words::fixed("没有权限", "Not allowed"),
            Self::Older(_) => Words::fixed("已有更新的版本", "There is a newer version"),
            Self::Conflict(_) => Words::fixed("与现有版本冲突", "In conflict with what is there"),
            Self::NoVersion => Words::fixed("没有说明修改哪个版本", "No version was said"),
            Self::Full(_) => Words::fixed("已存满", "No room for more"),
            Self::Method => Words::fixed("不支持这种请求方式", "Method not allowed"),
            Self::Refused(StatusCode::PAYLOAD_TOO_LARGE) => Words::fixed("内容太大", "Content too large"),
            Self::Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE) => Words::fixed("内容不是 JSON", "Content is not JSON"),
            Self::Refused(_) => Words::fixed("请求未完成", "Request not completed"),
            Self::Store(_) => Words::fixed("数据库暂不可用", "Database unavailable"),
            Self::Internal(_) => Words::fixed("系统出错", "Internal error"),
        }
    }

    /// What to know and do.
    #[must_use]
    pub fn detail(&self) -> Words {
        match self {
            Self::Parameters(wrong) => {
                let zh = wrong.iter().map(|Wrong { field, found, wanted }| match &**found {
                    "" => format!("{field}：应为{}，没有填写", wanted.zh),
                    _ => format!("{field}：应为{}，收到的是“{found}”", wanted.zh),
                });
                let en = wrong.iter().map(|Wrong { field, found, wanted }| match &**found {
                    "" => format!("{field}: wanted {}, found nothing", wanted.en),
                    _ => format!("{field}: wanted {}, found \"{found}\"", wanted.en),
                });
                Words::new(zh.collect::<Vec<_>>().join("；"), en.collect::<Vec<_>>().join("; "))
            }
            Self::NotFound(words)
            | Self::NoWay(words)
            | Self::Infeasible(words)
            | Self::Forbidden(words)
            | Self::Older(words)
            | Self::Full(words) => words.clone(),
            Self::Conflict(clash) => clash.words.clone(),
            Self::Unsigned => Words::fixed("登录后再试", "sign in and try again"),
            Self::SignIn => Words::fixed(
                "账号或密码不对；忘记密码请联系管理员",
                "account or password is wrong; who forgot theirs asks the administrator for a link",
            ),
            Self::TooOften(secs) => Words::new(format!("请在 {secs} 秒后再试"), format!("try again in {secs} seconds")),
            Self::NoVersion => Words::fixed(
                "请用 If-Match 说明修改的是哪个版本(读取时的 ETag)",
                "say with If-Match which version is changed (the ETag that came with it)",
            ),
            Self::Method => Words::fixed(
                "此地址不支持这种请求方式，请查看 /api/openapi.json",
                "this address does not take this method; /api/openapi.json lists those that it takes",
            ),
            Self::Refused(StatusCode::PAYLOAD_TOO_LARGE) => Words::fixed("请缩小内容后再试", "send less at once"),
            Self::Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE) => {
                Words::fixed("请发送 Content-Type: application/json", "send Content-Type: application/json")
            }
            Self::Refused(StatusCode::REQUEST_TIMEOUT | StatusCode::BAD_REQUEST) => {
                Words::fixed("内容没有传完整，请重新发送", "the content did not arrive whole; send it again")
            }
            Self::Refused(_) => Words::fixed("请稍后再试", "try again later"),
            Self::Store(_) => Words::fixed("数据没有丢失，请稍后再试", "nothing is lost; try again later"),
            Self::Internal(_) => Words::fixed("已记录，请稍后再试", "it has been logged; try again later"),
        }
    }
}

impl Problem {
    /// What is told of it; a failure of ours is logged.
    #[must_use]
    pub fn body(self) -> ProblemBody {
        let status = self.status();
        if status.is_server_error() {
            tracing::error!(status = status.as_u16(), error = %self, "a request failed");
        }
        let (of_type, title, detail) = (self.kind(), self.title(), self.detail());
        let (mut errors, mut yours, mut theirs) = (Vec::new(), None, None);
        match self {
            Self::Parameters(wrong) => errors = wrong,
            Self::Conflict(clash) => (yours, theirs) = (clash.yours, Some(clash.theirs)),
            _ => {}
        }
        ProblemBody {
            of_type,
            title: title.en.into_owned(),
            title_zh: title.zh.into_owned(),
            status: status.as_u16(),
            detail: detail.en.into_owned(),
            detail_zh: detail.zh.into_owned(),
            errors,
            yours,
            theirs,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let wait = if let Self::TooOften(secs) = self { Some(HeaderValue::from(secs)) } else { None };
        let body = self.body();
        let mut response = (status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.extend(wait.map(|secs| (header::RETRY_AFTER, secs)));
        // its address may hold a place, and the next try may go well
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}
