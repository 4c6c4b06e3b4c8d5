//! A server that plays the API and the storage, gives secrets away as both do, and repeats in its
//! refusals whatever it can.

use std::{
    io,
    sync::{Arc, OnceLock},
};

use heygen_testing::server::{Connection, Server};

use super::eyes::{CANARY, FOREIGN};

pub(crate) const SIZE: usize = 100_000;

/// What goes wrong.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) succeeds: bool,
    step: &'static str,
    answer: fn(&mut Connection) -> io::Result<()>,
}

const fn fails(
    name: &'static str,
    step: &'static str,
    answer: fn(&mut Connection) -> io::Result<()>,
) -> Case {
    Case {
        name,
        succeeds: false,
        step,
        answer,
    }
}

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "all goes well",
        succeeds: true,
        step: "nowhere",
        answer: |_| Ok(()),
    },
    fails("api repeats all", CREATE, |at| api(at, 400, REPEATS)),
    fails("api repeats the key", CREATE, |at| {
        api(at, 401, &format!("no key {CANARY} here"))
    }),
    fails("api is down", CREATE, |at| api(at, 503, REPEATS)),
    fails("api is no JSON", CREATE, |at| {
        at.respond(200, CANARY.as_bytes())
    }),
    fails("api quotes", CREATE, |at| {
        json(
            at,
            &format!(r#"{{"asset_id":"a","upload_url":"u","upload_headers":"{CANARY}"}}"#),
        )
    }),
    fails("api mistypes", CREATE, |at| {
        json(
            at,
            &format!(r#"{{"asset_id":"a","upload_url":{{"{CANARY}":1}},"max_bytes":"{CANARY}"}}"#),
        )
    }),
    fails("api breaks off", CREATE, |at| {
        at.send(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{\"data\":{\"upload_url\":\"")?;
        at.send(CANARY.as_bytes())?;
        Err(io::ErrorKind::ConnectionReset.into())
    }),
    fails("api is no HTTP", CREATE, |at| {
        at.send(format!("HTTP/1.1 {CANARY}\r\n{CANARY}\r\n\r\n").as_bytes())?;
        Err(io::ErrorKind::ConnectionReset.into())
    }),
    fails("api redirects", CREATE, |at| {
        at.send(
            format!("HTTP/1.1 302 Go\r\nlocation: /?{CANARY}\r\ncontent-length: 0\r\n\r\n")
                .as_bytes(),
        )
    }),
    fails("slot is no URL", CREATE, |at| {
        slot(at, &format!("{CANARY} {CANARY}"), "")
    }),
    fails("slot has a user", CREATE, |at| {
        slot(at, &format!("http://u:{CANARY}@127.0.0.1/"), "")
    }),
    fails("slot is a file", CREATE, |at| {
        slot(at, &format!("file:///{CANARY}"), "")
    }),
    fails("slot is nowhere", CREATE, |at| {
        slot(at, &format!("http://127.0.0.1:1/?{CANARY}"), "")
    }),
    fails("header is bad", CREATE, |at| {
        slot(
            at,
            "http://127.0.0.1:1/",
            &format!(r#""x":"{CANARY}\u0000""#),
        )
    }),
    fails("header is forbidden", CREATE, |at| {
        slot(
            at,
            "http://127.0.0.1:1/",
            &format!(r#""authorization":"{CANARY}""#),
        )
    }),
    fails("header is no text", CREATE, |at| {
        slot(at, "http://127.0.0.1:1/", &format!(r#""x":["{CANARY}"]"#))
    }),
    fails("storage explains", PUT, |at| {
        let xml = format!(
            "<Error><Code>SignatureDoesNotMatch</Code><Message>https://b/k?X-Amz-Signature={CANARY} \
             is not signed; x-amz-security-token: {CANARY}, \
             Authorization: Basic abc {FOREIGN}</Message>\
             <AWSAccessKeyId>{CANARY}</AWSAccessKeyId><StringToSign>{CANARY}</StringToSign>\
             <SignatureProvided>{CANARY}</SignatureProvided><RequestId>R</RequestId></Error>"
        );
        at.respond(403, xml.as_bytes())
    }),
    fails("storage redirects", PUT, |at| {
        at.send(
            format!("HTTP/1.1 307 Go\r\nlocation: ftp://a/?{CANARY}\r\ncontent-length: 0\r\n\r\n")
                .as_bytes(),
        )
    }),
    // The completion that is tried after these says that the object is there.
    Case {
        name: "storage hangs up",
        succeeds: true,
        step: PUT,
        answer: |_| Err(io::ErrorKind::ConnectionReset.into()),
    },
    Case {
        name: "storage says nothing",
        succeeds: true,
        step: PUT,
        answer: |at| {
            at.read_to_close();
            Ok(())
        },
    },
    fails("completion refuses", COMPLETE, |at| api(at, 422, REPEATS)),
    fails("completion mistypes", COMPLETE, |at| {
        json(
            at,
            &format!(r#"{{"asset_id":"a","size_bytes":"{CANARY}","url":"http://a/?{CANARY}"}}"#),
        )
    }),
];

const CREATE: &str = "POST /v3/assets/direct-uploads";
const PUT: &str = "PUT";
const COMPLETE: &str = "POST /v3/assets/asset_1/complete";

const REPEATS: &str = "cannot use https://b.s3.example/k?X-Amz-Signature=c4n4ry-0123456789-yr4n4c, \
    x-api-key: c4n4ry-0123456789-yr4n4c, Bearer c4n4ry-0123456789-yr4n4c, \
    {\\\"password\\\":\\\"two f0r31gn-9876543210-n613r0f\\\"}, \
    Cookie: a=b; session=f0r31gn-9876543210-n613r0f";

pub(crate) fn start(case: &'static Case) -> Server {
    let address = Arc::new(OnceLock::<String>::new());
    let url = Arc::clone(&address);
    let server = Server::start(move |connection| {
        loop {
            let head = connection.read_head()?;
            if head.expects_continue() {
                connection.consent()?;
            }
            connection.read_body(head.content_length())?;
            let line = String::from_utf8_lossy(head.request_line()).into_owned();
            if line.starts_with(case.step) {
                (case.answer)(connection)?;
            } else if line.starts_with(PUT) {
                connection.respond(200, b"")?;
            } else if line.starts_with(CREATE) {
                let url = url
                    .get()
                    .expect("the address is set before the first request");
                let url = format!("{url}/k?X-Amz-Signature={CANARY}");
                slot(
                    connection,
                    &url,
                    &format!(r#""x-amz-security-token":"{CANARY}""#),
                )?;
            } else {
                json(
                    connection,
                    &format!(
                        r#"{{"asset_id":"asset_1","mime_type":"video/mp4","size_bytes":{SIZE},"status":"processing","url":"https://files.example/1?sig={CANARY}"}}"#
                    ),
                )?;
            }
        }
    });
    address
        .set(server.url(""))
        .expect("the address is set once");
    server
}

fn slot(at: &mut Connection, url: &str, headers: &str) -> io::Result<()> {
    json(
        at,
        &format!(
            r#"{{"asset_id":"asset_1","upload_url":"{url}","upload_headers":{{{headers}}},"expires_in_seconds":3600,"max_bytes":10000000,"status":"pending_upload"}}"#
        ),
    )
}

fn json(at: &mut Connection, data: &str) -> io::Result<()> {
    at.respond(200, format!(r#"{{"data":{data}}}"#).as_bytes())
}

fn api(at: &mut Connection, status: u16, message: &str) -> io::Result<()> {
    let body = format!(
        r#"{{"error":{{"code":"refused","message":"{message}","param":"{message}","doc_url":"https://d.example/?token={CANARY}"}}}}"#
    );
    at.respond(status, body.as_bytes())
}
