//! Opening connections: names, sockets, proxies, TLS.

use std::{
    io,
    net::{IpAddr, SocketAddr, ToSocketAddrs as _},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

use heygen_client::{TransportError, TransportErrorKind};
use heygen_transport::{
    Head, Proxies, ProxyServer, Tls, connecting, not_a_proxy, refused, refused_by_proxy,
};
use heygen_types::Origin;
use mio::net::TcpStream;
use rustls::{ClientConfig, ClientConnection, pki_types::ServerName};

use crate::{
    failure::unstarted,
    patience::Patience,
    reply::take_head,
    waiter::{Stop, Waiter},
    wire::{Filled, Wire},
};

pub(crate) struct Dialer {
    pub(crate) proxies: Proxies,
    tls: Tls,
    /// Made when the first `https` connection is.
    config: Mutex<Option<Arc<ClientConfig>>>,
    limit: Duration,
}

/// One attempt to open a connection, all of it within one limit.
struct Attempt<'a> {
    waiter: &'a mut Waiter,
    patience: Patience,
    limit: Duration,
}

impl Dialer {
    pub(crate) const fn new(proxies: Proxies, tls: Tls, limit: Duration) -> Self {
        Self {
            proxies,
            tls,
            config: Mutex::new(None),
            limit,
        }
    }

    /// Opens a connection to the server of a request.
    pub(crate) fn open(&self, head: &Head, waiter: &mut Waiter) -> Result<Wire, Stop> {
        let origin = head.origin();
        let mut attempt = Attempt {
            waiter,
            patience: Patience::new(self.limit),
            limit: self.limit,
        };
        let mut wire = match self.proxies.proxy_for(origin)? {
            None => attempt.connect(origin.host(), origin.port())?,
            Some(proxy) => {
                let mut wire = attempt.connect(proxy.host(), proxy.port())?;
                attempt.tunnel(&mut wire, proxy, origin)?;
                wire
            }
        };
        if origin.is_https() {
            attempt.secure(&mut wire, self.config()?, origin.host())?;
        }
        Ok(wire)
    }

    fn config(&self) -> Result<Arc<ClientConfig>, TransportError> {
        let mut made = self.config.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(config) = &*made {
            return Ok(Arc::clone(config));
        }
        let mut config = self
            .tls
            .config()
            .map_err(|error| TransportError::with_source(TransportErrorKind::Request, error))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::clone(made.insert(Arc::new(config))))
    }
}

impl Attempt<'_> {
    fn connect(&mut self, host: &str, port: u16) -> Result<Wire, Stop> {
        let addresses = self.resolve(host, port)?;
        let mut last = connecting(format!("{host} has no address"));
        for (index, address) in addresses.iter().enumerate() {
            // Every address gets its share of the time that is left.
            let others = u32::try_from(addresses.len() - index).unwrap_or(u32::MAX);
            match self.connect_to(*address, Patience::new(self.patience.left() / others)) {
                Ok(tcp) => return Ok(Wire::new(tcp)),
                Err(Stop::Failed(error)) => last = error,
                Err(dropped) => return Err(dropped),
            }
        }
        Err(last.into())
    }

    /// Looks a name up, which the system does without a limit, so on a thread of its own.
    fn resolve(&mut self, host: &str, port: u16) -> Result<Vec<SocketAddr>, Stop> {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = host.parse::<IpAddr>() {
            return Ok(vec![(address, port).into()]);
        }
        let (sender, receiver) = mpsc::channel();
        let (waker, host) = (self.waiter.waker(), host.to_owned());
        let looking_up = thread::Builder::new().spawn(move || {
            let found = (host.as_str(), port).to_socket_addrs();
            // Nobody listens any more when the limit has passed.
            drop(sender.send(found.map(Iterator::collect)));
            waker.wake();
        });
        looking_up.map_err(unstarted)?;
        loop {
            match receiver.try_recv() {
                Ok(found) => return Ok(found.map_err(connecting)?),
                Err(mpsc::TryRecvError::Empty) => self.wait()?,
                Err(error @ mpsc::TryRecvError::Disconnected) => {
                    return Err(connecting(error).into());
                }
            }
        }
    }

    fn connect_to(&mut self, address: SocketAddr, mut share: Patience) -> Result<TcpStream, Stop> {
        let mut tcp = TcpStream::connect(address).map_err(connecting)?;
        self.waiter.attach(&mut tcp).map_err(connecting)?;
        loop {
            if let Some(error) = tcp.take_error().map_err(connecting)? {
                return Err(connecting(error).into());
            }
            match tcp.peer_addr() {
                Ok(_) => break,
                Err(error) if error.kind() == io::ErrorKind::NotConnected => {
                    wait(self.waiter, &mut share, self.limit)?;
                }
                Err(error) => return Err(connecting(error).into()),
            }
        }
        tcp.set_nodelay(true).map_err(connecting)?;
        Ok(tcp)
    }

    /// Has a proxy pass on the bytes to a server.
    fn tunnel(
        &mut self,
        wire: &mut Wire,
        proxy: &ProxyServer,
        origin: &Origin,
    ) -> Result<(), Stop> {
        let request = proxy.connect_request(origin);
        let mut left = request.as_slice();
        while !left.is_empty() {
            match wire.write(left) {
                Ok(taken) => left = &left[taken..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.wait()?,
                Err(error) => return Err(connecting(error).into()),
            }
        }
        loop {
            if let Some(answer) = take_head(wire).map_err(|_| not_a_proxy())? {
                if !answer.status().is_success() {
                    return Err(refused_by_proxy(answer.status()).into());
                }
                if !wire.input().is_empty() {
                    return Err(not_a_proxy().into());
                }
                return Ok(());
            }
            match wire.fill().map_err(connecting)? {
                Filled::Some => {}
                Filled::None => self.wait()?,
                Filled::End => return Err(connecting("the proxy hung up").into()),
            }
        }
    }

    fn secure(
        &mut self,
        wire: &mut Wire,
        config: Arc<ClientConfig>,
        host: &str,
    ) -> Result<(), Stop> {
        let name = host.trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(name.to_owned())
            .map_err(|_| refused("the URL has no usable host"))?;
        let mut tls = ClientConnection::new(config, name).map_err(connecting)?;
        while let Err(error) = wire.shake_hands(&mut tls) {
            match error.kind() {
                io::ErrorKind::WouldBlock => self.wait()?,
                io::ErrorKind::Interrupted => {}
                _ => return Err(connecting(error).into()),
            }
        }
        wire.secure(tls);
        Ok(())
    }

    fn wait(&mut self) -> Result<(), Stop> {
        wait(self.waiter, &mut self.patience, self.limit)
    }
}

fn wait(waiter: &mut Waiter, patience: &mut Patience, limit: Duration) -> Result<(), Stop> {
    waiter
        .wait(Some(patience))?
        .map_err(|_late| connecting(format!("no connection within {limit:?}")).into())
}
