mod answer;
mod head;
mod multipart;
mod store;
mod wire;

use std::{
    ffi::OsString,
    io,
    net::{TcpListener, TcpStream},
    sync::Arc,
    thread,
};

use anyhow::{Context as _, Result};

use self::{answer::answer, store::Store, wire::Wire};
use crate::{
    job::{Job, Outcome},
    workspace::Workspace,
};

pub(crate) const JOB: Job = Job {
    name: "discard",
    about: "the server of the benchmarks: takes uploads and throws them away [--listen ADDR]",
    run,
};

/// Serves until it is killed, after one JSON line with its `url`.
///
/// It measures clients, so it does as little as it can: plain HTTP/1.1 over blocking sockets, a
/// thread per connection, no checks of what the API would check.
fn run(_workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let mut address = "127.0.0.1:0".to_owned();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("listen") => {
                address = parser.value()?.to_string_lossy().into_owned();
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let listener =
        TcpListener::bind(&address).with_context(|| format!("cannot listen on {address}"))?;
    let url = format!("http://{}", listener.local_addr()?);
    println!("{}", serde_json::json!({ "url": url }));
    let store = Arc::new(Store::new(url));
    for stream in listener.incoming() {
        let (stream, store) = (stream?, Arc::clone(&store));
        thread::spawn(move || {
            // A client that goes away in the middle is no concern of the next one.
            let _ = serve(stream, &store);
        });
    }
    Ok(Outcome::done())
}

/// Answers the requests of one connection, one after the other.
fn serve(stream: TcpStream, store: &Store) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut wire = Wire::new(stream);
    while let Some(head) = wire.read_head()? {
        let answer = answer(&mut wire, &head, store)?;
        wire.respond(&answer)?;
        if head.closes() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read as _, Write as _},
        net::{TcpListener, TcpStream},
        thread,
    };

    use super::{Store, serve};

    /// Sends text over one connection to a server and returns all that comes back.
    fn exchange(store: Store, text: &str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || serve(listener.accept().unwrap().0, &store));
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answers = String::new();
        stream.read_to_string(&mut answers).unwrap();
        server.join().unwrap().unwrap();
        answers
    }

    fn request(line: &str, headers: &str, body: &str) -> String {
        let length = body.len();
        format!("{line} HTTP/1.1\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
    }

    #[test]
    fn a_direct_upload_takes_three_requests_of_one_connection() {
        let create = format!(
            r#"{{"filename":"a.mp4","content_type":"video/mp4","size_bytes":5,"checksum_sha256":"{}"}}"#,
            "00".repeat(32)
        );
        let text = [
            request("POST /v3/assets/direct-uploads", "", &create),
            request("POST /v3/assets/asset_00000001/complete", "", "{}"),
            request(
                "PUT /storage/asset_00000001",
                "Expect: 100-continue\r\n",
                "hello",
            ),
            request("POST /v3/assets/asset_00000001/complete", "", "{}"),
            request("GET /counts", "", ""),
        ];
        let answers = exchange(Store::new("http://here".into()), &text.concat());
        let heads: Vec<&str> = answers
            .lines()
            .filter_map(|line| line.split_once("HTTP/1.1 ").map(|(_, status)| status))
            .collect();
        assert_eq!(
            heads,
            [
                "200 OK",
                "409 Conflict",
                "100 Continue",
                "200 OK",
                "200 OK",
                "200 OK"
            ]
        );
        for part in [
            r#""upload_url":"http://here/storage/asset_00000001""#,
            r#""x-amz-checksum-sha256":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=""#,
            r#""size_bytes":5,"status":"processing""#,
            r#""bytes":5,"files":1"#,
        ] {
            assert!(answers.contains(part), "{part} is not in {answers}");
        }
    }

    #[test]
    fn one_request_stores_the_file_without_what_is_around_it() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n12345\r\n--b--\r\n";
        let headers = "Content-Type: multipart/form-data; boundary=b\r\n";
        let text = request("POST /v3/assets", headers, body);
        let answers = exchange(Store::new("http://here".into()), &text);
        assert!(answers.contains(r#""size_bytes":5"#), "{answers}");
    }
}
