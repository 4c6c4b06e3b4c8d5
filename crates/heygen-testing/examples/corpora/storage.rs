//! Presigned URLs, as the emulator checks them and as the client is given them.

use crate::{
    session::{Session, create, put_headers, put_line},
    write,
};

pub(crate) fn write_all() {
    let slot = create(&mut Session::default());
    let (line, headers) = (put_line(&slot), put_headers(&slot));
    let whole = |line: &str, headers: &str| format!("{line}\n{headers}\ndata").into_bytes();
    write("presigned", "good", &whole(&line, &headers));
    write("presigned", "no-headers", &whole(&line, ""));
    write(
        "presigned",
        "twice",
        &whole(&format!("{line}&X-Amz-Expires=1"), &headers),
    );
    write(
        "presigned",
        "more",
        &whole(&format!("{line}&x=%41"), &headers),
    );
    write(
        "presigned",
        "token",
        &whole(&format!("{line}&X-Amz-Security-Token=t"), &headers),
    );
    write(
        "presigned",
        "unsigned",
        &whole(&line, &format!("{headers}x-amz-acl: public\n")),
    );
    write(
        "presigned",
        "other-path",
        &whole(&line.replacen("asset", "%61sset", 1), &headers),
    );
    let line = "https://s.example/a%2Fb?X-Amz-Expires=60&X-Amz-Signature=abc";
    write("slot", "good", format!("{line}\n{headers}\n").as_bytes());
    write(
        "slot",
        "plain-http",
        b"http://s.example/a?X-Amz-Signature=abc\n\n",
    );
    write(
        "slot",
        "user",
        b"https://u:p@s.example/a?X-Amz-Signature=abc\n\n",
    );
    write(
        "slot",
        "fragment",
        b"https://s.example/a?X-Amz-Signature=abc#b\n\n",
    );
    write(
        "slot",
        "case",
        b"HTTPS://S.example/A?X-Amz-Signature=abc\nHost: S.example\n\n",
    );
    write(
        "slot",
        "length",
        b"https://s.example/a\ncontent-length: 4\n\n",
    );
    write(
        "slot",
        "framing",
        b"https://s.example/a\ntransfer-encoding: chunked\n\n",
    );
    write(
        "slot",
        "credential",
        b"https://s.example/a\nx-api-key: k\ncookie: a=b\n\n",
    );
}
