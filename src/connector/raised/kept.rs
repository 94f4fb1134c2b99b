//! What raises the errors of stores, queues and aggregators.

use super::Cases;

/// Named stores are in memory here; the app's own one is broken.
pub fn os() -> Cases {
    let null = r##"<os:store key="k" objectStore="cellar"><os:value>#[null]</os:value></os:store>"##;
    let twice =
        r#"<os:store key="k" objectStore="cellar"/><os:store key="k" objectStore="cellar" failIfPresent="true"/>"#;
    let broken = "OS:STORE_NOT_AVAILABLE";
    let cases = Cases::with(r#"<os:object-store name="cellar" persistent="false"/><os:object-store name="kept"/>"#)
        .of(
            "os:store",
            &[
                ("OS:KEY_ALREADY_EXISTS", twice),
                ("OS:INVALID_KEY", r##"<os:store key="#[null]" objectStore="cellar"/>"##),
                ("OS:NULL_VALUE", null),
                (broken, r#"<os:store key="k" objectStore="kept"/>"#),
            ],
        )
        .of(
            "os:retrieve",
            &[
                ("OS:KEY_NOT_FOUND", r#"<os:retrieve key="none" objectStore="cellar"/>"#),
                ("OS:INVALID_KEY", r#"<os:retrieve key=" " objectStore="cellar"/>"#),
                (broken, r#"<os:retrieve key="k" objectStore="kept"/>"#),
            ],
        )
        .of(
            "os:contains",
            &[
                ("OS:INVALID_KEY", r#"<os:contains key=" " objectStore="cellar"/>"#),
                (broken, r#"<os:contains key="k" objectStore="kept"/>"#),
            ],
        )
        .of(
            "os:remove",
            &[
                ("OS:KEY_NOT_FOUND", r#"<os:remove key="none" objectStore="cellar"/>"#),
                ("OS:INVALID_KEY", r#"<os:remove key=" " objectStore="cellar"/>"#),
                (broken, r#"<os:remove key="k" objectStore="kept"/>"#),
            ],
        )
        .of("os:clear", &[(broken, r#"<os:clear objectStore="kept"/>"#)])
        .of("os:retrieve-all", &[(broken, r#"<os:retrieve-all objectStore="kept"/>"#)])
        .of("os:retrieve-all-keys", &[(broken, r#"<os:retrieve-all-keys objectStore="kept"/>"#)]);
    Cases { breaks_state: true, ..cases }
}

/// A flow listens to the queue `asked`, and fails.
pub fn vm() -> Cases {
    let publish = |what: &str| format!(r#"<vm:publish config-ref="post" queueName="narrow" {what}/>"#);
    let full = publish("") + &publish(r#"timeout="5" timeoutUnit="MILLISECONDS""#);
    let joins = r#"transactionalAction="ALWAYS_JOIN""#;
    let ask = |queue: &str| {
        format!(
            r#"<vm:publish-consume config-ref="post" queueName="{queue}" timeout="50" timeoutUnit="MILLISECONDS"/>"#
        )
    };
    let answers = ask("asked").replace(r#""50""#, r#""5000""#);
    let consume = |what: &str| {
        format!(r#"<vm:consume config-ref="post" queueName="empty" timeout="5" timeoutUnit="MILLISECONDS" {what}/>"#)
    };
    Cases::with(
        r#"<vm:config name="post"><vm:queues><vm:queue queueName="asked"/><vm:queue queueName="empty"/><vm:queue queueName="unread"/>
          <vm:queue queueName="narrow" maxOutstandingMessages="1"/></vm:queues></vm:config>
        <flow name="answer"><vm:listener config-ref="post" queueName="asked"/><raise-error type="TRAP:SNAPPED"/></flow>"#,
    )
    .of("vm:publish", &[("VM:QUEUE_TIMEOUT", &full), ("MULE:TRANSACTION", &publish(joins))])
    .of(
        "vm:publish-consume",
        &[("VM:QUEUE_TIMEOUT", &ask("unread")), ("VM:PUBLISH_CONSUMER_FLOW_ERROR", &answers)],
    )
    .of("vm:consume", &[("VM:EMPTY_QUEUE", &consume("")), ("MULE:TRANSACTION", &consume(joins))])
}

/// Groups are in memory but for those of aggregators that name no store.
pub fn aggregators() -> Cases {
    let group = |name: &str, store: &str| {
        format!(
            r##"<aggregators:group-based-aggregator name="{name}" {store} groupId="#[vars.id]" groupSize="#[vars.size]"
              evictionTime="60" timeout="30" timeoutUnit="MILLISECONDS"><aggregators:aggregation-complete/></aggregators:group-based-aggregator>"##
        )
    };
    let add = |id: &str, size: &str| {
        format!(
            r##"<set-variable variableName="id" value="#[{id}]"/><set-variable variableName="size" value="#[{size}]"/><flow-ref name="add"/>"##
        )
    };
    let (one, late) = (add("'one'", "1"), add("'late'", "2"));
    let wait = r##"<set-payload value="#[dw::Runtime::wait(payload, 90)]"/>"##;
    let broken = "AGGREGATORS:OBJECT_STORE_ACCESS";
    let by_size = r#"<aggregators:size-based-aggregator name="sizes" maxSize="2"><aggregators:aggregation-complete/></aggregators:size-based-aggregator>"#;
    let by_time = r#"<aggregators:time-based-aggregator name="times" period="60"/>"#;
    let globals = r#"<os:object-store name="memory" persistent="false"/><flow name="add">"#.to_string()
        + &group("groups", r#"objectStore="memory""#)
        + "</flow>";
    let cases = Cases::with(globals)
        .of("aggregators:size-based-aggregator", &[(broken, by_size)])
        .of("aggregators:time-based-aggregator", &[(broken, by_time)])
        .of(
            "aggregators:group-based-aggregator",
            &[
                ("AGGREGATORS:NO_GROUP_ID", &add("null", "1")),
                ("AGGREGATORS:NO_GROUP_SIZE", &add("'a'", "null")),
                ("AGGREGATORS:AGGREGATOR_CONFIG", &add("'a'", "0")),
                ("AGGREGATORS:GROUP_COMPLETED", &one.repeat(2)),
                ("AGGREGATORS:GROUP_TIMED_OUT", &[late.as_str(), wait, &late].concat()),
                (broken, &(add("'b'", "1").replace(r#"<flow-ref name="add"/>"#, "") + &group("kept", ""))),
            ],
        );
    Cases { breaks_state: true, ..cases }
}
