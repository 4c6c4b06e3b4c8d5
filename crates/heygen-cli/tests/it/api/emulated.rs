//! Whole jobs against the emulator: upload, begin, wait, look, list, delete.

use std::{path::PathBuf, process::Command, thread, time::Duration};

use heygen_emulator::Settings;
use serde_json::Value;

use crate::support::{RunExt as _, Service, heygen, split, text};

fn media() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/media")
}

/// A job, and the commands that have to do with it.
struct Job {
    group: &'static str,
    create: &'static str,
    /// Where the last record has the id.
    id: &'static str,
    status: &'static str,
    lists: bool,
    deletes: bool,
}

const fn job(group: &'static str, create: &'static str) -> Job {
    Job {
        group,
        create,
        id: "id",
        status: "completed",
        lists: true,
        deletes: true,
    }
}

const JOBS: [Job; 16] = [
    job("ai-clipping", "--video clip.mp4"),
    job("background-removals", "--video clip.mp4"),
    Job {
        id: "brand_kit_id",
        ..job("brand-kits", "--url https://example.com")
    },
    Job {
        lists: false,
        deletes: false,
        ..job("filler-word-removals", "--video clip.mp4")
    },
    Job {
        id: "render_id",
        ..job("hyperframes renders", "--project project.zip")
    },
    job("lipsyncs", "--video clip.mp4 --audio tone.mp3"),
    job(
        "video-translations",
        "--video clip.mp4 --output-languages French",
    ),
    job("videos", "--type image --image image.png --audio tone.mp3"),
    Job {
        lists: false,
        deletes: false,
        ..job(
            "video-translations proofreads",
            "--video clip.mp4 --title x --output-languages French",
        )
    },
    Job {
        id: "session_id",
        deletes: false,
        ..job(
            "video-agents",
            "--prompt x --file report.pdf --file photo.jpg",
        )
    },
    Job {
        id: "voice_id",
        status: "ACTIVE",
        ..job(
            "models audio voices",
            "--mode instant --name Mine --audio tone.mp3",
        )
    },
    Job {
        id: "generation_id",
        lists: false,
        deletes: false,
        ..job(
            "models images",
            "--model heygen-image-1 --identity-image photo.jpg --reference-image image.png",
        )
    },
    Job {
        id: "video_id",
        lists: false,
        deletes: false,
        ..job(
            "models videos",
            "--mode reference_to_video --model heygen-video-1 --prompt x \
             --reference-image photo.jpg --reference-video clip.mp4 --reference-audio tone.mp3",
        )
    },
    // Two whose create has another name, or whose wait is for a part of what was made.
    Job {
        group: "avatars looks",
        create: "avatars create --type photo --name A --file photo.jpg",
        ..job("", "")
    },
    Job {
        id: "voice_id",
        status: "complete",
        create: "voices clone --audio tone.mp3 --voice-name A",
        ..job("voices", "")
    },
    Job {
        create: "templates generate template_product --variables {}",
        lists: false,
        ..job("videos", "")
    },
];

#[test]
fn one_of_each_is_made_waited_for_listed_and_deleted() {
    let mut settings = Settings::default();
    let short = Duration::from_millis(200);
    settings.job_time = short;
    settings.processing_time = short;
    settings.agent_thinking_time = short;
    settings.agent_generating_time = short;
    let service = Service::with(|builder| builder.settings(settings));
    let template = run(&service, "templates list")
        .pointer("/data/0/id")
        .cloned();
    let template = template.and_then(|id| id.as_str().map(str::to_owned));
    thread::scope(|scope| {
        for job in &JOBS {
            let (service, template) = (&service, template.as_deref());
            scope.spawn(move || check(service, job, template));
        }
    });
}

fn command(service: &Service, line: &str) -> Command {
    let mut command = service.heygen();
    command.current_dir(media()).args(split(line));
    command
}

#[track_caller]
fn run(service: &Service, line: &str) -> Value {
    command(service, line).run().ends_with(0).object()
}

fn check(service: &Service, job: &Job, template: Option<&str>) {
    let Job { group, create, .. } = job;
    let create = match create.split_once(' ') {
        Some((word, _)) if !word.starts_with("--") => (*create).to_owned(),
        _ => format!("{group} create {create}"),
    };
    let create = match template {
        Some(template) => create.replace("template_product", template),
        None if create.contains("template_product") => return,
        None => create,
    };
    let made = run(service, &format!("{create} --wait"));
    assert_eq!(text(&made["data"], "status"), job.status, "{made}");
    let id = text(&made["data"], job.id);

    let got = run(service, &format!("{group} get {id}"));
    assert_eq!(text(&got["data"], job.id), id);
    if job.lists {
        // What is one's own stands apart from what everybody has.
        let flags = if *group == "voices" {
            " --type private"
        } else {
            ""
        };
        let pages = command(service, &format!("{group} list --all{flags}"))
            .run()
            .ends_with(0);
        let pages = pages.objects();
        let mut items = pages
            .iter()
            .filter_map(|page| page["data"].as_array())
            .flatten();
        assert!(items.any(|item| item[job.id] == id), "{group}: {pages:?}");
    }
    if job.deletes {
        run(service, &format!("{group} delete {id} --yes"));
        let gone = command(service, &format!("{group} get {id}")).run();
        // A record of a background removal stays, and says so.
        let is_marked = gone.code == Some(0) && gone.object()["data"]["status"] == "deleted";
        assert!(is_marked || gone.code == Some(1), "{group}: {gone:?}");
    }
}

/// Resources that are there at once: nothing to wait for.
#[test]
fn one_of_each_that_is_no_job_is_made_listed_and_deleted() {
    let service = Service::with(|builder| builder);
    for (group, create, id, list, gets) in [
        (
            "brand-glossaries",
            "create --name House --terms [{\"term\":\"GIF\",\"pronunciation\":\"jif\"}]",
            "brand_glossary_id",
            "list --all",
            true,
        ),
        (
            "webhooks endpoints",
            "create --url https://hooks.example.com/a --events video_agent.success",
            "endpoint_id",
            "list --all",
            false,
        ),
    ] {
        let made = run(&service, &format!("{group} {create}"));
        let id_of = |item: &Value| text(item, id).to_owned();
        let made = id_of(&made["data"]);
        let listed = run(&service, &format!("{group} {list}"));
        let listed: Vec<String> = listed["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(id_of)
            .collect();
        assert_eq!(listed, [made.as_str()], "{group}");
        if gets {
            let got = run(&service, &format!("{group} get {made}"));
            assert_eq!(id_of(&got["data"]), made);
        }
        run(&service, &format!("{group} delete {made} --yes"));
        let again = command(&service, &format!("{group} delete {made} --yes")).run();
        again.ends_with(1);
        let listed = run(&service, &format!("{group} {list}"));
        assert_eq!(listed["data"], Value::Array(Vec::new()), "{group}");
    }
}

#[test]
fn an_asset_is_uploaded_listed_and_deleted() {
    let service = Service::with(|builder| builder);
    let uploaded = run(&service, "assets upload image.png");
    let id = text(&uploaded["data"], "asset_id").to_owned();
    let got = run(&service, &format!("assets get {id}"));
    let owner = text(&got["data"], "owner").to_owned();
    let listed = run(&service, &format!("assets list --username {owner}"));
    assert_eq!(listed["data"][0]["id"], id.as_str());
    let statuses = run(&service, &format!("assets statuses list --asset-ids {id}"));
    // In every statuses list the API calls the id `video_id`.
    assert_eq!(statuses["data"][0]["video_id"], id.as_str());
    run(&service, &format!("assets delete {id} --yes"));
    let gone = command(&service, &format!("assets get {id}"))
        .run()
        .ends_with(1);
    assert!(gone.stderr.contains("asset_not_found"), "{gone:?}");
}

#[test]
fn uploading_and_using_is_one_command() {
    thread::scope(|scope| {
        for line in [
            "video-agents create --prompt x --file report.pdf",
            "lipsyncs create --video clip.mp4 --audio tone.mp3",
            "video-translations create --video clip.mp4 --output-languages French",
            "avatars create --type photo --name Anna --file photo.jpg",
        ] {
            scope.spawn(move || {
                let mut command = heygen();
                command.current_dir(media()).args(split(line));
                let done = command
                    .args(["--emulator", "--wait", "--json"])
                    .run()
                    .ends_with(0);
                assert_eq!(done.object()["data"]["status"], "completed", "{line}");
            });
        }
    });
}

#[test]
fn a_finished_video_is_downloaded_from_the_emulator() {
    let mut settings = Settings::default();
    settings.job_time = Duration::from_millis(200);
    let service = Service::with(|builder| builder.settings(settings));
    let create = "videos create --type image --image image.png --audio tone.mp3 --wait";
    let made = run(&service, create);
    let id = text(&made["data"], "id");
    let words = ["videos", "download", id, "-o", "-"];
    let output = service.heygen().args(words).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let found = heygen_client::media::sniff(&output.stdout);
    assert_eq!(found, Some(heygen_types::MediaType::Mp4));
}
