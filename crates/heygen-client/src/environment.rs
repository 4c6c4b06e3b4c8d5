use std::{env, ffi::OsString};

use heygen_types::Invalid;

use crate::{ApiKey, BaseUrl, ClientBuilder, Error, ErrorKind};

/// The variables, which are those of the official tool too.
const API_KEY: &str = "HEYGEN_API_KEY";
const API_BASE: &str = "HEYGEN_API_BASE";
const ALLOW_HTTP: &str = "HEYGEN_ALLOW_HTTP";

impl ClientBuilder {
    /// Takes what the environment says of the API: the key from `HEYGEN_API_KEY`, another server
    /// from `HEYGEN_API_BASE`, and permission for plain `http` from `HEYGEN_ALLOW_HTTP=1`.
    ///
    /// A variable that is not set changes nothing, so a program can set its own values before, and
    /// an empty one counts as not set.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Authentication`] for a key that cannot be one, [`ErrorKind::Configuration`]
    /// for a URL that cannot be used. The key is never shown.
    pub fn environment(self) -> Result<Self, Error> {
        self.variables(|name| env::var_os(name))
    }

    fn variables(mut self, variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        let text = |name: &str| -> Result<Option<String>, Error> {
            let value = variable(name).filter(|value| !value.is_empty());
            value.map(OsString::into_string).transpose().map_err(|_| {
                let problem = format!("{name} is not UTF-8; nothing was sent");
                Error::local(ErrorKind::Configuration, problem, "set it to plain text")
            })
        };
        if let Some(key) = text(API_KEY)? {
            let key: ApiKey = key.parse().map_err(|_| {
                Error::local(
                    ErrorKind::Authentication,
                    format!("{API_KEY} holds no usable key; nothing was sent"),
                    "set it to the key alone, without spaces or line ends",
                )
            })?;
            self = self.credential(key);
        }
        if let Some(base) = text(API_BASE)? {
            let base: BaseUrl = base.parse().map_err(|invalid: Invalid| {
                Error::local(
                    ErrorKind::Configuration,
                    format!("{API_BASE} cannot be used; nothing was sent"),
                    "set it to a URL such as https://api.heygen.com",
                )
                .with_source(Some(invalid.into()))
            })?;
            self = self.base_url(base);
        }
        if text(ALLOW_HTTP)?.is_some_and(|value| value == "1") {
            self = self.allow_http(true);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use std::{future::pending, time::Duration};

    use super::*;
    use crate::{Body, Client, Runtime, Sleep, Transport, TransportFuture};

    #[derive(Debug)]
    struct Nothing;

    impl Transport for Nothing {
        fn send(&self, _: http::Request<Body>) -> TransportFuture<'_> {
            Box::pin(pending())
        }
    }

    impl Runtime for Nothing {
        fn now(&self) -> Duration {
            Duration::ZERO
        }

        fn wall_clock(&self) -> Duration {
            Duration::ZERO
        }

        fn sleep(&self, _: Duration) -> Sleep {
            Box::pin(pending())
        }

        fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) {
            work();
        }
    }

    fn client(variables: &[(&str, &str)]) -> Result<Client, Error> {
        let builder = Client::builder(Nothing, Nothing);
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        };
        builder.variables(variable)?.build()
    }

    #[test]
    fn key_and_server_come_from_the_environment() {
        let client = client(&[
            ("HEYGEN_API_KEY", "k"),
            ("HEYGEN_API_BASE", "http://10.0.0.1"),
            ("HEYGEN_ALLOW_HTTP", "1"),
        ]);
        assert!(format!("{:?}", client.unwrap()).contains("http://10.0.0.1"));
    }

    #[test]
    fn what_is_missing_or_wrong_is_named_and_the_key_is_not_shown() {
        for (variables, kind, says) in [
            (&[][..], ErrorKind::Authentication, "no credential"),
            (
                &[("HEYGEN_API_KEY", "")][..],
                ErrorKind::Authentication,
                "no credential",
            ),
            (
                &[("HEYGEN_API_KEY", "SECRET\n")][..],
                ErrorKind::Authentication,
                "HEYGEN_API_KEY",
            ),
            (
                &[("HEYGEN_API_KEY", "k"), ("HEYGEN_API_BASE", "ftp://a")][..],
                ErrorKind::Configuration,
                "HEYGEN_API_BASE",
            ),
            (
                &[
                    ("HEYGEN_API_KEY", "k"),
                    ("HEYGEN_API_BASE", "http://10.0.0.1"),
                ][..],
                ErrorKind::Configuration,
                "unencrypted",
            ),
        ] {
            let error = client(variables).unwrap_err();
            assert_eq!(error.kind(), kind, "{variables:?}");
            assert!(error.to_string().contains(says), "{error}");
            assert!(!format!("{error} {error:?}").contains("SECRET"));
        }
    }
}
