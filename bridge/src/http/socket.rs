//! A browser's socket: MessagePack messages, one in each binary frame, the same as on a ZeroMQ door.
//!
//! Who says nothing for a while after connecting is sent away, and so is who says more than a person or a program of good will does in
//! a second. Reading stops while the world has no room for more.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use batos_machine::doors::Incoming;
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::{Instant, sleep, timeout};

use super::rate::Rate;
use super::{House, refuse};
use crate::form;
use crate::hub::{ToDoor, event};

/// Time to say something after connecting.
const SILENCE: Duration = Duration::from_secs(30);
/// Longest that handing a frame to the network may take.
const STUCK: Duration = Duration::from_secs(30);
/// Most sockets of one door.
const SOCKETS: usize = 256;
/// Longest message of a browser.
const LONGEST: usize = 1 << 20;

/// A page of this door wants a socket.
pub(super) async fn upgrade(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let guard = &house.guard;
    let allowed = guard.knows_browser(&headers) && guard.knows_origin(&headers);
    if !allowed && !guard.knows_program(&headers) {
        return refuse(
            StatusCode::FORBIDDEN,
            "sockets are for pages of this door, and for programs with its key",
        );
    }
    if house.count.load(Ordering::Relaxed) >= SOCKETS {
        return refuse(StatusCode::SERVICE_UNAVAILABLE, "too many are connected");
    }
    upgrade.max_message_size(LONGEST).max_frame_size(LONGEST).on_upgrade(move |socket| serve(house, socket))
}

async fn serve(house: Arc<House>, mut socket: WebSocket) {
    let (sender, mut outbox) = unbounded_channel();
    let (client, guest) = house.hub.enter(&house.line, house.role);
    house.sockets().insert(client, sender);
    house.count.fetch_add(1, Ordering::Relaxed);
    let connected = Instant::now();
    let (mut spoken, mut rate) = (false, Rate::new(std::time::Instant::now()));
    let reason = loop {
        tokio::select! {
            what = outbox.recv() => match what {
                Some(ToDoor::Send(_, bytes)) => {
                    let size = bytes.len();
                    let sent = timeout(STUCK, socket.send(Message::Binary(bytes.into()))).await;
                    house.hub.sent(&guest, size);
                    match sent {
                        Ok(Ok(())) => {}
                        Ok(Err(_)) => break "the connection has ended".to_string(),
                        Err(_) => break "it did not read its answers".to_string(),
                    }
                }
                Some(ToDoor::Dismiss(_, reason)) => break reason,
                Some(ToDoor::Close | ToDoor::HandOver) | None => break "the door was closed".to_string(),
            },
            frame = socket.recv(), if house.hub.has_room() => {
                let bytes = match frame {
                    Some(Ok(Message::Binary(bytes))) => bytes,
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                    Some(Ok(Message::Text(_))) => break "messages are binary".to_string(),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break "the connection has ended".to_string(),
                };
                spoken = true;
                if !rate.allows_one(std::time::Instant::now()) {
                    break "too many messages".to_string();
                }
                if let Err(error) = form::check(&bytes) {
                    break error.to_string();
                }
                let mut incoming = Incoming { client, role: house.role, event: event(bytes.to_vec()) };
                while let Err(back) = house.hub.arrive(incoming) {
                    incoming = back;
                    sleep(Duration::from_millis(5)).await;
                }
            }
            () = sleep(SILENCE.saturating_sub(connected.elapsed())), if !spoken => break "it said nothing".to_string(),
            // The queue to the world has room again, perhaps.
            () = sleep(Duration::from_millis(5)), if !house.hub.has_room() => {}
        }
    };
    let goodbye = CloseFrame { code: close_code::NORMAL, reason: reason.clone().into() };
    let _ = timeout(Duration::from_secs(1), socket.send(Message::Close(Some(goodbye)))).await;
    house.sockets().remove(&client);
    house.count.fetch_sub(1, Ordering::Relaxed);
    house.hub.leave(client, house.role, &reason);
}
