//! Requests over real sockets on this machine, from a client that does as little as it can. Server and client share the same
//! cores.

use axum::Router;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub struct Load {
    pub per_second: f64,
    pub median_us: f64,
    pub p99_us: f64,
    pub bytes: usize,
}

pub async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// One connection that is kept open.
struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    async fn connect(to: SocketAddr) -> Self {
        let stream = TcpStream::connect(to).await.expect("connects");
        stream.set_nodelay(true).expect("set");
        Self { stream, buffer: vec![0; 1 << 20] }
    }

    /// Asks and reads the whole answer; returns where its body lies.
    async fn ask(&mut self, request: &str) -> std::ops::Range<usize> {
        self.stream.write_all(request.as_bytes()).await.expect("sent");
        let mut filled = 0;
        loop {
            let read = self.stream.read(&mut self.buffer[filled..]).await.expect("answered");
            assert!(read > 0, "the server hung up");
            filled += read;
            let Some(head) = memchr::memmem::find(&self.buffer[..filled], b"\r\n\r\n") else { continue };
            let text = std::str::from_utf8(&self.buffer[..head]).expect("a head").to_ascii_lowercase();
            assert!(text.starts_with("http/1.1 200"), "{text}");
            let length: usize = text
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .and_then(|length| length.trim().parse().ok())
                .expect("a length");
            if filled >= head + 4 + length {
                return head + 4..head + 4 + length;
            }
            if self.buffer.len() < head + 4 + length {
                self.buffer.resize(head + 4 + length, 0);
            }
        }
    }
}

/// A request for a path.
pub fn to_get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")
}

pub async fn get(from: SocketAddr, path: &str) -> Vec<u8> {
    asked(from, &to_get(path)).await
}

pub async fn asked(from: SocketAddr, request: &str) -> Vec<u8> {
    let mut client = Client::connect(from).await;
    let body = client.ask(request).await;
    client.buffer[body].to_vec()
}

/// Asks for `paths` in turn over so many connections for so long, after a second to warm up.
pub async fn requests(from: SocketAddr, paths: &[String], connections: usize, time: Duration) -> Load {
    let whole: Vec<String> = paths.iter().map(|path| to_get(path)).collect();
    whole_requests(from, &whole, connections, time).await
}

/// The same for requests with head and body.
pub async fn whole_requests(from: SocketAddr, whole: &[String], connections: usize, time: Duration) -> Load {
    round(from, whole, connections, Duration::from_secs(1)).await;
    let began = Instant::now();
    let (mut micros, bytes) = round(from, whole, connections, time).await;
    let per_second = micros.len() as f64 / began.elapsed().as_secs_f64();
    micros.sort_by(f32::total_cmp);
    Load {
        per_second,
        median_us: f64::from(micros[micros.len() / 2]),
        p99_us: f64::from(micros[micros.len() * 99 / 100]),
        bytes: bytes / micros.len(),
    }
}

async fn round(from: SocketAddr, whole: &[String], connections: usize, time: Duration) -> (Vec<f32>, usize) {
    let whole: Arc<[String]> = whole.into();
    let until = Instant::now() + time;
    let clients: Vec<_> = (0..connections)
        .map(|first| {
            let whole = whole.clone();
            tokio::spawn(async move {
                let mut client = Client::connect(from).await;
                let (mut micros, mut bytes, mut next) = (Vec::new(), 0, first * 61);
                while Instant::now() < until {
                    let began = Instant::now();
                    bytes += client.ask(&whole[next % whole.len()]).await.len();
                    micros.push(began.elapsed().as_secs_f32() * 1e6);
                    next += 1;
                }
                (micros, bytes)
            })
        })
        .collect();
    let (mut micros, mut bytes) = (Vec::new(), 0);
    for client in clients {
        let (more, weight) = client.await.expect("a client");
        micros.extend(more);
        bytes += weight;
    }
    (micros, bytes)
}
