//! Which proxy a request goes through, by variables that no process has.

use heygen_client::{TransportError, TransportErrorKind};
use heygen_transport::{Proxies, Proxy, ProxyScheme, ProxyServer};

const ALL: &[ProxyScheme] = &[
    ProxyScheme::Http,
    ProxyScheme::Https,
    ProxyScheme::Socks5,
    ProxyScheme::Socks5h,
];

fn proxies(variables: &[(&str, &str)]) -> Proxies {
    let lookup = |name: &str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).into())
    };
    Proxies::from_variables(lookup, ALL)
}

/// Returns the host of the proxy for a URL in such an environment.
fn proxy_for(variables: &[(&str, &str)], url: &str) -> Option<String> {
    let proxies = proxies(variables);
    let proxy = proxies.proxy_for(&url.parse().unwrap()).unwrap();
    proxy.map(|proxy| proxy.host().to_owned())
}

/// Fails for a URL in such an environment.
fn failure(variables: &[(&str, &str)], url: &str) -> TransportError {
    let proxies = proxies(variables);
    let failed = proxies.proxy_for(&url.parse().unwrap());
    failed.expect_err("no request goes around a proxy that was asked for")
}

#[track_caller]
fn assert_proxies(variables: &[(&str, &str)], https: Option<&str>, http: Option<&str>) {
    let found = |url| proxy_for(variables, url);
    assert_eq!(found("https://api.test/").as_deref(), https, "for https");
    assert_eq!(found("http://api.test/").as_deref(), http, "for http");
}

#[track_caller]
fn assert_proxies_https(variables: &[(&str, &str)], https: &str) {
    assert_eq!(
        proxy_for(variables, "https://api.test/").as_deref(),
        Some(https)
    );
}

#[test]
fn each_scheme_has_its_own_variable() {
    assert_proxies(&[], None, None);
    for (https, http) in [
        ("HTTPS_PROXY", "HTTP_PROXY"),
        ("https_proxy", "http_proxy"),
        ("HTTPS_PROXY", "http_proxy"),
    ] {
        assert_proxies(&[(https, "a")], Some("a"), None);
        assert_proxies(&[(http, "b")], None, Some("b"));
        assert_proxies(&[(https, "a"), (http, "b")], Some("a"), Some("b"));
    }
}

#[test]
fn the_proxy_for_all_comes_last() {
    for all in ["ALL_PROXY", "all_proxy"] {
        assert_proxies(&[(all, "c")], Some("c"), Some("c"));
        assert_proxies(&[(all, "c"), ("https_proxy", "a")], Some("a"), Some("c"));
        assert_proxies(&[(all, "c"), ("HTTP_PROXY", "b")], Some("c"), Some("b"));
    }
}

#[test]
fn what_is_empty_is_passed_over() {
    let variables = [("HTTPS_PROXY", ""), ("https_proxy", "a")];
    assert_proxies(&variables, Some("a"), None);
    let variables = [("HTTP_PROXY", ""), ("ALL_PROXY", " c ")];
    assert_proxies(&variables, Some("c"), Some("c"));
}

#[test]
fn a_proxy_that_cannot_be_read_is_never_gone_around() {
    for url in [
        " ",
        "\t\n",
        "http://user:SECRET#ss@a.test:3128",
        "http://user:SECRET/ss@a.test:3128",
        "http://SECRET/x@a.test:3128",
        "htp://SECRET@a.test:3128",
        "pac+http://a.test:3128",
        "socks4://SECRET@a.test",
        "socks://a.test:1080",
        "http://a.test:99999",
        "http://a.test:8x",
        "http://a.test:-1",
        "http://a.test:",
        "a.test:port",
        "http://",
        "http://[::1",
        "a proxy",
        "://a.test",
        "http://a.test/?SECRET",
        "http://user:%ff@a.test",
    ] {
        for (name, fallback) in [("HTTPS_PROXY", "https_proxy"), ("ALL_PROXY", "all_proxy")] {
            let variables = [
                (name, url),
                (fallback, "b.test"),
                ("NO_PROXY", "intern.test"),
            ];
            let error = failure(&variables, "https://api.test/");
            assert_eq!(error.kind(), TransportErrorKind::Request, "{url}");
            let shown = format!("{error:?} {}", error.hint().unwrap());
            assert!(shown.contains(name) && !shown.contains("SECRET"), "{shown}");
            // What does not go through it does not suffer for it.
            assert_eq!(proxy_for(&variables, "https://www.intern.test/"), None);
            assert_eq!(proxy_for(&variables, "https://[::1]/"), None);
        }
        let other = [("HTTP_PROXY", url), ("HTTPS_PROXY", "b.test")];
        assert_proxies_https(&other, "b.test");
        let error = Proxies::new(&Proxy::Url(url.to_owned()), ALL).unwrap_err();
        assert!(!format!("{error:?}").contains("SECRET"), "{error:?}");
    }
    failure(&[("http_proxy", "socks4://a")], "http://api.test/");
}

#[cfg(unix)]
#[test]
fn a_proxy_that_is_no_text_is_never_gone_around() {
    use std::{ffi::OsString, os::unix::ffi::OsStringExt as _};
    let lookup =
        |name: &str| (name == "https_proxy").then(|| OsString::from_vec(b"http://\xff".to_vec()));
    let proxies = Proxies::from_variables(lookup, ALL);
    assert!(
        proxies
            .proxy_for(&"https://a.test".parse().unwrap())
            .is_err()
    );
}

#[test]
fn the_url_of_a_proxy_is_read() {
    for (url, shown, credential) in [
        ("a.test", "http://a.test:80", None),
        ("A.test:3128/", "http://a.test:3128", None),
        ("HTTPS://a.test", "https://a.test:443", None),
        ("socks5://[::1]", "socks5://[::1]:1080", None),
        ("socks5h://a.test:9", "socks5h://a.test:9", None),
        ("u@a.test", "http://a.test:80", Some(("u", ""))),
        (
            "http://u%40b:p%23:%2F@a.test",
            "http://a.test:80",
            Some(("u@b", "p#:/")),
        ),
        (
            "http://u:p@ss@a.test",
            "http://a.test:80",
            Some(("u", "p@ss")),
        ),
    ] {
        let proxies = Proxies::new(&Proxy::Url(url.to_owned()), ALL).unwrap();
        let server = proxies
            .proxy_for(&"https://api.test".parse().unwrap())
            .unwrap()
            .unwrap();
        assert_eq!(format!("{server:?}"), shown);
        assert_eq!(server.credential(), credential);
        assert_eq!(server.authorization().is_some(), credential.is_some());
    }
}

/// A web server gives the header `Proxy` of anybody's request to a script as `HTTP_PROXY`.
#[test]
fn a_header_of_a_request_is_no_proxy() {
    let variables = [
        ("REQUEST_METHOD", "GET"),
        ("HTTP_PROXY", "evil"),
        ("HTTPS_PROXY", "a"),
    ];
    assert_proxies(&variables, Some("a"), None);
    let mut own = variables.to_vec();
    own.push(("http_proxy", "b"));
    assert_proxies(&own, Some("a"), Some("b"));
}

#[test]
fn this_machine_is_reached_directly() {
    for url in [
        "http://localhost:8080/",
        "https://127.0.0.9/",
        "http://[::1]/",
    ] {
        assert_eq!(proxy_for(&[("ALL_PROXY", "a")], url), None);
    }
    // Unless somebody named a proxy for everything.
    let all = Proxies::new(&Proxy::Url("a".to_owned()), ALL).unwrap();
    let proxy = all
        .proxy_for(&"http://localhost/".parse().unwrap())
        .unwrap();
    assert_eq!(proxy.map(ProxyServer::host), Some("a"));
}

#[test]
fn servers_are_exempt_by_name_address_network_and_port() {
    for (list, direct, through) in [
        (
            "intern.test",
            &[
                "https://intern.test/",
                "http://A.Intern.test:81/",
                "http://intern.test./",
            ][..],
            &[
                "https://notintern.test/",
                "https://intern.test.page.test/",
                "https://test/",
            ][..],
        ),
        (
            ".a.test, *.b.test",
            &["https://a.test/", "https://x.a.test/", "https://x.b.test/"],
            &["https://xa.test/", "https://c.test/"],
        ),
        (
            "10.0.0.7,192.168.0.0/16,2001:db8::/33",
            &[
                "http://10.0.0.7/",
                "http://192.168.255.1/",
                "http://[2001:db8:7fff::1]/",
            ],
            &[
                "http://10.0.0.8/",
                "http://192.169.0.1/",
                "http://[2001:db8:8000::1]/",
                "http://192.168.0.1.page.test/",
            ],
        ),
        (
            "a.test:8080,[2001:db8::1]:80,b.test:443",
            &[
                "https://a.test:8080/",
                "http://[2001:db8::1]/",
                "https://b.test/",
            ],
            &[
                "https://a.test/",
                "http://[2001:db8::1]:81/",
                "http://b.test/",
            ],
        ),
        ("0.0.0.0/0", &["http://1.2.3.4/"], &["http://[::2]/"]),
        ("::/0", &["http://[::2]/"], &["http://1.2.3.4/"]),
        ("1.2.3.4/99", &["http://1.2.3.4/"], &["http://1.2.3.5/"]),
        ("a.test, *", &["https://anything.test/"], &[]),
        (" , ", &[], &["https://a.test/"]),
    ] {
        for name in ["NO_PROXY", "no_proxy"] {
            let found = |url| proxy_for(&[("ALL_PROXY", "c"), (name, list)], url);
            for url in direct {
                assert_eq!(found(url), None, "{list}: {url}");
            }
            for url in through {
                assert_eq!(found(url).as_deref(), Some("c"), "{list}: {url}");
            }
        }
    }
}
