use std::net::IpAddr;

use heygen_types::Origin;

/// The servers that `NO_PROXY` names.
#[derive(Clone, Debug)]
pub(super) struct Exempt(Vec<Entry>);

#[derive(Clone, Debug)]
struct Entry {
    host: Host,
    port: Option<u16>,
}

#[derive(Clone, Debug)]
enum Host {
    Any,
    /// An address is a network of one.
    Network {
        address: IpAddr,
        prefix_bits: u32,
    },
    /// A domain and those below it, in lower case.
    Domain(String),
}

impl Exempt {
    pub(super) fn new(list: &str) -> Self {
        let entries = list.split(',').map(str::trim);
        Self(
            entries
                .filter(|text| !text.is_empty())
                .map(Entry::new)
                .collect(),
        )
    }

    pub(super) fn contains(&self, origin: &Origin) -> bool {
        let host = bare(origin.host());
        let host = host.strip_suffix('.').unwrap_or(host);
        let is_port = |wanted| wanted == origin.port();
        self.0
            .iter()
            .any(|entry| entry.port.is_none_or(is_port) && entry.host.is(host))
    }
}

impl Entry {
    fn new(text: &str) -> Self {
        // The colons of an IPv6 address separate no port.
        let port = text
            .rsplit_once(':')
            .filter(|(host, _)| !host.contains(':') || host.ends_with(']'))
            .and_then(|(host, port)| Some((host, port.parse().ok()?)));
        let (host, port) = port.map_or((text, None), |(host, port)| (host, Some(port)));
        Self {
            host: Host::new(bare(host)),
            port,
        }
    }
}

impl Host {
    fn new(text: &str) -> Self {
        if text == "*" {
            return Self::Any;
        }
        let (address, prefix) = text.split_once('/').unwrap_or((text, ""));
        if let Ok(address) = address.parse::<IpAddr>() {
            return Self::Network {
                address,
                // A prefix that is none leaves the one address, which is the least.
                prefix_bits: prefix.parse().unwrap_or(u128::BITS),
            };
        }
        let domain = text.strip_prefix('*').unwrap_or(text);
        Self::Domain(domain.trim_matches('.').to_ascii_lowercase())
    }

    fn is(&self, host: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Network {
                address,
                prefix_bits,
            } => host
                .parse()
                .is_ok_and(|other| is_within(other, *address, *prefix_bits)),
            Self::Domain(domain) => host
                .strip_suffix(domain.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
        }
    }
}

fn is_within(address: IpAddr, network: IpAddr, prefix_bits: u32) -> bool {
    let (difference, len_bits) = match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(b)) => (u128::from(a.to_bits() ^ b.to_bits()), u32::BITS),
        (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits() ^ b.to_bits(), u128::BITS),
        _ => return false,
    };
    // The bits behind the prefix may differ.
    let free_bits = len_bits - prefix_bits.min(len_bits);
    difference.checked_shr(free_bits).unwrap_or(0) == 0
}

/// Takes the brackets of an IPv6 address off.
fn bare(host: &str) -> &str {
    host.strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(host)
}
