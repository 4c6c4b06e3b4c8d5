use std::{pin::pin, time::Duration};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{exchange::answer, shared::Shared, socket::Socket};

/// Takes connections until it is told to stop, then waits a little for those that are open.
pub(super) async fn serve(
    listener: TcpListener,
    shared: Shared,
    mut stopped: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    let for_connections = stopped.clone();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, shared.clone(), for_connections.clone()));
                }
                // Out of file descriptors, most likely: some will be free in a while.
                Err(_) => sleep(Duration::from_millis(50)).await,
            },
            () = until_stopped(&mut stopped) => break,
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    // What does not end by itself is ended with the set.
    let _ = timeout(GRACE, all).await;
}

async fn connection(stream: TcpStream, shared: Shared, mut stopped: watch::Receiver<bool>) {
    // Answers are small; waiting to fill a packet would only delay them.
    let _ = stream.set_nodelay(true);
    let (socket, control) = Socket::new(stream);
    let service = {
        let (control, stopped) = (control.clone(), stopped.clone());
        service_fn(move |request| answer(shared.clone(), control.clone(), stopped.clone(), request))
    };
    let connection = http1::Builder::new()
        .half_close(true)
        .max_buf_size(READ_BUFFER_BYTES)
        .serve_connection(TokioIo::new(socket), service);
    let mut connection = pin!(connection);
    // How a connection ends is in the log of requests; there is nobody else to tell.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = until_stopped(&mut stopped) => {}
    }
    // What still runs may end at full speed.
    control.read_at(None);
    control.write_at(None);
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

/// Waits until the emulator stops.
pub(super) async fn until_stopped(stopped: &mut watch::Receiver<bool>) {
    // An error means that the handle is gone, which stops the emulator too.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// How long requests may take to end when the emulator stops.
const GRACE: Duration = Duration::from_secs(5);

/// Large enough for few system calls per GiB, small enough to stay in the processor's cache.
const READ_BUFFER_BYTES: usize = 512 * 1024;
