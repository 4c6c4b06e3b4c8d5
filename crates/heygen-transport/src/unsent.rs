use std::io;

use socket2::SockRef;

/// Keeps the kernel from taking megabytes that it cannot send yet.
///
/// On a slow link they would look sent: the answer would be waited for while they are still on
/// their way, and a third of them would have to leave before the socket could be written again.
///
/// It takes a reference to a TCP socket of any library, on any system. Only Linux and Android have
/// such a setting that can be reached safely; elsewhere, and where it fails, the limits are merely
/// less exact.
pub fn keep_unsent_low<'s>(socket: impl Into<SockRef<'s>>) {
    drop(set(&socket.into()));
}

#[cfg(any(target_os = "android", target_os = "linux"))]
fn set(socket: &SockRef<'_>) -> io::Result<()> {
    socket.set_tcp_notsent_lowat(512 * 1024)
}

#[cfg(not(any(target_os = "android", target_os = "linux")))]
fn set(_: &SockRef<'_>) -> io::Result<()> {
    Ok(())
}
