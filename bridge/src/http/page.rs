//! The screen's files, which are part of the program. They hold no secrets: whoever comes in at all may have them.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::{House, refuse};

const FRONT: &[u8] = include_bytes!("../../screen/dist/index.html");
/// Name, kind, content.
const FILES: &[(&str, &str, &[u8])] = &[
    ("screen.js", "text/javascript; charset=utf-8", include_bytes!("../../screen/dist/screen.js")),
    ("screen.css", "text/css; charset=utf-8", include_bytes!("../../screen/dist/screen.css")),
];

/// The page itself.
pub(super) fn front() -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], FRONT).into_response()
}

/// One of the page's files.
pub(super) async fn file(
    State(house): State<Arc<House>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    if !house.guard.knows_browser(&headers) {
        return refuse(StatusCode::FORBIDDEN, "come in by the address with a token first");
    }
    match FILES.iter().find(|(known, _, _)| *known == name) {
        Some((_, kind, content)) => ([(header::CONTENT_TYPE, *kind)], *content).into_response(),
        None => refuse(StatusCode::NOT_FOUND, "there is no such file"),
    }
}
