use std::{collections::BTreeMap, time::Duration};

use http::{HeaderMap, Method, header, request::Parts};
use jiff::Timestamp;
use url::{Url, form_urlencoded};

use super::{
    StorageCode, StorageProblem,
    signer::{ACCESS_KEY, BUCKET, REGION, Signer, timestamp},
};

/// Checks a presigned request by its head and returns the key of the object.
///
/// Nothing is compared field by field: the URL is signed again from what arrived, and the two
/// signatures are compared, so every signed thing is covered.
pub(crate) fn verify(
    signer: &Signer,
    now: Duration,
    head: &Parts,
) -> Result<String, StorageProblem> {
    let key = object_key(head)?;
    let presigned = Presigned::parse(head.uri.query().unwrap_or_default())?;
    if head.headers.contains_key(header::AUTHORIZATION) {
        return Err(StorageProblem::new(StorageCode::InvalidArgument)
            .with("ArgumentName", "Authorization")
            .with("ArgumentValue", "[redacted]"));
    }
    presigned.check_credential()?;
    presigned.check_time(now)?;
    presigned.check_unsigned(&head.headers)?;
    if presigned.sign_again(signer, head).as_deref() != Some(presigned.signature.as_str()) {
        return Err(StorageProblem::new(StorageCode::SignatureDoesNotMatch)
            .with("AWSAccessKeyId", ACCESS_KEY));
    }
    Ok(key)
}

/// The query of a presigned URL.
struct Presigned {
    credential: String,
    date: Timestamp,
    expires_seconds: u64,
    signed_headers: Vec<String>,
    signature: String,
    /// Never issued here; when given it is signed like the rest, and so does not fit.
    token: Option<String>,
    /// Parameters that are not part of the scheme; they are signed too.
    others: Vec<(String, String)>,
}

impl Presigned {
    fn parse(query: &str) -> Result<Self, StorageProblem> {
        let damaged = |message| {
            StorageProblem::new(StorageCode::AuthorizationQueryParametersError)
                .with_message(message)
        };
        let mut scheme = BTreeMap::new();
        let mut others = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if !SCHEME.contains(&name.as_ref()) {
                others.push((name.into_owned(), value.into_owned()));
            } else if scheme
                .insert(name.into_owned(), value.into_owned())
                .is_some()
            {
                return Err(damaged("A query parameter of the signature is given twice"));
            }
        }
        if scheme.is_empty() {
            return Err(StorageProblem::new(StorageCode::AccessDenied));
        }
        let mut take = |name: &str| scheme.remove(name).filter(|value| !value.is_empty());
        let (
            Some(algorithm),
            Some(credential),
            Some(date),
            Some(expires),
            Some(names),
            Some(signature),
        ) = (
            take("X-Amz-Algorithm"),
            take("X-Amz-Credential"),
            take("X-Amz-Date"),
            take("X-Amz-Expires"),
            take("X-Amz-SignedHeaders"),
            take("X-Amz-Signature"),
        )
        else {
            return Err(damaged(
                "Query-string authentication version 4 requires the X-Amz-Algorithm, \
                 X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and \
                 X-Amz-Expires parameters.",
            ));
        };
        if algorithm != "AWS4-HMAC-SHA256" {
            return Err(damaged(
                "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"",
            ));
        }
        let expires_seconds = expires
            .parse()
            .ok()
            .filter(|seconds| (1..=crate::settings::WEEK).contains(seconds))
            .ok_or_else(|| {
                damaged("X-Amz-Expires must be a number of seconds between 1 and 604800")
            })?;
        let date = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", &date)
            .and_then(|date| date.to_zoned(jiff::tz::TimeZone::UTC))
            .map_err(|_| damaged("X-Amz-Date must be in the ISO8601 Long Format"))?
            .timestamp();
        Ok(Self {
            credential,
            date,
            expires_seconds,
            signed_headers: names.split(';').map(str::to_owned).collect(),
            signature,
            token: take("X-Amz-Security-Token"),
            others,
        })
    }

    fn check_credential(&self) -> Result<(), StorageProblem> {
        let date = self.date.strftime("%Y%m%d");
        if self.credential == format!("{ACCESS_KEY}/{date}/{REGION}/s3/aws4_request") {
            return Ok(());
        }
        let access_key = self.credential.split('/').next().unwrap_or_default();
        Err(if access_key == ACCESS_KEY {
            StorageProblem::new(StorageCode::AuthorizationQueryParametersError)
                .with_message("Error parsing the X-Amz-Credential parameter; the scope is wrong")
        } else {
            StorageProblem::new(StorageCode::InvalidAccessKeyId).with("AWSAccessKeyId", access_key)
        })
    }

    fn check_time(&self, now: Duration) -> Result<(), StorageProblem> {
        let server_time = timestamp(now);
        let age = server_time.as_second() - self.date.as_second();
        let denied = StorageProblem::new(StorageCode::AccessDenied);
        if age < -MAX_SKEW_SECONDS {
            return Err(denied.with_message("Request is not valid yet"));
        }
        let lifetime = i64::try_from(self.expires_seconds).expect("parse() allows a week at most");
        if age < lifetime {
            return Ok(());
        }
        let expires =
            Timestamp::from_second(self.date.as_second() + lifetime).unwrap_or(Timestamp::MAX);
        Err(denied
            .with_message("Request has expired")
            .with("X-Amz-Expires", self.expires_seconds.to_string())
            .with("Expires", expires.to_string())
            .with("ServerTime", server_time.to_string()))
    }

    fn check_unsigned(&self, headers: &HeaderMap) -> Result<(), StorageProblem> {
        let unsigned: Vec<&str> = headers
            .keys()
            .map(http::HeaderName::as_str)
            .filter(|name| name.starts_with("x-amz-"))
            .filter(|name| !self.signed_headers.iter().any(|signed| signed == name))
            .collect();
        if unsigned.is_empty() {
            return Ok(());
        }
        Err(StorageProblem::new(StorageCode::AccessDenied)
            .with_message("There were headers present in the request which were not signed")
            .with("HeadersNotSigned", unsigned.join(", ")))
    }

    /// Returns the signature that the request should have, `None` when what arrived can never
    /// have been signed.
    fn sign_again(&self, signer: &Signer, head: &Parts) -> Option<String> {
        let method = match head.method {
            Method::PUT => rusty_s3::Method::Put,
            Method::GET => rusty_s3::Method::Get,
            _ => return None,
        };
        let mut headers = Vec::new();
        for name in &self.signed_headers {
            headers.push((name.as_str(), value(head, name)?));
        }
        if !headers.is_sorted() || !headers.iter().any(|(name, _)| *name == "host") {
            return None;
        }
        // The host is among the signed headers, so this one only carries the path.
        let url: Url = format!("http://placeholder{}", head.uri.path())
            .parse()
            .ok()?;
        if url.path() != head.uri.path() {
            return None;
        }
        let credentials = signer.credentials();
        let mut others = self.others.clone();
        others.sort();
        let signed = rusty_s3::signing::sign(
            &self.date,
            method,
            url,
            credentials.key(),
            credentials.secret(),
            self.token.as_deref(),
            REGION,
            self.expires_seconds,
            others
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
            headers.iter().map(|(name, value)| (*name, value.as_str())),
        );
        signed
            .query_pairs()
            .find(|(name, _)| name == "X-Amz-Signature")
            .map(|(_, signature)| signature.into_owned())
    }
}

/// Returns what a signed header arrived with; several lines count as one with commas.
fn value(head: &Parts, name: &str) -> Option<String> {
    let values: Vec<&str> = head
        .headers
        .get_all(name)
        .iter()
        .map(|value| value.to_str().ok())
        .collect::<Option<_>>()?;
    if values.is_empty() {
        // HTTP/2, and a simulation without sockets, name the host in the URI.
        let authority = head.uri.authority().filter(|_| name == "host")?;
        return Some(authority.as_str().to_owned());
    }
    Some(values.join(","))
}

fn object_key(head: &Parts) -> Result<String, StorageProblem> {
    let rest = head.uri.path().strip_prefix(super::PREFIX);
    match rest.and_then(|rest| rest.split_once('/')) {
        Some((BUCKET, key)) if !key.is_empty() => Ok(key.to_owned()),
        Some((BUCKET, _)) => Err(StorageProblem::new(StorageCode::AccessDenied)),
        _ => Err(StorageProblem::new(StorageCode::NoSuchBucket)),
    }
}

const SCHEME: [&str; 7] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-Security-Token",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
];

const MAX_SKEW_SECONDS: i64 = 15 * 60;
