//! Questions to web servers, by ureq. It knows nothing of the world: text goes out, an answer of any status comes back.

use std::io::Read;

use batos_machine::host::{Web, WebAnswer, WebRequest};
use ureq::http::{HeaderName, HeaderValue, Method, Request};

/// Asks over the network.
pub struct Network;

impl Web for Network {
    fn ask(&self, request: WebRequest) -> Result<WebAnswer, String> {
        let text = |error: &dyn std::fmt::Display| error.to_string();
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(request.time_limit))
            .http_status_as_error(false)
            .user_agent(concat!("batos/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        let method = Method::from_bytes(request.method.as_bytes()).map_err(|e| text(&e))?;
        let mut question = Request::builder().method(method).uri(&request.url);
        for (name, value) in &request.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|e| text(&e))?;
            let value = HeaderValue::from_str(value).map_err(|e| text(&e))?;
            question = question.header(name, value);
        }
        // A question without a body is sent without one: some servers refuse an empty one.
        let answer = if request.body.is_empty() {
            agent.run(question.body(()).map_err(|e| text(&e))?)
        } else {
            agent.run(question.body(request.body).map_err(|e| text(&e))?)
        };
        let (head, body) = answer.map_err(|e| text(&e))?.into_parts();
        let mut bytes = Vec::new();
        let read = body.into_reader().take(request.most_bytes + 1).read_to_end(&mut bytes);
        read.map_err(|e| text(&e))?;
        if bytes.len() as u64 > request.most_bytes {
            return Err(format!("the answer has more than {} bytes", request.most_bytes));
        }
        let headers = head.headers.iter().map(|(name, value)| {
            (name.as_str().to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        });
        Ok(WebAnswer { status: head.status.as_u16(), headers: headers.collect(), body: bytes })
    }
}
