//! Archives that are named as a path: unpacked into a folder of their own, and read like any other folder.
//!
//! Nothing is written outside that folder, links are left out, and what grows beyond its limit is left out too. The folder is gone
//! when the last of its documents is done.

use crate::input::InputError;
use flate2::read::MultiGzDecoder;
use std::fs;
use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Component;
use std::path::Path;
use tempfile::TempDir;
use zip::ZipArchive;

/// Bytes that all members of an archive may have together, unpacked.
const MOST_BYTES: u64 = 8 << 30;

/// How the members of an archive are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// PKWARE's format, with members that are stored or deflated; EPUB uses it too.
    Zip,
    /// POSIX tar.
    Tar,
    /// The same, packed as a whole with gzip.
    TarGz,
}

impl Packing {
    /// What the name of a file tells; nothing for a file that is no archive.
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        let ends = |ending: &str| name.ends_with(ending);
        match () {
            () if ends(".zip") || ends(".epub") => Some(Self::Zip),
            () if ends(".tar") => Some(Self::Tar),
            () if ends(".tar.gz") || ends(".tgz") => Some(Self::TarGz),
            () => None,
        }
    }
}

/// The unpacked members, and what is wrong with the others.
#[derive(Debug)]
pub struct Unpacked {
    /// Holds the members under their own names.
    pub folder: TempDir,
    /// Members that were left out, and where a damaged archive ends.
    pub problems: Vec<InputError>,
}

/// Unpacks the archive at `path`, which reports call `name`. No member may have more than `limit` bytes.
///
/// # Errors
/// An archive that can't be opened, or none of whose members can be told.
pub fn unpack(path: &Path, packing: Packing, name: &str, limit: u64) -> Result<Unpacked, InputError> {
    let unreadable = |cause| InputError::Read { path: name.to_owned(), cause };
    let file = File::open(path).map_err(unreadable)?;
    let folder = tempfile::tempdir().map_err(unreadable)?;
    let mut unpacker = Unpacker { folder, name, limit, room: MOST_BYTES, problems: Vec::new() };
    match packing {
        Packing::Zip => unpacker.zip(file)?,
        Packing::Tar => unpacker.tar(file),
        Packing::TarGz => unpacker.tar(MultiGzDecoder::new(file)),
    }
    Ok(Unpacked { folder: unpacker.folder, problems: unpacker.problems })
}

struct Unpacker<'a> {
    folder: TempDir,
    name: &'a str,
    limit: u64,
    /// Bytes that may still be written.
    room: u64,
    problems: Vec<InputError>,
}

impl Unpacker<'_> {
    fn zip(&mut self, file: File) -> Result<(), InputError> {
        let mut archive = ZipArchive::new(file).map_err(|error| self.damaged(self.name, &error))?;
        for index in 0..archive.len() {
            let named = archive.by_index(index).and_then(|member| Ok((member.name()?.into_owned(), member)));
            match named {
                Ok((path, member)) if member.is_file() && !member.is_symlink() => self.member(Path::new(&path), member),
                Ok(_) => {}
                Err(error) => {
                    let problem = self.damaged(&format!("{}/{}", self.name, index + 1), &error);
                    self.problems.push(problem);
                }
            }
        }
        Ok(())
    }

    fn tar(&mut self, input: impl Read) {
        let mut archive = tar::Archive::new(input);
        let members = match archive.entries() {
            Ok(members) => members,
            Err(error) => return self.problems.push(self.damaged(self.name, &error)),
        };
        for member in members {
            // What follows damaged bytes can't be told from them: the archive ends there.
            match member.and_then(|m| Ok((m.path()?.into_owned(), m))) {
                Ok((path, member)) if member.header().entry_type().is_file() => self.member(&path, member),
                Ok(_) => {}
                Err(error) => return self.problems.push(self.damaged(self.name, &error)),
            }
        }
    }

    /// Writes one member, unless its name leads out of the archive or it is too large.
    fn member(&mut self, path: &Path, input: impl Read) {
        let shown = format!("{}/{}", self.name, path.to_string_lossy());
        let inside = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !inside {
            let problem = self.damaged(&shown, &"its name leads out of the archive");
            return self.problems.push(problem);
        }
        match self.write(&self.folder.path().join(path), input) {
            Ok(true) => {}
            Ok(false) => self.problems.push(InputError::TooLarge { path: shown, limit: self.limit.min(self.room) }),
            Err(error) => {
                let problem = self.damaged(&shown, &error);
                self.problems.push(problem);
            }
        }
    }

    /// Whether the member was small enough.
    fn write(&mut self, path: &Path, input: impl Read) -> io::Result<bool> {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        let most = self.limit.min(self.room);
        let written = io::copy(&mut input.take(most + 1), &mut File::create(path)?);
        if written.as_ref().is_ok_and(|&bytes| bytes <= most) {
            self.room -= written?;
            return Ok(true);
        }
        // Half a document would be judged as if it were whole.
        fs::remove_file(path)?;
        written.map(|_| false)
    }

    fn damaged(&self, path: &str, problem: &dyn std::fmt::Display) -> InputError {
        InputError::BadArchive { path: path.to_owned(), problem: problem.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(io::Cursor::new(Vec::new()));
        for (name, bytes) in members {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (name, bytes) in members {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            // Not through `set_path`, which refuses names that lead out.
            header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            builder.append(&header, *bytes).unwrap();
        }
        builder.into_inner().unwrap()
    }

    fn unpacked(name: &str, bytes: &[u8]) -> Result<Unpacked, InputError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        unpack(&path, Packing::of(&path).unwrap(), name, 100)
    }

    #[test]
    fn members_keep_their_names() {
        for (name, bytes) in [("a.zip", zip(&[("news/a.txt", b"Harbour")])), ("a.tar", tar(&[("news/a.txt", b"Harbour")]))] {
            let unpacked = unpacked(name, &bytes).unwrap();
            assert!(unpacked.problems.is_empty(), "{:?}", unpacked.problems);
            assert_eq!(fs::read(unpacked.folder.path().join("news/a.txt")).unwrap(), b"Harbour");
        }
    }

    #[test]
    fn a_name_that_leads_out_is_left_out() {
        for (name, bytes) in
            [("a.zip", zip(&[("../a.txt", b"x"), ("b.txt", b"y")])), ("a.tar", tar(&[("../a.txt", b"x"), ("b.txt", b"y")]))]
        {
            let unpacked = unpacked(name, &bytes).unwrap();
            assert_eq!(unpacked.problems.iter().map(InputError::path).collect::<Vec<_>>(), [format!("{name}/../a.txt")]);
            assert!(unpacked.folder.path().join("b.txt").exists());
        }
    }

    #[test]
    fn a_member_that_grows_too_large_is_left_out() {
        let unpacked = unpacked("a.zip", &zip(&[("a.txt", &[b'a'; 1000]), ("b.txt", b"y")])).unwrap();
        assert!(matches!(&unpacked.problems[..], [InputError::TooLarge { path, limit: 100 }] if path == "a.zip/a.txt"));
        assert!(!unpacked.folder.path().join("a.txt").exists());
        assert!(unpacked.folder.path().join("b.txt").exists());
    }

    #[test]
    fn damaged_archives_say_so() {
        assert!(matches!(unpacked("a.zip", b"no archive"), Err(InputError::BadArchive { .. })));
        let mut cut = tar(&[("a.txt", b"y"), ("b.txt", &[b'b'; 90])]);
        cut.truncate(1500);
        let unpacked = unpacked("a.tar", &cut).unwrap();
        assert!(matches!(&unpacked.problems[..], [InputError::BadArchive { .. }]), "{:?}", unpacked.problems);
        assert!(unpacked.folder.path().join("a.txt").exists());
    }
}
