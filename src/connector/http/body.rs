//! Bodies on their way in and out: small ones in memory, large ones in a file, so that they take no memory.

pub use crate::flow::event::Octets as Body;

use crate::flow::event::FileContent;
use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, Stream};
use http_body_util::BodyExt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_blocking;

/// How much of a body is in memory before the rest goes into a file, and how much is written at once, in bytes.
const IN_MEMORY: usize = 1 << 20;

/// How much of a file is sent at once, in bytes.
const PIECE: usize = 256 << 10;

/// Why a body could not be read.
#[derive(Debug)]
pub enum Unread {
    /// It is larger than it may be.
    TooLarge,
    /// The next bytes did not come in time.
    TooSlow,
    /// The connection broke.
    Broken,
    /// There is no room to keep it.
    NotKept(io::Error),
}

/// The content of a body of at most `limit` bytes whose parts come at most `pause` apart.
pub async fn collect<B>(mut body: B, limit: u64, pause: Option<Duration>) -> Result<Body, Unread>
where
    B: hyper::body::Body<Data = Bytes> + Unpin,
{
    if body.size_hint().lower() > limit {
        return Err(Unread::TooLarge);
    }
    let mut collected = Collected::default();
    loop {
        let frame = match pause {
            None => body.frame().await,
            Some(pause) => tokio::time::timeout(pause, body.frame()).await.map_err(|_| Unread::TooSlow)?,
        };
        let Some(frame) = frame else { break };
        let Ok(data) = frame.map_err(|_| Unread::Broken)?.into_data() else { continue };
        collected.length += data.len() as u64;
        if collected.length > limit {
            return Err(Unread::TooLarge);
        }
        collected.push(data).await.map_err(Unread::NotKept)?;
    }
    collected.whole().await.map_err(Unread::NotKept)
}

/// What came of a body so far.
#[derive(Default)]
struct Collected {
    length: u64,
    /// The first piece: most bodies come in one, which need not be copied.
    first: Bytes,
    memory: BytesMut,
    file: Option<Arc<File>>,
}

impl Collected {
    async fn push(&mut self, data: Bytes) -> io::Result<()> {
        if self.length == data.len() as u64 {
            self.first = data;
            return Ok(());
        }
        self.memory.extend_from_slice(&std::mem::take(&mut self.first));
        self.memory.extend_from_slice(&data);
        if self.memory.len() < IN_MEMORY { Ok(()) } else { self.flush().await }
    }

    /// Moves what is in memory to the file.
    async fn flush(&mut self) -> io::Result<()> {
        let known = self.file.clone();
        let bytes = self.memory.split().freeze();
        let write = move || {
            let file = known.map_or_else(|| nameless().map(Arc::new), Ok)?;
            (&*file).write_all(&bytes)?;
            Ok::<_, io::Error>(file)
        };
        self.file = Some(spawn_blocking(write).await.map_err(io::Error::other)??);
        Ok(())
    }

    async fn whole(mut self) -> io::Result<Body> {
        if self.file.is_some() {
            self.flush().await?;
        }
        Ok(match self.file {
            Some(file) => Body::File(FileContent::of("body", file)),
            None if self.memory.is_empty() => Body::Bytes(self.first),
            None => Body::Bytes(self.memory.freeze()),
        })
    }
}

/// A file that is gone as soon as nobody has it open.
fn nameless() -> io::Result<File> {
    let path = std::env::temp_dir().join(format!("dwrun-body-{}-{:016x}", std::process::id(), fastrand::u64(..)));
    let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

/// The bytes of a file, piece by piece.
pub fn pieces(file: &FileContent) -> impl Stream<Item = io::Result<Bytes>> + Send + Sync + 'static + use<> {
    stream::unfold(Some(file.reader()), |reader| async move {
        let mut reader = reader?;
        let read = spawn_blocking(move || {
            let mut piece = vec![0; PIECE];
            let count = reader.read(&mut piece)?;
            piece.truncate(count);
            Ok((Bytes::from(piece), reader))
        });
        match read.await.map_err(io::Error::other).and_then(|read| read) {
            Ok((piece, _)) if piece.is_empty() => None,
            Ok((piece, reader)) => Some((Ok(piece), Some(reader))),
            Err(error) => Some((Err(error), None)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::TryStreamExt;
    use http_body_util::StreamBody;
    use hyper::body::Frame;
    use std::convert::Infallible;

    async fn collected(pieces: &[Bytes], limit: u64) -> Result<Body, Unread> {
        let frames = pieces.iter().cloned().map(|piece| Ok::<_, Infallible>(Frame::data(piece))).collect::<Vec<_>>();
        collect(StreamBody::new(stream::iter(frames)), limit, None).await
    }

    #[tokio::test]
    async fn large_bodies_stay_in_files() {
        let small = collected(&[Bytes::from("a"), Bytes::from("b")], 10).await;
        assert!(matches!(small, Ok(Body::Bytes(bytes)) if bytes == "ab"));
        assert!(matches!(collected(&[Bytes::from("abc")], 2).await, Err(Unread::TooLarge)));
        let parts: Vec<_> = (0..50u8).map(|n| Bytes::from(vec![n; 100_000])).collect();
        let Ok(Body::File(file)) = collected(&parts, u64::MAX).await else { panic!("it is in memory") };
        assert_eq!(file.length().unwrap(), 5_000_000);
        for _ in 0..2 {
            let whole: Vec<Bytes> = pieces(&file).try_collect().await.unwrap();
            assert_eq!(whole.concat(), parts.concat());
        }
    }
}
