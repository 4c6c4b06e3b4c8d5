//! A loopback server that does what a script says, with nothing but threads and sockets.
//!
//! A test that needs a server to misbehave writes a closure: it is run once for every connection,
//! on a thread of its own, and may read and write whatever it likes.
//!
//! ```
//! use heygen_testing::server::Server;
//!
//! let server = Server::start(|connection| {
//!     let head = connection.read_head()?;
//!     connection.read_body(head.content_length())?;
//!     connection.respond(403, b"no")
//! });
//! assert!(server.url("/path").starts_with("http://127.0.0.1:"));
//! assert_eq!(server.connections(), 0);
//! ```

use std::{
    io,
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

mod connection;
mod head;

pub use connection::Connection;
pub use head::Head;

/// A scripted server on a loopback port. It stops listening when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    stopped: AtomicBool,
    connections: AtomicUsize,
    heads: Mutex<Vec<Head>>,
}

impl Server {
    /// Starts a server that runs `script` for every connection.
    ///
    /// The connection is closed when the script ends. An error of the script ends it, too: most of
    /// them mean that the client went away, and what matters is what the client saw.
    ///
    /// # Panics
    ///
    /// If there is no free loopback port.
    pub fn start(
        script: impl Fn(&mut Connection) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let shared = Arc::new(Shared::default());
        let server = Self {
            address,
            shared: Arc::clone(&shared),
        };
        let script = Arc::new(script);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if shared.stopped.load(Ordering::SeqCst) {
                    return;
                }
                let number = shared.connections.fetch_add(1, Ordering::SeqCst);
                let (script, shared) = (Arc::clone(&script), Arc::clone(&shared));
                thread::spawn(move || {
                    // A forgotten script must not outlive its test by much.
                    if stream.set_read_timeout(Some(PATIENCE)).is_ok()
                        && stream.set_write_timeout(Some(PATIENCE)).is_ok()
                    {
                        let record = move |head| shared.heads().push(head);
                        let mut connection = Connection::new(stream, number, Box::new(record));
                        drop(script(&mut connection));
                    }
                });
            }
        });
        server
    }

    /// Returns an address on which nobody listens.
    ///
    /// # Panics
    ///
    /// If there is no free loopback port.
    #[must_use]
    pub fn nobody() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
        listener
            .local_addr()
            .expect("a bound socket has an address")
    }

    /// Returns the address of the server.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the plain `http` URL of a path and query on this server.
    #[must_use]
    pub fn url(&self, path_and_query: &str) -> String {
        format!("http://{}{path_and_query}", self.address)
    }

    /// Returns how many connections were made so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Returns the head of every request so far, in the order in which they were read.
    #[must_use]
    pub fn heads(&self) -> Vec<Head> {
        self.shared.heads().clone()
    }
}

impl Shared {
    fn heads(&self) -> MutexGuard<'_, Vec<Head>> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // This wakes the thread that accepts; if it is gone already, all the better.
        drop(TcpStream::connect(self.address));
    }
}

const PATIENCE: Duration = Duration::from_secs(20);
