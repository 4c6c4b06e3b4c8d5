//! The tables, and the way to them from every earlier version.

use rusqlite::{Connection, TransactionBehavior};

/// What a database turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recognised {
    /// A journal of this version or an older one, or nothing yet.
    Ours,
    /// A journal of a newer version.
    Newer,
    /// A journal with the number of a version that there never was.
    Damaged,
    /// A database of another program.
    Foreign,
}

/// Looks at what is there, and changes nothing.
pub(crate) fn recognise(connection: &Connection) -> rusqlite::Result<Recognised> {
    let application = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version = version(connection)?;
    let tables = "SELECT EXISTS (SELECT 1 FROM sqlite_schema)";
    let is_empty = !connection.query_row(tables, [], |row| row.get::<_, bool>(0))?;
    Ok(match application {
        APPLICATION_ID if version > MIGRATIONS.len() as i64 => Recognised::Newer,
        // A journal gets both numbers at the same moment.
        APPLICATION_ID if version < 1 => Recognised::Damaged,
        APPLICATION_ID => Recognised::Ours,
        0 if version == 0 && is_empty => Recognised::Ours,
        _ => Recognised::Foreign,
    })
}

/// Brings a database to this version.
pub(crate) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    apply(connection, MIGRATIONS)
}

/// Applies the migrations that a database does not have, each whole or not at all.
fn apply(connection: &mut Connection, migrations: &[&str]) -> rusqlite::Result<()> {
    let have = version(connection)?;
    for (migration, version) in migrations.iter().zip(1..) {
        if version <= have {
            continue;
        }
        let step = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        step.execute_batch(migration)?;
        step.pragma_update(None, "application_id", APPLICATION_ID)?;
        step.pragma_update(None, "user_version", version)?;
        step.commit()?;
    }
    Ok(())
}

/// Returns `true` if a database of this version has every table and index that belongs to it.
pub(crate) fn is_whole(connection: &Connection) -> rusqlite::Result<bool> {
    let mut expected = Connection::open_in_memory()?;
    migrate(&mut expected)?;
    let found = definitions(connection)?;
    let expected = definitions(&expected)?;
    Ok(expected.iter().all(|part| found.contains(part)))
}

/// Returns the statements by which the tables and indexes were made.
fn definitions(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let select = "SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name";
    let mut select = connection.prepare(select)?;
    let rows = select.query_map([], |row| row.get(0))?;
    rows.collect()
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// The number by which SQLite files of this program are known: "hgrs" in ASCII.
pub(crate) const APPLICATION_ID: i64 = 0x6867_7273;

/// What leads from each version to the next, in order. One that was released never changes.
const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE uploads (
        id INTEGER PRIMARY KEY,
        upload_id TEXT NOT NULL UNIQUE,
        account TEXT NOT NULL,
        source TEXT NOT NULL,
        state TEXT NOT NULL,
        size INTEGER NOT NULL,
        modified_ns TEXT,
        device INTEGER,
        inode INTEGER,
        digest TEXT,
        asset_id TEXT,
        created_ms INTEGER NOT NULL,
        updated_ms INTEGER NOT NULL,
        url_expires_ms INTEGER,
        checkpoint TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX uploads_begun ON uploads (account, source) WHERE state <> 'finished';
    CREATE INDEX uploads_finished ON uploads (account, size) WHERE state = 'finished';
    CREATE INDEX uploads_with_url ON uploads (url_expires_ms) WHERE url_expires_ms IS NOT NULL;
",
    "
    DROP INDEX uploads_finished;
    CREATE INDEX uploads_finished ON uploads (account, size, digest) WHERE state = 'finished';
    CREATE INDEX uploads_finished_of ON uploads (account, source) WHERE state = 'finished';
",
    "
    ALTER TABLE uploads ADD COLUMN changed_ns TEXT;
",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(connection: &Connection) -> Vec<String> {
        definitions(connection).unwrap()
    }

    #[test]
    fn every_earlier_version_becomes_this_one() {
        let mut newest = Connection::open_in_memory().unwrap();
        migrate(&mut newest).unwrap();
        assert_eq!(version(&newest), Ok(MIGRATIONS.len() as i64));
        for earlier in 0..=MIGRATIONS.len() {
            let mut connection = Connection::open_in_memory().unwrap();
            apply(&mut connection, &MIGRATIONS[..earlier]).unwrap();
            assert_eq!(version(&connection), Ok(earlier as i64));
            assert_eq!(recognise(&connection).unwrap(), Recognised::Ours);
            migrate(&mut connection).unwrap();
            assert_eq!(schema(&connection), schema(&newest), "from {earlier}");
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_version_before_it() {
        let mut connection = Connection::open_in_memory().unwrap();
        let steps = [
            "CREATE TABLE a (x)",
            "CREATE TABLE b (x); INSERT INTO a VALUES (1); INSERT INTO nowhere VALUES (1)",
        ];
        apply(&mut connection, &steps).unwrap_err();
        assert_eq!(version(&connection), Ok(1));
        assert_eq!(schema(&connection), ["CREATE TABLE a (x)"]);
        let mended = [steps[0], "CREATE TABLE c (x)"];
        apply(&mut connection, &mended).unwrap();
        assert_eq!(version(&connection), Ok(2));
    }

    #[test]
    fn what_is_not_ours_is_told() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let next = MIGRATIONS.len() as i64 + 1;
        connection
            .pragma_update(None, "user_version", next)
            .unwrap();
        assert_eq!(recognise(&connection).unwrap(), Recognised::Newer);

        let other = Connection::open_in_memory().unwrap();
        other.execute_batch("CREATE TABLE bookmarks (x)").unwrap();
        assert_eq!(recognise(&other).unwrap(), Recognised::Foreign);
    }
}
