namespace SockSort.Sql.Engine.Settings;

/// <summary>
/// The names of ksqlDB's server settings, and of those of Kafka Streams and its clients that it passes on: scripts set them, and a single
/// process has no such thing. All are accepted and change nothing, but those that ksqlDB itself lets nobody set.
/// </summary>
internal static class ClusterProperties
{
    private const string StreamsPrefix = "ksql.streams.";

    // Of functions, connectors and clients: whoever wrote them gives the names.
    private static readonly string[] OpenPrefixes = [StreamsPrefix, "ksql.functions.", "ksql.connect.", "ksql.schema.registry."];
    private static readonly string[] ClientPrefixes = ["producer.", "consumer.", "main.consumer.", "restore.consumer.", "admin.", "topic."];

    // ksqlDB: ImmutableProperties.
    private static readonly HashSet<string> Fixed = Words(
        """
        bootstrap.servers ksql.extension.dir ksql.query.persistent.active.limit ksql.pull.queries.enable ksql.hidden.topics
        ksql.readonly.topics ksql.source.table.materialization.enabled ksql.headers.columns.enabled ksql.runtime.feature.shared.enabled
        ssl.cipher.suites ssl.enabled.protocols ssl.endpoint.identification.algorithm ssl.engine.factory.class ssl.key.password
        ssl.keymanager.algorithm ssl.keystore.certificate.chain ssl.keystore.key ssl.keystore.location ssl.keystore.password
        ssl.keystore.type ssl.protocol ssl.provider ssl.secure.random.implementation ssl.trustmanager.algorithm
        ssl.truststore.certificates ssl.truststore.location ssl.truststore.password ssl.truststore.type
        """);

    private static readonly HashSet<string> Server = Words(
        """
        authentication.method authentication.realm authentication.roles authentication.skip.paths listeners compression.type
        ksql.access.validator.enable ksql.advertised.listener ksql.any.key.name.enabled ksql.assert.schema.default.timeout.ms
        ksql.assert.topic.default.timeout.ms ksql.authentication.plugin.class ksql.auth.cache.expiry.time ksql.auth.cache.max.entries
        ksql.authorization.cache.expiry.time.secs ksql.authorization.cache.max.entries ksql.cast.strings.preserve.nulls
        ksql.client.ip.port.configuration.enabled ksql.cluster.id ksql.completed.threads
        ksql.deployment.type ksql.endpoint.logging.ignored.paths.regex ksql.endpoint.logging.log.queries ksql.error.classifier.regex
        ksql.fail.on.deserialization.error ksql.fail.on.production.error ksql.fetch.remote.hosts.max.timeout.seconds
        ksql.fetch.remote.hosts.timeout.seconds ksql.fetch.missing.topics ksql.healthcheck.interval.ms ksql.heartbeat.check.interval.ms
        ksql.heartbeat.discover.interval.ms ksql.heartbeat.enable ksql.heartbeat.missed.threshold.ms ksql.heartbeat.send.interval.ms
        ksql.heartbeat.thread.pool.size ksql.heartbeat.window.ms ksql.idle.connection.timeout.seconds
        ksql.internal.http2.max.pool.size ksql.internal.listener ksql.internal.topic.min.insync.replicas ksql.internal.topic.replicas
        ksql.json_sr.converter.deserializer.enabled ksql.lag.reporting.enable ksql.lag.reporting.send.interval.ms
        ksql.local.commands.location ksql.logging.processing.rows.include ksql.logging.processing.stream.auto.create
        ksql.logging.processing.stream.name ksql.logging.processing.topic.auto.create ksql.logging.processing.topic.name
        ksql.logging.processing.topic.partitions ksql.logging.processing.topic.replication.factor
        ksql.logging.server.rate.limited.request.paths ksql.logging.server.rate.limited.response.codes ksql.max.push.queries
        ksql.max.task.usage.metrics ksql.metastore.backup.location ksql.metrics.extension ksql.metrics.tags.custom
        ksql.multicol.key.format.enabled ksql.named.internal.topics ksql.nested.error.set.null ksql.new.query.planner.enabled
        ksql.output.topic.name.prefix ksql.persistence.ensure.topic.exists ksql.plugins.enable ksql.properties.overrides.denylist
        ksql.properties.overrides.blacklist ksql.proxy.protocol.local.mode.enabled ksql.push.v2.alos.enabled ksql.queries.file
        ksql.query.cleanup.shutdown.timeout.ms ksql.query.error.max.queue.size ksql.query.persistent.max.bytes.buffering.total
        ksql.query.pull.consistency.token.enabled ksql.query.pull.enable.standby.reads ksql.query.pull.forwarding.timeout.ms
        ksql.query.pull.interpreter.enabled ksql.query.pull.max.allowed.offset.lag ksql.query.pull.max.concurrent.requests
        ksql.query.pull.max.hourly.bandwidth.megabytes ksql.query.pull.max.qps ksql.query.pull.metrics.enabled
        ksql.query.pull.router.thread.pool.size ksql.query.pull.streamsstore.rebalancing.timeout.ms ksql.query.pull.thread.pool.size
        ksql.query.push.v2.catchup.consumer.msg.window ksql.query.push.v2.continuation.tokens.enabled
        ksql.query.push.v2.interpreter.enabled ksql.query.push.v2.latest.reset.age.ms ksql.query.push.v2.max.catchup.consumers
        ksql.query.push.v2.max.hourly.bandwidth.megabytes ksql.query.push.v2.metrics.enabled ksql.query.push.v2.new.latest.delay.ms
        ksql.query.push.v2.registry.installed ksql.query.retry.backoff.initial.ms ksql.query.retry.backoff.max.ms
        ksql.query.status.running.threshold.seconds ksql.query.transient.max.bytes.buffering.total ksql.readonly.topics
        ksql.request.max.body.size.bytes ksql.rowpartition.rowoffset.enabled ksql.runtime.feature.shared.enabled ksql.sandbox.enable
        ksql.security.extension.class ksql.server.command.blocked.threshold.error.ms ksql.server.command.response.timeout.ms
        ksql.server.command.topic.rate.limit ksql.server.command.topic.rate.limit.timeout.ms ksql.server.error.messages
        ksql.server.exception.uncaught.handler.enable ksql.server.install.dir ksql.server.precondition.max.backoff.ms
        ksql.server.preconditions ksql.server.sni.check.enable ksql.server.ui.enabled ksql.server.websockets.num.threads ksql.service.id
        ksql.shared.runtimes.count ksql.shutdown.timeout.ms ksql.sink.partitions ksql.sink.replicas
        ksql.sink.window.change.log.additional.retention ksql.ssl.keystore.alias.external ksql.ssl.keystore.alias.internal
        ksql.streams.shutdown.timeout.ms ksql.suppress.buffer.size.bytes ksql.suppress.enabled ksql.timestamp.skip.invalid
        ksql.transient.prefix ksql.transient.query.cleanup.service.enable ksql.transient.query.cleanup.service.initial.delay.seconds
        ksql.transient.query.cleanup.service.period.seconds ksql.udf.collect.metrics ksql.udf.enable.security.manager ksql.udfs.enabled
        ksql.udf.security.manager.enabled ksql.variable.substitution.enable ksql.verticle.instances
        ksql.websocket.connection.max.timeout.ms ksql.windowed.session.key.legacy ksql.worker.pool.size ssl.client.auth
        ssl.client.authentication
        """);

    private static readonly HashSet<string> Streams = Words(
        """
        acceptable.recovery.lag acks allow.auto.create.topics application.id application.server auto.commit.interval.ms
        auto.include.jmx.reporter batch.size buffer.memory buffered.records.per.partition built.in.metrics.version
        cache.max.bytes.buffering check.crcs client.dns.lookup client.id client.rack commit.interval.ms connections.max.idle.ms
        default.api.timeout.ms default.client.supplier default.deserialization.exception.handler default.dsl.store default.key.serde
        default.list.key.serde.inner default.list.key.serde.type default.list.value.serde.inner default.list.value.serde.type
        default.production.exception.handler default.timestamp.extractor default.value.serde delivery.timeout.ms
        dsl.store.suppliers.class enable.auto.commit enable.idempotence enable.metrics.push exclude.internal.topics fetch.max.bytes
        fetch.max.wait.ms fetch.min.bytes group.id group.instance.id group.protocol group.remote.assignor heartbeat.interval.ms
        interceptor.classes internal.leave.group.on.close isolation.level key.deserializer key.serializer linger.ms
        log.summary.interval.ms max.block.ms max.in.flight.requests.per.connection max.partition.fetch.bytes max.poll.interval.ms
        max.poll.records max.request.size max.task.idle.ms max.warmup.replicas metadata.max.age.ms metadata.max.idle.ms
        metadata.recovery.strategy metric.reporters metrics.num.samples metrics.recording.level metrics.sample.window.ms
        num.standby.replicas num.stream.threads partition.assignment.strategy partitioner.adaptive.partitioning.enable
        partitioner.availability.timeout.ms partitioner.class partitioner.ignore.keys poll.ms probing.rebalance.interval.ms
        processing.exception.handler processing.guarantee rack.aware.assignment.non_overlap_cost rack.aware.assignment.strategy
        rack.aware.assignment.tags rack.aware.assignment.traffic_cost receive.buffer.bytes reconnect.backoff.max.ms reconnect.backoff.ms
        repartition.purge.interval.ms replication.factor request.timeout.ms retries retry.backoff.max.ms retry.backoff.ms
        rocksdb.config.setter sasl.client.callback.handler.class sasl.jaas.config sasl.kerberos.kinit.cmd
        sasl.kerberos.min.time.before.relogin sasl.kerberos.service.name sasl.kerberos.ticket.renew.jitter
        sasl.kerberos.ticket.renew.window.factor sasl.login.callback.handler.class sasl.login.class sasl.login.connect.timeout.ms
        sasl.login.read.timeout.ms sasl.login.refresh.buffer.seconds sasl.login.refresh.min.period.seconds
        sasl.login.refresh.window.factor sasl.login.refresh.window.jitter sasl.login.retry.backoff.max.ms sasl.login.retry.backoff.ms
        sasl.mechanism sasl.oauthbearer.clock.skew.seconds sasl.oauthbearer.expected.audience sasl.oauthbearer.expected.issuer
        sasl.oauthbearer.jwks.endpoint.refresh.ms sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms
        sasl.oauthbearer.jwks.endpoint.retry.backoff.ms sasl.oauthbearer.jwks.endpoint.url sasl.oauthbearer.scope.claim.name
        sasl.oauthbearer.sub.claim.name sasl.oauthbearer.token.endpoint.url security.protocol security.providers send.buffer.bytes
        session.timeout.ms socket.connection.setup.timeout.max.ms socket.connection.setup.timeout.ms state.cleanup.delay.ms state.dir
        statestore.cache.max.bytes task.assignor.class task.timeout.ms topology.optimization transaction.timeout.ms transactional.id
        upgrade.from value.deserializer value.serializer window.size.ms windowed.inner.class.serde
        windowstore.changelog.additional.retention.ms
        """);

    /// <summary>Whether ksqlDB knows the name, with or without <c>ksql.streams.</c> before it.</summary>
    public static bool IsKnown(string name) =>
        Fixed.Contains(name) || Server.Contains(name) || Streams.Contains(name) || Begins(name, OpenPrefixes)
            || (Begins(name, ClientPrefixes) && name.Length > name.IndexOf('.') + 1);

    /// <summary>Whether only the server sets the property: no script and no client does.</summary>
    public static bool IsFixed(string name) =>
        Fixed.Contains(name.StartsWith(StreamsPrefix, StringComparison.Ordinal) ? name[StreamsPrefix.Length..] : name);

    private static bool Begins(string name, string[] prefixes) =>
        Array.Exists(prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static HashSet<string> Words(string text) =>
        new(text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
