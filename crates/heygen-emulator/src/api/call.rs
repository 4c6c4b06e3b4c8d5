use std::time::Duration;

use heygen_types::{
    AssetId, Data, OperationId, Url,
    table::{self, Literal, OperationEntry},
};
use http::{Response, StatusCode, header};
use serde::Serialize;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::{Answer, Viewer, page::Slice};
use crate::{
    Settings,
    exchange::{JSON, Payload},
    fault::FaultKind,
    keys::Key,
    problem::Problem,
    state::{Asset, Collection, Record, State},
    storage::Signer,
};

/// A request to the API with everything that it may touch.
pub(crate) struct Call<'a> {
    pub(crate) now: Duration,
    pub(crate) settings: &'a Settings,
    pub(crate) signer: &'a Signer,
    pub(crate) state: &'a mut State,
    /// The API key that the request carries.
    pub(crate) key: &'a Key,
    pub(crate) operation: OperationId,
    /// The parameters of the path, in order.
    pub(crate) parameters: &'a [String],
    pub(crate) query: &'a str,
    /// A fault that changes how the request is carried out.
    pub(crate) fault: Option<&'a FaultKind>,
}

impl Call<'_> {
    /// Returns what the table says of the operation.
    pub(super) fn entry(&self) -> &'static OperationEntry {
        table::operation(self.operation)
    }

    /// Returns the first parameter of the path, empty when it has none.
    pub(super) fn parameter(&self) -> &str {
        self.parameters.first().map_or("", String::as_str)
    }

    /// Returns a query parameter; the last one wins when there are several.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes())
            .filter(|(known, _)| known == name)
            .last()
            .map(|(_, value)| value.into_owned())
    }

    /// Returns the query parameter `limit`, which was judged before.
    pub(super) fn limit(&self) -> usize {
        let declared = self.entry().query.iter().find(|q| q.name == "limit");
        let default = declared.and_then(|limit| match limit.default {
            Some(Literal::Integer(default)) => usize::try_from(default).ok(),
            _ => None,
        });
        self.query("limit")
            .and_then(|text| text.parse().ok())
            .or(default)
            .unwrap_or(usize::MAX)
    }

    /// Makes a URL under which the content of an asset can be fetched.
    pub(super) fn url(&self, asset: &Asset) -> Url {
        self.viewer()
            .stored(&asset.key)
            .parse()
            .expect("a signed URL is an http or https URL")
    }

    /// Returns an asset by the parameter of the path, unfinished or not.
    pub(super) fn any_asset(&self) -> Result<(AssetId, &Asset), Problem> {
        self.parameter()
            .parse::<AssetId>()
            .ok()
            .and_then(|id| self.state.assets.get(&id).map(|asset| (id, asset)))
            .ok_or_else(|| self.missing())
    }

    /// Returns a resource by the first parameter of the path.
    pub(super) fn record(&self, kind: Collection) -> Result<&Record, Problem> {
        self.find(kind, self.parameter())
            .ok_or_else(|| self.missing())
    }

    /// Says that what the path names is not there, with the code that the operation declares.
    pub(super) fn missing(&self) -> Problem {
        let declared = self.entry().errors.iter();
        let code = declared
            .filter(|error| error.status == 404)
            .find_map(|error| error.code);
        let names = self.entry().path_params.iter().zip(self.parameters);
        let what: Vec<_> = names.map(|(name, id)| format!("{name} {id:?}")).collect();
        Problem::not_found(code.unwrap_or("not_found"), &what.join(" with "))
    }

    /// Returns the eye with which answers look at what is there.
    pub(super) fn viewer(&self) -> Viewer<'_> {
        Viewer {
            now: self.now,
            settings: self.settings,
            signer: self.signer,
            records: &self.state.records,
        }
    }

    /// Answers with a resource, in the status that the operation declares.
    pub(super) fn data(&self, resource: Value) -> Answer {
        let status = StatusCode::from_u16(self.entry().status)
            .expect("the statuses of the table are statuses of HTTP");
        whole(status, &json!({ "data": resource }))
    }

    /// Answers with a page of a list.
    pub(super) fn list(&self, slice: Slice<Value>) -> Answer {
        let has_more = slice.next_token.is_some();
        let page = json!({
            "data": slice.items,
            "has_more": has_more,
            "next_token": slice.next_token,
        });
        whole(StatusCode::OK, &page)
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
