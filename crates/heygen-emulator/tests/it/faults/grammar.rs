//! Faults as text and as JSON.

use std::time::Duration;

use heygen_emulator::{
    Endpoint, Fault, FaultTarget, OperationId, Pace, SlotOverride, StorageCode, WebhookFault,
};
use heygen_types::{ByteSize, PresignedUrl, UploadHeaders};
use proptest::{
    collection, option,
    prelude::{Just, Strategy, any, prop_assert_eq, prop_oneof, proptest},
    sample,
};

#[test]
fn every_word_has_its_meaning() {
    use Endpoint::{StorageGet, StoragePut};
    use OperationId::{CompleteAsset, CreateDirectUpload, GetCurrentUser, UploadAsset};
    let ms = Duration::from_millis;
    let mut change = SlotOverride::default();
    change.expires_in_seconds = Some(-1);
    for (text, fault) in [
        (
            "create_direct_upload:status=503,code=busy,retry-after=2,times=3",
            Fault::status(CreateDirectUpload, 503, "busy")
                .with_retry_after(2)
                .times(3),
        ),
        (
            "users.me.get:status=400,code=a,message=\"b, c\",after-effect",
            Fault::status(GetCurrentUser, 400, "a")
                .with_message("b, c")
                .after_effect(),
        ),
        (
            "assets.upload:raw=502,headers=content-type: text/html,body=<html>",
            Fault::raw(UploadAsset, 502, "text/html", "<html>"),
        ),
        (
            r#"any:raw=500,headers=["content-type: x", "location: y"],body-base64=/w==,times=always"#,
            Fault::raw(FaultTarget::Any, 500, "x", [0xff])
                .with_header("location", "y")
                .always(),
        ),
        (
            "storage_put:storage=SlowDown,early,then-reset",
            Fault::storage(StorageCode::SlowDown).early().then_reset(),
        ),
        (
            "storage_get:storage=NoSuchKey",
            Fault::storage_get(StorageCode::NoSuchKey),
        ),
        ("assets.complete:close", Fault::close(CompleteAsset)),
        (
            "storage_put:reset-after=1048576,asset=asset_1",
            Fault::reset(StoragePut, 1 << 20).for_asset("asset_1".parse().unwrap()),
        ),
        ("storage_put:stall-after=0", Fault::stall(StoragePut, 0)),
        (
            "storage_get:answer-reset-after=9",
            Fault::reset_answer(StorageGet, 9),
        ),
        (
            "storage_get:answer-stall-after=9",
            Fault::stall_answer(StorageGet, 9),
        ),
        ("users.me.get:truncated", Fault::truncated(GetCurrentUser)),
        (
            "get_user:truncated=7",
            Fault::truncated_to(GetCurrentUser, 7),
        ),
        ("get_user:duplicated", Fault::duplicated(GetCurrentUser)),
        (
            "complete_asset:not-visible,times=2",
            Fault::object_not_visible().times(2),
        ),
        (
            "create_video:job-fails=moderation,message=no",
            Fault::job_fails(OperationId::CreateVideo, "moderation", "no"),
        ),
        (
            r#"create_direct_upload:slot={"expires_in_seconds":-1}"#,
            Fault::slot(change),
        ),
        ("webhook:dropped", Fault::webhook(WebhookFault::Dropped)),
        (
            "webhook:bad-signature",
            Fault::webhook(WebhookFault::BadSignature),
        ),
        (
            "get_user:delay=1.5s",
            Fault::delay(GetCurrentUser, ms(1500)),
        ),
        (
            "storage_put:slow-reading=65536/100ms",
            Fault::slow_reading(StoragePut, Pace::new(65536, ms(100))),
        ),
        (
            "storage_get:slow-writing=65536",
            Fault::slow_writing(StorageGet, Pace::per_second(65536)),
        ),
        (
            "storage_get: then_reset , delay = 2s",
            Fault::delay(StorageGet, ms(2000)).then_reset(),
        ),
        (
            r#" {"at": "get_user", "close": true, "times": "always"} "#,
            Fault::close(GetCurrentUser).always(),
        ),
    ] {
        assert_eq!(text.parse::<Fault>().unwrap(), fault, "{text}");
    }
}

#[test]
fn what_cannot_be_meant_is_refused_with_what_can() {
    for (text, said) in [
        ("", "has no colon; write TARGET:WORD"),
        ("storage_put", r#""storage_put": has no colon"#),
        (
            "create_direct_uplaod:close",
            r#""create_direct_uplaod": is neither an operation of the API nor any, webhook, storage_put or storage_get; did you mean create_direct_upload?"#,
        ),
        ("nonsense:close", "storage_put or storage_get"),
        ("get_user:", "has no word in front of it"),
        ("get_user:close,", "has no word in front of it"),
        ("get_user:=3", "has no word in front of it"),
        (
            "get_user:stauts=503",
            r#""stauts": is no word of a fault; did you mean status?"#,
        ),
        (
            "get_user:frobnicate",
            "these are status, raw, storage, close",
        ),
        (
            "get_user:times=2",
            "get: nothing is said of what goes wrong; it is one of status",
        ),
        (
            "get_user:status",
            "status: takes a number from 200 to 599, not nothing",
        ),
        (
            "get_user:status=99",
            r#"status: takes a number from 200 to 599, not "99""#,
        ),
        ("get_user:status=503,close", "status: excludes close"),
        ("get_user:close,close", r#""close": is there twice"#),
        ("get_user:close=yes", r#"close: takes no value, not "yes""#),
        ("get_user:close,code=x", "code: has no meaning with close"),
        (
            "get_user:close,retry-after=1",
            "retry-after: has no meaning with close",
        ),
        (
            "get_user:delay=1s,early",
            "early: has no meaning without a word",
        ),
        (
            "get_user:delay=soon",
            r#"delay: takes a time such as 500ms, 30s or 1h, not "soon""#,
        ),
        ("get_user:delay=PT5S", "delay: takes a time"),
        (
            "get_user:close,times=0",
            "times: takes a number from 1 to 4294967295, or always",
        ),
        (
            "get_user:close,early,after-effect",
            "early: answers before the body has come",
        ),
        (
            "get_user:slow-reading=fast",
            r#"slow-reading: "fast" is no pace; write 65536"#,
        ),
        ("get_user:slow-reading=0/1s", "is no pace"),
        (
            "get_user:close,asset=a",
            "asset: no request to users.me.get names an asset",
        ),
        (
            "storage_put:storage=Slow",
            r#"storage: "Slow" is none of AccessDenied"#,
        ),
        (
            "storage_put:truncated",
            "truncated: is for operations of the API",
        ),
        (
            "get_user:not-visible",
            "not_visible: is for complete_asset, not for users.me.get",
        ),
        (
            "any:not-visible",
            "not_visible: is for complete_asset, not for any",
        ),
        ("get_user:dropped", "dropped: is for webhook"),
        ("webhook:close", "close: is for requests, not for webhook"),
        (
            "webhook:dropped,delay=1s",
            "delay: has no meaning with dropped",
        ),
        (
            r#"get_user:raw=200,body="a"#,
            "body: has a value that begins as JSON and is not",
        ),
        (
            r#"get_user:raw=200,body="a"b"#,
            r#""b": comes behind the end of a value"#,
        ),
        (
            "get_user:raw=200,headers=nothing",
            r#"headers: takes "name: value""#,
        ),
        (
            "create_direct_upload:slot={\"x\":1}",
            "slot: takes an object of upload_url",
        ),
        ("{", "is not a JSON object"),
        ("{}", "at: is missing; it names the operation"),
        (r#"{"at": 3}"#, "at: takes a text"),
        (
            r#"{"at": "get_user", "reset_afer": 3}"#,
            "did you mean reset_after?",
        ),
        (
            r#"{"at": "get_user", "reset_after": -3}"#,
            "reset_after: takes a number",
        ),
    ] {
        let refused = text.parse::<Fault>().expect_err(text).to_string();
        assert!(refused.contains(said), "{text}\n{refused}");
    }
}

#[test]
fn json_takes_the_line_as_well() {
    let faults: Vec<Fault> =
        serde_json::from_str(r#"["get_user:close", {"at": "any", "delay": "1s"}]"#).unwrap();
    let second = Duration::from_secs(1);
    let expected = [
        Fault::close(OperationId::GetCurrentUser),
        Fault::delay(FaultTarget::Any, second),
    ];
    assert_eq!(faults, expected);
    let refused = serde_json::from_str::<Fault>("7").unwrap_err().to_string();
    assert!(refused.contains(r#""7": is no fault"#), "{refused}");
}

#[test]
fn a_pace_per_second_takes_a_second() {
    for bytes in [1, 3, 10, 15, 65_536, 1 << 40] {
        let pace = Pace::per_second(bytes);
        let time = pace.time_for(bytes);
        let (least, most) = (Duration::from_millis(900), Duration::from_secs(1));
        assert!((least..=most).contains(&time), "{bytes} in {time:?}");
    }
    let forever = Pace::new(0, Duration::MAX).time_for(u64::MAX);
    assert!(forever.as_secs() == u64::MAX);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
        let _ = text.parse::<Fault>();
        let _ = serde_json::from_str::<Fault>(&text);
    }

    #[test]
    fn any_words_are_read_or_refused(
        target in sample::select(&["any", "webhook", "storage_put", "get_user", "create_direct_upload"][..]),
        words in collection::vec(
            "(status|raw|storage|close|reset-after|delay|slow_reading|truncated|slot|times|headers|body|asset|early|x)(=|=\"|=\\{|=\\[|=5|=always|=1s|=é)?",
            0..5,
        ),
    ) {
        let text = format!("{target}:{}", words.join(","));
        if let Ok(fault) = text.parse::<Fault>() {
            prop_assert_eq!(fault.to_string().parse::<Fault>().unwrap(), fault);
        }
    }

    #[test]
    fn faults_survive_both_forms(fault in faults()) {
        let text = fault.to_string();
        prop_assert_eq!(text.parse::<Fault>().expect(&text), fault.clone(), "{}", text);
        let json = serde_json::to_string(&fault).unwrap();
        prop_assert_eq!(serde_json::from_str::<Fault>(&json).expect(&json), fault.clone());
        prop_assert_eq!(json.parse::<Fault>().expect(&json), fault);
    }
}

fn faults() -> impl Strategy<Value = Fault> {
    let words = || "\\PC{0,12}";
    let endpoints = || sample::select(Endpoint::all().collect::<Vec<_>>());
    let requests = || {
        prop_oneof![
            endpoints().prop_map(FaultTarget::from),
            Just(FaultTarget::Any)
        ]
    };
    let operations = || endpoints().prop_filter("operations answer JSON", |e| !e.is_storage());
    let starts = || {
        endpoints().prop_filter("some start jobs", |endpoint| {
            let operation = heygen_types::table::find(endpoint.id());
            operation.is_some_and(|operation| operation.starts.is_some())
        })
    };
    let answers = prop_oneof![
        (requests(), 200..=599_u16, words(), words()).prop_map(|(at, status, code, text)| {
            Fault::status(at, status, code).with_message(text)
        }),
        (
            requests(),
            200..=599_u16,
            collection::vec(any::<u8>(), 0..20)
        )
            .prop_map(|(at, status, body)| Fault::raw(
                at,
                status,
                "text/html; q=\"a, b\"",
                body
            )),
        (requests(), words())
            .prop_map(|(at, body)| Fault::raw(at, 307, "a", body).with_header("location", "b,c")),
        sample::select(StorageCode::ALL).prop_map(Fault::storage),
    ];
    let answers = (answers, option::of(any::<u64>()), 0..3).prop_map(|(fault, seconds, when)| {
        let fault = match seconds {
            Some(seconds) => fault.with_retry_after(seconds),
            None => fault,
        };
        match when {
            0 => fault.early(),
            1 => fault.after_effect(),
            _ => fault,
        }
    });
    let slot = (option::of(any::<i64>()), option::of(words()), any::<u64>()).prop_map(
        |(seconds, url, max)| {
            let mut change = SlotOverride::default();
            change.expires_in_seconds = seconds;
            change.upload_url = url.map(PresignedUrl::new);
            change.upload_headers = Some(UploadHeaders::new().with("host", "evil, \"very\""));
            change.max_bytes = Some(ByteSize::new(max));
            Fault::slot(change)
        },
    );
    let others = prop_oneof![
        operations().prop_map(Fault::truncated),
        (operations(), any::<u64>()).prop_map(|(at, bytes)| Fault::truncated_to(at, bytes)),
        operations().prop_map(Fault::duplicated),
        Just(Fault::object_not_visible()),
        (starts(), words(), words()).prop_map(|(at, c, m)| Fault::job_fails(at, c, m)),
        slot,
        (requests(), paces()).prop_map(|(at, pace)| Fault::slow_writing(at, pace)),
        (requests(), paces()).prop_map(|(at, pace)| Fault::slow_reading(at, pace)),
    ];
    let cuts = prop_oneof![
        requests().prop_map(Fault::close),
        (requests(), any::<u64>()).prop_map(|(at, bytes)| Fault::reset(at, bytes)),
        (requests(), any::<u64>()).prop_map(|(at, bytes)| Fault::stall(at, bytes)),
        (requests(), any::<u64>()).prop_map(|(at, bytes)| Fault::reset_answer(at, bytes)),
        (requests(), any::<u64>()).prop_map(|(at, bytes)| Fault::stall_answer(at, bytes)),
    ];
    let resets = |fault: Fault, resets| if resets { fault.then_reset() } else { fault };
    let fault = prop_oneof![
        (answers, any::<bool>()).prop_map(move |(fault, then)| resets(fault, then)),
        (others, any::<bool>()).prop_map(move |(fault, then)| resets(fault, then)),
        cuts,
    ];
    let fault = (fault, 0..1_000_000_000_000_u64)
        .prop_map(|(fault, nanos)| fault.with_delay(Duration::from_nanos(nanos)));
    let webhooks = sample::select(
        &[
            WebhookFault::Dropped,
            WebhookFault::Doubled,
            WebhookFault::Reordered,
            WebhookFault::BadSignature,
        ][..],
    );
    let fault = prop_oneof![9 => fault, 1 => webhooks.prop_map(Fault::webhook)];
    (fault, option::of(1..=u32::MAX)).prop_map(|(fault, times)| match times {
        Some(times) => fault.times(times),
        None => fault.always(),
    })
}

fn paces() -> impl Strategy<Value = Pace> {
    prop_oneof![
        (1..=u64::MAX).prop_map(Pace::per_second),
        (1..=u64::MAX, 0..10_000_000_000_u64)
            .prop_map(|(bytes, nanos)| Pace::new(bytes, Duration::from_nanos(nanos))),
    ]
}
