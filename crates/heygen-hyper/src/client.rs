use heygen_client::{Client, ClientBuilder};

use crate::{Error, HyperTransport, TokioRuntime};

/// Starts to set up a client over a transport with its defaults.
///
/// For other settings of the transport call [`Client::builder`] with one of your own.
///
/// # Errors
///
/// None of the defaults can fail today; a proxy that the environment gets wrong fails the requests
/// that it is for.
pub fn client_builder() -> Result<ClientBuilder, Error> {
    let transport = HyperTransport::builder().build()?;
    Ok(Client::builder(transport, TokioRuntime::new()))
}
