//! Carrying a command of the API out.

mod send;

use std::{future::Future, pin::pin};

use clap::ArgMatches;
use futures_util::future::{Either, select};
use heygen_client::{Cancellation, Client};
use heygen_types::{
    Method, OperationId, json_schema,
    table::{self, OperationEntry},
};

use super::{
    ApiCommand, answer, confirm, download, request::Request, single::SingleArgs, verb::ids,
};
use crate::{
    args::{GlobalArgs, OutputFormat, ProgressArg},
    commands::upload::watch_interrupts,
    config::{self, Connection, ProgressForm},
    console::Console,
    environment::Environment,
    exit::Exit,
    failure::{Failure, steps},
    resources::{self, block_on},
    session::Session,
};

use send::{Options, send};

/// Carries a command out.
pub(crate) fn run(
    command: ApiCommand,
    global: &GlobalArgs,
    environment: &Environment,
    format: OutputFormat,
) -> Result<Exit, Failure> {
    let console = Console::new(format);
    if let Some(schema) = wanted_schema(&command) {
        console.json(&format!("{schema}\n"));
        return Ok(Exit::Success);
    }
    let Some(work) = Work::read(command, global, environment)? else {
        console.note("nothing was deleted");
        return Ok(Exit::Success);
    };
    let connection = Connection::new(global, environment)?;
    let scene = Scene {
        progress: config::progress(ProgressArg::Auto, environment),
        console,
        cancellation: Cancellation::new(),
    };
    block_on(async {
        watch_interrupts(&scene.cancellation, scene.console);
        let session = Session::open(connection);
        let session = scene.interruptible(Effect::Reads, session).await?;
        let end = work.carry_out(&session.client, &scene).await;
        session.close().await;
        end
    })
}

fn wanted_schema(command: &ApiCommand) -> Option<String> {
    match command {
        ApiCommand::Operation(operation, matches) => schema(
            operation.id,
            flag(matches, ids::REQUEST_SCHEMA),
            flag(matches, ids::RESPONSE_SCHEMA),
        ),
        ApiCommand::Upload(args) => args.schema(),
        ApiCommand::Download(_) => None,
    }
}

/// Tells whether a flag is given that not every command has.
pub(super) fn flag(matches: &ArgMatches, id: &str) -> bool {
    matches!(matches.try_get_one::<bool>(id), Ok(Some(true)))
}

/// What a command works with besides the client.
pub(super) struct Scene {
    pub(super) console: Console,
    pub(super) progress: ProgressForm,
    pub(super) cancellation: Cancellation,
}

impl Scene {
    /// Does something that leaves nothing behind on this machine when it is interrupted.
    pub(super) async fn interruptible<T>(
        &self,
        effect: Effect,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let (work, cancelled) = (pin!(work), pin!(self.cancellation.cancelled()));
        let (message, hint) = match select(work, cancelled).await {
            Either::Left((end, _)) => return end,
            Either::Right(((), _)) => effect.when_interrupted(),
        };
        let failure = Failure::new(Exit::Interrupted, "cancelled", message, hint);
        Err(failure.at(steps::REQUEST))
    }
}

/// What a request does to the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// It only looks.
    Reads,
    /// It changes something.
    Changes,
}

impl Effect {
    pub(super) const fn of(method: Method) -> Self {
        match method {
            Method::Get => Self::Reads,
            _ => Self::Changes,
        }
    }

    const fn when_interrupted(self) -> (&'static str, &'static str) {
        match self {
            Self::Reads => (
                "interrupted; nothing was changed",
                "run the same command again",
            ),
            Self::Changes => (
                "interrupted; what was sent may have been carried out",
                "look before you run the same command again",
            ),
        }
    }
}

/// Returns the JSON Schema that was asked for.
pub(super) fn schema(id: OperationId, request: bool, response: bool) -> Option<String> {
    let text = match (request, response) {
        (true, _) => json_schema::request(id)?,
        (_, true) => json_schema::response(id),
        (false, false) => return None,
    };
    let schema: serde_json::Value = serde_json::from_str(text).expect("the schemas are JSON");
    Some(format!("{schema:#}"))
}

/// What is left to do once everything that was written is checked.
enum Work {
    Operation(Box<Request>, Options),
    Upload(SingleArgs),
    Download(download::Plan),
}

impl Work {
    /// Returns `None` when the answer to a question is that nothing is to be done.
    fn read(
        command: ApiCommand,
        global: &GlobalArgs,
        environment: &Environment,
    ) -> Result<Option<Self>, Failure> {
        let (operation, matches) = match command {
            ApiCommand::Upload(args) => return Ok(Some(Self::Upload(args))),
            ApiCommand::Download(args) => {
                let plan = download::Plan::new(args, environment)?;
                return Ok(Some(Self::Download(plan)));
            }
            ApiCommand::Operation(operation, matches) => (operation, matches),
        };
        let data = matches.try_get_one::<String>(ids::DATA).ok().flatten();
        check_stdin(data.map(String::as_str), global)?;
        let request = Request::read(operation, &matches)?;
        if operation.method == Method::Delete {
            let what = format!("{} {}", thing(operation), request.parameters.join(" "));
            if !confirm::confirm(&what, matches.get_flag(ids::YES), environment)? {
                return Ok(None);
            }
        }
        let options = Options::read(&matches, global, environment, operation)?;
        Ok(Some(Self::Operation(Box::new(request), options)))
    }

    async fn carry_out(self, client: &Client, scene: &Scene) -> Result<Exit, Failure> {
        match self {
            Self::Operation(request, options) => send(client, *request, &options, scene).await,
            Self::Upload(args) => {
                resources::check_room()?;
                let answer = scene
                    .interruptible(Effect::Changes, args.send(client, &scene.console))
                    .await?;
                let upload = Some(table::operation(OperationId::UploadAsset));
                let _ = answer::print(scene.console, upload, &answer.body);
                Ok(Exit::Success)
            }
            Self::Download(plan) => plan.carry_out(client, scene).await,
        }
    }
}

/// Names what an operation is about, such as `video`.
fn thing(operation: &OperationEntry) -> String {
    let mut words = operation.id.as_str().rsplit('.').skip(1);
    let many = words.next().unwrap_or_default();
    let one = super::shape::singular(many);
    one.as_deref().unwrap_or(many).replace('_', " ")
}

/// Refuses two readers of standard input.
pub(crate) fn check_stdin(data: Option<&str>, global: &GlobalArgs) -> Result<(), Failure> {
    let key = global.api_key_file.as_deref();
    if data == Some("-") && key.is_some_and(|key| key.as_os_str() == "-") {
        return Err(Failure::usage(
            "-d - and --api-key-file - both read standard input; nothing was sent",
            "give one of them as a file",
        ));
    }
    Ok(())
}
