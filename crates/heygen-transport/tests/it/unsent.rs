use std::net::{TcpListener, TcpStream};

use heygen_transport::keep_unsent_low;
use socket2::SockRef;

/// The same call on every system.
#[test]
fn any_socket_is_taken() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let tcp = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    keep_unsent_low(&tcp);
    let of_another_library = socket2::Socket::from(tcp);
    keep_unsent_low(SockRef::from(&of_another_library));
    keep_unsent_low(&of_another_library);
    #[cfg(any(target_os = "android", target_os = "linux"))]
    assert_eq!(of_another_library.tcp_notsent_lowat().unwrap(), 512 * 1024);
}
