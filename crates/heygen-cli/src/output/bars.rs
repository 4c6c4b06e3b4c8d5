use std::{
    io,
    sync::{Mutex, OnceLock, PoisonError},
};

use console::Term;
use indicatif::{MultiProgress, ProgressDrawTarget, TermLike};

static BARS: OnceLock<MultiProgress> = OnceLock::new();

/// Returns the place for every bar of this process, on standard error.
pub(crate) fn bars() -> &'static MultiProgress {
    BARS.get_or_init(|| {
        let own = ProgressDrawTarget::stderr();
        // Windows moves the cursor by calls, which nothing but the crate itself makes.
        let target = if own.is_hidden() || cfg!(windows) {
            own
        } else {
            ProgressDrawTarget::term_like(Box::new(Screen::default()))
        };
        MultiProgress::with_draw_target(target)
    })
}

/// Writes something past the bars, if there are any.
pub(crate) fn past_bars(write: impl FnOnce()) {
    match BARS.get() {
        Some(bars) => bars.suspend(write),
        None => write(),
    }
}

/// The terminal behind standard error, drawn by the thread that writes there.
#[derive(Debug, Default)]
struct Screen(Mutex<Vec<u8>>);

impl Screen {
    fn push(&self, text: &str) -> io::Result<()> {
        let mut frame = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        frame.extend_from_slice(text.as_bytes());
        Ok(())
    }

    fn step(&self, count: usize, direction: char) -> io::Result<()> {
        match count {
            0 => Ok(()),
            count => self.push(&format!("\u{1b}[{count}{direction}")),
        }
    }
}

impl TermLike for Screen {
    fn width(&self) -> u16 {
        Term::stderr().size().1
    }

    fn height(&self) -> u16 {
        Term::stderr().size().0
    }

    fn move_cursor_up(&self, count: usize) -> io::Result<()> {
        self.step(count, 'A')
    }

    fn move_cursor_down(&self, count: usize) -> io::Result<()> {
        self.step(count, 'B')
    }

    fn move_cursor_right(&self, count: usize) -> io::Result<()> {
        self.step(count, 'C')
    }

    fn move_cursor_left(&self, count: usize) -> io::Result<()> {
        self.step(count, 'D')
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        self.push(text)?;
        self.push("\n")
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        self.push(text)
    }

    fn clear_line(&self) -> io::Result<()> {
        self.push("\r\u{1b}[2K")
    }

    fn flush(&self) -> io::Result<()> {
        let mut frame = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !frame.is_empty() {
            super::frame(std::mem::take(&mut frame));
        }
        Ok(())
    }
}
