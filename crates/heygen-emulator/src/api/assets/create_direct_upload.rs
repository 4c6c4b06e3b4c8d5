use heygen_types::{ByteSize, MediaType, Sha256Digest, assets::UploadSlot};
use serde_json::Value;

use crate::{
    api::{Answer, Call, call::data, validate::place},
    fault::{FaultKind, SlotOverride},
    problem::Problem,
    state::{Asset, Declared},
    storage::{PutTerms, clamp_lifetime, digest_from_base64},
};

/// `POST /v3/assets/direct-uploads`
pub(in crate::api) fn answer(call: &mut Call<'_>, body: &Value) -> Answer {
    let file = DeclaredFile::take(call, "", body)?;
    let mut slot = open(call, file);
    if let Some(FaultKind::Slot(change)) = call.fault {
        apply(&mut slot, change.clone());
    }
    data(slot)
}

/// A file that is to be uploaded, as a request declares it.
pub(in crate::api) struct DeclaredFile {
    name: String,
    declared: Declared,
}

impl DeclaredFile {
    /// Takes the fields of a file, whose places begin with `prefix`, and judges what the table does
    /// not.
    pub(in crate::api) fn take(
        call: &Call<'_>,
        prefix: &str,
        file: &Value,
    ) -> Result<Self, Problem> {
        let text = |field: &str| file[field].as_str().unwrap_or_default();
        let refuse = |field: &str, problem: String| {
            let path = format!("{prefix}{field}");
            Err(Problem::parameter(
                place(call, &path),
                format!("{path} {problem}"),
            ))
        };
        let name = text("filename").to_owned();
        let media_type = MediaType::from(text("content_type"));
        let size = &file["size_bytes"];
        let Some(size_bytes) = size.as_u64().filter(|size| *size > 0) else {
            return refuse("size_bytes", format!("is {size}, it has to be positive"));
        };
        let sha256 = digest(call, prefix, file)?;
        if name.is_empty() {
            return refuse("filename", "is empty".to_owned());
        }
        if !media_type.is_accepted_in_direct_upload() {
            let path = format!("{prefix}content_type");
            return Err(Problem::unsupported_type(place(call, &path), &media_type));
        }
        let max = call.settings.max_bytes.of(&media_type);
        if size_bytes > max {
            let problem = format!("is {size_bytes}, at most {max} are taken for {media_type}");
            return refuse("size_bytes", problem);
        }
        Ok(Self {
            name,
            declared: Declared {
                media_type,
                size_bytes,
                sha256,
            },
        })
    }
}

/// Takes the digest of a file, which may be absent or null.
pub(in crate::api) fn digest(
    call: &Call<'_>,
    prefix: &str,
    file: &Value,
) -> Result<Option<Sha256Digest>, Problem> {
    let Some(text) = file["checksum_sha256"].as_str() else {
        return Ok(None);
    };
    let takes_base64 = call.settings.takes_base64_digests;
    let base64 = || digest_from_base64(text).filter(|_| takes_base64);
    if let Some(digest) = text.parse().ok().or_else(base64) {
        return Ok(Some(digest));
    }
    let path = format!("{prefix}checksum_sha256");
    let message = format!("{path} is not 64 hexadecimal digits");
    Err(Problem::parameter(place(call, &path), message))
}

/// Makes an unfinished asset and signs the URL that fills it.
pub(in crate::api) fn open(call: &mut Call<'_>, file: DeclaredFile) -> UploadSlot {
    let asset_id = call.state.next_asset_id();
    let Declared {
        media_type,
        size_bytes,
        sha256,
    } = &file.declared;
    let key = format!("{asset_id}.{}", media_type.extension().unwrap_or("bin"));
    let lifetime = clamp_lifetime(call.settings.upload_url_lifetime);
    let terms = PutTerms {
        key: &key,
        media_type,
        size_bytes: *size_bytes,
        sha256: *sha256,
    };
    let (upload_url, upload_headers) =
        call.signer
            .put(call.now, lifetime, call.settings.signed_headers, &terms);
    let mut slot = UploadSlot::new(
        asset_id.clone(),
        upload_url,
        i64::try_from(lifetime.as_secs()).expect("a week fits"),
        ByteSize::new(call.settings.max_bytes.of(media_type)),
    );
    slot.upload_headers = upload_headers;
    let asset = Asset {
        number: call.state.ids.made(),
        name: file.name,
        key,
        created_at: call.now,
        declared: Some(file.declared),
        conflicts_left: call.settings.complete_conflicts,
        finished: None,
    };
    call.state.assets.insert(asset_id, asset);
    call.state.is_dirty = true;
    slot
}

fn apply(slot: &mut UploadSlot, change: SlotOverride) {
    if let Some(url) = change.upload_url {
        slot.upload_url = url;
    }
    if let Some(headers) = change.upload_headers {
        slot.upload_headers = headers;
    }
    if let Some(seconds) = change.expires_in_seconds {
        slot.expires_in_seconds = seconds;
    }
    if let Some(max) = change.max_bytes {
        slot.max_bytes = max;
    }
}
