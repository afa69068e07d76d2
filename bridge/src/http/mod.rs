//! HTTP doors: a page with a socket for browsers, which speak the same messages as programs do.
//!
//! One thread runs them all in turn (a current-thread runtime). Whoever is let in stands in `guard`; what goes over a socket in `socket`; agents in
//! `agents`; the page's files in `page`. No request without the door's own Host is answered with anything but a refusal.

mod agents;
mod guard;
mod page;
mod rate;
mod socket;

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use batos_machine::doors::Role;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::hub::{Hub, Line, Opened, ToDoor};
pub(crate) use guard::Guard;

/// Most connections at a time; further ones wait.
const CONNECTIONS: usize = 1024;
/// Longest time to say what one wants.
const HESITATION: Duration = Duration::from_secs(10);
/// Time that sockets have for their last answers when another program goes on with the door.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// What the handlers of a door share.
pub(super) struct House {
    guard: Arc<Guard>,
    role: Role,
    hub: Arc<Hub>,
    line: Arc<Line>,
    /// How many clients are connected.
    count: Arc<AtomicUsize>,
    /// Where each client's messages go.
    sockets: Mutex<HashMap<u64, UnboundedSender<ToDoor>>>,
    sessions: agents::Sessions,
}

impl House {
    fn sockets(&self) -> std::sync::MutexGuard<'_, HashMap<u64, UnboundedSender<ToDoor>>> {
        self.sockets.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Opens an HTTP door.
pub(crate) fn open(
    at: SocketAddr,
    role: Role,
    hub: Arc<Hub>,
    count: Arc<AtomicUsize>,
) -> Result<Opened, String> {
    let failed = |e: std::io::Error| format!("http://{at} can't be opened: {e}");
    let listener = TcpListener::bind(at).map_err(failed)?;
    let real = listener.local_addr().map_err(failed)?;
    start(listener, Guard::new(real)?, role, hub, count)
}

/// Goes on with a door that another program had: its listener, and what it knew of who may come in.
pub(crate) fn go_on(
    listener: OwnedFd,
    secrets: &[String],
    role: Role,
    hub: Arc<Hub>,
    count: Arc<AtomicUsize>,
) -> Result<Opened, String> {
    let listener = TcpListener::from(listener);
    let real = listener.local_addr().map_err(|e| format!("the door that was handed over is none: {e}"))?;
    start(listener, Guard::knowing(real, secrets)?, role, hub, count)
}

fn start(
    listener: TcpListener,
    guard: Guard,
    role: Role,
    hub: Arc<Hub>,
    count: Arc<AtomicUsize>,
) -> Result<Opened, String> {
    let failed = |e: std::io::Error| format!("the door can't be opened: {e}");
    listener.set_nonblocking(true).map_err(failed)?;
    let real = listener.local_addr().map_err(failed)?;
    let kept = listener.try_clone().map_err(failed)?;
    let (sender, mut inbox) = unbounded_channel();
    let line = Line::new(move |what| sender.send(what).is_ok());
    let guard = Arc::new(guard);
    let house = Arc::new(House {
        guard: guard.clone(),
        role,
        hub,
        line: line.clone(),
        count,
        sockets: Mutex::default(),
        sessions: agents::Sessions::default(),
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let thread = std::thread::Builder::new()
        .name("bridge-http".into())
        .spawn(move || {
            runtime.block_on(async move {
                let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
                let router = router(house.clone());
                tokio::select! {
                    () = accept(&listener, &router) => {}
                    () = deliver(&house, &mut inbox) => {}
                }
            });
        })
        .map_err(failed)?;
    let address = format!("http://{real}");
    Ok(Opened { address, line, thread, guard: Some(guard), listener: Some(kept.into()) })
}

/// Serves whoever connects, so many at a time. Who does not say what it wants soon is sent away.
async fn accept(listener: &tokio::net::TcpListener, router: &Router) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // No descriptors, or one who was gone at once: others may have better luck a little later.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let _place = place;
            // What goes wrong on a connection is its own affair.
            let _ = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HESITATION)
                .serve_connection(TokioIo::new(stream), service)
                .with_upgrades()
                .await;
        });
    }
}

/// Hands what the machine says to the sockets, until the door is to be closed.
async fn deliver(house: &House, inbox: &mut tokio::sync::mpsc::UnboundedReceiver<ToDoor>) {
    while let Some(what) = inbox.recv().await {
        let client = match &what {
            ToDoor::Close => return,
            ToDoor::HandOver => return farewell(house).await,
            ToDoor::Send(client, _) | ToDoor::Dismiss(client, _) => *client,
        };
        if let Some(socket) = house.sockets().get(&client) {
            let _ = socket.send(what);
        }
    }
}

/// Lets all sockets send what they have, and go.
async fn farewell(house: &House) {
    for socket in house.sockets().values() {
        let _ = socket.send(ToDoor::Close);
    }
    let begun = tokio::time::Instant::now();
    while !house.sockets().is_empty() && begun.elapsed() < LAST_WORDS {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

fn router(house: Arc<House>) -> Router {
    Router::new()
        .route("/", get(front))
        .route("/socket", get(socket::upgrade))
        .route("/invite", post(invite))
        .route("/mcp", post(agents::post).delete(agents::delete))
        .route("/{file}", get(page::file))
        .layer(middleware::from_fn_with_state(house.clone(), watch))
        .with_state(house)
}

/// Every request: the right host, and the headers that every answer has.
async fn watch(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let mut response = if house.guard.knows_host(request.headers()) {
        next.run(request).await
    } else {
        refuse(StatusCode::MISDIRECTED_REQUEST, "this door answers to its own address only")
    };
    for (name, value) in guard::headers() {
        response.headers_mut().insert(name, value);
    }
    response
}

fn refuse(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], format!("{text}\n")).into_response()
}

/// Another address with a token, for whoever has the key.
async fn invite(State(house): State<Arc<House>>, headers: HeaderMap) -> Response {
    if headers.contains_key(header::ORIGIN) || !house.guard.knows_program(&headers) {
        return refuse(StatusCode::FORBIDDEN, "this is for programs with the door's key");
    }
    match house.guard.invitation() {
        Ok(address) => ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], address).into_response(),
        Err(_) => refuse(StatusCode::SERVICE_UNAVAILABLE, "the system gives no random numbers"),
    }
}

/// The page. With a token: a cookie, and the way to the page without it.
async fn front(
    State(house): State<Arc<House>>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    if let Some(token) = query.get("token") {
        if house.guard.knows_browser(&headers) {
            return (StatusCode::SEE_OTHER, [(header::LOCATION, "/")]).into_response();
        }
        return match house.guard.admit(token) {
            Some(cookie) => {
                let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, "/")]).into_response();
                response.headers_mut().insert(header::SET_COOKIE, cookie);
                response
            }
            None => refuse(
                StatusCode::FORBIDDEN,
                "this address was used already: ask the world for another one (bridge invite)",
            ),
        };
    }
    if !house.guard.knows_browser(&headers) {
        return refuse(
            StatusCode::FORBIDDEN,
            "come in by the address with a token, which the world printed when it opened this door",
        );
    }
    page::front()
}
