use heygen_emulator::Emulator;

use super::{assert_status, complete, create, data, png, put_all, send};

#[tokio::test]
async fn a_piece_comes_from_memory_and_from_a_file() {
    for memory_max_bytes in [0, 1 << 20] {
        let emulator = Emulator::builder()
            .memory_max_bytes(memory_max_bytes)
            .start()
            .await
            .unwrap();
        let content = png(700_000);
        let slot = create(&emulator, &content).await;
        put_all(&emulator, &slot, &content).await;
        let asset = data(&complete(&emulator, &slot).await);
        let url = asset["url"].as_str().unwrap();
        let request = format!(
            "GET {} HTTP/1.1\r\nhost: {}\r\nrange: bytes=600000-600009\r\nconnection: close\r\n\r\n",
            url.strip_prefix(emulator.url()).unwrap(),
            emulator.address(),
        );
        let answer = send(&emulator, request.as_bytes()).await;
        assert_status(&answer, 206);
        assert!(answer.contains("content-length: 10\r\n"), "{answer}");
        assert!(answer.contains("content-range: bytes 600000-600009/700000\r\n"));
        assert!(answer.ends_with(&"\u{7}".repeat(10)));
    }
}
