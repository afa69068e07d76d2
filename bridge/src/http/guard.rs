//! Who may come in by an HTTP door.
//!
//! A browser comes with the token of the address that was printed, once, and gets a cookie for it; programs come with the door's key.
//! Every request must name this door as its host, which no page of a stranger's name server can make a browser do; whoever upgrades to
//! a socket must come from a page of this door. Nothing here is written to a log.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard};

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// The cookie's name. Its port is part of it, since browsers send cookies to all ports of a host.
fn cookie_name(at: SocketAddr) -> String {
    format!("batos{}", at.port())
}

/// Most browsers that are let in at a time; the oldest cookie goes when another comes.
const COOKIES: usize = 64;

/// What a door knows of those who may come in.
pub(crate) struct Guard {
    at: SocketAddr,
    /// For programs, as `Authorization: Bearer`.
    key: String,
    /// Tokens that were printed and not yet used.
    tokens: Mutex<HashSet<String>>,
    /// Cookies, the oldest first.
    cookies: Mutex<Vec<String>>,
}

/// 128 random bits as text.
pub(super) fn secret() -> Result<String, String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|e| format!("the system gives no random numbers: {e}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Compares in a time that does not tell how much is right.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Guard {
    pub(super) fn new(at: SocketAddr) -> Result<Guard, String> {
        Ok(Guard { at, key: secret()?, tokens: Mutex::default(), cookies: Mutex::default() })
    }

    /// Goes on with what another program knew.
    pub(super) fn knowing(at: SocketAddr, secrets: &[String]) -> Result<Guard, String> {
        let of = |sort: &str| -> Vec<String> {
            secrets.iter().filter_map(|secret| secret.strip_prefix(sort).map(str::to_owned)).collect()
        };
        let key = of("key ").pop().ok_or("the key of the door is missing")?;
        let (tokens, cookies) = (of("token ").into_iter().collect(), of("cookie "));
        Ok(Guard { at, key, tokens: Mutex::new(tokens), cookies: Mutex::new(cookies) })
    }

    /// All that is known, for whoever goes on with the door.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let tokens = open(&self.tokens).iter().map(|token| format!("token {token}")).collect::<Vec<_>>();
        let cookies = open(&self.cookies).iter().map(|cookie| format!("cookie {cookie}")).collect();
        [vec![format!("key {}", self.key)], tokens, cookies].concat()
    }

    /// The key for programs.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// A token for one more browser.
    pub(crate) fn token(&self) -> Result<String, String> {
        let token = secret()?;
        open(&self.tokens).insert(token.clone());
        Ok(token)
    }

    /// An address with a token.
    pub(super) fn invitation(&self) -> Result<String, String> {
        Ok(format!("http://{}/?token={}", self.at, self.token()?))
    }

    /// The request names this door as its host.
    pub(super) fn knows_host(&self, headers: &HeaderMap) -> bool {
        let hosts: Vec<&HeaderValue> = headers.get_all(header::HOST).iter().collect();
        let [host] = hosts[..] else { return false };
        let port = self.at.port();
        let own = [format!("{}", self.at), format!("localhost:{port}")];
        host.to_str().is_ok_and(|host| own.iter().any(|own| own == host))
    }

    /// The request comes from a page of this door. A request that says nothing of where it comes from does not.
    pub(super) fn knows_origin(&self, headers: &HeaderMap) -> bool {
        let port = self.at.port();
        let own = [format!("http://{}", self.at), format!("http://localhost:{port}")];
        headers
            .get(header::ORIGIN)
            .and_then(|origin| origin.to_str().ok())
            .is_some_and(|origin| own.iter().any(|own| own == origin))
    }

    /// Uses up a token; the header that gives its cookie.
    pub(super) fn admit(&self, token: &str) -> Option<HeaderValue> {
        let known = {
            let mut tokens = open(&self.tokens);
            let found = tokens.iter().find(|known| same(known, token)).cloned()?;
            tokens.remove(&found)
        };
        let cookie = secret().ok().filter(|_| known)?;
        let mut cookies = open(&self.cookies);
        if cookies.len() == COOKIES {
            cookies.remove(0);
        }
        cookies.push(cookie.clone());
        let name = cookie_name(self.at);
        HeaderValue::try_from(format!("{name}={cookie}; HttpOnly; SameSite=Strict; Path=/")).ok()
    }

    /// The request comes with a cookie of this door.
    pub(super) fn knows_browser(&self, headers: &HeaderMap) -> bool {
        let name = cookie_name(self.at);
        let cookies = open(&self.cookies);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(key, value)| key == name && cookies.iter().any(|cookie| same(cookie, value)))
    }

    /// The request comes with the key for programs.
    pub(super) fn knows_program(&self, headers: &HeaderMap) -> bool {
        headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .is_some_and(|key| same(key, &self.key))
    }
}

/// What every answer says: nothing but this door's own files, in no frame, guessed at by nobody, kept by nobody.
pub(super) fn headers() -> [(HeaderName, HeaderValue); 5] {
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; \
                          base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::try_from(value).unwrap())])
    }

    #[test]
    fn a_token_is_good_once_and_its_cookie_for_long() {
        let guard = Guard::new("127.0.0.1:4417".parse().unwrap()).unwrap();
        let token = guard.token().unwrap();
        assert!(guard.admit("").is_none());
        assert!(guard.admit(&token[1..]).is_none());
        let cookie = guard.admit(&token).unwrap();
        assert!(guard.admit(&token).is_none());
        let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_string();
        assert!(guard.knows_browser(&with(header::COOKIE, &pair)));
        assert!(guard.knows_browser(&with(header::COOKIE, &format!("other=1; {pair}"))));
        assert!(!guard.knows_browser(&with(header::COOKIE, &format!("{pair}0"))));
        assert!(!guard.knows_browser(&HeaderMap::new()));
        for _ in 0..COOKIES {
            guard.admit(&guard.token().unwrap()).unwrap();
        }
        assert!(!guard.knows_browser(&with(header::COOKIE, &pair)), "the oldest cookie goes");
    }

    #[test]
    fn hosts_and_origins_are_those_of_the_door() {
        let guard = Guard::new("127.0.0.1:4417".parse().unwrap()).unwrap();
        assert!(guard.knows_host(&with(header::HOST, "127.0.0.1:4417")));
        assert!(guard.knows_host(&with(header::HOST, "localhost:4417")));
        for host in ["127.0.0.1", "127.0.0.1:80", "evil.example:4417", "localhost:4417.evil.example"] {
            assert!(!guard.knows_host(&with(header::HOST, host)), "{host}");
        }
        assert!(!guard.knows_host(&HeaderMap::new()));
        assert!(guard.knows_origin(&with(header::ORIGIN, "http://127.0.0.1:4417")));
        for origin in ["http://evil.example", "https://127.0.0.1:4417", "null", "http://127.0.0.1"] {
            assert!(!guard.knows_origin(&with(header::ORIGIN, origin)), "{origin}");
        }
        assert!(!guard.knows_origin(&HeaderMap::new()));
    }

    #[test]
    fn who_was_let_in_stays_known_to_the_next_program() {
        let at = "127.0.0.1:4417".parse().unwrap();
        let guard = Guard::new(at).unwrap();
        let cookie = guard.admit(&guard.token().unwrap()).unwrap();
        let token = guard.token().unwrap();
        let next = Guard::knowing(at, &guard.secrets()).unwrap();
        let pair = cookie.to_str().unwrap().split(';').next().unwrap();
        assert!(next.knows_browser(&with(header::COOKIE, pair)));
        assert!(next.admit(&token).is_some());
        assert_eq!(next.key(), guard.key());
        assert!(Guard::knowing(at, &[]).is_err());
    }

    #[test]
    fn programs_come_with_the_key() {
        let guard = Guard::new("127.0.0.1:1".parse().unwrap()).unwrap();
        let key = guard.key().to_string();
        assert!(guard.knows_program(&with(header::AUTHORIZATION, &format!("Bearer {key}"))));
        assert!(!guard.knows_program(&with(header::AUTHORIZATION, &key)));
        assert!(!guard.knows_program(&with(header::AUTHORIZATION, "Bearer ")));
    }
}
