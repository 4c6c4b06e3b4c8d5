//! TLS 1.2 is the floor: nothing older is offered, and nothing older is accepted.

use std::sync::Arc;

use heygen_transport::{Roots, Tls};
use rustls::ClientConnection;

/// The versions 1.3 and 1.2 as they stand on the wire.
const OFFERED: [u8; 4] = [3, 4, 3, 3];

/// The extension of a `ClientHello` that lists the versions on offer.
const SUPPORTED_VERSIONS: [u8; 2] = [0, 43];

fn connection() -> ClientConnection {
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let tls = Tls::Own {
        extra_roots: Roots::Pem(certified.cert.pem().into_bytes())
            .read()
            .unwrap(),
        bundled_roots: true,
    };
    let config = tls.config().unwrap();
    ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap()
}

#[test]
fn nothing_older_is_offered() {
    let mut hello = Vec::new();
    connection().write_tls(&mut hello).unwrap();
    let length = u8::try_from(OFFERED.len()).unwrap();
    let extension = [&SUPPORTED_VERSIONS[..], &[0, length + 1, length], &OFFERED].concat();
    let is_there = hello.windows(extension.len()).any(|at| at == extension);
    assert!(is_there, "the hello offers something else: {hello:02x?}");
}

#[test]
fn server_that_chooses_an_older_one_is_refused() {
    for minor in [0, 1, 2] {
        let mut tls = connection();
        tls.write_tls(&mut Vec::new()).unwrap();
        // A `ServerHello` of this version: random bytes, no session, a suite, no compression.
        let mut hello = vec![2, 0, 0, 38, 3, minor];
        hello.extend([7; 32]);
        hello.extend([0, 0xc0, 0x2f, 0]);
        let length = u8::try_from(hello.len()).unwrap();
        let record = [&[22, 3, minor, 0, length], hello.as_slice()].concat();
        tls.read_tls(&mut record.as_slice()).unwrap();
        let refused = tls.process_new_packets().unwrap_err();
        assert!(
            matches!(refused, rustls::Error::PeerIncompatible(_)),
            "{refused:?}"
        );
    }
}

/// Without a root there is nobody to trust, and that is for the one who builds the program to mend.
#[cfg(not(any(feature = "platform-verifier", feature = "webpki-roots")))]
#[test]
fn missing_roots_are_named() {
    let tls = Tls::Own {
        extra_roots: Vec::new(),
        bundled_roots: false,
    };
    let error = tls.config().unwrap_err().to_string();
    assert!(error.contains("platform-verifier"), "{error}");
}
