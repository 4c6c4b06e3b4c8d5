//! The loop: whoever can go on goes on, and when nobody can, time passes.

use std::{
    mem,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use heygen_client::{Asset, Error};

use super::{
    clock::Event,
    world::{Task, World},
};

/// The processes that run at the same time.
pub(super) struct Crowd<'a> {
    world: &'a World,
    tasks: Vec<Option<(Task, Arc<Woken>)>>,
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl<'a> Crowd<'a> {
    pub(super) fn new(world: &'a World, processes: usize) -> Self {
        Self {
            world,
            tasks: (0..processes).map(|_| None).collect(),
        }
    }

    /// Runs until nobody runs and nobody is to start.
    pub(super) fn run(
        &mut self,
        mut ended: impl FnMut(&World, usize, Option<Result<Asset, Error>>),
    ) -> Result<(), String> {
        for _ in 0..MAX_EVENTS {
            while let Some(process) = self.next_woken() {
                if let Some(end) = self.poll(process) {
                    ended(self.world, process, end);
                }
            }
            let mut state = self.world.state();
            if let Some(broken) = state.broken.clone() {
                return Err(broken);
            }
            let Some(event) = state.agenda.next() else {
                return match self.tasks.iter().all(Option::is_none) {
                    true => Ok(()),
                    false => Err("an upload waits for something that never comes".to_owned()),
                };
            };
            match event {
                Event::Head(conn) => state.head_arrives(conn),
                Event::Body(conn) => state.body_arrives(conn),
                Event::Gone(conn) => state.client_goes(conn),
                Event::Answer(conn) => state.arrive(conn),
                Event::Send(conn) => state.go_on_sending(conn),
                Event::Wake(waker) => waker.wake(),
                Event::Start(process) => {
                    drop(state);
                    let task = self.world.start(process);
                    self.tasks[process] = Some((task, Arc::new(Woken(AtomicBool::new(true)))));
                }
            }
        }
        Err("an upload does not end".to_owned())
    }

    fn next_woken(&self) -> Option<usize> {
        self.tasks.iter().position(|task| {
            task.as_ref()
                .is_some_and(|(_, woken)| woken.0.swap(false, Ordering::Relaxed))
        })
    }

    /// Runs a process as far as it gets. Returns how it ended, when it did.
    fn poll(&mut self, process: usize) -> Option<Option<Result<Asset, Error>>> {
        let (task, woken) = self.tasks[process].as_mut()?;
        let waker = Waker::from(Arc::clone(woken));
        let poll = task.as_mut().poll(&mut Context::from_waker(&waker));
        let is_alive = self.world.state().processes[process].is_alive;
        let end = match poll {
            Poll::Ready(end) if is_alive => Some(end),
            Poll::Pending if is_alive => return None,
            // Whatever it said in its last moment, nobody heard it.
            _ => None,
        };
        let task = self.tasks[process].take();
        // The system has taken back what the dead one held. Its destructors do not run, and where
        // they do, here for the sake of memory, they find that nobody listens to them.
        if end.is_none() && self.world.state().schedule.forgets_the_dead {
            mem::forget(task);
        }
        Some(end)
    }
}

/// More events than any run has.
const MAX_EVENTS: u32 = 100_000;
