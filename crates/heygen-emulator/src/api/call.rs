use std::time::Duration;

use heygen_types::{AssetId, Data, Url};
use http::{Response, StatusCode, header};
use serde::Serialize;
use url::form_urlencoded;

use super::Answer;
use crate::{
    Settings,
    exchange::{JSON, Payload},
    fault::FaultKind,
    problem::Problem,
    state::{Asset, State},
    storage::Signer,
};

/// A request to the API with everything that it may touch.
pub(crate) struct Call<'a> {
    pub(crate) now: Duration,
    pub(crate) settings: &'a Settings,
    pub(crate) signer: &'a Signer,
    pub(crate) state: &'a mut State,
    /// The parameter of the path, empty when it has none.
    pub(crate) parameter: &'a str,
    pub(crate) query: &'a str,
    /// A fault that changes how the request is carried out.
    pub(crate) fault: Option<&'a FaultKind>,
}

impl Call<'_> {
    /// Returns a query parameter; the last one wins when there are several.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes())
            .filter(|(known, _)| known == name)
            .last()
            .map(|(_, value)| value.into_owned())
    }

    /// Returns the query parameter `limit`.
    pub(super) fn limit(&self, default: usize, max: usize) -> Result<usize, Problem> {
        let Some(text) = self.query("limit") else {
            return Ok(default);
        };
        text.parse()
            .ok()
            .filter(|limit| (1..=max).contains(limit))
            .ok_or_else(|| {
                Problem::parameter("limit", format!("limit is not a number from 1 to {max}"))
            })
    }

    /// Makes a URL under which the content of an asset can be fetched.
    pub(super) fn url(&self, asset: &Asset) -> Url {
        let lifetime = self.settings.download_url_lifetime;
        self.signer
            .get(self.now, lifetime, &asset.key)
            .parse()
            .expect("a signed URL is an http or https URL")
    }

    /// Returns an asset by the parameter of the path, unfinished or not.
    pub(super) fn any_asset(&self) -> Result<(AssetId, &Asset), Problem> {
        self.parameter
            .parse::<AssetId>()
            .ok()
            .and_then(|id| self.state.assets.get(&id).map(|asset| (id, asset)))
            .ok_or_else(|| self.asset_not_found())
    }

    pub(super) fn asset_not_found(&self) -> Problem {
        Problem::not_found("asset_not_found", &format!("asset {:?}", self.parameter))
    }

    /// Returns the time in whole seconds, as answers give it.
    pub(super) fn unix_seconds(time: Duration) -> i64 {
        i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
    }
}

/// Answers 200 with a resource in its envelope.
pub(super) fn data(resource: impl Serialize) -> Answer {
    whole(StatusCode::OK, &Data::new(resource))
}

/// Answers with a body that is an envelope already.
pub(super) fn whole(status: StatusCode, body: &impl Serialize) -> Answer {
    let body = serde_json::to_vec(body).expect("wire types have text keys and serialise");
    let mut response = Response::new(Payload::Bytes(body.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, JSON);
    Ok(response)
}
