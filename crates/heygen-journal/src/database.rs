//! One connection to the file: how it is opened, mended and written through.

use std::{path::PathBuf, time::Duration};

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::{
    Error, ErrorKind,
    patience::Patience,
    place::Place,
    rows,
    schema::{self, Recognised},
};

/// An open journal.
#[derive(Debug)]
pub(crate) struct Database {
    connection: Connection,
    /// A presigned URL that nobody needs any more may still stand in the log.
    is_to_scrub: bool,
}

/// What is thought of a file before it is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Suspicion {
    None,
    /// It was damaged when it was last used. Another process may have replaced it since.
    Reported,
    /// It was damaged again when it was used, although it looked whole.
    Sure,
}

impl Suspicion {
    /// Returns what to think when damage is met. `None` when there is no more to think.
    pub(crate) const fn next(self) -> Option<Self> {
        match self {
            Self::None => Some(Self::Reported),
            Self::Reported => Some(Self::Sure),
            Self::Sure => None,
        }
    }
}

/// How long what was written has to last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Beyond the process.
    Process,
    /// Beyond the power of the machine.
    Power,
}

/// What is left to do after something was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Residue {
    None,
    /// A presigned URL was taken out of a row.
    Url,
}

/// Opens a journal. One that is damaged is moved aside first, and a new one begun; where to is
/// returned beside it.
///
/// It is looked over whole when it is suspect, was not closed by its last process, or is small; reading
/// every page each time would cost more with every upload that is remembered. What is damaged and not
/// noticed knows nothing of files that it knew, and they are stored twice.
pub(crate) fn open(
    place: &Place,
    suspicion: Suspicion,
    patience: &Patience,
) -> Result<(Database, Option<PathBuf>), Error> {
    let io = |error| Error::io(&place.database, error);
    // Held to the end: whoever opens next finds a file that is whole.
    let turn = place.take_turn(patience).map_err(io)?;
    let opened = |database, aside| {
        turn.mark().map_err(io)?;
        // Whoever was in the way is not any more.
        patience.renew();
        Ok((database, aside))
    };
    let prepare = || place.prepare().map_err(io);
    let attempt = |suspicion| {
        loop {
            match attempt(place, suspicion) {
                Err(Problem::Sqlite(error)) if is_busy(&error) && patience.wait() => {}
                end => return end,
            }
        }
    };
    let is_new = prepare()?;
    // Nothing of another program is lost with an empty file.
    if is_new || !place.was_emptied(&turn) {
        match attempt(suspicion) {
            Err(Problem::Damaged) if place.had_journal(&turn).map_err(io)? => {}
            Err(Problem::Damaged) => return Err(Error::new(ErrorKind::Foreign, &place.database)),
            end => return opened(end.map_err(|problem| problem.at(place))?, None),
        }
    }
    let aside = place.set_aside().map_err(io)?;
    prepare()?;
    let database = attempt(Suspicion::None).map_err(|problem| problem.at(place))?;
    opened(database, Some(aside))
}

/// Why a file cannot be opened.
enum Problem {
    Damaged,
    Refused(ErrorKind),
    Io(std::io::Error),
    Sqlite(rusqlite::Error),
}

impl Problem {
    fn at(self, place: &Place) -> Error {
        match self {
            // It happened to a file that was made a moment ago.
            Self::Damaged => Error::new(ErrorKind::Unusable, &place.database),
            Self::Refused(kind) => Error::new(kind, &place.database),
            Self::Io(error) => Error::io(&place.database, error),
            Self::Sqlite(error) => Error::sqlite(&place.database, error),
        }
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        if is_damage(&error) {
            Self::Damaged
        } else {
            Self::Sqlite(error)
        }
    }
}

fn attempt(place: &Place, suspicion: Suspicion) -> Result<Database, Problem> {
    let was_left_open = place.has_log();
    // What is done at the same time is told apart by the lock around the connection.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut connection = Connection::open_with_flags(&place.database, flags)?;
    // All statements together wait as long as `Patience` allows.
    connection.busy_timeout(Duration::ZERO)?;
    match schema::recognise(&connection)? {
        Recognised::Ours => {}
        Recognised::Damaged => return Err(Problem::Damaged),
        Recognised::Newer => return Err(Problem::Refused(ErrorKind::Newer)),
        Recognised::Foreign => return Err(Problem::Refused(ErrorKind::Foreign)),
    }
    match suspicion {
        // Only this one compares the indexes with what they are of.
        Suspicion::None if place.is_small() => check(&connection, "PRAGMA integrity_check(1)")?,
        Suspicion::None if was_left_open => check(&connection, "PRAGMA quick_check(1)")?,
        Suspicion::None => {}
        Suspicion::Reported => check(&connection, "PRAGMA integrity_check(1)")?,
        Suspicion::Sure => return Err(Problem::Damaged),
    }
    place.make_private().map_err(Problem::Io)?;
    // Some systems hand a write to the disk and do not wait for it, unless they are asked to.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "synchronous", "normal")?;
    match schema::migrate(&mut connection) {
        // A step finds what the versions before it made, or somebody took that away.
        Err(error) if is_mismatch(&error) => return Err(Problem::Damaged),
        done => done?,
    }
    if !schema::is_whole(&connection)? {
        return Err(Problem::Damaged);
    }
    let mut database = Database {
        connection,
        // Nobody knows what a process that has died left in the log.
        is_to_scrub: was_left_open,
    };
    if rows::has_expired(&database.connection)? {
        match database.write(Durability::Process, rows::strip_expired) {
            // It is done when the journal is opened next: nothing waits for that.
            Err(error) if is_busy(&error) => {}
            done => done?,
        }
    }
    database.scrub()?;
    Ok(database)
}

fn check(connection: &Connection, pragma: &str) -> Result<(), Problem> {
    let verdict: String = connection.query_row(pragma, [], |row| row.get(0))?;
    // Pages that were read stay, and hide from this process what happens to the file.
    connection.execute_batch("PRAGMA shrink_memory")?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(Problem::Damaged)
    }
}

/// Tells whether the file itself is broken.
pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}

/// Tells whether a statement does not fit to what is there.
fn is_mismatch(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    code == Some(rusqlite::ffi::SQLITE_ERROR)
}

/// Tells whether others are at it.
pub(crate) fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}

impl Database {
    pub(crate) const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Does something whole or not at all.
    pub(crate) fn write(
        &mut self,
        durability: Durability,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<Residue>,
    ) -> rusqlite::Result<()> {
        if durability == Durability::Power {
            self.connection.pragma_update(None, "synchronous", "full")?;
        }
        let end = self.transact(work);
        if durability == Durability::Power {
            self.connection
                .pragma_update(None, "synchronous", "normal")?;
        }
        self.is_to_scrub |= end? == Residue::Url;
        self.scrub()
    }

    fn transact(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<Residue>,
    ) -> rusqlite::Result<Residue> {
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior)?;
        let residue = work(&transaction)?;
        transaction.commit()?;
        Ok(residue)
    }

    /// Empties the log, in which older versions of the rows stand until they are overwritten. While
    /// another process reads it cannot be done, and is done after the next write: no upload waits
    /// for it.
    fn scrub(&mut self) -> rusqlite::Result<()> {
        if self.is_to_scrub {
            let empty = "PRAGMA wal_checkpoint(TRUNCATE)";
            let is_held = self.connection.query_row(empty, [], |row| row.get(0));
            self.is_to_scrub = match is_held {
                Err(error) if is_busy(&error) => true,
                other => other?,
            };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_disk_is_waited_for_as_long_as_it_is_asked_to() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(&folder.path().join("journal.db")).unwrap();
        let (mut database, _) = open(&place, Suspicion::None, &Patience::default()).unwrap();
        let level = |connection: &Connection| {
            connection.pragma_query_value(None, "synchronous", |row| row.get::<_, i64>(0))
        };
        const NORMAL: i64 = 1;
        const FULL: i64 = 2;
        for (durability, expected) in [(Durability::Process, NORMAL), (Durability::Power, FULL)] {
            let write = database.write(durability, |transaction| {
                assert_eq!(level(transaction)?, expected);
                Ok(Residue::None)
            });
            write.unwrap();
            let failed = database.write(durability, |_| {
                Err::<Residue, _>(rusqlite::Error::InvalidQuery)
            });
            failed.unwrap_err();
            assert_eq!(level(database.connection()), Ok(NORMAL));
        }
    }
}
