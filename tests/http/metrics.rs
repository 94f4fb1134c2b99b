//! `dwrun serve --metrics`: figures of flows and batch jobs for a monitoring system.

use super::serve::{app, body, file, free_port, serve_path};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The answer of the metrics' own port.
fn ask(port: u16, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn flows_and_batch_jobs_tell_their_figures() {
    let elements = r##"<flow name="good"><http:listener config-ref="api" path="/good"/><set-payload value="ok"/></flow>
        <flow name="bad"><http:listener config-ref="api" path="/bad"/><raise-error type="APP:BAD"/></flow>
        <flow name="load"><http:listener config-ref="api" path="/load"/><set-payload value="#[1 to 5]"/>
          <batch:job xmlns:batch="http://www.mulesoft.org/schema/mule/batch" jobName="sync" maxFailedRecords="-1"><batch:process-records>
            <batch:step name="check"><validation:is-true xmlns:validation="http://www.mulesoft.org/schema/mule/validation" expression="#[payload != 3]"/></batch:step>
            <batch:step name="send"><logger/></batch:step>
          </batch:process-records></batch:job></flow>"##;
    let path = file("metrics", "app.xml", &app(elements));
    let (state, port) = (path.with_file_name("state"), free_port());
    let _ = std::fs::remove_dir_all(&state);
    let app = serve_path(&path, &["--state", state.to_str().unwrap(), "--metrics", &port.to_string()]);
    for path in ["/good", "/good", "/bad", "/load"] {
        app.send(&format!("GET {path}"), "", "");
    }
    let over = r#"dwrun_batch_instances_total{job="sync",status="SUCCESSFUL"} 1"#;
    let began = Instant::now();
    while !ask(port, "/metrics").contains(over) {
        assert!(began.elapsed() < Duration::from_secs(60), "{}", ask(port, "/metrics"));
        std::thread::sleep(Duration::from_millis(20));
    }
    let answer = ask(port, "/metrics");
    assert!(answer.contains("content-type: application/openmetrics-text"), "{answer}");
    for line in [
        r#"dwrun_flow_events_total{flow="good",outcome="success"} 2"#,
        r#"dwrun_flow_events_total{flow="bad",outcome="error"} 1"#,
        r#"dwrun_flow_running{flow="good"} 0"#,
        r#"dwrun_batch_step_records{job="sync",step="check",outcome="successful"} 4"#,
        r#"dwrun_batch_step_records{job="sync",step="check",outcome="failed"} 1"#,
        r#"dwrun_batch_step_records{job="sync",step="send",outcome="successful"} 4"#,
        r#"dwrun_batch_step_records{job="sync",step="send",outcome="skipped"} 1"#,
        r#"dwrun_batch_running{job="sync"} 0"#,
    ] {
        assert!(body(&answer).lines().any(|found| found == line), "{line}\n{answer}");
    }
    assert!(ask(port, "/").starts_with("HTTP/1.1 404"));
}
