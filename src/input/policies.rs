//! Finding and reading policies: those named, or the nearest `rightscheck.toml` above a document.

use crate::exceptions::baseline;
use crate::exceptions::baseline::Baseline;
use crate::exceptions::waiver;
use crate::exceptions::waiver::Waivers;
use crate::input::folder::Folder;
use crate::input::project;
use crate::input::read;
use crate::input::site::SiteFiles;
use crate::policy::Policy;
use crate::policy::PolicyFile;
use crate::policy::problem::PolicyProblem;
use globset::GlobBuilder;
use globset::GlobSet;
use globset::GlobSetBuilder;
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::OnceLock;
use std::sync::PoisonError;

/// The policy of documents that have none.
pub const DEFAULT: &str = "essentials";
/// How a built-in policy is named on the command line and in `extends`.
pub const BUILTIN: &str = "builtin:";
/// A baseline has no more bytes than this: some hundred thousand findings.
const MAX_BASELINE: u64 = 256 * 1024 * 1024;
/// A policy file has no more bytes than this.
const MAX_SIZE: u64 = 8 * 1024 * 1024;

/// A policy, or what is wrong with it.
#[derive(Debug)]
pub struct Loaded {
    /// How reports call its file.
    pub name: String,
    /// The folder its paths are counted from, as reports call it; empty for the base.
    pub folder: String,
    /// Where that folder is.
    pub path: PathBuf,
    /// Whether it stands in for a policy that was not found.
    pub is_fallback: bool,
    /// Whether it was found above a document, and not named: then the names of its files are counted from the base.
    pub is_found: bool,
    /// The policy.
    pub policy: Result<Policy, Vec<PolicyProblem>>,
    /// Where its waivers would be.
    waivers_at: Option<PathBuf>,
    waivers: OnceLock<Result<Waivers, Vec<String>>>,
    baseline: OnceLock<Result<Baseline, String>>,
    site: OnceLock<SiteFiles>,
    scan: OnceLock<ScanFilter>,
}

/// `[scan]` of a policy, compiled.
#[derive(Debug)]
struct ScanFilter {
    include: GlobSet,
    exclude: GlobSet,
}

impl Loaded {
    fn new(name: String, folder: String, path: PathBuf, mut policy: Result<Policy, Vec<PolicyProblem>>) -> Self {
        if let Ok(policy) = &mut policy {
            policy.folder.clone_from(&folder);
        }
        Self {
            name,
            folder,
            path,
            is_fallback: false,
            is_found: false,
            policy,
            waivers_at: None,
            waivers: OnceLock::new(),
            baseline: OnceLock::new(),
            site: OnceLock::new(),
            scan: OnceLock::new(),
        }
    }

    /// The waivers beside it, read when first asked for; none where there is no such file.
    ///
    /// # Errors
    /// What is wrong with the file, a line each.
    pub fn waivers(&self) -> Result<&Waivers, &[String]> {
        let read = || {
            let Some(path) = self.waivers_at.as_ref().filter(|p| p.exists()) else { return Ok(Waivers::default()) };
            let file = read_file(waiver::FILE, path).map_err(|e| vec![e])?;
            Waivers::read(&file.text, self.waiver_max_days())
        };
        self.waivers.get_or_init(read).as_ref().map_err(Vec::as_slice)
    }

    /// How many days its waivers last at most.
    pub fn waiver_max_days(&self) -> i32 {
        self.policy.as_ref().ok().and_then(|p| p.waiver_max_days).unwrap_or(waiver::MAX_DAYS)
    }

    /// Where its waivers are, or would be; nowhere for a built-in policy.
    pub fn waivers_at(&self) -> Option<&Path> {
        self.waivers_at.as_deref()
    }

    /// Where its baseline is, or would be; nowhere for a built-in policy.
    pub fn baseline_at(&self) -> Option<PathBuf> {
        self.waivers_at.as_ref().map(|p| p.with_file_name(baseline::FILE))
    }

    /// The baseline at `named`, else the one beside the policy, read when first asked for; empty where there is no such file.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn baseline(&self, named: Option<&Path>) -> Result<&Baseline, &str> {
        let read = || {
            let beside = || self.baseline_at().filter(|p| p.exists());
            let Some(path) = named.map(Path::to_owned).or_else(beside) else { return Ok(Baseline::default()) };
            let file = baseline_file(&path)?;
            Ok(Baseline::new(file, &|document| self.path.join(document).exists()))
        };
        self.baseline.get_or_init(read).as_ref().map_err(String::as_str)
    }

    /// The files of `[site]`, read when first asked for.
    pub fn site_files(&self, limit: u64) -> &SiteFiles {
        self.site.get_or_init(|| {
            let mut files = SiteFiles::default();
            for file in self.policy.iter().flat_map(|p| &p.site.files) {
                let name = if self.folder.is_empty() { file.clone() } else { format!("{}/{file}", self.folder) };
                files.read(&self.path.join(file), name, limit);
            }
            files
        })
    }

    /// A policy that extends this one by `text`, which reports call `name`: tables of a policy without its head, or a whole policy that
    /// stands for itself.
    pub fn draft(&self, name: &str, text: &str) -> Arc<Self> {
        let own = self.policy.as_ref().ok().and_then(|p| p.own_file()).filter(|_| !has_head(text));
        let head = own.map_or(String::new(), |own| {
            let extends = if own.name.starts_with(BUILTIN) { own.name.clone() } else { format!("file:{}", own.name) };
            format!("schema = 1\n\n[policy]\nid = \"draft\"\nextends = [{}]\n\n", toml::Value::String(extends))
        });
        let file = PolicyFile { name: name.to_owned(), text: format!("{head}{text}") };
        let paths = Mutex::new(HashMap::from([(file.name.clone(), self.path.join(name))]));
        let policy = Policy::load(&file, &|wanted, from| match own {
            Some(own) if from.name == name && wanted == own.name => {
                let beside = self.path.join(Path::new(wanted).file_name().unwrap_or_default());
                paths.lock().unwrap_or_else(PoisonError::into_inner).insert(wanted.to_owned(), beside);
                Ok(PolicyFile::clone(own))
            }
            _ => resolve(&paths, wanted, from),
        });
        let policy = policy.map_err(|problems| problems.into_iter().map(|p| without_head(p, &file, text)).collect());
        Arc::new(Self::new(name.to_owned(), self.folder.clone(), self.path.clone(), policy))
    }

    /// Whether `[scan]` lets the document be read that reports call `name`.
    pub fn takes(&self, name: &str) -> bool {
        let filter = self.scan.get_or_init(|| {
            let scan = self.policy.as_ref().map(|p| p.scan.clone()).unwrap_or_default();
            ScanFilter { include: globs(&scan.include), exclude: globs(&scan.exclude) }
        });
        let path = self.policy.as_ref().map_or(name, |p| p.path_of(name));
        (filter.include.is_empty() || filter.include.is_match(path)) && !filter.exclude.is_match(path)
    }
}

/// The patterns that can be read; the loader of policies says what is wrong with others.
fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in patterns.iter().filter_map(|p| GlobBuilder::new(p).literal_separator(true).build().ok()) {
        set.add(glob);
    }
    set.build().unwrap_or_default()
}

/// Which policy each document is checked against. Each is read once.
#[derive(Debug)]
pub struct Policies {
    named: Option<Arc<Loaded>>,
    found: Mutex<HashMap<PathBuf, Arc<Loaded>>>,
    fallback: OnceLock<Arc<Loaded>>,
}

impl Policies {
    /// The nearest policy of each document.
    pub fn discovered() -> Self {
        Self { named: None, found: Mutex::default(), fallback: OnceLock::new() }
    }

    /// One policy for every document.
    pub fn fixed(policy: Arc<Loaded>) -> Self {
        Self { named: Some(policy), found: Mutex::default(), fallback: OnceLock::new() }
    }

    /// The policies `names` for every document, seen from the folder `here`: files, or `builtin:NAME`. Several are applied one after
    /// the other, as `extends` does. Paths in them are counted from `base`.
    pub fn named(here: &Path, base: &Path, names: &[String]) -> Self {
        let policy = match names {
            [one] if one.starts_with(BUILTIN) => Policy::builtin(&one[BUILTIN.len()..]),
            [one] => load(one, here.join(one)),
            several => combined(several, here),
        };
        let mut loaded = Loaded::new(names.join(", "), String::new(), base.to_owned(), policy);
        if let [one] = names
            && !one.starts_with(BUILTIN)
        {
            loaded.waivers_at = Some(here.join(one).with_file_name(waiver::FILE));
        }
        Self { named: Some(Arc::new(loaded)), found: Mutex::default(), fallback: OnceLock::new() }
    }

    /// The policy for documents in `folder`.
    pub fn of(&self, folder: &Arc<Folder>) -> Arc<Loaded> {
        if let Some(named) = &self.named {
            return named.clone();
        }
        let Some((holder, path)) = folder.policy() else { return self.fallback().clone() };
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let load = || {
            let name = holder.name_of(project::POLICY_FILE);
            let policy = load(&name, path.to_owned());
            let loaded = Loaded::new(name, holder.name.clone(), holder.path.clone(), policy);
            Arc::new(Loaded { is_found: true, waivers_at: Some(holder.path.join(waiver::FILE)), ..loaded })
        };
        found.entry(path.to_owned()).or_insert_with(load).clone()
    }

    fn fallback(&self) -> &Arc<Loaded> {
        self.fallback.get_or_init(|| {
            Arc::new(Loaded {
                name: format!("{BUILTIN}{DEFAULT}"),
                folder: String::new(),
                path: PathBuf::new(),
                is_fallback: true,
                is_found: false,
                policy: Policy::builtin(DEFAULT),
                waivers_at: None,
                waivers: OnceLock::new(),
                baseline: OnceLock::new(),
                site: OnceLock::new(),
                scan: OnceLock::new(),
            })
        })
    }
}

/// Reads the policy at `path`, which reports call `name`.
fn load(name: &str, path: PathBuf) -> Result<Policy, Vec<PolicyProblem>> {
    let file = match read_file(name, &path) {
        Ok(file) => file,
        Err(message) => return Err(vec![unreadable(name, message)]),
    };
    let paths = Mutex::new(HashMap::from([(name.to_owned(), path)]));
    Policy::load(&file, &|wanted, from| resolve(&paths, wanted, from))
}

/// Whether a text is a whole policy, and not just tables of one.
fn has_head(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with("schema") && line.contains('='))
}

/// The problem with its places in `text`, which `file` holds behind a head that nobody wrote.
fn without_head(mut problem: PolicyProblem, file: &PolicyFile, text: &str) -> PolicyProblem {
    let head = file.text.len() - text.len();
    if problem.file.text == file.text {
        let back = |span: &mut Range<usize>| *span = span.start.saturating_sub(head)..span.end.saturating_sub(head);
        back(&mut problem.primary.0);
        problem.related.iter_mut().for_each(|(span, _)| back(span));
        problem.file = Arc::new(PolicyFile { name: file.name.clone(), text: text.to_owned() });
    }
    problem
}

/// Several policies as one that extends them all.
fn combined(names: &[String], here: &Path) -> Result<Policy, Vec<PolicyProblem>> {
    let named = |n: &String| if n.starts_with(BUILTIN) { n.clone() } else { format!("file:{n}") };
    let extends: Vec<String> = names.iter().map(|n| toml::Value::String(named(n)).to_string()).collect();
    let text = format!("schema = 1\n\n[policy]\nid = \"command-line\"\nextends = [{}]\n", extends.join(", "));
    let file = PolicyFile { name: "--policy".to_owned(), text };
    let paths = Mutex::new(HashMap::from([(file.name.clone(), here.join("--policy"))]));
    Policy::load(&file, &|wanted, from| resolve(&paths, wanted, from))
}

/// The file that `from` extends by the name `wanted`. `paths` knows where the files read so far are.
fn resolve(paths: &Mutex<HashMap<String, PathBuf>>, wanted: &str, from: &PolicyFile) -> Result<PolicyFile, String> {
    let mut paths = paths.lock().unwrap_or_else(PoisonError::into_inner);
    let beside = paths.get(&from.name).and_then(|p| p.parent()).map(Path::to_owned).unwrap_or_default();
    let wanted = match wanted.strip_prefix("pack:") {
        Some(pack) => format!("rights-packs/{pack}/policy.toml"),
        None => wanted.to_owned(),
    };
    let folder = from.name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = if folder.is_empty() || wanted.starts_with('/') { wanted.clone() } else { format!("{folder}/{wanted}") };
    let path = beside.join(&wanted);
    let file = read_file(&name, &path)?;
    paths.insert(name, path);
    Ok(file)
}

/// The text of the file at `path`.
///
/// # Errors
/// What is wrong with it, in a line.
pub fn read_text(path: &Path) -> Result<String, String> {
    let name = project::file_name(path);
    read_file(&name, path).map(|file| file.text)
}

/// The baseline in the file at `path`.
///
/// # Errors
/// What is wrong with it, in a line.
pub fn baseline_file(path: &Path) -> Result<baseline::File, String> {
    let name = project::file_name(path);
    let bytes = read::file(path, &name, MAX_BASELINE).map_err(|e| e.to_string())?;
    let text = String::from_utf8(bytes).map_err(|_| format!("{name} is not UTF-8"))?;
    baseline::File::read(&text).map_err(|e| format!("{name}: {e}"))
}

fn read_file(name: &str, path: &Path) -> Result<PolicyFile, String> {
    let bytes = read::file(path, name, MAX_SIZE).map_err(|e| e.to_string())?;
    let text = String::from_utf8(bytes).map_err(|e| format!("{name} is not UTF-8: byte {} is wrong", e.utf8_error().valid_up_to()))?;
    Ok(PolicyFile { name: name.to_owned(), text: text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text) })
}

/// A policy file that can't be read, in the form of a problem with a policy.
fn unreadable(name: &str, message: String) -> PolicyProblem {
    PolicyProblem {
        code: "unreadable",
        message,
        file: Arc::new(PolicyFile { name: name.to_owned(), text: String::new() }),
        primary: (0..0, String::new()),
        related: Vec::new(),
        help: Some("name a readable file, or a built-in policy such as builtin:essentials".to_owned()),
    }
}
