//! `auth`: which credential is used, and the file that the official tool has, too.

mod login;
mod logout;
mod sessions;
mod status;

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::support::{Folder, Run, Service};

/// A folder for the credentials, and a server that knows a key.
struct Scene {
    service: Service,
    folder: Folder,
}

impl Scene {
    fn new() -> Self {
        Self {
            service: Service::start(),
            folder: Folder::new(),
        }
    }

    /// Prepares to run the binary with this folder and no key but what is in it.
    fn heygen(&self) -> Command {
        let mut command = self.service.heygen();
        command
            .env_remove("HEYGEN_API_KEY")
            .env("HEYGEN_CONFIG_DIR", self.config());
        command
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("config")
    }

    fn file(&self) -> PathBuf {
        self.config().join("credentials")
    }

    fn key(&self) -> String {
        self.service.emulator.api_key().to_string()
    }

    /// Writes the file as another tool would.
    fn store(&self, content: impl AsRef<[u8]>) {
        self.folder.file("config/credentials", content.as_ref());
        own_alone(&self.file());
    }

    fn stored(&self) -> Value {
        serde_json::from_slice(&fs::read(self.file()).unwrap()).unwrap()
    }

    /// Signs in with a key on standard input.
    fn login(&self, key: &str) -> Run {
        with_input(self.heygen().args(["auth", "login"]), key)
    }
}

/// Runs a command with this on its standard input.
fn with_input(command: &mut Command, input: &str) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses before it reads closes the pipe, which is no failure.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    Run::from(child.wait_with_output().unwrap())
}

/// The file as the official tool writes it after signing in through the browser.
fn with_session(expires_at: &str) -> Value {
    json!({
        "oauth": {
            "access_token": "access-secret", "refresh_token": "refresh-secret",
            "expires_at": expires_at, "scope": "openid profile email", "token_type": "Bearer",
            "id_token": "a member of another version",
        },
        "user": {"email": "sam@example.com", "username": "sam"},
    })
}

const FAR_FUTURE: &str = "2999-01-01T00:00:00Z";

#[cfg(unix)]
fn own_alone(path: &std::path::Path) {
    set_mode(path, 0o600);
}

#[cfg(not(unix))]
fn own_alone(_path: &std::path::Path) {}

#[cfg(unix)]
fn set_mode(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
fn mode(path: &std::path::Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

/// Returns the names in the folder of the credentials.
fn names(scene: &Scene) -> Vec<String> {
    let entries = fs::read_dir(scene.config()).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}
