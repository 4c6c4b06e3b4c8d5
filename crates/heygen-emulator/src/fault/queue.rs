use http::request::Parts;

use super::{Fault, FaultKind, FaultTarget, WebhookFault};
use crate::{Endpoint, storage};

/// The faults to come, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        if fault.uses_left != Some(0) {
            self.0.push(fault);
        }
    }

    /// Takes one use of the first fault that waits for such a request.
    pub(crate) fn take(&mut self, endpoint: Endpoint, head: &Parts) -> Option<Fault> {
        self.take_first(|fault| {
            let is_target = match fault.target {
                FaultTarget::Endpoint(target) => target == endpoint,
                FaultTarget::Any => true,
                FaultTarget::Webhook => false,
            };
            let asset = fault.asset.as_ref();
            // One that would change nothing is left, so that it is seen among the unused ones.
            is_target
                && fault.kind.fits(endpoint)
                && asset.is_none_or(|asset| names(head, asset.as_str()))
        })
    }

    /// Takes one use of the first fault that waits for such a call.
    pub(crate) fn take_webhook(&mut self, is_signed: bool) -> Option<WebhookFault> {
        let fault = self.take_first(|fault| match fault.kind {
            FaultKind::Webhook(WebhookFault::BadSignature) => is_signed,
            FaultKind::Webhook(_) => true,
            _ => false,
        })?;
        match fault.kind {
            FaultKind::Webhook(kind) => Some(kind),
            _ => None,
        }
    }

    /// Returns all faults that can still be met.
    pub(crate) fn all(&self) -> &[Fault] {
        &self.0
    }

    /// Returns those of which something is left to happen; one without an end has done its part
    /// once it was met.
    pub(crate) fn unused(&self) -> Vec<Fault> {
        let unused = self.0.iter().filter(|fault| fault.is_waiting());
        unused.cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    fn take_first(&mut self, is_met: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let index = self.0.iter().position(is_met)?;
        let fault = &mut self.0[index];
        fault.times_met += 1;
        if let Some(left) = &mut fault.uses_left {
            *left -= 1;
            if *left == 0 {
                return Some(self.0.remove(index));
            }
        }
        Some(fault.clone())
    }
}

/// Tells whether a request names an asset: in its path, in its query, or as an object of storage.
fn names(head: &Parts, asset: &str) -> bool {
    let path = head.uri.path();
    if let Some(key) = path.strip_prefix(storage::PREFIX) {
        let object = key.rsplit('/').next().unwrap_or_default();
        return object.split('.').next() == Some(asset);
    }
    let is_in_path = path
        .split('/')
        .any(|part| percent_encoding::percent_decode_str(part).eq(asset.bytes()));
    let query = head.uri.query().unwrap_or_default();
    is_in_path
        || url::form_urlencoded::parse(query.as_bytes())
            .filter(|(name, _)| name == "asset_ids")
            .any(|(_, ids)| ids.split(',').any(|id| id.trim() == asset))
}
