//! Kills the program at random moments of a batch job and lets it go on: no effect may be lost, and none repeated but those
//! of the blocks that were under way. `DWRUN_KILLS` says how often; six times without it.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const RECORDS: usize = 400;
const BLOCK: usize = 10;
const CONCURRENCY: usize = 4;
/// How many records an aggregator gets at once.
const GROUP: usize = 25;

/// Three steps, the last one for failures only; each tells what it does, one line for every record.
fn app(effects: &Path) -> String {
    let tell = |what: &str| {
        format!(
            r##"<file:write path="{}" mode="APPEND"><file:content>#[{what} ++ "\n"]</file:content></file:write>"##,
            effects.display()
        )
    };
    let of_run = |text: &str| format!("vars.batchJobInstanceId ++ ' {text} '");
    let body = tell(&format!("{} ++ (payload as String)", of_run("body")));
    let group = tell(&format!("(payload map ((id) -> {} ++ (id as String))) joinBy '\\n'", of_run("group")));
    let mend = tell(&format!("{} ++ (payload as String)", of_run("mend")));
    let all = tell(&format!("(payload map ((id) -> {} ++ (id as String))) joinBy '\\n'", of_run("all")));
    let end = tell(&format!("{} ++ (payload.totalRecords as String)", of_run("end")));
    format!(
        r##"<mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:batch="http://www.mulesoft.org/schema/mule/batch"
              xmlns:file="http://www.mulesoft.org/schema/mule/file">
  <flow name="main">
    <batch:job jobName="job" jobInstanceId="#['run-' ++ (p('run') default '')]" maxFailedRecords="-1" blockSize="{BLOCK}" maxConcurrency="{CONCURRENCY}">
      <batch:process-records>
        <batch:step name="one">
          <set-payload value="#[dw::Runtime::wait(payload, 2)]"/>
          {body}
          <choice><when expression="#[mod(payload, 20) == 0]"><raise-error type="ORDER:BAD"/></when></choice>
          <batch:aggregator size="{GROUP}">{group}</batch:aggregator>
        </batch:step>
        <batch:step name="two" acceptPolicy="ONLY_FAILURES">{mend}</batch:step>
        <batch:step name="three" acceptPolicy="ALL"><batch:aggregator streaming="true">{all}</batch:aggregator></batch:step>
      </batch:process-records>
      <batch:on-complete>{end}</batch:on-complete>
    </batch:job>
  </flow>
</mule>"##
    )
}

struct Place {
    folder: PathBuf,
    effects: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("batch-kill");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let effects = folder.join("effects.txt");
        fs::write(folder.join("app.xml"), app(&effects)).unwrap();
        let input: Vec<_> = (1..=RECORDS).map(|n| n.to_string()).collect();
        fs::write(folder.join("input.json"), format!("[{}]", input.join(","))).unwrap();
        Self { folder, effects }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dwrun"));
        command.current_dir(&self.folder).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Runs the program and kills it after a time; whether it had not ended by itself.
    fn killed(&self, arguments: &[&str], after: Duration) -> bool {
        let mut child = self.command(arguments).spawn().unwrap();
        std::thread::sleep(after);
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none_or(|status| status.success()), "{arguments:?} fails by itself");
        let _ = child.kill();
        child.wait().unwrap();
        ended.is_none()
    }

    /// What the instances are, by id: the columns of `dwrun batch list`.
    fn instances(&self) -> BTreeMap<String, Vec<String>> {
        let listed = self.command(&["batch", "list", "app.xml"]).stdout(Stdio::piped()).output().unwrap();
        let text = String::from_utf8(listed.stdout).unwrap();
        let row = |line: &str| line.split_whitespace().map(str::to_string).collect::<Vec<_>>();
        text.lines().skip(1).map(row).map(|row| (row[0].clone(), row)).collect()
    }

    fn has_unfinished(&self) -> bool {
        self.instances().values().any(|row| matches!(row[2].as_str(), "LOADING" | "EXECUTING"))
    }

    /// How often each effect happened, by run: `body 17` → 1.
    fn effects(&self) -> BTreeMap<String, BTreeMap<String, usize>> {
        let mut all: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for line in fs::read_to_string(&self.effects).unwrap_or_default().lines() {
            let (run, effect) = line.split_once(' ').unwrap_or_else(|| panic!("a broken line: {line:?}"));
            *all.entry(run.to_string()).or_default().entry(effect.to_string()).or_default() += 1;
        }
        all
    }
}

/// The effects of a run that nothing disturbs.
fn expected() -> BTreeMap<String, usize> {
    let is_bad = |n: &usize| n.is_multiple_of(20);
    let of = |what: &'static str, n: usize| (format!("{what} {n}"), 1);
    let mut all: BTreeMap<_, _> = (1..=RECORDS).flat_map(|n| [of("body", n), of("all", n)]).collect();
    all.extend((1..=RECORDS).filter(|n| !is_bad(n)).map(|n| of("group", n)));
    all.extend((1..=RECORDS).filter(is_bad).map(|n| of("mend", n)));
    all.insert(format!("end {RECORDS}"), 1);
    all
}

#[test]
fn kills_lose_nothing_and_repeat_only_blocks_under_way() {
    let kills: usize = std::env::var("DWRUN_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(6);
    let place = Place::new();
    let mut random = fastrand::Rng::with_seed(7);
    let (mut done, mut run) = (0, 0);
    let mut kills_of: BTreeMap<String, usize> = BTreeMap::new();
    while done < kills {
        let after = Duration::from_millis(random.u64(5..900));
        let is_killed = if place.folder.join(".dwrun/batch.db").is_file() && place.has_unfinished() {
            place.killed(&["batch", "resume", "app.xml"], after)
        } else {
            run += 1;
            place.killed(&["flow", "app.xml", "main", "input.json", "-D", &format!("run={run}")], after)
        };
        if is_killed {
            done += 1;
            *kills_of.entry(format!("run-{run}")).or_default() += 1;
        }
    }
    let ended = place.command(&["batch", "resume", "app.xml"]).status().unwrap();
    assert!(ended.success() || place.instances().is_empty());
    let (instances, effects, expected) = (place.instances(), place.effects(), expected());
    let mut repeats = 0;
    for (id, row) in &instances {
        let bad = (1..=RECORDS).filter(|n| n.is_multiple_of(20)).count();
        let counts: Vec<_> = row[5..].iter().map(|n| n.parse::<usize>().unwrap()).collect();
        assert_eq!((row[2].as_str(), counts), ("SUCCESSFUL", vec![RECORDS, RECORDS - bad, bad, 0]), "{row:?}");
        let of_run = effects.get(id).unwrap_or_else(|| panic!("{id} has no effects"));
        assert!(of_run.keys().eq(expected.keys()), "{id} has other effects");
        let more: usize = of_run.values().map(|times| times - 1).sum();
        // The streaming aggregator is one block of all records.
        let most_at_once = (CONCURRENCY * GROUP).max(RECORDS) + 1;
        assert!(more <= kills_of.get(id).copied().unwrap_or_default() * most_at_once, "{id}: {more} repeats");
        repeats += more;
    }
    // What was not loaded as a whole did nothing at all.
    assert!(effects.keys().all(|run| instances.contains_key(run)), "{effects:?}");
    println!("{done} kills in {run} runs, {} of them loaded: {repeats} effects repeated, none lost", instances.len());
}
