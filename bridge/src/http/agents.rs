//! Agents on an HTTP door: the streamable HTTP transport of the Model Context Protocol at `/mcp`.
//!
//! Whoever begins (`initialize`) gets the number of a session, which is a client like any other; each request is one POST, answered
//! with one JSON object, or with a stream of events if the agent takes those: progress, then the answer. What is said
//! goes on to the world as it is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use batos_machine::doors::Incoming;
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::{HESITATION, House, refuse};
use crate::form::LONGEST;
use crate::hub::{ToDoor, event};
use crate::mcp::json;

/// Most sessions of a door; the one that was silent for longest makes room.
const SESSIONS: usize = 64;
const SESSION: HeaderName = HeaderName::from_static("mcp-session-id");

/// An agent that has begun.
pub(super) struct Session {
    client: u64,
    /// Who waits for what: requests by number and by the token of their progress.
    waiting: Mutex<HashMap<String, Waiting>>,
    heard: Mutex<Instant>,
    /// Where the session's own messages go.
    line: UnboundedSender<ToDoor>,
}

struct Waiting {
    token: Option<Value>,
    to: UnboundedSender<Value>,
}

/// All sessions of a door, by the number that agents know.
pub(super) type Sessions = Mutex<HashMap<String, Arc<Session>>>;

fn lock<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Why this agent may not come in at all.
fn refusal(house: &House, headers: &HeaderMap) -> Option<Response> {
    let guard = &house.guard;
    // A page of elsewhere never; a program says nothing of an origin.
    let foreign = headers.contains_key(header::ORIGIN) && !guard.knows_origin(headers);
    if foreign || !guard.knows_program(headers) {
        let text = "agents come with the door's key: Authorization: Bearer KEY (bridge doors tells it)";
        return Some(refuse(if foreign { StatusCode::FORBIDDEN } else { StatusCode::UNAUTHORIZED }, text));
    }
    None
}

fn session(house: &House, headers: &HeaderMap) -> Option<Arc<Session>> {
    let name = headers.get(SESSION)?.to_str().ok()?;
    let session = lock(&house.sessions).get(name).cloned()?;
    *lock(&session.heard) = Instant::now();
    Some(session)
}

/// A message of an agent.
pub(super) async fn post(State(house): State<Arc<House>>, headers: HeaderMap, body: Body) -> Response {
    // Nothing is read of whoever may not come in.
    if let Some(refusal) = refusal(&house, &headers) {
        return refusal;
    }
    let body = match tokio::time::timeout(HESITATION, to_bytes(body, LONGEST)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => {
            return refuse(StatusCode::PAYLOAD_TOO_LARGE, "a message is whole and has 20 MiB at most");
        }
        Err(_) => return refuse(StatusCode::REQUEST_TIMEOUT, "the message took too long to arrive"),
    };
    let (value, bytes) = match json::to_message(&body) {
        Ok(read) => read,
        Err(error) => return answer(StatusCode::BAD_REQUEST, &json::complaint(Value::Null, -32700, &error)),
    };
    let begins = value.get("method").and_then(Value::as_str) == Some("initialize");
    let (session, name) = match session(&house, &headers) {
        Some(session) => (session, None),
        None if begins => match begin(&house) {
            Ok((session, name)) => (session, Some(name)),
            Err(error) => return refuse(StatusCode::SERVICE_UNAVAILABLE, error),
        },
        None => return refuse(StatusCode::NOT_FOUND, "there is no such session: begin with initialize"),
    };
    let (sender, mut answers) = unbounded_channel();
    let id = value.get("id").map(Value::to_string);
    if json::is_request(&value) {
        let token = value.pointer("/params/_meta/progressToken").cloned();
        let key = id.clone().unwrap_or_default();
        let mut waiting = lock(&session.waiting);
        if waiting.get(&key).is_some_and(|earlier| !earlier.to.is_closed()) {
            let text = "an earlier request with this id is not answered yet";
            let complaint = json::complaint(value["id"].clone(), -32600, text);
            return answer(StatusCode::BAD_REQUEST, &complaint);
        }
        waiting.insert(key, Waiting { token, to: sender });
    }
    let mut incoming = Incoming { client: session.client, role: house.role, event: event(bytes) };
    while let Err(back) = house.hub.arrive(incoming) {
        incoming = back;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    if !json::is_request(&value) {
        if value.get("method").and_then(Value::as_str) == Some("notifications/cancelled") {
            // A cancelled request is not answered: whoever waits for it waits no longer.
            let id = value.pointer("/params/requestId").map(Value::to_string).unwrap_or_default();
            lock(&session.waiting).remove(&id);
        }
        return StatusCode::ACCEPTED.into_response();
    }
    let streams = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/event-stream"));
    let mut response = if streams && !begins {
        stream(answers)
    } else {
        loop {
            match answers.recv().await {
                Some(value) if json::is_answer(&value) => break answer(StatusCode::OK, &value),
                Some(_) => {}
                None => break refuse(StatusCode::GONE, "the session has ended"),
            }
        }
    };
    if let Some(name) = name.and_then(|name| HeaderValue::try_from(name).ok()) {
        response.headers_mut().insert(SESSION, name);
    }
    response
}

/// The end of a session.
pub(super) async fn delete(State(house): State<Arc<House>>, headers: HeaderMap) -> Response {
    if let Some(refusal) = refusal(&house, &headers) {
        return refusal;
    }
    let Some(session) = session(&house, &headers) else {
        return refuse(StatusCode::NOT_FOUND, "there is no such session");
    };
    // Whoever is there no more is not told.
    let _ = session.line.send(ToDoor::Dismiss(session.client, "it said goodbye".into()));
    StatusCode::NO_CONTENT.into_response()
}

fn answer(status: StatusCode, value: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// Messages as they come, up to the answer.
fn stream(answers: UnboundedReceiver<Value>) -> Response {
    let events = futures_util::stream::unfold(Some(answers), |answers| async move {
        let mut answers = answers?;
        let value = answers.recv().await?;
        let event = format!("event: message\ndata: {value}\n\n");
        let rest = if json::is_answer(&value) { None } else { Some(answers) };
        Some((Ok::<_, std::convert::Infallible>(event), rest))
    });
    ([(header::CONTENT_TYPE, "text/event-stream")], Body::from_stream(events)).into_response()
}

/// A new session and its number.
fn begin(house: &Arc<House>) -> Result<(Arc<Session>, String), &'static str> {
    let name = super::guard::secret().map_err(|_| "the system gives no random numbers")?;
    let (sender, outbox) = unbounded_channel();
    let (client, guest) = house.hub.enter(&house.line, house.role);
    house.sockets().insert(client, sender.clone());
    house.count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let session = Arc::new(Session {
        client,
        waiting: Mutex::default(),
        heard: Mutex::new(Instant::now()),
        line: sender,
    });
    let mut sessions = lock(&house.sessions);
    if sessions.len() >= SESSIONS {
        let silent = sessions.values().min_by_key(|session| *lock(&session.heard)).cloned();
        if let Some(silent) = silent {
            let _ = silent.line.send(ToDoor::Dismiss(silent.client, "others have come".into()));
        }
    }
    sessions.insert(name.clone(), session.clone());
    drop(sessions);
    tokio::spawn(attend(house.clone(), session.clone(), guest, outbox, name.clone()));
    Ok((session, name))
}

/// Hands what the world says to those who wait for it, as long as the session lasts.
async fn attend(
    house: Arc<House>,
    session: Arc<Session>,
    guest: Arc<crate::hub::Guest>,
    mut outbox: UnboundedReceiver<ToDoor>,
    name: String,
) {
    let reason = loop {
        match outbox.recv().await {
            Some(ToDoor::Send(_, bytes)) => {
                house.hub.sent(&guest, bytes.len());
                hand_over(&session, json::from_message(&bytes));
            }
            Some(ToDoor::Dismiss(_, reason)) => break reason,
            Some(ToDoor::Close | ToDoor::HandOver) | None => break "the door was closed".to_string(),
        }
    };
    lock(&house.sessions).remove(&name);
    lock(&session.waiting).clear();
    house.sockets().remove(&session.client);
    house.count.fetch_sub(1, std::sync::atomic::Ordering::Relaxed);
    house.hub.leave(session.client, house.role, &reason);
}

fn hand_over(session: &Session, value: Value) {
    let mut waiting = lock(&session.waiting);
    if json::is_answer(&value) {
        let id = value.get("id").map(Value::to_string).unwrap_or_default();
        if let Some(found) = waiting.remove(&id) {
            // Whoever has hung up does not want it.
            let _ = found.to.send(value);
        }
        return;
    }
    let token = value.pointer("/params/progressToken");
    if let Some(found) = waiting.values().find(|w| w.token.is_some() && w.token.as_ref() == token) {
        let _ = found.to.send(value);
    }
}
