//! Two programs with the same file and the same journal at the same time.

use std::{
    process::{Child, Command, Stdio},
    time::Duration,
};

use heygen_emulator::{Endpoint, Fault, OperationId};

use crate::support::{Folder, Run, Service, mp4, text};

const ROUNDS: usize = 4;

/// Route, and when the digest is told. Without one the second program knows the file by its version.
const WAYS: [[&str; 2]; 3] = [
    ["single", "declared"],
    ["direct", "declared"],
    ["direct", "off"],
];

#[test]
fn two_programs_with_the_same_file_make_one_asset() {
    let (service, folder) = (Service::start(), Folder::new());
    // Late answers make sure that the programs meet.
    for endpoint in [OperationId::UploadAsset.into(), Endpoint::StoragePut] {
        let fault = Fault::delay(endpoint, Duration::from_millis(100));
        service.emulator.fault(fault.after_effect().times(u32::MAX));
    }
    for round in 0..ROUNDS {
        for (number, [route, checksum]) in WAYS.iter().enumerate() {
            let name = format!("{route}-{checksum}-{round}.mp4");
            let size = 200_000 + WAYS.len() * round + number;
            let file = folder.file(&name, &mp4(size));
            let start = || {
                let mut command: Command = service.heygen();
                command
                    .env("HEYGEN_JOURNAL", folder.path().join("state/journal.db"))
                    .args(["upload", "--json", "--progress", "json", "--route", route])
                    .args(["--checksum", checksum])
                    .arg(&file)
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped());
                command.spawn().unwrap()
            };
            let twins: [Child; 2] = [start(), start()];
            let ends = twins.map(|twin| Run::from(twin.wait_with_output().unwrap()).ends_with(0));
            let [first, second] = ends.each_ref().map(Run::object);
            assert_eq!(
                text(&first, "asset_id"),
                text(&second, "asset_id"),
                "{ends:#?}"
            );
            let reused = [&first, &second].map(|end| end["reused"] == true);
            assert!(reused[0] != reused[1], "{ends:#?}");
            let assets = service.emulator.assets();
            let named = assets.iter().filter(|asset| asset.name == name).count();
            assert_eq!(named, 1, "{ends:#?}");
        }
    }
}
