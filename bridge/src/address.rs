//! Addresses of doors: `ipc://PATH`, `tcp://HOST:PORT`, `http://HOST:PORT`, each with an optional `?role=look|touch|change`.
//!
//! Invariant: an address that was read leads nowhere but to this machine.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use batos_machine::doors::Role;

/// How a door is reached.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Way {
    /// ZeroMQ on a socket of the file system.
    Ipc(PathBuf),
    /// ZeroMQ on a port of this machine; port 0 takes a free one.
    Tcp(SocketAddr),
    /// HTTP, for browsers and agents, on a port of this machine.
    Http(SocketAddr),
}

/// An address with the role of those who come in there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// How the door is reached.
    pub way: Way,
    /// What clients may do.
    pub role: Role,
}

/// Longest path of a socket that systems take.
const LONGEST_PATH: usize = 107;

impl Address {
    /// Reads an address. The error says what is wrong and what would do.
    pub fn read(text: &str) -> Result<Address, String> {
        let (place, options) = text.split_once('?').unwrap_or((text, ""));
        let mut role = Role::Touch;
        for option in options.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("role", name)) => {
                    role = Role::named(name)
                        .ok_or_else(|| format!("there is no role {name}: look, touch or change"))?;
                }
                _ => return Err(format!("{option} is no option of a door: role=look, touch or change is")),
            }
        }
        let (scheme, rest) = place.split_once("://").ok_or_else(|| {
            format!("{text} is no address: ipc://PATH, tcp://127.0.0.1:PORT or http://127.0.0.1:PORT is")
        })?;
        let way = match scheme {
            "ipc" => Way::Ipc(path(rest)?),
            "tcp" => Way::Tcp(loopback(rest)?),
            "http" => Way::Http(loopback(rest)?),
            other => return Err(format!("there is no way in by {other}: ipc, tcp and http are known")),
        };
        Ok(Address { way, role })
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.way {
            Way::Ipc(path) => write!(f, "ipc://{}", path.display()),
            Way::Tcp(at) => write!(f, "tcp://{at}"),
            Way::Http(at) => write!(f, "http://{at}"),
        }
    }
}

fn path(text: &str) -> Result<PathBuf, String> {
    if text.is_empty() || text.contains('\0') {
        return Err("ipc:// needs the path of a socket, such as ipc:///run/user/1000/batos/garden".into());
    }
    if text.starts_with('@') {
        // Sockets of the abstract name space have no directory that could keep strangers out.
        return Err("a socket without a file can't be guarded: give a path".into());
    }
    if text.len() > LONGEST_PATH {
        return Err(format!("{text} is longer than a socket's path may be ({LONGEST_PATH} bytes)"));
    }
    Ok(PathBuf::from(text))
}

fn loopback(text: &str) -> Result<SocketAddr, String> {
    let text = text.trim_end_matches('/');
    let named = text.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}"));
    let at: SocketAddr = named
        .as_deref()
        .unwrap_or(text)
        .parse()
        .map_err(|_| format!("{text} is no address with a port, such as 127.0.0.1:4417"))?;
    let is_loopback = match at.ip() {
        IpAddr::V4(ip) => ip.is_loopback(),
        IpAddr::V6(ip) => ip.is_loopback(),
    };
    if is_loopback {
        Ok(at)
    } else {
        Err(format!(
            "{at} can be reached from other machines, and what is said there could be read: only loopback addresses are opened (use an SSH tunnel)"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let read = |text| Address::read(text).map(|a| (a.to_string(), a.role));
        assert_eq!(read("ipc:///tmp/a/b"), Ok(("ipc:///tmp/a/b".into(), Role::Touch)));
        assert_eq!(read("tcp://127.0.0.1:0?role=change"), Ok(("tcp://127.0.0.1:0".into(), Role::Change)));
        assert_eq!(
            read("http://localhost:4417/?role=look"),
            Ok(("http://127.0.0.1:4417".into(), Role::Look))
        );
        assert_eq!(read("tcp://[::1]:7"), Ok(("tcp://[::1]:7".into(), Role::Touch)));
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        let long = format!("ipc:///{}", "x".repeat(120));
        for text in [
            "tcp://0.0.0.0:1",
            "tcp://10.0.0.1:80",
            "http://example.org:80",
            "ipc://",
            "ipc://@name",
            "tcp://*:5",
            "udp://127.0.0.1:1",
            "127.0.0.1:5",
            "tcp://127.0.0.1",
            "tcp://127.0.0.1:99999",
            "ipc:///tmp/x?role=admin",
            "ipc:///tmp/x?color=red",
            &long,
            "",
        ] {
            assert!(Address::read(text).is_err(), "{text}");
        }
    }
}
