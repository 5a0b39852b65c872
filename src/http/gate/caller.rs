//! The address that a request comes from, for limits only: it is kept nowhere and stands in no log.

use axum::extract::{ConnectInfo, FromRequestParts, Request};
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The header in which proxies say whom they speak for.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Proxies whose word is taken.
#[derive(Debug, Clone, Default)]
pub struct Proxies(pub Vec<IpAddr>);

/// Where a request comes from. Of an IPv6 address the first half, which is what one household or office has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Caller(pub IpAddr);

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().copied().unwrap_or(NOWHERE))
    }
}

/// Where a request comes from that came by no connection, as in a test.
const NOWHERE: Caller = Caller(IpAddr::V4(Ipv4Addr::UNSPECIFIED));

/// The caller of a request. What a proxy says counts only when it is one of ours, and of that only the last entry, which it
/// wrote itself.
pub(super) fn of(request: &Request, proxies: &Proxies) -> Caller {
    let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() else { return NOWHERE };
    let peer = peer.ip().to_canonical();
    if !proxies.0.contains(&peer) {
        return halved(peer);
    }
    let said = request.headers().get_all(FORWARDED_FOR).into_iter().next_back().and_then(|value| value.to_str().ok());
    let last = said.and_then(|said| said.rsplit(',').next()).and_then(|last| last.trim().parse().ok());
    halved(last.unwrap_or(peer))
}

fn halved(address: IpAddr) -> Caller {
    Caller(match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn only_our_own_proxy_may_say_whom_it_speaks_for() {
        let from = |peer: &str, said: &str| {
            let mut request = Request::new(Body::empty());
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer.parse().expect("an address")));
            request.headers_mut().insert(FORWARDED_FOR, said.parse().expect("a header"));
            of(&request, &Proxies(vec![IpAddr::from([127, 0, 0, 1])])).0.to_string()
        };
        assert_eq!(from("203.0.113.5:1", "198.51.100.7"), "203.0.113.5");
        assert_eq!(from("127.0.0.1:1", "1.2.3.4, 198.51.100.7"), "198.51.100.7");
        assert_eq!(from("127.0.0.1:1", "nonsense"), "127.0.0.1");
        assert_eq!(from("[2001:db8:1:2:3:4:5:6]:1", ""), "2001:db8:1:2::");
        assert_eq!(from("[::ffff:203.0.113.5]:1", ""), "203.0.113.5");
    }
}
