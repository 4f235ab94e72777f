//! Work on many threads, results in one order, a bounded number in flight.

use std::collections::BTreeMap;
use std::io;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

/// How many results per thread may wait for an earlier one. More evens out large documents, less saves memory.
const WAITING_PER_THREAD: usize = 16;

/// Gives every item of `items` to `work` on `threads` threads, and the results to `done` in the order of the items. Items are taken
/// from the iterator only as results leave, so that memory doesn't grow with their number.
///
/// # Errors
/// The first error of `done`; nothing more is begun after it.
pub(crate) fn in_order<T: Send, R: Send>(
    threads: usize,
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    mut done: impl FnMut(R) -> io::Result<()> + Send,
) -> io::Result<()> {
    if threads == 1 {
        return items.map(work).try_for_each(done);
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(io::Error::other)?;
    let queue = Mutex::new(items.enumerate());
    let line = Line { state: Mutex::new(State { next: 0, waiting: BTreeMap::new(), result: Ok(()) }), moved: Condvar::new() };
    let done = Mutex::new(&mut done);
    pool.broadcast(|_| {
        loop {
            let Some((number, item)) = lock(&queue).next() else { return };
            if !line.wait_for_turn(number, threads * WAITING_PER_THREAD) {
                return;
            }
            // A panic is a bug of ours; without this the others would wait for its result for ever.
            match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(item))) {
                Ok(result) => line.put(number, result, &done),
                Err(_) => line.fail(io::Error::other(format!("item {} stopped the run", number + 1))),
            }
        }
    });
    lock(&line.state).result.as_ref().map_err(|e| io::Error::new(e.kind(), e.to_string())).copied()
}

/// Results that wait for earlier ones.
struct Line<R> {
    state: Mutex<State<R>>,
    moved: Condvar,
}

struct State<R> {
    /// The number of the result to give out next.
    next: usize,
    waiting: BTreeMap<usize, R>,
    result: io::Result<()>,
}

impl<R> Line<R> {
    /// Waits until no more than `most` results can stand in line before `number`. The lowest number under way never waits, so the
    /// line always moves. `false` after an error.
    fn wait_for_turn(&self, number: usize, most: usize) -> bool {
        let far = |s: &mut State<R>| s.result.is_ok() && number >= s.next + most;
        let state = self.moved.wait_while(lock(&self.state), far).unwrap_or_else(PoisonError::into_inner);
        state.result.is_ok()
    }

    /// Ends the run with `error`.
    fn fail(&self, error: io::Error) {
        lock(&self.state).result = Err(error);
        self.moved.notify_all();
    }

    /// Puts a result in line and gives out all whose turn it is.
    fn put(&self, number: usize, result: R, done: &Mutex<&mut (impl FnMut(R) -> io::Result<()> + Send)>) {
        let mut state = lock(&self.state);
        state.waiting.insert(number, result);
        while state.result.is_ok() {
            let next = state.next;
            let Some(result) = state.waiting.remove(&next) else { break };
            state.result = (lock(done))(result);
            state.next += 1;
        }
        drop(state);
        self.moved.notify_all();
    }
}

/// A thread that panicked has said so already; what it held is still whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering;
    use std::time::Duration;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let mut got = Vec::new();
        let slow_first = |n: u64| {
            std::thread::sleep(Duration::from_millis(if n == 0 { 30 } else { n % 3 }));
            n
        };
        in_order(4, 0..200, slow_first, |n| {
            got.push(n);
            Ok(())
        })
        .unwrap();
        assert_eq!(got, (0..200).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_ends_the_run_and_never_hangs_it() {
        let work = |n: u64| if n == 3 { panic!("a bug") } else { n };
        assert!(in_order(2, 0..500, work, |_| Ok(())).is_err());
    }

    #[test]
    fn no_more_than_the_line_holds_is_in_flight() {
        let (begun, finished, most) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        let items = (0..500).inspect(|_| {
            let flight = begun.fetch_add(1, Ordering::SeqCst) + 1 - finished.load(Ordering::SeqCst);
            most.fetch_max(flight, Ordering::SeqCst);
        });
        let slow_first = |n| std::thread::sleep(Duration::from_millis(if n == 0 { 50 } else { 0 }));
        in_order(2, items, slow_first, |()| {
            finished.fetch_add(1, Ordering::SeqCst);
            Ok(())
        })
        .unwrap();
        assert!(most.load(Ordering::SeqCst) <= 2 * WAITING_PER_THREAD + 2, "{most:?}");
    }

    #[test]
    fn an_error_of_the_receiver_ends_the_work() {
        let begun = AtomicUsize::new(0);
        let result = in_order(2, 0..10_000, |_| begun.fetch_add(1, Ordering::SeqCst), |_| Err(io::Error::other("full")));
        assert_eq!(result.unwrap_err().to_string(), "full");
        assert!(begun.load(Ordering::SeqCst) < 100);
    }
}
