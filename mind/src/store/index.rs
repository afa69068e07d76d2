//! Where packages come from on this machine: what `pip` would use, so that a configured mirror or proxy is honoured.
//!
//! The index answers by the simple repository API, as JSON (PEP 691) or as a page of links (PEP 503). Proxies come from
//! the environment (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`), certificates from the platform.

use super::StoreError;
use serde_json::Value;
use std::path::PathBuf;
use std::time::Duration;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

const PUBLIC_INDEX: &str = "https://pypi.org/simple";
/// Most bytes of an index page.
const MAX_PAGE: u64 = 16 << 20;

/// A client with the platform's certificates.
pub(crate) fn agent() -> Agent {
    agent_waiting(20)
}

/// One that soon gives up where nobody answers.
pub(super) fn impatient_agent() -> Agent {
    agent_waiting(4)
}

fn agent_waiting(seconds: u64) -> Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .timeout_connect(Some(Duration::from_secs(seconds)))
        .timeout_recv_response(Some(Duration::from_secs(120)))
        .build();
    Agent::new_with_config(config)
}

/// Whether an address is on this machine.
pub(crate) fn is_local(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    ["localhost", "127.", "[::1]"].iter().any(|local| host.starts_with(local))
}

/// The base address of the index.
pub(super) fn index_url() -> String {
    let from_environment = std::env::var("PIP_INDEX_URL").ok().filter(|url| !url.is_empty());
    let url = from_environment.or_else(|| pip_files().iter().find_map(|file| index_of_file(file)));
    url.unwrap_or_else(|| PUBLIC_INDEX.to_owned()).trim_end_matches('/').to_owned()
}

/// Whether an index is the public one, so that nobody asked for another source.
pub(super) fn is_public(index: &str) -> bool {
    index == PUBLIC_INDEX
}

/// Directories that `pip` would look in before it asks an index.
pub(super) fn local_directories() -> Vec<PathBuf> {
    let links = std::env::var("PIP_FIND_LINKS").unwrap_or_default();
    links.split_whitespace().map(|link| PathBuf::from(link.trim_start_matches("file://"))).collect()
}

/// pip's configuration files, the strongest first.
fn pip_files() -> Vec<String> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let home = variable("HOME").unwrap_or_default();
    let config = variable("XDG_CONFIG_HOME").unwrap_or_else(|| format!("{home}/.config"));
    let mut files: Vec<String> = variable("PIP_CONFIG_FILE").into_iter().collect();
    files.push(format!("{config}/pip/pip.conf"));
    files.push(format!("{home}/.pip/pip.conf"));
    files.push("/etc/pip.conf".into());
    files.push("/etc/xdg/pip/pip.conf".into());
    files.into_iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect()
}

/// `index-url` of the sections that concern downloads.
pub(super) fn index_of_file(text: &str) -> Option<String> {
    let mut concerns = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            concerns = matches!(line, "[global]" | "[install]" | "[download]");
        } else if let Some((key, value)) = line.split_once('=')
            && concerns
            && matches!(key.trim(), "index-url" | "index_url")
        {
            return Some(value.trim().trim_matches('"').to_owned());
        }
    }
    None
}

/// The address of a package's file.
pub(super) fn find_wheel(
    agent: &Agent,
    index: &str,
    package: &str,
    wheel: &str,
) -> Result<String, StoreError> {
    let page = format!("{index}/{package}/");
    let network = |error: ureq::Error| StoreError::Network { url: page.clone(), reason: error.to_string() };
    let accept = "application/vnd.pypi.simple.v1+json, text/html;q=0.5";
    let mut response = agent.get(&page).header("Accept", accept).call().map_err(network)?;
    let body = response.body_mut().with_config().limit(MAX_PAGE).read_to_string().map_err(network)?;
    let link = link_in_json(&body, wheel).or_else(|| link_in_html(&body, wheel));
    match link {
        Some(link) => Ok(join(&page, &link)),
        None => Err(StoreError::NotOffered { index: index.to_owned(), wheel: wheel.to_owned() }),
    }
}

pub(super) fn link_in_json(body: &str, wheel: &str) -> Option<String> {
    let page: Value = serde_json::from_str(body).ok()?;
    let files = page.get("files")?.as_array()?;
    let file = files.iter().find(|file| file.get("filename").and_then(Value::as_str) == Some(wheel))?;
    Some(file.get("url")?.as_str()?.to_owned())
}

pub(super) fn link_in_html(body: &str, wheel: &str) -> Option<String> {
    body.split("href=").skip(1).find_map(|rest| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let link = rest[1..].split(quote).next()?;
        let path = link.split(['#', '?']).next()?;
        (path.rsplit('/').next()? == wheel)
            .then(|| link.split('#').next().unwrap_or(link).replace("&amp;", "&"))
    })
}

/// A link as seen from the page it stands on.
pub(super) fn join(page: &str, link: &str) -> String {
    if link.contains("://") {
        return link.to_owned();
    }
    let (scheme, rest) = page.split_once("://").unwrap_or(("https", page));
    if let Some(host) = link.strip_prefix("//") {
        return format!("{scheme}://{host}");
    }
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut parts: Vec<&str> = match link.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => path.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect()),
    };
    for part in link.trim_start_matches('/').split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            part => parts.push(part),
        }
    }
    format!("{scheme}://{host}/{}", parts.join("/"))
}
