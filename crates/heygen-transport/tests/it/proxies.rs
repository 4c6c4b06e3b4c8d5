//! Which proxy a request goes through, by variables that no process has.

use heygen_transport::Proxies;
use http::Uri;

/// Returns the proxy for a URL in such an environment.
fn proxy_for(variables: &[(&str, &str)], url: &str) -> Option<String> {
    let lookup = |name: &str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    let parse = |url: &str| (url != "unreadable").then(|| url.to_owned());
    let proxies = Proxies::from_variables(lookup, parse);
    proxies.proxy_for(&url.parse::<Uri>().unwrap()).cloned()
}

#[track_caller]
fn assert_proxies(variables: &[(&str, &str)], https: Option<&str>, http: Option<&str>) {
    let found = |url| proxy_for(variables, url);
    assert_eq!(found("https://api.test/").as_deref(), https, "for https");
    assert_eq!(found("http://api.test/").as_deref(), http, "for http");
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
fn what_is_empty_or_unreadable_is_passed_over() {
    for unusable in ["", "  ", "unreadable"] {
        let variables = [("HTTPS_PROXY", unusable), ("https_proxy", "a")];
        assert_proxies(&variables, Some("a"), None);
        let variables = [("HTTP_PROXY", unusable), ("ALL_PROXY", " c ")];
        assert_proxies(&variables, Some("c"), Some("c"));
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
    let all = Proxies::all("a");
    assert_eq!(
        all.proxy_for(&Uri::from_static("http://localhost/")),
        Some(&"a")
    );
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
