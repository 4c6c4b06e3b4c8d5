//! What is read from the table and written to it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use heygen_client::{AccountId, Fingerprint, JournalKey, JournalRecord};
use heygen_types::{ByteSize, Sha256Digest};
use heygen_upload_core::{Checkpoint, UploadId};
use rusqlite::{
    Connection, OptionalExtension as _, Params, Row, Transaction, named_params, params,
};

use crate::{
    database::Residue,
    remembered::{DamagedRecord, RememberedUpload, State},
};

/// A record as it is found.
pub(crate) type Found<T> = Result<T, Flaw>;

/// Why a record cannot be read.
#[derive(Debug)]
pub(crate) enum Flaw {
    /// A newer version wrote it.
    Newer,
    /// Nothing can be made of the row with this number.
    Damaged(i64, DamagedRecord),
}

/// Returns what was begun under a key.
pub(crate) fn begun(
    connection: &Connection,
    key: &JournalKey,
) -> rusqlite::Result<Vec<Found<JournalRecord>>> {
    let select = "SELECT * FROM uploads
        WHERE account = ?1 AND source = ?2 AND state <> 'finished'";
    let key = params![key.account.as_str(), key.source];
    records(connection, select, key)
}

/// Returns the finished uploads under a key, the newest first.
pub(crate) fn finished_of(
    connection: &Connection,
    key: &JournalKey,
) -> rusqlite::Result<Vec<Found<JournalRecord>>> {
    let select = "SELECT * FROM uploads
        WHERE account = ?1 AND source = ?2 AND state = 'finished'
        ORDER BY updated_ms DESC, id DESC";
    records(
        connection,
        select,
        params![key.account.as_str(), key.source],
    )
}

/// Tells whether an upload of so many bytes has finished.
pub(crate) fn has_finished(
    connection: &Connection,
    account: &AccountId,
    size: ByteSize,
) -> rusqlite::Result<bool> {
    let select = "SELECT EXISTS (SELECT 1 FROM uploads
        WHERE account = ?1 AND size = ?2 AND state = 'finished')";
    let mut select = connection.prepare_cached(select)?;
    let size = signed(size.bytes());
    select.query_row(params![account.as_str(), size], |row| row.get(0))
}

/// Returns the finished uploads of these bytes, the newest first.
pub(crate) fn finished(
    connection: &Connection,
    account: &AccountId,
    size: ByteSize,
    digest: &Sha256Digest,
) -> rusqlite::Result<Vec<Found<JournalRecord>>> {
    let select = "SELECT * FROM uploads
        WHERE account = ?1 AND size = ?2 AND digest = ?3 AND state = 'finished'
        ORDER BY updated_ms DESC, id DESC";
    let (size, digest) = (signed(size.bytes()), digest.to_string());
    records(connection, select, params![account.as_str(), size, digest])
}

/// Returns everything, the newest last.
pub(crate) fn all(connection: &Connection) -> rusqlite::Result<Vec<Found<RememberedUpload>>> {
    let mut select = connection.prepare_cached("SELECT * FROM uploads ORDER BY created_ms, id")?;
    let rows = select.query_map([], |row| found(row, remembered))?;
    rows.collect()
}

/// Writes an upload down, in place of what was begun under its key.
pub(crate) fn save(
    transaction: &Transaction<'_>,
    key: &JournalKey,
    record: &JournalRecord,
) -> rusqlite::Result<Residue> {
    let JournalRecord {
        fingerprint,
        checkpoint,
        ..
    } = record;
    let upload_id = checkpoint.upload_id().to_string();
    let url_expires_ms = checkpoint.url_expires_at().map(|end| ms(end.since_unix()));
    let (device, inode) = fingerprint.file_id.unzip();
    let residue = match url_expires_ms {
        Some(_) => Residue::None,
        None => residue_of_begun(transaction, key)?,
    };
    let others = "DELETE FROM uploads
        WHERE account = ?1 AND source = ?2 AND state <> 'finished' AND upload_id <> ?3";
    let mut others = transaction.prepare_cached(others)?;
    others.execute(params![key.account.as_str(), key.source, upload_id])?;
    let upsert = "INSERT INTO uploads (upload_id, account, source, state, size, modified_ns,
            changed_ns, device, inode, digest, asset_id, created_ms, updated_ms, url_expires_ms,
            checkpoint)
        VALUES (:upload_id, :account, :source, :state, :size, :modified_ns, :changed_ns, :device,
            :inode, :digest, :asset_id, :now, :now, :url_expires_ms, :checkpoint)
        ON CONFLICT (upload_id) DO UPDATE SET state = :state, size = :size,
            modified_ns = :modified_ns, changed_ns = :changed_ns, device = :device, inode = :inode, digest = :digest,
            asset_id = :asset_id, updated_ms = :now, url_expires_ms = :url_expires_ms,
            checkpoint = :checkpoint";
    transaction.prepare_cached(upsert)?.execute(named_params! {
        ":upload_id": upload_id,
        ":account": key.account.as_str(),
        ":source": key.source,
        ":state": state(checkpoint).as_str(),
        ":size": signed(fingerprint.size_bytes),
        ":modified_ns": fingerprint.modified_ns.map(|ns| ns.to_string()),
        ":changed_ns": fingerprint.changed_ns.map(|ns| ns.to_string()),
        ":device": device.map(signed),
        ":inode": inode.map(signed),
        ":digest": checkpoint.digest().map(|digest| digest.to_string()),
        ":asset_id": checkpoint.asset_id().map(|id| id.as_str()),
        ":now": ms(now()),
        ":url_expires_ms": url_expires_ms,
        ":checkpoint": match checkpoint.finished() {
            // Whoever finds the asset asks for it anyway, and learns its URL of that day.
            Some(_) => write(&checkpoint.clone().without_signatures()),
            None => write(checkpoint),
        },
    })?;
    Ok(residue)
}

/// Forgets what was begun under a key.
pub(crate) fn discard(
    transaction: &Transaction<'_>,
    key: &JournalKey,
) -> rusqlite::Result<Residue> {
    let residue = residue_of_begun(transaction, key)?;
    let delete = "DELETE FROM uploads
        WHERE account = ?1 AND source = ?2 AND state <> 'finished'";
    let mut delete = transaction.prepare_cached(delete)?;
    delete.execute(params![key.account.as_str(), key.source])?;
    Ok(residue)
}

/// Forgets an upload that has finished, or one that has not. `None` means that there is none.
pub(crate) fn forget(
    transaction: &Transaction<'_>,
    account: &AccountId,
    id: UploadId,
    is_finished: bool,
) -> rusqlite::Result<Option<Residue>> {
    let delete = "DELETE FROM uploads
        WHERE account = ?1 AND upload_id = ?2 AND (state = 'finished') = ?3
        RETURNING url_expires_ms IS NOT NULL";
    let mut delete = transaction.prepare_cached(delete)?;
    let upload = params![account.as_str(), id.to_string(), is_finished];
    let had_url = delete.query_row(upload, |row| row.get(0));
    Ok(had_url.optional()?.map(residue))
}

/// Forgets damaged rows.
pub(crate) fn forget_rows(
    transaction: &Transaction<'_>,
    rows: &[(i64, DamagedRecord)],
) -> rusqlite::Result<Residue> {
    for (id, _) in rows {
        transaction.execute("DELETE FROM uploads WHERE id = ?1", [id])?;
    }
    // Nobody knows what they held.
    Ok(Residue::Url)
}

/// Tells whether there are presigned URLs that no server accepts any more.
pub(crate) fn has_expired(connection: &Connection) -> rusqlite::Result<bool> {
    let select = "SELECT EXISTS (SELECT 1 FROM uploads WHERE url_expires_ms < ?1)";
    connection.query_row(select, [ms(now())], |row| row.get(0))
}

/// Takes out the presigned URLs that no server accepts any more.
pub(crate) fn strip_expired(transaction: &Transaction<'_>) -> rusqlite::Result<Residue> {
    let select = "SELECT * FROM uploads WHERE url_expires_ms < ?1";
    let mut select = transaction.prepare_cached(select)?;
    let expired = select.query_map([ms(now())], |row| {
        Ok((row.get::<_, i64>("id")?, checkpoint(row)))
    })?;
    let expired: Vec<_> = expired.collect::<rusqlite::Result<_>>()?;
    let mut stripped = false;
    for (id, checkpoint) in expired {
        let checkpoint = match checkpoint {
            Ok(checkpoint) => write(&checkpoint.without_signatures()),
            // What it holds beside the URL is for whoever can read it.
            Err(Unreadable::Newer) => continue,
            // It is told of when somebody asks for it.
            Err(Unreadable::Damaged) => String::new(),
        };
        stripped = true;
        transaction.execute(
            "UPDATE uploads SET url_expires_ms = NULL, checkpoint = ?2 WHERE id = ?1",
            params![id, checkpoint],
        )?;
    }
    Ok(residue(stripped))
}

fn residue_of_begun(transaction: &Transaction<'_>, key: &JournalKey) -> rusqlite::Result<Residue> {
    let select = "SELECT EXISTS (SELECT 1 FROM uploads WHERE account = ?1 AND source = ?2
        AND state <> 'finished' AND url_expires_ms IS NOT NULL)";
    let mut select = transaction.prepare_cached(select)?;
    let has_url = select.query_row(params![key.account.as_str(), key.source], |row| row.get(0));
    has_url.map(residue)
}

const fn residue(had_url: bool) -> Residue {
    if had_url { Residue::Url } else { Residue::None }
}

fn records(
    connection: &Connection,
    select: &str,
    params: impl Params,
) -> rusqlite::Result<Vec<Found<JournalRecord>>> {
    let mut select = connection.prepare_cached(select)?;
    let rows = select.query_map(params, |row| found(row, record))?;
    rows.collect()
}

/// Why nothing can be made of a row.
enum Unreadable {
    Newer,
    Damaged,
}

impl From<rusqlite::Error> for Unreadable {
    /// The row itself was read: what is wrong is a value in it.
    fn from(_: rusqlite::Error) -> Self {
        Self::Damaged
    }
}

fn found<T>(
    row: &Row<'_>,
    read: impl FnOnce(&Row<'_>) -> Result<T, Unreadable>,
) -> rusqlite::Result<Found<T>> {
    let id = row.get("id")?;
    let text = |column: &str| {
        let value = row.get_ref(column).ok()?;
        let bytes = value.as_bytes_or_null().ok()??;
        Some(String::from_utf8_lossy(bytes).into_owned())
    };
    Ok(read(row).map_err(|problem| match problem {
        Unreadable::Newer => Flaw::Newer,
        Unreadable::Damaged => Flaw::Damaged(
            id,
            DamagedRecord {
                source: text("source").unwrap_or_default(),
                asset_id: text("asset_id").and_then(|id| id.parse().ok()),
            },
        ),
    }))
}

fn record(row: &Row<'_>) -> Result<JournalRecord, Unreadable> {
    let ns = |column: &str| {
        let ns: Option<String> = row.get(column)?;
        let ns = ns.map(|ns| ns.parse().map_err(|_| Unreadable::Damaged));
        ns.transpose()
    };
    let device: Option<i64> = row.get("device")?;
    let inode: Option<i64> = row.get("inode")?;
    let mut fingerprint = Fingerprint::new(unsigned(row.get("size")?));
    fingerprint.modified_ns = ns("modified_ns")?;
    fingerprint.changed_ns = ns("changed_ns")?;
    fingerprint.file_id = device.map(unsigned).zip(inode.map(unsigned));
    Ok(JournalRecord::new(fingerprint, checkpoint(row)?))
}

fn checkpoint(row: &Row<'_>) -> Result<Checkpoint, Unreadable> {
    let json: String = row.get("checkpoint")?;
    match serde_json::from_str::<Checkpoint>(&json) {
        Ok(checkpoint) => match checkpoint.check() {
            Ok(()) => Ok(checkpoint),
            Err(error) if error.is_newer() => Err(Unreadable::Newer),
            Err(_) => Err(Unreadable::Damaged),
        },
        // A newer one may have another form altogether.
        Err(_) => {
            let json = serde_json::from_str(&json).unwrap_or(serde_json::Value::Null);
            let version = json["version"].as_u64();
            Err(match version > Some(Checkpoint::VERSION.into()) {
                true => Unreadable::Newer,
                false => Unreadable::Damaged,
            })
        }
    }
}

fn remembered(row: &Row<'_>) -> Result<RememberedUpload, Unreadable> {
    let account: String = row.get("account")?;
    let JournalRecord {
        fingerprint,
        checkpoint,
        ..
    } = record(row)?;
    Ok(RememberedUpload {
        id: checkpoint.upload_id(),
        account: AccountId::from_text(account),
        source: row.get("source")?,
        state: state(&checkpoint),
        fingerprint,
        plan: checkpoint.plan().clone(),
        digest: checkpoint.digest(),
        asset_id: checkpoint.asset_id().cloned(),
        finished: checkpoint.finished().cloned(),
        created: time(row.get("created_ms")?),
        updated: time(row.get("updated_ms")?),
    })
}

const fn state(checkpoint: &Checkpoint) -> State {
    if checkpoint.finished().is_some() {
        State::Finished
    } else if checkpoint.is_stored() {
        State::Stored
    } else {
        State::Begun
    }
}

/// Writes a checkpoint as JSON.
///
/// One with a presigned URL begins with a page of blanks, so that the URL comes to lie on pages of
/// its own row. Those are overwritten when it is taken out; of a page that is shared, SQLite can
/// keep a copy when it moves rows between pages.
fn write(checkpoint: &Checkpoint) -> String {
    let json = serde_json::to_string(checkpoint).expect("a checkpoint has string keys");
    match checkpoint.url_expires_at() {
        Some(_) => format!("{:PAGE_BYTES$}{json}", ""),
        None => json,
    }
}

pub(crate) const PAGE_BYTES: usize = 4096;

fn now() -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap_or_default()
}

fn ms(since_epoch: Duration) -> i64 {
    i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
}

fn time(ms: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(u64::try_from(ms).unwrap_or_default())
}

/// SQLite has signed numbers only; these go in and come out bit by bit.
const fn signed(number: u64) -> i64 {
    number.cast_signed()
}

const fn unsigned(number: i64) -> u64 {
    number.cast_unsigned()
}
