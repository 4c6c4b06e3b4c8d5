//! The upload machine driven by hand: one loop, blocking sockets, no client and no runtime.
//!
//! This is what another HTTP stack, runtime or language has to do; the numbers are those of the run
//! loop in the documentation of `heygen-upload-core`. Everything that is hard to get right (which
//! request is next, under which key, whether to send again, and when) is asked of the machine.
//!
//! It speaks plain HTTP, as the emulator does; put your own TLS where the socket is.
//!
//! ```console
//! $ heygen-rs emulator --listen 8080 &
//! {"url":"http://127.0.0.1:8080","api_key":"…"}
//! $ export HEYGEN_API_BASE=http://127.0.0.1:8080 HEYGEN_API_KEY=…
//! $ cargo run -p heygen-sdk --example blocking_machine -- tests/media/clip.mp4 video/mp4
//! ```
#![expect(clippy::print_stdout, reason = "a program tells its result")]
#![expect(
    clippy::result_large_err,
    reason = "the machine takes a failure as it is, and there are few"
)]

use std::{
    env,
    error::Error,
    fs::File,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    io::{self, Read, Write as _},
    net::TcpStream,
    path::Path,
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use heygen_sdk::{
    types::{
        BodyEncoding, ByteSize, Data, Envelope, ErrorBody, IdempotencyKey, MediaType, Operation,
        Sha256Digest,
        assets::{ListAssetStatuses, UploadAsset, UploadedAsset},
    },
    upload_core::{
        Config, Event, Failure, FailureKind, Finished, Output, Plan, PutStep, Route, SingleStep,
        Step, StepId, Timestamp, Upload, UploadId,
    },
};
use sha2::{Digest as _, Sha256};

fn main() -> Result<(), Box<dyn Error>> {
    let usage = "usage: blocking_machine FILE MEDIA_TYPE";
    let mut arguments = env::args().skip(1);
    let file = arguments.next().ok_or(usage)?;
    let media_type = MediaType::from(arguments.next().ok_or(usage)?.as_str());
    let server = Server::new(&env::var("HEYGEN_API_BASE")?, env::var("HEYGEN_API_KEY")?)?;
    let finished = upload(&server, file.as_ref(), media_type, Route::Auto)?;
    println!(
        "{} is {} of {}",
        finished.asset_id, finished.size, finished.media_type
    );
    Ok(())
}

/// The run loop.
pub(crate) fn upload(
    server: &Server,
    path: &Path,
    media_type: MediaType,
    route: Route,
) -> Result<Finished, Box<dyn Error>> {
    let name = path.file_name().ok_or("the path names no file")?;
    let size = ByteSize::new(path.metadata()?.len());
    let mut plan = Plan::new(name.to_string_lossy(), media_type, size)?;
    plan.route = route;
    let clock = Clock::start()?;
    let mut machine = Upload::new(plan, Config::default(), upload_id(), clock.now());
    let hands = Hands {
        server,
        path,
        clock: &clock,
    };
    loop {
        // 1. Carry out what it asks for.
        let mut running = None;
        while let Some(output) = machine.poll_output() {
            match output {
                Output::Start { id, step } => running = Some((id, *step)),
                Output::Abort { .. } => running = None,
                Output::Event(Event::Completed(finished)) => return Ok(*finished),
                Output::Event(Event::Failed(failure)) => return Err(failure.into()),
                Output::Event(Event::Retrying {
                    step,
                    failure,
                    wait,
                }) => println!("{step}: {failure}; again in {} ms", wait.as_millis()),
                // A program that must survive a crash writes down `machine.checkpoint()` here.
                Output::Event(Event::Checkpoint) => {}
                Output::Event(_) => {}
            }
        }
        // 2. Read the deadline.
        let deadline = machine.poll_timeout();
        // 3. Wait for the outcome of the step, or for the deadline; 4. and hand it in. A blocking
        // step cannot be interrupted by the deadline: the limits of its socket end it.
        match (running, deadline) {
            (Some((id, step)), _) => {
                if let Err(failure) = hands.carry_out(&mut machine, id, step) {
                    machine.handle_failure(clock.now(), id, failure);
                }
            }
            (None, Some(until)) => {
                thread::sleep(until.since(clock.now()));
                machine.handle_timeout(clock.now());
            }
            (None, None) => unreachable!("an upload runs a step or a timer, or has ended"),
        }
    }
}

/// What carries out a step.
struct Hands<'a> {
    server: &'a Server,
    path: &'a Path,
    clock: &'a Clock,
}

impl Hands<'_> {
    fn carry_out(&self, machine: &mut Upload, id: StepId, step: Step) -> Result<(), Failure> {
        let now = || self.clock.now();
        match step {
            Step::HashSource => {
                let digest = hash(self.path).map_err(unreadable)?;
                machine.handle_hashed(now(), id, digest);
            }
            Step::RefreshCredential => return Err(Failure::new(FailureKind::Credential)),
            Step::UploadSingle(step) => {
                let answer = self.upload_single(step, machine, id)?;
                machine.handle_uploaded(now(), id, answer);
            }
            Step::CreateUpload { request, key } => {
                let slot = self.server.call(&request, Some(&key))?;
                machine.handle_created(now(), id, slot);
            }
            Step::Put(step) => {
                self.put(step, machine, id)?;
                machine.handle_stored(now(), id);
            }
            Step::Complete { request } => {
                let answer = self.server.call(&request, None)?;
                machine.handle_completed(now(), id, answer);
            }
            Step::QueryStatus { asset_id } => {
                let request = ListAssetStatuses::new(vec![asset_id]);
                let entries = self.server.call(&request, None)?.data;
                machine.handle_status(now(), id, &entries);
            }
        }
        Ok(())
    }

    /// One multipart request, with the file in the part `file`.
    fn upload_single(
        &self,
        step: SingleStep,
        machine: &mut Upload,
        id: StepId,
    ) -> Result<UploadedAsset, Failure> {
        // The upload id in the key is random, so no file has this line.
        let boundary = step.key.as_str().replace('.', "-");
        let name = step.file_name.replace(['"', '\r', '\n'], "_");
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; \
             filename=\"{name}\"\r\nContent-Type: {}\r\n\r\n",
            step.media_type
        );
        let tail = format!("\r\n--{boundary}--\r\n");
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let operation = UploadAsset::new(step.file_name, step.media_type);
        let mut request = self.server.request(&operation, Some(&step.key));
        request.header("Content-Type", &content_type);
        let parts = (head.as_bytes(), tail.as_bytes());
        let answer = self.send_file(&request, parts, step.hash, (machine, id));
        read::<UploadAsset>(&answer?)
    }

    /// The bytes to storage: the URL and the headers as they came, and no key.
    fn put(&self, step: PutStep, machine: &mut Upload, id: StepId) -> Result<(), Failure> {
        let url = step.url.expose();
        let (host, target) = split_url(url).ok_or(Failure::new(FailureKind::Unsendable))?;
        let mut request = Request::new("PUT", host, target);
        for (name, value) in step.headers.iter() {
            request.header(name, value);
        }
        let answer = self.send_file(&request, (b"", b""), step.hash, (machine, id))?;
        match answer.status {
            200..=299 => Ok(()),
            status => Err(Failure::from_storage(status, &answer.body)),
        }
    }

    /// Sends a request with the file in its body, and tells the machine the digest of what was sent
    /// where it wants to know.
    fn send_file(
        &self,
        request: &Request,
        (head, tail): (&[u8], &[u8]),
        hash: bool,
        (machine, id): (&mut Upload, StepId),
    ) -> Result<Answer, Failure> {
        let file = File::open(self.path).map_err(unreadable)?;
        let size = file.metadata().map_err(unreadable)?.len();
        let mut file = Hashing::new(file);
        let len_bytes = head.len() as u64 + size + tail.len() as u64;
        let answer = exchange(request, head.chain(&mut file).chain(tail), len_bytes);
        let is_whole = file.len_bytes == size;
        if hash && is_whole {
            machine.handle_digest(self.clock.now(), id, file.digest());
        }
        answer.map_err(|mut failure| {
            failure.body_handed_over = is_whole;
            failure
        })
    }
}

/// Where the API is, and the key.
pub(crate) struct Server {
    host: String,
    api_key: String,
}

impl Server {
    pub(crate) fn new(base_url: &str, api_key: String) -> Result<Self, Box<dyn Error>> {
        let (host, _) = split_url(base_url).ok_or("this example speaks plain http only")?;
        let host = host.to_owned();
        Ok(Self { host, api_key })
    }

    /// Carries out an operation whose body is JSON, or that has none.
    fn call<O: Operation>(
        &self,
        operation: &O,
        key: Option<&IdempotencyKey>,
    ) -> Result<O::Response, Failure> {
        let mut body = Vec::new();
        let mut request = self.request(operation, key);
        if O::ENCODING == BodyEncoding::Json {
            body = serde_json::to_vec(operation.body())
                .map_err(|_| Failure::new(FailureKind::Unsendable))?;
            request.header("Content-Type", "application/json");
        }
        read::<O>(&exchange(&request, &*body, body.len() as u64)?)
    }

    /// Begins the request of an operation. Only here does the key go out.
    fn request<O: Operation>(&self, operation: &O, key: Option<&IdempotencyKey>) -> Request {
        let mut target = operation.path();
        for (position, (name, value)) in operation.query().iter().enumerate() {
            // The values of the queries here are ids and need no escape.
            target += if position == 0 { "?" } else { "&" };
            target += &format!("{name}={value}");
        }
        let mut request = Request::new(O::METHOD.as_str(), &self.host, &target);
        request.header("X-Api-Key", &self.api_key);
        request.header("Accept", "application/json");
        if let Some(key) = key.filter(|_| O::IDEMPOTENCY_KEY) {
            request.header("Idempotency-Key", key.as_str());
        }
        request
    }
}

/// Reads the answer of an operation: what it promises, or what the API has against it.
fn read<O: Operation>(answer: &Answer) -> Result<O::Response, Failure> {
    if !(200..=299).contains(&answer.status) {
        let error = serde_json::from_slice(&answer.body).ok();
        let mut failure = Failure::from_api(answer.status, error.map(|body: ErrorBody| body.error));
        failure.retry_after = answer.retry_after;
        return Err(failure);
    }
    let read = match O::ENVELOPE {
        Envelope::Data => serde_json::from_slice(&answer.body).map(|body: Data<_>| body.data),
        _ => serde_json::from_slice(&answer.body),
    };
    read.map_err(|_| Failure::unreadable(answer.status))
}

/// The head of a request.
struct Request {
    host: String,
    head: String,
}

impl Request {
    fn new(method: &str, host: &str, target: &str) -> Self {
        Self {
            host: host.to_owned(),
            head: format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"),
        }
    }

    fn header(&mut self, name: &str, value: &str) {
        // Neither a key nor a header of the server can end its line: the types see to the first,
        // and this to the second.
        let value = value.replace(['\r', '\n'], " ");
        self.head += &format!("{name}: {value}\r\n");
    }
}

struct Answer {
    status: u16,
    retry_after: Option<Duration>,
    body: Vec<u8>,
}

/// One request and its answer, on a connection of its own.
fn exchange(request: &Request, mut body: impl Read, len_bytes: u64) -> Result<Answer, Failure> {
    let connect = |_| Failure::new(FailureKind::Connect);
    let mut socket = TcpStream::connect(&request.host).map_err(connect)?;
    // A server may think for this long. There is no limit for the transfer as a whole.
    let limit = Some(Duration::from_secs(120));
    socket.set_read_timeout(limit).map_err(connect)?;
    let head = format!("{}Content-Length: {len_bytes}\r\n\r\n", request.head);
    let mut sent = socket.write_all(head.as_bytes());
    let mut block = vec![0; 64 * 1024];
    while sent.is_ok() {
        match body.read(&mut block) {
            Ok(0) => break,
            Ok(len_bytes) => sent = socket.write_all(&block[..len_bytes]),
            Err(error) => return Err(unreadable(error)),
        }
    }
    // A server that refuses does not wait for the end of the body, so its answer counts even when
    // sending failed.
    let mut answer = Vec::new();
    let received = socket.read_to_end(&mut answer);
    parse(&answer).ok_or_else(|| {
        Failure::new(match received {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => FailureKind::AnswerTimeout,
            _ => FailureKind::Interrupted,
        })
    })
}

/// Reads an answer with a length, which is what the API and storage send.
fn parse(answer: &[u8]) -> Option<Answer> {
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let number = |wanted: &str| {
        let mut fields = lines.clone().filter_map(|line| line.split_once(':'));
        let (_, value) = fields.find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
        value.trim().parse::<u64>().ok()
    };
    let body = &answer[end + 4..];
    let is_whole = number("content-length").is_none_or(|len_bytes| len_bytes == body.len() as u64);
    is_whole.then(|| Answer {
        status,
        retry_after: number("retry-after").map(Duration::from_secs),
        body: body.to_vec(),
    })
}

/// Splits a plain HTTP URL into host and target, which stay as they are: they may be signed.
fn split_url(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("http://")?;
    let end = rest.find('/').unwrap_or(rest.len());
    Some((&rest[..end], &rest[end..]))
}

fn unreadable(_: io::Error) -> Failure {
    Failure::new(FailureKind::SourceUnreadable)
}

/// Counts and hashes what is read through it.
struct Hashing {
    file: File,
    hasher: Sha256,
    len_bytes: u64,
}

impl Hashing {
    fn new(file: File) -> Self {
        Self {
            file,
            hasher: Sha256::new(),
            len_bytes: 0,
        }
    }

    fn digest(self) -> Sha256Digest {
        Sha256Digest::from_bytes(self.hasher.finalize().into())
    }
}

impl Read for Hashing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len_bytes = self.file.read(buffer)?;
        self.hasher.update(&buffer[..len_bytes]);
        self.len_bytes += len_bytes as u64;
        Ok(len_bytes)
    }
}

fn hash(path: &Path) -> io::Result<Sha256Digest> {
    let mut file = Hashing::new(File::open(path)?);
    io::copy(&mut file, &mut io::sink())?;
    Ok(file.digest())
}

/// The wall clock once, and the monotonic clock from there.
struct Clock {
    start: Timestamp,
    since: Instant,
}

impl Clock {
    fn start() -> Result<Self, Box<dyn Error>> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
        Ok(Self {
            start: Timestamp::from_unix(now),
            since: Instant::now(),
        })
    }

    fn now(&self) -> Timestamp {
        self.start.after(self.since.elapsed())
    }
}

/// Makes 128 random bits of what std has; a random number generator does it better.
fn upload_id() -> UploadId {
    let mut bits = [0; 16];
    for half in bits.chunks_exact_mut(8) {
        half.copy_from_slice(&RandomState::new().build_hasher().finish().to_be_bytes());
    }
    UploadId::from_random(bits)
}
