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
            ProgressDrawTarget::term_like_with_hz(Box::new(Screen::default()), FRAMES_PER_SECOND)
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

/// The bars at one moment.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// Removes the bars of the frame before.
    erase: Vec<u8>,
    draw: Vec<u8>,
}

impl Frame {
    /// Takes the place of a frame that was not written yet and the next one. Each removes exactly what
    /// the one before it has drawn, so what neither is seen of can be left out.
    pub(super) fn replace_with(&mut self, next: Self) {
        self.draw = next.draw;
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        [self.erase, self.draw].concat()
    }
}

/// The terminal behind standard error, drawn by the thread that writes there.
#[derive(Debug, Default)]
struct Screen(Mutex<Frame>);

impl Screen {
    fn draw(&self, text: &str) -> io::Result<()> {
        let mut frame = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        frame.draw.extend_from_slice(text.as_bytes());
        Ok(())
    }

    /// Moves the cursor or clears, which is done before anything is drawn.
    fn control(&self, sequence: &str) -> io::Result<()> {
        let mut frame = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let part = match frame.draw.is_empty() {
            true => &mut frame.erase,
            false => &mut frame.draw,
        };
        part.extend_from_slice(sequence.as_bytes());
        Ok(())
    }

    fn step(&self, count: usize, direction: char) -> io::Result<()> {
        match count {
            0 => Ok(()),
            count => self.control(&format!("\u{1b}[{count}{direction}")),
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
        self.draw(text)?;
        self.draw("\n")
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        self.draw(text)
    }

    fn clear_line(&self) -> io::Result<()> {
        self.control("\r\u{1b}[2K")
    }

    fn flush(&self) -> io::Result<()> {
        let mut frame = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        super::frame(std::mem::take(&mut frame));
        Ok(())
    }
}

/// More than an eye can tell apart only makes work for the terminal.
const FRAMES_PER_SECOND: u8 = 20;
