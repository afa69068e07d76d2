//! Agents, by the Model Context Protocol. The protocol's meaning is the world's (`stdlib/bridge/mcp.self`); here JSON becomes messages and
//! messages JSON, on the standard streams. On HTTP doors it is `http::agents`.

pub mod json;
pub(crate) mod stdio;
