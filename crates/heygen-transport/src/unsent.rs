/// Keeps the kernel from taking megabytes that it cannot send yet.
///
/// On a slow link they would look sent: the answer would be waited for while they are still on
/// their way, and a third of them would have to leave before the socket could be written again.
#[cfg(any(target_os = "android", target_os = "linux"))]
pub fn keep_unsent_low(socket: &impl std::os::fd::AsFd) {
    // Where it does not work the limits are merely less exact.
    drop(socket2::SockRef::from(socket).set_tcp_notsent_lowat(UNSENT_BYTES));
}

/// Other systems have no such setting, or none that can be reached safely.
#[cfg(not(any(target_os = "android", target_os = "linux")))]
pub fn keep_unsent_low<T>(_socket: &T) {}

#[cfg(any(target_os = "android", target_os = "linux"))]
const UNSENT_BYTES: u32 = 512 * 1024;
