//! Batch jobs: what is counted adds up, instances keep to their strategy, what goes wrong leaves nothing half done.
#![allow(clippy::unwrap_used)]

use dwrun::connector;
use dwrun::diag::{Code, Fault};
use dwrun::flow;
use dwrun::flow::app::{App, Options, Project};
use dwrun::flow::batch::store::{
    Answer, Block, BlockId, Change, Instance, Key, NewInstance, SqliteStore, Status, Store, Which,
};
use dwrun::flow::batch::{Engine, retry};
use dwrun::flow::build::Stubs;
use dwrun::flow::event::{Error, Event, Typed, media};
use dwrun::flow::spec::Registry;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// An app in a folder of its own.
struct Place {
    folder: PathBuf,
}

impl Place {
    /// An app of one flow, `main`, with a batch job of these attributes and this content. `${out}` is a file.
    fn new(name: &str, attributes: &str, content: &str) -> Self {
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("batch-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let text = format!(
            r#"<mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:batch="http://www.mulesoft.org/schema/mule/batch"
                  xmlns:file="http://www.mulesoft.org/schema/mule/file">
                 <flow name="main"><batch:job jobName="job" {attributes}>{content}</batch:job></flow></mule>"#
        );
        fs::write(folder.join("app.xml"), text).unwrap();
        Self { folder }
    }

    fn load(&self) -> Arc<App> {
        let registry = Registry::new(flow::MODULES.iter().chain(connector::MODULES).copied());
        let properties = vec![("out".to_string(), self.folder.join("out.txt").display().to_string())];
        let state = self.folder.join("state");
        let options = Options { registry: &registry, properties, state, stubs: Stubs::default(), coverage: None };
        App::load(&Project::at(&self.folder.join("app.xml")).unwrap(), &options).unwrap()
    }

    async fn start(&self) -> Arc<App> {
        let app = self.load();
        app.start().await.unwrap();
        app
    }

    /// Loads JSON and waits for the end; gives the event behind the job.
    async fn run(&self, app: &Arc<App>, json: &str) -> Result<Event, Error> {
        let event = begin(app, json).await;
        app.work.idle().await;
        event
    }

    async fn store(&self) -> SqliteStore {
        SqliteStore::open(&Engine::file(&self.folder.join("state"))).await.unwrap()
    }

    async fn instances(&self) -> Vec<Instance> {
        self.store().await.instances(Which::All).unwrap()
    }

    fn lines(&self) -> Vec<String> {
        let text = fs::read_to_string(self.folder.join("out.txt")).unwrap_or_default();
        text.lines().map(str::to_string).collect()
    }
}

async fn begin(app: &Arc<App>, json: &str) -> Result<Event, Error> {
    let mut event = app.event().with_payload(Typed::bytes(json.to_string(), media("application/json")));
    app.flow("main").unwrap().run(&mut event).await.map(|()| event)
}

/// `[1, 2, …]`
fn numbers(count: usize) -> String {
    format!("{:?}", (1..=count).collect::<Vec<_>>())
}

/// A processor that writes a line into the file `${out}`.
fn tell(text: &str) -> String {
    format!(
        r##"<file:write path="${{out}}" mode="APPEND"><file:content>#[{text} ++ "\n"]</file:content></file:write>"##
    )
}

fn fail_when(condition: &str) -> String {
    format!(r##"<choice><when expression="#[{condition}]"><raise-error type="ORDER:BAD"/></when></choice>"##)
}

fn steps(steps: &str) -> String {
    format!("<batch:process-records>{steps}</batch:process-records>")
}

/// What becomes of the records, in all and by step, adds up.
fn check_sums(instance: &Instance) {
    let counts = &instance.counts;
    assert_eq!(counts.total, counts.successful + counts.failed, "{instance:?}");
    for step in &counts.steps {
        assert_eq!(counts.total, step.successful + step.failed + step.skipped, "{instance:?}");
    }
    for (at, step) in counts.steps.iter().enumerate() {
        let errors = counts.errors.iter().filter(|error| error.step == at).map(|error| error.count);
        assert_eq!(step.failed, errors.sum::<i64>(), "{instance:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sums_add_up_whatever_fails() {
    let content = steps(&format!(
        r##"<batch:step name="one">{}<batch:aggregator size="9">{}</batch:aggregator></batch:step>
        <batch:step name="two" acceptPolicy="ONLY_FAILURES" acceptExpression="#[mod(payload, 2) == 0]">{}</batch:step>
        <batch:step name="three" acceptPolicy="ALL"><set-payload value="#[payload]"/>
          <batch:aggregator streaming="true"><foreach>{}</foreach></batch:aggregator></batch:step>
        <batch:step name="four">{}</batch:step>"##,
        fail_when("mod(payload, 3) == 0"),
        fail_when("(payload contains 100) as Boolean"),
        fail_when("mod(payload, 4) == 0"),
        tell("payload as String"),
        fail_when("payload == 7"),
    ));
    let place = Place::new("sums", r#"maxFailedRecords="-1" blockSize="7" maxConcurrency="3""#, &content);
    let app = place.start().await;
    place.run(&app, &numbers(500)).await.unwrap();
    let instance = place.instances().await.pop().unwrap();
    check_sums(&instance);
    let [one, two, three, four] = &instance.counts.steps[..] else { panic!("four steps") };
    // A third fails, and the nine records of the aggregator that got the hundredth.
    assert_eq!((one.failed, one.skipped), (166 + 9, 0));
    assert!(two.failed >= 41 && two.successful >= 42, "{two:?}");
    assert_eq!((three.successful, place.lines().len()), (500, 500));
    assert_eq!(instance.counts.failed, 166 + 9 + four.failed);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_failures_stop_the_instance() {
    for (most, status, last) in [
        ("0", Status::FailedProcessRecords, 0),
        ("29", Status::FailedProcessRecords, 0),
        ("30", Status::Successful, 270),
        ("-1", Status::Successful, 270),
    ] {
        let content = steps(&format!(
            r#"<batch:step name="one">{}</batch:step><batch:step name="two">{}</batch:step>"#,
            fail_when("payload &lt;= 30"),
            tell("payload as String")
        )) + &format!(
            "<batch:on-complete>{}</batch:on-complete>",
            tell("'end ' ++ payload.failedRecords as String")
        );
        let name = format!("most-{most}");
        let attributes = format!(r#"maxFailedRecords="{most}" blockSize="300" maxConcurrency="1""#);
        let place = Place::new(&name, &attributes, &content);
        let app = place.start().await;
        place.run(&app, &numbers(300)).await.unwrap();
        let instance = place.instances().await.pop().unwrap();
        assert_eq!((instance.status, instance.counts.failed), (status, 30));
        assert_eq!(place.lines().len(), last + 1, "at most {most}");
        assert_eq!(place.lines().last().map(String::as_str), Some("end 30"));
        app.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_instances_keep_to_the_strategy() {
    for (strategy, is_mixed) in [("ORDERED_SEQUENTIAL", false), ("ROUND_ROBIN", true)] {
        let content = steps(&format!(
            r##"<batch:step name="one"><set-payload value="#[dw::Runtime::wait(payload, 1)]"/>{}</batch:step>"##,
            tell("vars.batchJobInstanceId")
        ));
        let attributes = format!(
            r##"schedulingStrategy="{strategy}" jobInstanceId="#['i' ++ payload[0] as String]" blockSize="5" maxConcurrency="1""##
        );
        let place = Place::new(strategy, &attributes, &content);
        let app = place.start().await;
        begin(&app, &format!("[1, {}", &numbers(100)[1..])).await.unwrap();
        begin(&app, &format!("[2, {}", &numbers(100)[1..])).await.unwrap();
        app.work.idle().await;
        let lines = place.lines();
        let last_of_first = lines.iter().rposition(|line| line == "i1").unwrap();
        let first_of_second = lines.iter().position(|line| line == "i2").unwrap();
        assert_eq!((lines.len(), last_of_first > first_of_second), (202, is_mixed), "{strategy}");
        place.instances().await.iter().for_each(check_sums);
        app.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn loading_is_all_or_nothing() {
    let content = steps(r#"<batch:step name="one"><logger level="DEBUG"/></batch:step>"#);
    let place = Place::new("loading", r##"jobInstanceId="#['the only']" blockSize="2""##, &content);
    let app = place.start().await;
    let error = place.run(&app, "[1, 2, 3, 4, 5, 6").await.err().unwrap();
    assert!(error.to_string().starts_with("MULE:EXPRESSION"), "{error}");
    let error = place.run(&app, "true").await.err().unwrap();
    assert_eq!(
        error.to_string(),
        r#"MULE:EXPRESSION: "Expecting Array or Object but got Boolean." evaluating expression: "payload"."#
    );
    assert!(place.instances().await.is_empty());
    let event = place.run(&app, "[1, 2, 3]").await.unwrap();
    assert!(event.message.payload.to_text().contains("the only"));
    let error = place.run(&app, "[4]").await.err().unwrap();
    assert_eq!(error.description(), "Batch Job 'job' already has an instance with id 'the only'");
    let kept = place.instances().await;
    assert_eq!(kept.iter().map(|instance| instance.counts.total).collect::<Vec<_>>(), [3]);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stopping_app_leaves_goes_on_in_the_next() {
    let content = steps(&format!(
        r##"<batch:step name="one"><set-payload value="#[dw::Runtime::wait(payload, 5)]"/>
            <batch:aggregator size="10">{}</batch:aggregator></batch:step>"##,
        tell("(payload joinBy '\\n')")
    ));
    let place = Place::new("resume", r#"blockSize="3" maxConcurrency="2""#, &content);
    let app = place.start().await;
    begin(&app, &numbers(200)).await.unwrap();
    tokio::time::sleep(Duration::from_millis(60)).await;
    assert_eq!(app.stop().await, 0);
    let before = place.instances().await.pop().unwrap();
    assert!(before.status == Status::Executing && before.counts.steps[0].successful < 200, "{before:?}");
    let app = place.start().await;
    assert_eq!(app.batch.resume(&app, None).await.unwrap(), 1);
    app.work.idle().await;
    let mut lines: Vec<usize> = place.lines().iter().map(|line| line.parse().unwrap()).collect();
    lines.sort_unstable();
    assert_eq!(lines, (1..=200).collect::<Vec<_>>());
    check_sums(&place.instances().await[0]);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_instance_goes_on_when_it_is_told_to_and_failed_records_again() {
    let content = steps(&format!(
        r##"<batch:step name="one"><set-payload value="#[dw::Runtime::wait(payload, 5)]"/></batch:step>
        <batch:step name="two">{}{}</batch:step>"##,
        fail_when("mod(payload, 10) == 0"),
        tell("payload as String")
    ));
    let place = Place::new("stop", r#"maxFailedRecords="-1" blockSize="4" maxConcurrency="2""#, &content);
    let app = place.start().await;
    begin(&app, &numbers(400)).await.unwrap();
    let store = place.store().await;
    let key = store.instances(Which::All).unwrap()[0].key;
    retry::stop(&store, key, true).await.unwrap();
    app.work.idle().await;
    let stopped = store.instance(key).unwrap().unwrap();
    assert!(stopped.status == Status::Stopped && stopped.counts.steps[1].successful < 360, "{stopped:?}");
    retry::restart(&store, key).await.unwrap();
    app.batch.resume(&app, Some(&[key])).await.unwrap();
    app.work.idle().await;
    let ended = store.instance(key).unwrap().unwrap();
    check_sums(&ended);
    assert_eq!((ended.status, ended.counts.failed, place.lines().len()), (Status::Successful, 40, 360));
    let mut seen = Vec::new();
    retry::failed(&store, key, |record| {
        seen.push((record.failures[0].step.clone(), record.failures[0].error_type.clone()));
        Ok(())
    })
    .unwrap();
    assert_eq!(seen, vec![("two".to_string(), "ORDER:BAD".to_string()); 40]);
    assert_eq!(retry::retry(&store, &ended).await.unwrap(), 40);
    app.batch.resume(&app, Some(&[key])).await.unwrap();
    app.work.idle().await;
    let again = store.instance(key).unwrap().unwrap();
    check_sums(&again);
    assert_eq!(again.counts, ended.counts);
    app.stop().await;
}

/// A store whose disk is full after so many changes.
struct Filling {
    inner: SqliteStore,
    left: AtomicUsize,
}

impl Store for Filling {
    fn create(&self, new: NewInstance) -> Answer<'_, Option<Key>> {
        self.inner.create(new)
    }

    fn commit(&self, change: Change) -> Answer<'_, Vec<BlockId>> {
        match self.left.load(Ordering::SeqCst).checked_sub(1) {
            Some(left) => {
                self.left.store(left, Ordering::SeqCst);
                self.inner.commit(change)
            }
            None => Box::pin(async { Err(Fault::new(Code::Io, "the disk is full")) }),
        }
    }

    fn remove(&self, instances: Vec<Key>) -> Answer<'_, ()> {
        self.inner.remove(instances)
    }

    fn instances(&self, which: Which<'_>) -> Result<Vec<Instance>, Fault> {
        self.inner.instances(which)
    }

    fn variables(&self, instance: Key) -> Result<Vec<u8>, Fault> {
        self.inner.variables(instance)
    }

    fn failure(&self, instance: Key, step: usize) -> Result<Vec<u8>, Fault> {
        self.inner.failure(instance, step)
    }

    fn blocks(&self, instance: Key) -> Result<Vec<Block>, Fault> {
        self.inner.blocks(instance)
    }

    fn data(&self, block: BlockId) -> Result<Vec<u8>, Fault> {
        self.inner.data(block)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn trying_again_can_be_broken_off_anywhere_and_done_again() {
    let content = steps(&format!(r#"<batch:step name="one">{}</batch:step>"#, fail_when("mod(payload, 5) == 0")));
    let place = Place::new("broken-retry", r#"maxFailedRecords="-1" blockSize="5" maxConcurrency="1""#, &content);
    let app = place.start().await;
    begin(&app, &numbers(20)).await.unwrap();
    app.work.idle().await;
    let store = place.store().await;
    let ended = store.instances(Which::All).unwrap().pop().unwrap();
    let blocks = store.blocks(ended.key).unwrap().len();
    assert_eq!((ended.counts.failed, blocks), (4, 4));
    // One block is put back in the second round, two in the third.
    for changes in [0, 1, 2] {
        let filling = Filling { inner: place.store().await, left: AtomicUsize::new(changes) };
        assert!(retry::retry(&filling, &store.instance(ended.key).unwrap().unwrap()).await.is_err());
        assert!(store.instance(ended.key).unwrap().unwrap().status.is_over(), "it goes on with the last block");
    }
    let filling = Filling { inner: place.store().await, left: AtomicUsize::new(1) };
    let last = retry::retry(&filling, &store.instance(ended.key).unwrap().unwrap()).await;
    assert_eq!(last.unwrap(), 1, "nothing is left to be written after the last block");
    assert_eq!(app.batch.resume(&app, Some(&[ended.key])).await.unwrap(), 1);
    app.work.idle().await;
    let again = store.instance(ended.key).unwrap().unwrap();
    check_sums(&again);
    assert_eq!((again.status, &again.counts), (ended.status, &ended.counts));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn aggregators_see_records_and_later_steps_do_not_see_what_they_changed() {
    let content = steps(&format!(
        r##"<batch:step name="one"><set-variable variableName="twice" value="#[payload * 2]"/>
          <batch:aggregator size="2"><foreach>{}</foreach><set-payload value="#['changed']"/></batch:aggregator></batch:step>
        <batch:step name="two"><set-payload value='#["{{\"n\": $(payload)}}"]' mimeType="application/json"/>
          <batch:aggregator size="4" preserveMimeTypes="true">{}</batch:aggregator></batch:step>"##,
        tell("'twice ' ++ (vars.records[vars.counter - 1].vars.twice as String)"),
        tell("'sum ' ++ (sum(payload.n) as String)")
    ));
    let place = Place::new("aggregators", r#"target="input""#, &content);
    let app = place.start().await;
    let event = place.run(&app, &numbers(4)).await.unwrap();
    let mut lines = place.lines();
    lines.sort();
    assert_eq!(lines, ["sum 10", "twice 2", "twice 4", "twice 6", "twice 8"]);
    assert!(event.variables.get("input").is_some() && event.variables.get("twice").is_none());
    assert_eq!(event.message.payload.to_text(), numbers(4));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_store_says_so_and_history_expires() {
    let content = r#"<batch:history><batch:expiration maxAge="1" ageUnit="MILLISECONDS"/></batch:history>"#.to_string()
        + &steps(r#"<batch:step><logger level="DEBUG"/></batch:step>"#);
    let place = Place::new("damaged", "", &content);
    let app = place.start().await;
    for _ in 0..3 {
        place.run(&app, "[1]").await.unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(place.instances().await.len(), 1);
    app.stop().await;
    let file = Engine::file(&place.folder.join("state"));
    fs::write(&file, "this is no database, but text".repeat(1000)).unwrap();
    for beside in ["batch.db-wal", "batch.db-shm"] {
        let _ = fs::remove_file(file.with_file_name(beside));
    }
    let app = place.start().await;
    let error = place.run(&app, "[1]").await.err().unwrap();
    assert!(error.description().contains("is damaged"), "{error}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_whose_end_cannot_be_written_stays_for_another_time() {
    let place = Place::new("no-end", "", &steps(r#"<batch:step><logger level="DEBUG"/></batch:step>"#));
    let app = place.start().await;
    drop(app.batch.store().await.unwrap());
    let store = rusqlite::Connection::open(Engine::file(&place.folder.join("state"))).unwrap();
    let refusal = "CREATE TRIGGER refusal BEFORE UPDATE OF status ON instances WHEN NEW.status = 'SUCCESSFUL'
                   BEGIN SELECT RAISE(ABORT, 'not now'); END";
    store.execute_batch(refusal).unwrap();
    let ran = tokio::time::timeout(Duration::from_secs(20), place.run(&app, "[1]")).await;
    ran.expect("the instance is let go").unwrap();
    assert_eq!(place.instances().await[0].status, Status::Executing);
    app.stop().await;
    store.execute_batch("DROP TRIGGER refusal").unwrap();
    let app = place.start().await;
    assert_eq!(app.batch.resume(&app, None).await.unwrap(), 1);
    app.work.idle().await;
    let instance = &place.instances().await[0];
    assert_eq!((instance.status, instance.counts.successful), (Status::Successful, 1));
    app.stop().await;
}

#[test]
fn the_example_passes_its_tests() {
    let example = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/batch");
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_dwrun")).arg("test").arg(example).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
}
