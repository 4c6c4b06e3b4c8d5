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
